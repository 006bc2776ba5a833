"""Questions whose SQL is written once say the same as Django's own, whatever their values."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import BinaryField, BooleanField, UUIDField
from django.test.utils import CaptureQueriesContext

from nearer.accounts.models import User
from nearer.bonds.models import Bond, Member
from nearer.prepared import Prepared
from nearer.protocol import Seat

pytestmark = pytest.mark.django_db

SEATED = Prepared(
    lambda bonds, has_left: (
        Member.objects.filter(pk__in=bonds, has_left=has_left).select_related("bond__first").order_by("pk")
    ),
    UUIDField(),
    BooleanField(),
)
SEALED = Prepared(lambda card: Member.objects.filter(card=card), BinaryField())


def _member(*, has_left: bool = False) -> Member:
    bond, user = Bond.objects.create(), User.objects.create(username=uuid4().hex)
    return Member.objects.create(
        bond=bond, user=user, seat=Seat.HOST, card=uuid4().bytes, sealed_key=b"", has_left=has_left
    )


def test_it_returns_what_the_queryset_would() -> None:
    here, gone, other = _member(), _member(has_left=True), _member()
    ids = [here.pk, gone.pk, other.pk]
    assert SEATED(ids, False) == list(Member.objects.filter(pk__in=ids, has_left=False).order_by("pk"))
    assert SEATED(ids[:2], True) == [gone]
    assert [member.card for member in SEALED(here.card)] == [here.card]


def test_with_each_row_comes_what_was_asked_for_along() -> None:
    member = _member()
    with CaptureQueriesContext(connection) as asked:
        [found] = SEATED([member.pk], False)
        assert (found.bond, found.bond.made_on) == (member.bond, member.bond.made_on)
        assert getattr(found.bond, "first", None) is None
    assert len(asked) == 1
    found.delete()
    assert not Member.objects.filter(pk=member.pk).exists()


def test_of_nothing_nothing_is_asked() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert SEATED([], False) == []
    assert not asked.captured_queries
