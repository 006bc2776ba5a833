"""A sitting on the page: starting, playing, being late, time passing, keeping, and reading without a trace."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from nearer.practices.listening.moves import Heat, Keep, SetTopic
from nearer.protocol import QUIET_END, Leave, Pause, Ready, TimeUp
from nearer.sittings import actions
from nearer.sittings.access import may_watch
from nearer.sittings.header import Header
from nearer.sittings.models import Entry, Sitting
from nearer.testing.cast import (
    Pair,
    Person,
    fresh,
    make_invitation,
    make_joined,
    play,
    post_move,
    rows_of,
    run_of,
    sign_in,
    start_sitting,
)
from nearer.vault.errors import VaultError
from nearer.vault.models import StoredKey
from tests.house.routes import For, routes
from tests.pages.conversations import keep_it, opening, play_to_the_end, take_turns
from tests.pages.reading import at, everything_stored, html, marked, moves_on, uncounted, words

pytestmark = pytest.mark.django_db

START = "/practise/listening/start"
ENDED = "This session has ended."
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


class TestStarting:
    def test_both_press_start_and_sit_together(self, pair: Pair) -> None:
        mine = pair.host.client.post(START)["Location"]
        yours = pair.guest.client.post(START)["Location"]

        assert mine == yours
        assert Sitting.objects.count() == 1
        assert StoredKey.objects.count() == 3

    def test_the_other_finds_it_on_today(self, pair: Pair) -> None:
        where = pair.host.client.post(START)["Location"]

        today = pair.guest.client.get("/")

        assert "Open now, for both of you" in words(today)
        assert f'href="{where}"' in html(today)

    def test_it_begins_when_both_are_ready(self, pair: Pair) -> None:
        sitting = start_sitting(pair)
        assert moves_on(page(pair.host, sitting)) == {"Ready", "Pause", "Leave"}

        post_move(pair.host, sitting, "Ready")
        assert "You are ready. It begins when Bob is ready too." in words(page(pair.host, sitting))
        assert "Alice is ready." in words(page(pair.guest, sitting))
        post_move(pair.guest, sitting, "Ready")

        for person in (pair.host, pair.guest):
            assert moves_on(page(person, sitting)) == {"SetTopic", "Pause", "Leave"}

    def test_nobody_starts_alone(self, alice: Person, bob: Person, charlie: Person) -> None:
        make_invitation(alice)
        make_joined(bob, charlie)

        for person in (alice, bob, charlie):
            assert person.client.post(START)["Location"] == "/practise/listening"
        assert not Sitting.objects.exists()

    def test_a_finished_one_makes_room_for_the_next(self, pair: Pair, floor: Sitting) -> None:
        post_move(pair.guest, floor, "Leave")

        assert pair.host.client.post(START)["Location"] != f"/s/{floor.pk}"

    def test_two_bonds_have_their_own(self, pair: Pair, other_pair: Pair) -> None:
        start_sitting(other_pair)
        mine = pair.guest.client.post(START)["Location"]

        assert Sitting.objects.get(pk=mine.removeprefix("/s/")).bond_id == pair.bond.pk
        assert Sitting.objects.count() == 2

    def test_after_two_easy_ones_any_topic_is_theirs(self, pair: Pair) -> None:
        for _ in range(2):
            keep_it(pair, play_to_the_end(pair), guest=False)

        where = pair.host.client.post(START)["Location"]
        sitting = Sitting.objects.get(pk=where.removeprefix("/s/"))

        assert header_of(pair.host, sitting).facts == {"practised": 2}

    def test_the_row_does_not_say_which_practice(self, pair: Pair, floor: Sitting) -> None:
        assert "listening" not in repr(everything_stored())


class TestPlaying:
    def test_a_move_leads_both_on(self, pair: Pair, floor: Sitting) -> None:
        sent = post_move(pair.guest, floor, "SetTopic", topic="the drive home")

        assert sent.status_code == 302
        assert sent["Location"] == f"/s/{floor.pk}"
        for person in (pair.host, pair.guest):
            assert "the drive home" in words(page(person, floor))
            assert "Heat" in moves_on(page(person, floor))

    def test_the_script_gets_the_new_stage_at_once(self, pair: Pair, floor: Sitting) -> None:
        sent = {"move": "SetTopic", "seq": floor.seq, "topic": "the drive home"}

        answer = pair.host.client.post(f"/s/{floor.pk}", sent, headers={"X-Fragment": "stage"})

        assert answer.status_code == 200
        assert html(answer).strip().startswith('<div id="stage"')
        assert f'data-seq="{floor.seq + 1}"' in html(answer)
        assert "<html" not in html(answer)

    def test_the_page_and_its_stage_say_the_same(self, pair: Pair, floor: Sitting) -> None:
        whole, stage = page(pair.host, floor), page(pair.host, floor, **{"X-Fragment": "stage"})

        assert moves_on(whole) == moves_on(stage)
        assert f'data-sitting="{floor.pk}"' in html(whole)

    def test_what_cannot_be_read_is_said_and_kept(self, pair: Pair, floor: Sitting) -> None:
        before = rows_of(floor)

        long = post_move(pair.host, floor, "SetTopic", topic="x" * 150)
        empty = post_move(pair.host, floor, "SetTopic", topic="   ")

        assert long.status_code == empty.status_code == 422
        assert "10 characters too long" in words(long)
        assert "x" * 150 in html(long)
        assert "Write a few words" in words(empty)
        assert rows_of(floor) == before

    @pytest.mark.parametrize("kind", ["", "Nonsense", "TimeUp", "setTopic", "Resume", "Keep"])
    def test_what_is_not_a_move_now_changes_nothing(self, pair: Pair, floor: Sitting, kind: str) -> None:
        before = rows_of(floor)

        answer = post_move(pair.host, floor, kind, keep="yes")

        assert answer.status_code in {409, 422}
        assert rows_of(floor) == before

    @pytest.mark.parametrize("seq", ["", "-1", "999", "1e3", "٣", "9" * 30, "x"])
    def test_a_page_that_never_was_plays_nothing(self, pair: Pair, floor: Sitting, seq: str) -> None:
        before = rows_of(floor)

        answer = post_move(pair.host, floor, "SetTopic", seq=seq, topic="the drive home")

        assert answer.status_code == 409
        assert "the drive home" in html(answer)
        assert rows_of(floor) == before

    def test_sealed_answers_show_when_both_are_in(self, pair: Pair) -> None:
        sitting = play_to_the_end(pair)
        assert "my note" in words(page(pair.guest, sitting))

    def test_half_a_sealed_exchange_shows_nothing(
        self, pair: Pair, floor: Sitting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        post_move(pair.host, floor, "SetTopic", topic="the drive home")
        at(monkeypatch, timezone.now())
        before = page(pair.guest, floor)

        post_move(pair.host, floor, "Heat", level=9)

        after = page(pair.guest, floor)
        assert moves_on(after) == {"Heat", "Pause", "Leave"}
        assert uncounted(after) == uncounted(before)

    def test_a_pause_is_for_both_and_ends_with_the_one_who_asked(self, pair: Pair, floor: Sitting) -> None:
        post_move(pair.guest, floor, "Pause")

        assert moves_on(page(pair.host, floor)) == {"Leave"}
        assert moves_on(page(pair.guest, floor)) == {"Resume", "Leave"}
        assert post_move(pair.host, floor, "SetTopic", topic="x").status_code == 409
        assert post_move(pair.host, floor, "Resume").status_code == 409
        assert post_move(pair.guest, floor, "Resume").status_code == 302
        assert "SetTopic" in moves_on(page(pair.host, floor))

    @pytest.mark.parametrize("leaver", ["host", "guest"])
    def test_the_end_is_the_same_whoever_left(self, pair: Pair, leaver: str) -> None:
        sitting = start_sitting(pair)
        post_move(getattr(pair, leaver), sitting, "Leave")

        pages = {words(page(person, sitting)) for person in (pair.host, pair.guest)}
        assert len(pages) == 1
        assert ENDED in pages.pop()

    def test_nothing_can_be_played_after_the_end(self, pair: Pair, floor: Sitting) -> None:
        post_move(pair.host, floor, "Leave")
        before = rows_of(floor)

        for kind in ("Leave", "Ready", "Pause", "SetTopic"):
            answer = post_move(pair.guest, floor, kind, topic="once more")
            assert answer.status_code == 409, kind
            assert ENDED in words(answer)
        assert rows_of(floor) == before


class TestBeingLate:
    def test_a_doubled_tap_counts_once(self, pair: Pair, floor: Sitting) -> None:
        for _ in range(2):
            sent = post_move(pair.host, floor, "SetTopic", seq=2, topic="the drive home")
            assert sent.status_code == 302

        assert fresh(floor).seq == 3

    def test_a_doubled_tap_counts_once_when_the_other_was_in_between(
        self, pair: Pair, floor: Sitting
    ) -> None:
        post_move(pair.host, floor, "SetTopic", seq=2, topic="the drive home")
        post_move(pair.guest, floor, "Heat", seq=3, level=2)

        again = post_move(pair.host, floor, "SetTopic", seq=2, topic="the drive home")

        assert again.status_code == 302
        assert fresh(floor).seq == 4

    def test_both_at_once_on_the_same_step_both_count(self, pair: Pair) -> None:
        sitting = start_sitting(pair)
        for person in (pair.host, pair.guest):
            assert post_move(person, sitting, "Ready", seq=0).status_code == 302
        post_move(pair.host, sitting, "SetTopic", topic="the drive home")

        for person in (pair.host, pair.guest):
            assert post_move(person, sitting, "Heat", seq=3, level=2).status_code == 302

        assert fresh(sitting).seq == 5
        assert "Volunteer" in moves_on(page(pair.host, sitting))

    def test_an_older_page_still_counts_after_a_nod(self, pair: Pair, floor: Sitting) -> None:
        take_turns(pair, floor, *opening("the drive home", 2))
        seen = fresh(floor).seq
        post_move(pair.guest, floor, "Nod")

        sent = post_move(pair.host, floor, "Speak", seq=seen, words="I felt left out")

        assert sent.status_code == 302

    def test_late_words_are_refused_and_given_back(self, pair: Pair, floor: Sitting) -> None:
        post_move(pair.host, floor, "SetTopic", seq=2, topic="the garden")

        late = post_move(pair.guest, floor, "SetTopic", seq=2, topic="the long words I chose")

        assert late.status_code == 409
        assert MOVED_ON in words(late)
        assert marked(late, "data-unsent") == "the long words I chose"
        assert "the garden" in words(late)
        assert fresh(floor).seq == 3

    def test_a_step_seen_before_is_not_the_same_step_again(self, pair: Pair, floor: Sitting) -> None:
        play(pair.host, floor, SetTopic(topic="too warm"))
        for person in (pair.host, pair.guest):
            play(person, floor, Heat(level=9))

        late = post_move(pair.guest, floor, "SetTopic", seq=2, topic="from the first page")

        assert late.status_code == 409
        assert marked(late, "data-unsent") == "from the first page"

    @pytest.mark.parametrize("kind", [Leave, Pause])
    def test_leaving_and_pausing_are_never_too_late(self, pair: Pair, floor: Sitting, kind: type) -> None:
        play(pair.host, floor, SetTopic(topic="the garden"))

        assert post_move(pair.guest, floor, kind.__name__, seq=2).status_code == 302

    def test_who_was_slower_than_a_pause_is_told(self, pair: Pair, floor: Sitting) -> None:
        play(pair.host, floor, Pause())

        late = post_move(pair.guest, floor, "SetTopic", seq=2, topic="just now")

        assert late.status_code == 409
        assert marked(late, "data-unsent") == "just now"

    def test_a_second_tab_of_the_same_person_is_late_too(self, pair: Pair, floor: Sitting) -> None:
        second = sign_in(pair.host, Client())
        post_move(pair.host, floor, "SetTopic", seq=2, topic="from the first tab")

        late = second.post(f"/s/{floor.pk}", {"move": "SetTopic", "seq": 2, "topic": "from the second"})

        assert late.status_code == 409


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

    def test_the_next_post_writes_it_down(
        self, pair: Pair, floor: Sitting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.long_after(monkeypatch, seconds=1)

        late = post_move(pair.host, floor, "SetTopic", topic="too late")

        assert late.status_code == 409
        assert ENDED in words(late)
        assert marked(late, "data-unsent") == "too late"
        assert fresh(floor).is_over
        assert not Entry.objects.exists()
        assert not StoredKey.objects.filter(owner=floor.pk).exists()
        assert not header_of(pair.host, floor).done

    def test_time_is_a_move_like_any_other(self, pair: Pair, floor: Sitting) -> None:
        due = run_of(pair.host, floor).position.due
        assert due is not None

        with pytest.raises(actions.TooLate):
            actions.play(ref=floor.pk, place=pair.host.at(pair.bond), move=SetTopic(topic="x"), seq=2, at=due)

        assert fresh(floor).seq == 3

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
        assert fresh(floor).is_over

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
        place = pair.host.at(pair.bond)
        backup = list(Entry.objects.all())

        post_move(pair.host, sitting, "Keep", keep=mine)
        post_move(pair.guest, sitting, "Keep", keep=yours)

        assert not Entry.objects.exists()
        assert not StoredKey.objects.filter(owner=sitting.pk).exists()
        assert header_of(pair.host, sitting).outcome == {"easy": True}
        pages = {words(page(person, sitting)) for person in (pair.host, pair.guest)}
        assert len(pages) == 1
        assert "Nothing that was said here is kept." in pages.pop()
        assert "the drive home" not in words(pair.host.client.get("/us"))
        for entry in backup:
            entry.save(force_insert=True)
        with pytest.raises(VaultError):
            run_of(pair.host, sitting)
        assert place.key

    def test_nobody_learns_who_did_not_want_it_kept(self, pair: Pair, other_pair: Pair) -> None:
        seen = []
        for each, host, guest in ((pair, True, False), (other_pair, False, True)):
            sitting = play_to_the_end(each)
            keep_it(each, sitting, host=host, guest=guest)
            seen.append(words(page(each.host, sitting)))

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
            Entry.objects.create(sitting=floor, seq=1, sealed=b"")


class TestFollowing:
    def test_a_member_may_follow_and_nobody_else(self, pair: Pair, floor: Sitting, charlie: Person) -> None:
        assert may_watch(pair.host.token, floor.pk) == floor.seq
        assert may_watch(charlie.token, floor.pk) is None
        assert may_watch("", floor.pk) is None
        assert may_watch("x" * 32, floor.pk) is None
        assert may_watch(pair.host.token, pair.bond.pk) is None

    def test_following_ends_with_the_session(self, pair: Pair, floor: Sitting) -> None:
        token = pair.host.token
        pair.host.client.post("/logout")

        assert may_watch(token, floor.pk) is None

    def test_following_ends_with_the_bond(self, pair: Pair, floor: Sitting) -> None:
        pair.guest.client.post(f"/b/{pair.bond.pk}/leave")

        assert may_watch(pair.guest.token, floor.pk) is None
        assert may_watch(pair.host.token, floor.pk) is not None


class TestLooking:
    """A GET leaves everything as it was."""

    def look_everywhere(self, person: Person, **ids: Any) -> None:
        for route in routes():
            path = route.path(bond=ids["bond"], ref=ids["ref"])
            for method in ("GET", "HEAD"):
                aliases = [CaptureQueriesContext(connections[alias]) for alias in connections]
                with aliases[0] as first, aliases[1] as second:
                    person.client.generic(method, path)
                said = [query["sql"] for found in (first, second) for query in found.captured_queries]
                writes = [
                    sql for sql in said if not sql.lstrip("(").startswith(("SELECT", "SAVEPOINT", "RELEASE"))
                ]
                assert not writes, (route.name, writes)

    def test_in_the_middle_of_a_sitting(self, pair: Pair, floor: Sitting) -> None:
        for person in (pair.host, pair.guest):
            person.client.get("/")
        before = everything_stored()

        for person in (pair.host, pair.guest):
            self.look_everywhere(person, bond=pair.bond.pk, ref=floor.pk)

        assert everything_stored() == before

    def test_when_time_has_passed(self, pair: Pair, floor: Sitting, monkeypatch: pytest.MonkeyPatch) -> None:
        at(monkeypatch, timezone.now() + QUIET_END + timedelta(hours=1))
        pair.host.client.get("/")  # once a day a session's last day moves on
        before = everything_stored()

        self.look_everywhere(pair.host, bond=pair.bond.pk, ref=floor.pk)

        assert everything_stored() == before

    def test_at_an_invitation(self, alice: Person, bob: Person) -> None:
        bond, shown = make_invitation(alice)
        alice.client.get("/")
        bob.client.post("/j/open", {"secret": shown.secret})
        before = everything_stored()

        for person in (alice, bob):
            self.look_everywhere(person, bond=bond.pk, ref=bond.pk)

        assert everything_stored() == before

    def test_by_nobody(self, pair: Pair, floor: Sitting) -> None:
        before = everything_stored()
        nobody = Client()

        for route in routes():
            nobody.get(route.path(bond=pair.bond.pk, ref=floor.pk))

        assert everything_stored() == before

    def test_every_kind_of_address_was_looked_at(self) -> None:
        assert {For.ANYBODY, For.ME, For.MEMBERS} == set(For)


def test_ready_is_said_once(pair: Pair) -> None:
    sitting = start_sitting(pair)
    play(pair.host, sitting, Ready())

    again = post_move(pair.host, sitting, "Ready")

    assert again.status_code == 409
    assert fresh(sitting).seq == 1
