"""A sitting on the page: starting, playing, being late, time passing, keeping, and reading without a trace."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from django.test import Client
from django.utils import timezone

from nearer.practices.listening.moves import Heat, SetTopic
from nearer.practices.listening.protocol import Listening
from nearer.protocol import Leave, Pause, Ready
from nearer.sittings.models import Sitting
from nearer.sittings.run import header
from nearer.sittings.run.access import may_watch
from nearer.sittings.run.header import Header
from nearer.sittings.run.queries import RECENT, facts_for
from nearer.testing.cast import (
    Pair,
    Person,
    fresh,
    make_invitation,
    make_joined,
    newest,
    play,
    post_move,
    rows_of,
    run_of,
    sign_in,
    start_sitting,
)
from nearer.vault.envelope import open_record
from nearer.vault.models import StoredKey
from tests.pages.conversations import CALM, WARM, agreed, keep_it, opening, play_to_the_end, take_turns
from tests.pages.reading import at, everything_stored, html, marked, moves_on, uncounted, words

pytestmark = pytest.mark.django_db

START = "/practise/listening/start"
ENDED = "The sitting is over"
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
        assert StoredKey.objects.count() == 4  # of one sitting, and of what the two have met of a deck

    def test_the_other_finds_it_on_today(self, pair: Pair) -> None:
        where = pair.host.client.post(START)["Location"]

        today = pair.guest.client.get("/")

        assert "Open now, for both of you" in words(today)
        assert f'href="{where}"' in html(today)

    def test_it_begins_when_both_are_ready(self, pair: Pair) -> None:
        sitting = start_sitting(pair)
        assert moves_on(page(pair.host, sitting)) == {"Ready", "Pause", "Leave"}

        post_move(pair.host, sitting, "Ready")
        assert "It begins when Bob comes in." in words(page(pair.host, sitting))
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

        facts = header_of(pair.host, sitting).facts
        assert facts["practised"] == 2
        assert len(set(facts["ideas"])) == 3

    def test_and_stays_theirs_with_what_they_kept_however_many_follow(self, pair: Pair) -> None:
        for _ in range(2):
            keep_it(pair, play_to_the_end(pair))
        Sitting.objects.update(day=timezone.now().date() - timedelta(days=1))
        for _ in range(RECENT):
            post_move(pair.guest, start_sitting(pair), "Leave")

        assert facts_for(pair.host.at(pair.bond), Listening) == {"practised": 2}
        assert words(pair.host.client.get("/us")).count("the drive home") == 2

    def test_the_row_does_not_say_which_practice(self, pair: Pair, floor: Sitting) -> None:
        assert "listening" not in repr(everything_stored())


class TestPlaying:
    def test_a_move_leads_both_on(self, pair: Pair, floor: Sitting) -> None:
        sent = post_move(pair.guest, floor, "SetTopic", topic="the drive home")

        assert sent.status_code == 302
        assert sent["Location"] == f"/s/{floor.pk}"
        for person in (pair.host, pair.guest):
            assert "the drive home" in words(page(person, floor))
        assert moves_on(page(pair.guest, floor)) == {"Pause", "Leave"}
        assert {"TakeTopic", "SetTopic"} <= moves_on(page(pair.host, floor))
        assert post_move(pair.host, floor, "TakeTopic").status_code == 302
        for person in (pair.host, pair.guest):
            assert "Heat" in moves_on(page(person, floor))

    def test_whoever_is_asked_reads_what_sort_of_talk_it_is(self, pair: Pair, floor: Sitting) -> None:
        post_move(pair.host, floor, "SetTopic", topic="the letter came", variant="good")
        assert "Alice has good news" in words(page(pair.guest, floor))
        assert "You have good news" in words(page(pair.host, floor))

        post_move(pair.guest, floor, "SetTopic", topic="the drive home")
        assert "Bob suggests" in words(page(pair.host, floor))

    def test_the_script_gets_the_new_stage_at_once(self, pair: Pair, floor: Sitting) -> None:
        sent = {"move": "SetTopic", "seq": floor.seq, "topic": "the drive home"}

        answer = pair.host.client.post(f"/s/{floor.pk}", sent, headers={"X-Fragment": "stage"})

        assert answer.status_code == 200
        assert html(answer).strip().startswith('<div id="stage"')
        assert f'data-seq="{floor.seq + 1}"' in html(answer)
        assert "<html" not in html(answer)

    def test_a_move_opens_the_header_once_to_read_it_and_once_behind_the_lock(
        self, pair: Pair, floor: Sitting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        opened = Mock(wraps=open_record)
        monkeypatch.setattr(header, "open_record", opened)

        sent = post_move(pair.host, floor, "SetTopic", seq=floor.seq, topic="the drive home")

        assert sent.status_code == 302
        assert opened.call_count == 2

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
        take_turns(pair, floor, *agreed("the drive home"))
        at(monkeypatch, timezone.now())
        before = page(pair.guest, floor)

        post_move(pair.host, floor, "Heat", level="touchy")

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
    @pytest.mark.rule("R5")
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
        post_move(pair.guest, floor, "TakeTopic", seq=3)

        again = post_move(pair.host, floor, "SetTopic", seq=2, topic="the drive home")

        assert again.status_code == 302
        assert len(run_of(pair.host, floor).log) == 4

    def test_both_at_once_on_the_same_step_both_count(self, pair: Pair) -> None:
        sitting = start_sitting(pair)
        for person in (pair.host, pair.guest):
            assert post_move(person, sitting, "Ready", seq=0).status_code == 302
        take_turns(pair, sitting, *agreed("the drive home"))

        for person in (pair.host, pair.guest):
            assert post_move(person, sitting, "Heat", seq=4, level="easy").status_code == 302

        assert len(run_of(pair.host, sitting).log) == 6
        assert "Volunteer" in moves_on(page(pair.host, sitting))

    def test_an_older_page_still_counts_after_a_nod(self, pair: Pair, floor: Sitting) -> None:
        take_turns(pair, floor, *opening("the drive home", CALM))
        seen = newest(pair.host, floor)
        post_move(pair.guest, floor, "Nod")

        sent = post_move(pair.host, floor, "Speak", seq=seen, words="I felt left out")

        assert sent.status_code == 302

    def test_late_words_are_refused_and_given_back(self, pair: Pair, floor: Sitting) -> None:
        take_turns(pair, floor, *agreed("the garden"))

        late = post_move(pair.guest, floor, "SetTopic", seq=2, topic="the long words I chose")

        assert late.status_code == 409
        assert MOVED_ON in words(late)
        assert marked(late, "data-unsent") == "the long words I chose"
        assert "the garden" in words(late)
        assert fresh(floor).seq == 4

    def test_what_somebody_wrote_while_the_other_suggested_is_taken(self, pair: Pair, floor: Sitting) -> None:
        post_move(pair.host, floor, "SetTopic", seq=2, topic="the garden")

        sent = post_move(pair.guest, floor, "SetTopic", seq=2, topic="the long words I chose")

        assert sent.status_code == 302
        for person in (pair.host, pair.guest):
            assert all(
                topic in words(page(person, floor)) for topic in ("the garden", "the long words I chose")
            )

    def test_a_step_seen_before_is_not_the_same_step_again(self, pair: Pair, floor: Sitting) -> None:
        take_turns(pair, floor, *agreed("too warm"))
        for person in (pair.host, pair.guest):
            play(person, floor, Heat(level=WARM))

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


class TestFollowing:
    def test_a_member_may_follow_and_nobody_else(self, pair: Pair, floor: Sitting, charlie: Person) -> None:
        assert may_watch([(pair.host.token, floor.pk)]) == [floor.seq]
        assert may_watch([(charlie.token, floor.pk)]) == [None]
        assert may_watch([("", floor.pk)]) == [None]
        assert may_watch([("x" * 32, floor.pk)]) == [None]
        assert may_watch([(pair.host.token, pair.bond.pk)]) == [None]

    def test_many_are_answered_at_once_each_their_own(
        self, pair: Pair, floor: Sitting, charlie: Person, django_assert_num_queries: Any
    ) -> None:
        asked = [(token, floor.pk) for token in (pair.host.token, charlie.token, pair.guest.token, "")]

        with django_assert_num_queries(3):
            assert may_watch(asked) == [floor.seq, None, floor.seq, None]

    def test_following_ends_with_the_session(self, pair: Pair, floor: Sitting) -> None:
        token = pair.host.token
        pair.host.client.post("/logout")

        assert may_watch([(token, floor.pk)]) == [None]

    def test_following_ends_with_the_bond(self, pair: Pair, floor: Sitting) -> None:
        pair.guest.client.post(f"/b/{pair.bond.pk}/space")

        assert may_watch([(pair.guest.token, floor.pk), (pair.host.token, floor.pk)]) == [None, None]


def test_ready_is_said_once(pair: Pair) -> None:
    sitting = start_sitting(pair)
    play(pair.host, sitting, Ready())

    again = post_move(pair.host, sitting, "Ready")

    assert again.status_code == 409
    assert fresh(sitting).seq == 1
