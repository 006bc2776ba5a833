"""Only whoever left may undo it, within thirty days; nothing answers them meanwhile, and the other sees nothing coming."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from nearer.accounts.ways_in.unlock import by_passphrase
from nearer.bonds.models import Bond, Member
from nearer.home.renewal import lock_anew
from nearer.home.rotation import rotate
from nearer.home.ways_back import come_back, left_by
from nearer.leaving.leave import leave
from nearer.plans import lines, parking
from nearer.records.models import Record
from nearer.records.shelf import Shelf
from nearer.sittings.models import Sitting
from nearer.sittings.taking_back.prune import CLOSED_KEEPS, prune
from nearer.testing import thief
from nearer.testing.cast import Pair, Person, fresh, open_drawer
from nearer.vault.drawer import Drawer
from nearer.vault.models import StoredKey
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.reading import at, html, words
from tests.pages.test_rotation import keys_made_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R17"), pytest.mark.rule("R6")]

TEXT = "I felt left out"


@pytest.fixture(autouse=True)
def _commit(django_capture_on_commit_callbacks: Any) -> Any:
    with django_capture_on_commit_callbacks(execute=True):
        yield


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, timezone.now())


@pytest.fixture(name="kept")
def _kept(pair: Pair) -> Sitting:
    now = timezone.now()
    sitting = play_to_the_end(pair, said=TEXT)
    keep_it(pair, sitting)
    for person in (pair.host, pair.guest):
        lines.propose(person.at(pair.bond), cue=f"{person.name} cue", act="act", at=now)
        parking.park(person.at(pair.bond), f"{person.name} parked", at=now)
    return fresh(sitting)


def go(person: Person, pair: Pair) -> None:
    leave(person.at(pair.bond), person.ring, at=timezone.now())


def settle(person: Person, pair: Pair, do: str) -> Any:
    open_drawer(person)
    return person.client.post("/settings/spaces", {"bond": str(pair.bond.pk), "do": do})


def pages(person: Person, sitting: Sitting) -> list[str]:
    return [
        html(person.client.get(path)) for path in ("/", "/us", "/spaces", "/settings", f"/s/{sitting.pk}")
    ]


@pytest.mark.parametrize("leaver", ["host", "guest"])
def test_whoever_left_comes_back_and_all_is_as_it_was(pair: Pair, kept: Sitting, leaver: str) -> None:
    person: Person = getattr(pair, leaver)
    other = pair.guest if person is pair.host else pair.host
    before = [pages(person, kept), pages(other, kept)]
    go(person, pair)
    assert "This bond is closed" in words(other.client.get("/"))
    assert person.client.get(f"/s/{kept.pk}").status_code == 404

    assert settle(person, pair, "back")["Location"] == "/"

    person.client.post("/drawer/close")
    assert [pages(person, kept), pages(other, kept)] == before
    person.client.post("/practise/listening/start")
    assert Sitting.objects.filter(bond=pair.bond, is_over=False).exists(), "open again"
    assert settle(person, pair, "back").status_code == 200, "once"


def test_the_other_sees_the_same_whether_a_way_back_is_kept_looked_at_or_gone(
    pair: Pair, kept: Sitting
) -> None:
    go(pair.guest, pair)
    before = pages(pair.host, kept)

    open_drawer(pair.guest)
    assert "With Alice" in words(pair.guest.client.get("/settings/spaces"))
    assert pages(pair.host, kept) == before
    Record.objects.filter(user=pair.guest.user).delete()
    assert pages(pair.host, kept) == before


def test_nobody_else_can_undo_it(pair: Pair, charlie: Person, kept: Sitting) -> None:
    go(pair.guest, pair)

    for person in (pair.host, charlie):
        assert settle(person, pair, "back").status_code == 200
    assert Bond.objects.get(pk=pair.bond.pk).state == Bond.State.CLOSED
    pair.guest.client.post("/drawer/close")
    shut = pair.guest.client.post("/settings/spaces", {"bond": str(pair.bond.pk), "do": "back"})
    assert shut.status_code == 403, "an unlocked phone cannot either"
    assert Member.objects.get(user=pair.guest.user, bond=pair.bond).has_left


def test_when_the_other_closes_it_for_themselves_there_is_nothing_left(pair: Pair, kept: Sitting) -> None:
    go(pair.guest, pair)
    go(pair.host, pair)

    assert settle(pair.guest, pair, "back").status_code == 200
    assert not Bond.objects.exists()
    assert not Record.objects.filter(user=pair.guest.user).exists(), "a way that leads nowhere is forgotten"


def renew(pair: Pair) -> None:
    rotate(pair.host.at(pair.bond))


def suspect(pair: Pair) -> None:
    lock_anew(by_passphrase(pair.host.username, pair.host.passphrase), "harbour pebble violin")


@pytest.mark.parametrize("renewal", [renew, suspect])
def test_whoever_stays_cannot_take_the_way_back_or_the_withdrawal_by_a_new_key(
    pair: Pair, kept: Sitting, renewal: Any
) -> None:
    go(pair.guest, pair)
    renewal(pair)

    assert "Your words there are withdrawn." in words(settle(pair.guest, pair, "withdraw"))
    assert settle(pair.guest, pair, "back")["Location"] == "/"
    assert "You said back withdrawn" in words(pair.guest.client.get(f"/s/{kept.pk}"))


def test_with_keys_of_before_nobody_reads_what_comes_after_a_return(pair: Pair, kept: Sitting) -> None:
    known = keys_made_of(pair.guest.at(pair.bond))
    go(pair.guest, pair)
    master = by_passphrase(pair.guest.username, pair.guest.passphrase)
    (way,) = left_by(
        Shelf.of_person(pair.guest.user.pk, pair.guest.ring, pair.guest.drawer), at=timezone.now()
    )
    known |= keys_made_of(way.place) | thief.derived_from({master.master, pair.guest.ring.identity})

    anew, _ = lock_anew(master, "harbour pebble violin")
    assert [found.what for found in thief.everything_locked() if found.opens_with(known)] == []
    shelf = Shelf.of_person(anew.user.pk, anew.ring, Drawer.opened(anew.master, at=timezone.now()))
    (renewed,) = left_by(shelf, at=timezone.now())
    known |= keys_made_of(renewed.place)
    assert come_back(shelf, pair.bond.pk, anew.ring, at=timezone.now())

    assert [found.what for found in thief.everything_locked() if found.opens_with(known)] == []


@pytest.mark.parametrize("late", [timedelta(), timedelta(days=2)])
def test_after_thirty_days_it_is_gone_for_both_with_its_keys(
    pair: Pair, kept: Sitting, monkeypatch: pytest.MonkeyPatch, late: timedelta
) -> None:
    go(pair.guest, pair)
    if late:
        prune(timezone.now() + CLOSED_KEEPS + late)
        assert not Bond.objects.exists()
        assert not StoredKey.objects.filter(owner__in=[pair.bond.pk, kept.pk]).exists()
    at(monkeypatch, timezone.now() + CLOSED_KEEPS + late)
    Record.objects.update()

    answer = settle(pair.guest, pair, "back")

    assert answer.status_code in {200, 302, 403}
    assert Bond.objects.filter(state=Bond.State.OPEN).count() == 0


@pytest.mark.rule("R8")
@pytest.mark.parametrize("leaver", ["me", "the other"])
def test_words_are_withdrawn_sooner_than_the_thirty_days(pair: Pair, kept: Sitting, leaver: str) -> None:
    """By whoever stayed, from the page; by whoever left, with their way back."""
    spot = next(f"{s}.words" for s, p in enumerate(_log(pair, kept)) if getattr(p.move, "words", "") == TEXT)
    go(pair.host if leaver == "me" else pair.guest, pair)
    if leaver == "me":
        assert settle(pair.host, pair, "withdraw").status_code == 200
        reader = pair.guest
    else:
        pair.host.client.post(f"/s/{kept.pk}/words", {"where": spot, "do": "take"})
        settle(pair.guest, pair, "back")
        reader = pair.guest
    seen = "".join(html(reader.client.get(path)) for path in (f"/s/{kept.pk}", f"/s/{kept.pk}/words", "/us"))

    assert TEXT not in seen
    assert "data-withdrawn" in seen
    if leaver == "me":
        gone = (
            "the drive home",
            "my note",
            "Alice cue",
            "Alice parked",
            "I heard you",
        )  # which said them back
        assert not any(each in seen for each in gone)
        assert all(each in seen for each in ("your note", "Bob cue", "Bob parked")), "theirs stay"
        assert reader.at(pair.bond).first is None


def _log(pair: Pair, sitting: Sitting) -> Any:
    from nearer.testing.cast import run_of

    return run_of(pair.host, sitting).log
