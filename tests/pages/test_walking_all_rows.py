"""`nearer check --open`: what cannot open is named by its id, without a key, and scripts can tell by the exit code."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from nearer.bonds.models import Bond
from nearer.records.models import Record
from nearer.server import unopened
from nearer.server.unopened import FORMS, UNDER_A_BOND
from nearer.sittings.models import Entry, Sitting
from nearer.testing.cast import Pair, Person
from nearer.vault import store
from nearer.vault.models import StoredKey
from tests.doors.lived import OURS, make_lived
from tests.house.test_clear_columns import columns
from tests.pages.conftest import made_once

pytestmark = pytest.mark.django_db

# Found by, or public: neither opens anything, and neither has a form of its own.
OTHERWISE = {
    "UnlockMethod.salt", "Passkey.credential", "Passkey.public", "Invitation.selector", "Invitation.code_selector",
    "Return.selector", "Return.code_selector", "Feed.selector",
}  # fmt: skip


def walked() -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("check", open=True, stdout=out, stderr=StringIO())
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def lived(request: pytest.FixtureRequest, db: None) -> Pair:
    """Alice and Bob with a life behind them."""
    return made_once("lived", make_lived, request)


def test_of_a_whole_life_nothing_is_named(lived: Pair) -> None:
    assert walked() == (
        0,
        "Nothing is wrong.\ncannot open 0 left over in the key store 0\n",
    )


def cut_an_entry(_pair: Pair) -> str:
    row = Entry.objects.order_by("pk").first()
    assert row is not None
    Entry.objects.filter(pk=row.pk).update(sealed=bytes(row.sealed)[:-1])
    return f"Entry.sealed {row.pk.hex} is cut or foreign"


def lose_a_secret(pair: Pair) -> str:
    row = Sitting.objects.filter(bond=pair.bond, is_over=False).order_by("pk").first()
    assert row is not None
    store.erase([row.pk])
    return f"Sitting.secret {row.pk.hex} has no secret"


def lose_a_move(pair: Pair) -> str:
    row = Entry.objects.filter(sitting__bond=pair.bond, sitting__is_over=False, seq=0).order_by("pk").first()
    assert row is not None
    row.delete()
    return f"Sitting.entries {row.sitting_id.hex} lacks a move"


def bring_back_an_older_bond(pair: Pair) -> str:
    Bond.objects.filter(pk=pair.bond.pk).update(key_version=7)
    return f"Bond.roster {pair.bond.pk.hex} is of another key"


def put_something_foreign(_pair: Pair) -> str:
    row = Record.objects.exclude(user=None).order_by("pk").first()
    assert row is not None
    Record.objects.filter(pk=row.pk).update(sealed=b"?" * 400)
    return f"Record.sealed {row.pk.hex} is cut or foreign"


@pytest.mark.parametrize(
    "harm", [cut_an_entry, lose_a_secret, lose_a_move, bring_back_an_older_bond, put_something_foreign],
    ids=lambda harm: harm.__name__,
)  # fmt: skip
def test_what_cannot_open_is_named(lived: Pair, harm: Callable[[Pair], str]) -> None:
    named = harm(lived)

    code, said = walked()

    assert code == 1
    assert named in said
    assert OURS not in said


def test_secrets_of_nothing_are_counted(pair: Pair) -> None:
    StoredKey.objects.create(owner="00000000-0000-4000-8000-000000000001", secret=bytes(32))

    code, said = walked()

    assert code == 0
    assert "left over in the key store 1" in said


def test_every_sealed_column_is_walked() -> None:
    walked_over = {f"{model.__name__}.{column}" for model, column, _ in (*FORMS, *UNDER_A_BOND)}

    assert columns(sealed=True) == walked_over | OTHERWISE


def test_a_few_rows_at_once_are_in_memory(alice: Person) -> None:
    photo, rows = bytes(1 << 20), 4 * unopened.AT_ONCE
    Record.objects.bulk_create(
        [
            Record(user=alice.user, label=bytes(8), day=timezone.localdate(), sealed=photo)
            for _number in range(rows)
        ]
    )
    tracemalloc.start()
    try:
        found = sum(1 for each in unopened.walk() if each.what == "Record.sealed")
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert found == rows
    assert most < 2.5 * unopened.AT_ONCE * len(photo), (
        "and not all there are, which may be more than there is room for"
    )
