"""How a sitting ends: time passes, both keep it, or nothing stays."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nearer.practices.listening.moves import Keep, SetTopic
from nearer.protocol import QUIET_END, Pause, TimeUp
from nearer.server import daily
from nearer.sittings.models import Entry, Sitting
from nearer.sittings.run import actions
from nearer.sittings.run.access import may_watch
from nearer.sittings.run.header import Header
from nearer.sittings.taking_back.prune import prune
from nearer.testing.cast import (
    Pair,
    Person,
    fresh,
    play,
    post_move,
    rows_of,
    run_of,
    start_sitting,
)
from nearer.vault import store
from nearer.vault.models import StoredKey
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.reading import at, marked, moves_on, nameless, words

pytestmark = pytest.mark.django_db

START = "/practise/listening/start"
ENDED = "The sitting is over"
NOTHING_KEPT = "Nothing that was said here is kept."
MOVED_ON = "The two of you have moved on since."


@pytest.fixture(autouse=True)
def _commit(django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what follows a commit follow every post, as outside of tests."""
    real = Client.post

    def post(self: Client, *given: Any, **named: Any) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return real(self, *given, **named)

    monkeypatch.setattr(Client, "post", post)


def page(person: Person, sitting: Sitting, **headers: str) -> Any:
    return person.client.get(f"/s/{sitting.pk}", headers=headers)


def header_of(person: Person, sitting: Sitting) -> Header:
    return Header.of(fresh(sitting), person.at(sitting.bond))


class TestTimePasses:
    def long_after(self, monkeypatch: pytest.MonkeyPatch, seconds: float = 0) -> None:
        at(monkeypatch, timezone.now() + QUIET_END + timedelta(seconds=seconds))

    def test_just_before_nothing_has_happened(
        self, pair: Pair, floor: Sitting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.long_after(monkeypatch, seconds=-60)

        assert ENDED not in words(page(pair.host, floor))
        assert post_move(pair.host, floor, "SetTopic", topic="still here").status_code == 302

    def test_after_72_quiet_hours_it_has_ended_for_both(
        self, pair: Pair, floor: Sitting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = rows_of(floor)
        self.long_after(monkeypatch, seconds=1)

        for person in (pair.host, pair.guest):
            seen = page(person, floor)
            assert ENDED in words(seen)
            assert moves_on(seen) == set()
        assert rows_of(floor) == before, "looking has changed something"

    def test_who_comes_too_late_changes_nothing(
        self, pair: Pair, floor: Sitting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = rows_of(floor)
        self.long_after(monkeypatch, seconds=1)

        late = post_move(pair.host, floor, "SetTopic", topic="too late")

        assert late.status_code == 409
        assert ENDED in words(late)
        assert marked(late, "data-unsent") == "too late"
        assert rows_of(floor) == before

    def test_within_the_hour_it_is_erased_whoever_looks_or_not(
        self, pair: Pair, floor: Sitting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked = [(person.token, floor.pk) for person in (pair.host, pair.guest)]
        told = may_watch(asked)
        self.long_after(monkeypatch, seconds=1)
        for person in (pair.host, pair.guest):
            assert "erased within the hour" in words(page(person, floor))
            assert NOTHING_KEPT not in words(page(person, floor))

        self.long_after(monkeypatch, seconds=30 * 60)
        daily.often(timezone.now())

        assert fresh(floor).is_over
        assert not Entry.objects.exists()
        assert not StoredKey.objects.filter(owner=floor.pk).exists()
        assert not header_of(pair.host, floor).done
        for person in (pair.host, pair.guest):
            assert NOTHING_KEPT in words(page(person, floor))
        assert may_watch(asked) == [number + 1 for number in told if number is not None], (
            "open pages look again"
        )

    def test_until_then_the_key_stays(
        self, pair: Pair, floor: Sitting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.long_after(monkeypatch, seconds=-60)

        daily.often(timezone.now())

        assert StoredKey.objects.filter(owner=floor.pk).exists()
        assert ENDED not in words(page(pair.host, floor))

    def test_what_both_kept_does_not_run_out(self, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
        sitting = play_to_the_end(pair)
        keep_it(pair, sitting)
        self.long_after(monkeypatch, seconds=5 * 24 * 3600)

        daily.often(timezone.now())

        assert StoredKey.objects.get(owner=sitting.pk).until is None
        assert "my note" in words(page(pair.guest, sitting))

    def test_a_clock_put_back_brings_no_end_nearer(
        self, pair: Pair, floor: Sitting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        right = timezone.now()
        at(monkeypatch, right - timedelta(hours=80))
        post_move(pair.host, floor, "SetTopic", topic="the drive home")

        at(monkeypatch, right + timedelta(hours=1))
        daily.often(timezone.now())

        assert ENDED not in words(page(pair.guest, floor))
        assert "the drive home" in words(page(pair.guest, floor))

    def test_a_power_cut_in_between_leaves_nothing(
        self, pair: Pair, floor: Sitting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store.erase([floor.pk])
        self.long_after(monkeypatch, seconds=2 * 24 * 3600)

        assert prune(timezone.now()).sittings == 1

        assert fresh(floor).is_over
        assert not Entry.objects.exists()

    def test_time_is_a_move_like_any_other(self, pair: Pair, floor: Sitting) -> None:
        due = run_of(pair.host, floor).position.due
        assert due is not None

        with pytest.raises(actions.TooLate):
            actions.play(ref=floor.pk, place=pair.host.at(pair.bond), move=SetTopic(topic="x"), seq=2, at=due)

        assert fresh(floor).seq == 2

    def test_nobody_can_play_times_move(self, pair: Pair, floor: Sitting) -> None:
        assert TimeUp.__name__ not in moves_on(page(pair.host, floor))
        assert post_move(pair.host, floor, "TimeUp").status_code == 409
        assert fresh(floor).seq == 2

    def test_starting_again_is_a_new_one(
        self, pair: Pair, floor: Sitting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.long_after(monkeypatch, seconds=1)

        where = [person.client.post(START)["Location"] for person in (pair.host, pair.guest)]

        assert where[0] == where[1] != f"/s/{floor.pk}"
        assert ENDED not in words(pair.host.client.get(where[0]))

    def test_a_lobby_nobody_touched_waits(self, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
        sitting = start_sitting(pair)
        self.long_after(monkeypatch, seconds=9)

        assert "Ready" in moves_on(page(pair.host, sitting))
        assert pair.guest.client.post(START)["Location"] == f"/s/{sitting.pk}"

    def test_a_pause_does_not_keep_it_alive_for_ever(
        self, pair: Pair, floor: Sitting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        play(pair.host, floor, Pause())
        self.long_after(monkeypatch, seconds=1)

        assert ENDED in words(page(pair.guest, floor))


class TestKeeping:
    def test_kept_by_both_it_can_be_read_again(self, pair: Pair) -> None:
        sitting = play_to_the_end(pair, topic="the drive home", said="I felt left out")
        post_move(pair.host, sitting, "Keep", keep="yes")
        post_move(pair.guest, sitting, "Keep", keep="yes")

        for person in (pair.host, pair.guest):
            seen = words(page(person, sitting))
            assert "Kept locked for you two." in seen
            assert "I felt left out" in seen
            assert "my note" in seen
            assert "the drive home" in words(person.client.get("/us"))
        assert header_of(pair.host, sitting).kept

    @pytest.mark.parametrize(("mine", "yours"), [("yes", "no"), ("no", "yes"), ("no", "no")])
    def test_unless_both_keep_it_every_word_and_the_key_is_gone(
        self, pair: Pair, mine: str, yours: str
    ) -> None:
        sitting = play_to_the_end(pair, topic="the drive home", said="I felt left out")
        backup = list(Entry.objects.all())

        post_move(pair.host, sitting, "Keep", keep=mine)
        post_move(pair.guest, sitting, "Keep", keep=yours)

        assert not Entry.objects.exists()
        assert not StoredKey.objects.filter(owner=sitting.pk).exists()
        assert header_of(pair.host, sitting).outcome == {"easy": True}
        both = (pair.host, pair.guest)
        pages = {nameless(page(person, sitting), *both) for person in both}
        assert len(pages) == 1
        assert "Nothing that was said here is kept." in pages.pop()
        assert "the drive home" not in words(pair.host.client.get("/us"))
        for entry in backup:
            entry.save(force_insert=True)
        run = run_of(pair.host, sitting)
        assert run.sitting.is_over
        assert run.log == ()

    def test_nobody_learns_who_did_not_want_it_kept(self, pair: Pair, other_pair: Pair) -> None:
        seen = []
        for each, host, guest in ((pair, True, False), (other_pair, False, True)):
            sitting = play_to_the_end(each)
            keep_it(each, sitting, host=host, guest=guest)
            seen.append(nameless(page(each.host, sitting), each.host, each.guest))

        assert seen[0] == seen[1]

    def test_an_answer_given_alone_shows_nothing(self, pair: Pair) -> None:
        sitting = play_to_the_end(pair)
        before = moves_on(page(pair.guest, sitting))

        play(pair.host, sitting, Keep(keep=False))

        assert moves_on(page(pair.guest, sitting)) == before
        assert not fresh(sitting).is_over

    def test_left_early_nothing_stays(self, pair: Pair) -> None:
        sitting = play_to_the_end(pair)

        post_move(pair.guest, sitting, "Leave")

        assert not Entry.objects.exists()
        assert not StoredKey.objects.filter(owner=sitting.pk).exists()
        assert header_of(pair.host, sitting).outcome == {}

    def test_one_move_a_number(self, pair: Pair, floor: Sitting) -> None:
        from django.db import IntegrityError, transaction

        with pytest.raises(IntegrityError), transaction.atomic():
            Entry.objects.create(bond_id=floor.bond_id, sitting=floor, seq=1, sealed=b"")
