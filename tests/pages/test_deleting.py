"""Deleting an account: what goes, what stays with the other for a while, and what no backup brings back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import models
from django.utils import timezone

from nearer.accounts.models import User
from nearer.accounts.ways_in import unlock
from nearer.bonds.models import Bond, Member
from nearer.sittings.taking_back import erasing
from nearer.sittings.taking_back.prune import prune
from nearer.testing.cast import Pair, Person, make_invitation, make_pair, open_drawer, start_floor
from nearer.testing.library import make_article
from nearer.vault.models import Identity, SealedSession, StoredKey, UnlockMethod
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.reading import everything_stored, html, is_signed_in, words

pytestmark = pytest.mark.django_db
SURE = {"when": "now", "sure": "yes"}
DELETE = "/settings/account"


def delete(person: Person, **sent: str) -> Any:
    open_drawer(person)
    return person.client.post(DELETE, sent or SURE)


@pytest.fixture
def lived(pair: Pair, django_capture_on_commit_callbacks: Any) -> Pair:
    keep_it(pair, play_to_the_end(pair, topic="a kept topic", said="a kept word"))
    start_floor(pair)
    make_article()
    pair.host.client.post("/library/on-listening/bookmark", {"on": "yes"})
    return pair


@pytest.mark.rule("R6", "R17")
def test_now_means_now_and_the_way_in_is_closed(lived: Pair, django_capture_on_commit_callbacks: Any) -> None:
    alice = lived.host
    with django_capture_on_commit_callbacks(execute=True):
        answer = delete(alice)

    assert answer["Location"] == "/"
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert not is_signed_in(alice.client)
    assert (
        alice.client.post("/login", {"username": alice.username, "passphrase": alice.passphrase}).status_code
        == 422
    )
    assert not SealedSession.objects.filter(user=alice.user).exists()
    assert not User.objects.filter(username=alice.username).exists()
    left = {table for table, rows in everything_stored().items() if str(alice.user.pk) in str(rows)}
    assert {name.rpartition(".")[2].lower() for name in left} <= {"user", "member"}


def test_the_other_reads_what_was_kept_for_thirty_days_and_then_it_is_gone_for_both(
    lived: Pair, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        delete(lived.host)
    bob, at = lived.guest, timezone.now()

    page = words(bob.client.get("/us"))
    assert "a kept topic" in page
    assert "This bond is closed" in words(bob.client.get("/"))
    prune(at + timedelta(days=29))
    assert Bond.objects.filter(pk=lived.bond.pk).exists()

    prune(at + timedelta(days=32))

    assert not Bond.objects.filter(pk=lived.bond.pk).exists()
    assert not StoredKey.objects.filter(owner=lived.bond.pk).exists()
    prune(at + timedelta(days=33))
    assert not User.objects.filter(pk=lived.host.user.pk).exists()


def test_an_old_backup_beside_todays_key_store_opens_the_living_and_not_the_deleted(
    lived: Pair, django_capture_on_commit_callbacks: Any
) -> None:
    alice, bob = lived.host, lived.guest
    backup = [_rows(model, alice) for model in (User, Identity, UnlockMethod)]
    with django_capture_on_commit_callbacks(execute=True):
        delete(alice)

    for model, rows in backup:
        model._base_manager.filter(pk__in=[row["pk"] for row in rows]).delete() if model is not User else None
        for row in rows:
            fields = {name: value for name, value in row.items() if name != "pk"}
            model._base_manager.update_or_create(pk=row["pk"], defaults=fields)

    with pytest.raises(unlock.NotOpened):
        unlock.by_passphrase(alice.username, alice.passphrase)
    with pytest.raises(unlock.NotOpened):
        unlock.by_recovery(alice.username, alice.code)
    assert unlock.by_passphrase(bob.username, bob.passphrase).user == bob.user


@pytest.mark.rule("R11", "R17")
def test_in_seven_days_changes_nothing_for_the_other_and_can_be_called_off(pair: Pair) -> None:
    before = [html(pair.guest.client.get(path)) for path in ("/", "/us")]
    delete(pair.host, when="later")

    assert "This account is deleted on" in words(pair.host.client.get(DELETE))
    assert [html(pair.guest.client.get(path)) for path in ("/", "/us")] == before
    pair.host.client.post(DELETE, {"when": "keep"})
    prune(timezone.now() + timedelta(days=8))

    assert unlock.by_passphrase(pair.host.username, pair.host.passphrase).user == pair.host.user


def test_when_the_day_has_come_it_is_deleted_without_anybodys_key(
    pair: Pair, django_capture_on_commit_callbacks: Any
) -> None:
    delete(pair.host, when="later")
    prune(timezone.now() + timedelta(days=6))
    assert Identity.objects.filter(user=pair.host.user).exists()

    # The day is over wherever somebody lives, and the morning after it has begun.
    with django_capture_on_commit_callbacks(execute=True):
        prune(timezone.now() + timedelta(days=9))

    assert not Identity.objects.filter(user=pair.host.user).exists()
    assert Member.objects.get(user=pair.host.user).has_left


def test_a_machine_that_stops_in_between_goes_on_with_it_later(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def stop(_user: Any) -> None:
        raise RuntimeError

    pair.host.client.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("nearer.sittings.taking_back.erasing._erase_own", stop)
        assert delete(pair.host).status_code == 500
    with pytest.raises(unlock.NotOpened):
        unlock.by_passphrase(pair.host.username, pair.host.passphrase)

    with django_capture_on_commit_callbacks(execute=True):
        prune(timezone.now() + erasing.SETTLES)

    assert not User.objects.filter(username=pair.host.username).exists()


def test_without_being_sure_nothing_goes(alice: Person) -> None:
    assert delete(alice, when="now").status_code == 422
    assert delete(alice, when="sometime").status_code == 422
    assert User.objects.filter(pk=alice.user.pk).exists()


def test_alone_or_invited_nothing_remains(
    alice: Person, bob: Person, django_capture_on_commit_callbacks: Any
) -> None:
    waiting, _ = make_invitation(alice)
    pair = make_pair(bob, alice)
    with django_capture_on_commit_callbacks(execute=True):
        delete(alice)
        delete(bob)

    assert not Bond.objects.filter(pk__in=[waiting.pk, pair.bond.pk]).exists()
    assert not StoredKey.objects.filter(owner__in=[waiting.pk, pair.bond.pk]).exists()
    assert not User.objects.filter(pk=bob.user.pk).exists()


def _rows(model: type[models.Model], person: Person) -> tuple[type[models.Model], list[dict[str, Any]]]:
    which = {"pk": person.user.pk} if model is User else {"user": person.user}
    columns = [field.attname for field in model._meta.concrete_fields]
    found = []
    for row in model._base_manager.filter(**which):
        values = {name: getattr(row, name) for name in columns}
        found.append(
            {"pk": row.pk, **{n: bytes(v) if isinstance(v, memoryview) else v for n, v in values.items()}}
        )
    return model, found
