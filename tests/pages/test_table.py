"""One shared phone: two halves, the curtain, and what nobody enters for the other."""

from __future__ import annotations

import re
from typing import Any
from unittest.mock import Mock

import pytest
from django.utils import timezone

from nearer.practices.listening.moves import Keep, SetTopic
from nearer.protocol import IllegalMove, Leave, Mode, Pause, Ready, Resume, Seat
from nearer.sittings.models import Sitting
from nearer.sittings.page import show
from nearer.sittings.practice import practice
from nearer.sittings.run.header import Header
from nearer.sittings.run.log import lapsed
from nearer.sittings.run.queries import facts_for
from nearer.testing.cast import Pair, Person, fresh, play, post_move, run_of, start_sitting
from tests.pages.one_phone import GUEST, HOST, at_heat, at_notes, at_roles, begin, tap, to_the_end
from tests.pages.reading import at, html, words

pytestmark = pytest.mark.django_db

HALF = re.compile(r'<section class="half (near|far)" data-seat="(\w+)"(.*?)</section>', re.DOTALL)
NAMED = re.compile(r"</?bdi[^>]*>")
FORM = re.compile(r"<form[^>]*\bdata-move=\"(\w+)\"[^>]*>.*?</form>", re.DOTALL)
IN_THE_CURTAIN = {"Pause", "Leave"}


def page(person: Person, sitting: Sitting, **asked: str) -> Any:
    return person.client.get(f"/s/{sitting.pk}", asked)


def halves(response: Any) -> dict[str, tuple[str, str]]:
    """Return what lies at each seat: which half, and its HTML."""
    page = NAMED.sub("", html(response))
    return {seat: (which, rest) for which, seat, rest in HALF.findall(page)}


def kinds(text: str) -> set[str]:
    return {found[1] for found in FORM.finditer(text)}


def forms_of(response: Any) -> list[tuple[str, str, str]]:
    """Return each form's kind, the seat on its tag and the seat in its hidden field."""
    found = []
    for form in FORM.finditer(html(response)):
        tag = re.search(r'data-seat="(\w+)"', form[0].split(">", 1)[0])
        field = re.search(r'name="seat" value="(\w+)"', form[0])
        found.append((form[1], tag[1] if tag else "", field[1] if field else ""))
    return found


class TestHalves:
    def test_the_owner_is_near_and_the_other_far_each_in_their_own_ink(self, pair: Pair) -> None:
        sitting = at_roles(pair)

        found = halves(page(pair.host, sitting))

        assert {seat: which for seat, (which, _) in found.items()} == {HOST: "near", GUEST: "far"}
        assert 'data-me="lagoon" data-you="marigold"' in found[HOST][1]
        assert 'data-me="marigold" data-you="lagoon"' in found[GUEST][1]
        assert "Heads, you speak first. Tails, Bob does." in found[HOST][1]
        assert "Heads, Alice speaks first. Tails, you do." in found[GUEST][1]

    def test_whoever_started_is_near_also_as_the_guest(self, pair: Pair) -> None:
        sitting = begin(pair.guest, pair.bond)
        tap(pair.guest, sitting, "Ready", GUEST)

        found = halves(page(pair.guest, sitting))

        assert {seat: which for seat, (which, _) in found.items()} == {HOST: "far", GUEST: "near"}
        assert found.keys() == {HOST, GUEST}

    def test_both_may_act_where_either_may(self, pair: Pair) -> None:
        found = halves(page(pair.host, at_roles(pair)))

        assert kinds(found[HOST][1]) == kinds(found[GUEST][1]) == {"Volunteer", "Coin"}

    def test_every_form_says_whose_it_is(self, pair: Pair) -> None:
        sitting = begin(pair.host, pair.bond)
        seen = forms_of(page(pair.host, sitting))
        for step in (at_heat, at_roles, at_notes):
            Sitting.objects.all().delete()
            pair.host.client.post("/together", {"passphrase": pair.host.passphrase})
            sitting = step(pair)
            for asked in ({}, {"holding": HOST}, {"holding": GUEST}):
                seen += forms_of(page(pair.host, sitting, **asked))

        assert {kind for kind, _, _ in seen} == {
            "Ready",
            "Pause",
            "Leave",
            "Heat",
            "Volunteer",
            "Coin",
            "Note",
        }
        assert all(tag == field != "" for _, tag, field in seen)
        assert {tag for kind, tag, _ in seen if kind in {"Ready", "Pause", "Leave"}} == {HOST}

    def test_the_floor_belongs_to_one_half(self, pair: Pair) -> None:
        sitting = at_roles(pair)
        tap(pair.host, sitting, "Volunteer", GUEST)

        found = halves(page(pair.host, sitting))

        assert kinds(found[GUEST][1]) == {"Speak"}
        assert kinds(found[HOST][1]) == set()
        assert "Bob, you speak" in found[GUEST][1]
        assert "Bob speaks" in found[HOST][1]
        for _, half in found.values():
            assert "Look at each other if that is comfortable." in half

    def test_by_voice_every_step_is_one_tap(self, pair: Pair) -> None:
        sitting = to_the_end(pair)

        assert fresh(sitting).is_over
        header = Header.of(fresh(sitting), pair.host.at(pair.bond))
        assert (header.done, header.kept) == (True, False)

    def test_no_two_fields_share_an_id(self, pair: Pair) -> None:
        sitting = begin(pair.host, pair.bond)
        tap(pair.host, sitting, "Ready")

        ids = re.findall(r'\bid="([^"]+)"', html(page(pair.host, sitting)))

        assert len(ids) == len(set(ids))
        assert {"id_host_topic", "id_guest_topic"} <= set(ids)

    def test_a_mistake_is_told_at_the_half_where_it_was_made(self, pair: Pair) -> None:
        sitting = begin(pair.host, pair.bond)
        tap(pair.host, sitting, "Ready")

        answer = post_move(pair.host, sitting, "SetTopic", seat=GUEST, topic="", variant="good")

        assert answer.status_code == 422
        found = halves(answer)
        assert "Write a few words, so that" in found[GUEST][1]
        assert "Write a few words, so that" not in found[HOST][1]
        assert '<details class="write" open>' in found[GUEST][1]

    def test_words_entered_for_the_other_are_marked(self, pair: Pair) -> None:
        sitting = at_roles(pair)
        tap(pair.host, sitting, "Volunteer", GUEST)
        tap(pair.host, sitting, "Speak", GUEST, words="I felt left out")

        assert [p.for_other for p in run_of(pair.host, sitting).log] == [False, True, False, True, True, True]
        assert "written on Alice’s phone" in halves(page(pair.host, sitting))[HOST][1]

        tap(pair.host, sitting, "Reflect", HOST, words="You felt alone")
        shown = halves(page(pair.host, sitting))[GUEST][1]
        assert "You felt alone" in shown
        assert "written on" not in shown

    def test_notes_entered_for_the_other_are_marked(self, pair: Pair) -> None:
        sitting = at_notes(pair)
        tap(pair.host, sitting, "Note", HOST, words="a gull")
        tap(pair.host, sitting, "Note", GUEST, words="a tide")

        for _, half in halves(page(pair.host, sitting)).values():
            assert half.count("written on Alice’s phone") == 1
            assert re.search(r"written on Alice’s phone</span>\s*</span></span>\s*<span[^>]*>a tide", half)

    def test_a_pause_is_shown_upright_and_its_owner_goes_on(self, pair: Pair) -> None:
        sitting = at_roles(pair)
        tap(pair.host, sitting, "Pause")

        paused = page(pair.host, sitting)

        assert halves(paused) == {}
        assert {kind for kind, _, _ in forms_of(paused)} == {"Resume", "Leave"}
        tap(pair.host, sitting, "Resume")
        assert len(halves(page(pair.host, sitting))) == 2


class TestCurtain:
    @pytest.mark.parametrize("reach", [at_heat, at_notes])
    def test_a_curtain_shows_nothing_of_anybody(self, pair: Pair, reach: Any) -> None:
        sitting = reach(pair)

        curtain = page(pair.host, sitting)

        assert "Hand the phone to Alice" in words(curtain)
        assert "I am Alice" in words(curtain)
        assert halves(curtain) == {}
        assert kinds(html(curtain)) == IN_THE_CURTAIN
        assert "the drive home" not in html(curtain)
        assert "<textarea" not in html(curtain)
        assert 'type="radio"' not in html(curtain)

    def test_first_the_owner_then_the_other_then_the_table(self, pair: Pair) -> None:
        sitting = at_heat(pair)
        mine = page(pair.host, sitting, holding=HOST)
        assert kinds(html(mine)) == {"Heat", *IN_THE_CURTAIN}
        assert 'data-me="lagoon"' in html(mine)

        tap(pair.host, sitting, "Heat", HOST, level="easy")
        assert "Hand the phone to Bob" in words(page(pair.host, sitting))
        yours = page(pair.host, sitting, holding=GUEST)
        assert kinds(html(yours)) == {"Heat", *IN_THE_CURTAIN}
        assert re.search(r'id="stage"[^>]*data-me="marigold" data-you="lagoon"', html(yours))

        tap(pair.host, sitting, "Heat", GUEST, level="easy")
        assert len(halves(page(pair.host, sitting))) == 2

    @pytest.mark.parametrize("asked", ["", "host", "stranger", "HOST", "guest'--", "\x00", "None"])
    def test_who_holds_it_is_only_believed_of_somebody_who_has_something_to_say(
        self, pair: Pair, asked: str
    ) -> None:
        sitting = at_heat(pair)
        tap(pair.host, sitting, "Heat", HOST, level="easy")

        shown = page(pair.host, sitting, holding=asked)

        assert "Hand the phone to Bob" in words(shown)
        assert kinds(html(shown)) == IN_THE_CURTAIN

    def test_on_the_table_nobody_holds_it_alone(self, pair: Pair) -> None:
        sitting = at_roles(pair)

        for asked in (HOST, GUEST):
            assert len(halves(page(pair.host, sitting, holding=asked))) == 2

    def test_no_byte_of_a_note_is_on_the_pages_after_it(self, pair: Pair) -> None:
        sitting = at_notes(pair)
        canary = "only for my eyes, 4711"
        sent = post_move(pair.host, sitting, "Note", seat=HOST, words=canary)
        assert sent["Location"] == f"/s/{sitting.pk}"
        assert sent["Clear-Site-Data"] == '"cache"'

        for asked in ({}, {"holding": HOST}, {"holding": GUEST}):
            shown = page(pair.host, sitting, **asked)
            assert canary not in html(shown)
            assert shown["Cache-Control"] == "no-store"
        assert "4711" not in html(pair.guest.client.get(f"/s/{sitting.pk}"))

    def test_a_mistake_is_told_behind_the_curtain(self, pair: Pair) -> None:
        sitting = at_notes(pair)

        answer = post_move(pair.host, sitting, "Note", seat=GUEST, words="long " * 80)

        assert answer.status_code == 422
        assert kinds(html(answer)) == {"Note", *IN_THE_CURTAIN}
        assert "characters too long" in words(answer)
        assert ("Note", GUEST, GUEST) in forms_of(answer)
        assert "long long" not in html(page(pair.host, sitting))

    @pytest.mark.parametrize("text", ["a late secret", "a late secret" * 40])
    def test_a_secret_that_comes_late_is_given_back_to_nobody(self, pair: Pair, text: str) -> None:
        sitting = at_notes(pair)
        seen = fresh(sitting).seq
        tap(pair.host, sitting, "Note", HOST, words="in time")

        late = post_move(pair.host, sitting, "Note", seat=HOST, seq=seen, words=text)

        assert late.status_code == 409
        assert "a late secret" not in html(late)
        assert "Hand the phone to Bob" in words(late)

    def test_a_secret_under_a_wrong_name_is_given_back_to_nobody(self, pair: Pair) -> None:
        sitting = at_notes(pair)

        for sent in (
            {"kind": "Nope"},
            {"kind": "Note", "seat": "stranger"},
            {"kind": "Note", "seat": "\x00"},
        ):
            answer = post_move(pair.host, sitting, **sent, words="a secret")
            assert answer.status_code == 422
            assert "a secret" not in html(answer)

    def test_a_fragment_is_the_same(self, pair: Pair) -> None:
        sitting = at_heat(pair)
        script = {"X-Fragment": "stage"}

        curtain = pair.host.client.get(f"/s/{sitting.pk}", headers=script)
        alone = pair.host.client.get(f"/s/{sitting.pk}?holding=host", headers=script)
        sent = {"move": "Heat", "seat": HOST, "seq": fresh(sitting).seq, "level": "easy"}
        after = pair.host.client.post(f"/s/{sitting.pk}", sent, headers=script)

        for answer, lies in ((curtain, "curtain"), (alone, "alone"), (after, "curtain")):
            assert answer.status_code == 200
            assert re.match(rf'\s*<div id="stage"[^>]*data-lies="{lies}"', html(answer))
        assert 'data-holding="host"' in html(alone)
        assert 'value="7"' not in html(after)


class TestNobodySpeaksForTheOther:
    @pytest.mark.parametrize("kind", ["Leave", "Pause", "Ready", "Resume", "Keep", "TimeUp"])
    @pytest.mark.parametrize("reach", [begin, at_heat, at_roles, at_notes])
    @pytest.mark.rule("R13")
    def test_what_is_agreed_to_is_agreed_by_oneself(self, pair: Pair, kind: str, reach: Any) -> None:
        sitting = begin(pair.host, pair.bond) if reach is begin else reach(pair)
        before = fresh(sitting).seq

        assert post_move(pair.host, sitting, kind, seat=GUEST, keep="yes").status_code == 409

        assert fresh(sitting).seq == before

    @pytest.mark.rule("R13")
    def test_nor_is_a_pause_ended_for_the_other(self, pair: Pair) -> None:
        sitting = at_roles(pair)
        tap(pair.host, sitting, "Pause")

        assert post_move(pair.host, sitting, "Resume", seat=GUEST).status_code == 409
        assert post_move(pair.host, sitting, "Leave", seat=GUEST).status_code == 409
        assert not fresh(sitting).is_over

    @pytest.mark.parametrize("mode", [Mode.LIVE, Mode.ASYNC])
    def test_away_from_the_table_everybody_plays_their_own(self, pair: Pair, mode: Mode) -> None:
        sitting = start_sitting(pair, mode=mode)
        for person in (pair.host, pair.guest) if mode is Mode.LIVE else (pair.host,):
            play(person, sitting, Ready())
        before = fresh(sitting).seq

        for person, seat in ((pair.host, GUEST), (pair.guest, HOST)):
            for kind in ("SetTopic", "Heat", "Pause", "Leave", "Resume", "Keep"):
                refused = post_move(person, sitting, kind, seat=seat, topic="x", level="easy", keep="yes")
                assert refused.status_code == 409, kind

        assert fresh(sitting).seq == before
        assert post_move(pair.host, sitting, "SetTopic", seat=HOST, topic="x").status_code == 302

    def test_from_their_own_device_the_other_only_leaves(self, pair: Pair) -> None:
        sitting = at_heat(pair)
        before = fresh(sitting).seq

        for seat in (HOST, GUEST):
            for kind in ("Heat", "SetTopic", "Pause", "Ready", "Volunteer"):
                refused = post_move(pair.guest, sitting, kind, seat=seat, level="easy", topic="x")
                assert refused.status_code == 409, (kind, seat)
        assert post_move(pair.guest, sitting, "Leave", seat=HOST).status_code == 409
        assert fresh(sitting).seq == before

        assert post_move(pair.guest, sitting, "Leave").status_code == 302
        assert fresh(sitting).is_over

    def test_nor_do_the_rules_take_it(self, pair: Pair) -> None:
        sitting = at_roles(pair)

        for move in (Leave(), Pause(), Ready(), Resume(), Keep(keep=True)):
            with pytest.raises(IllegalMove):
                play(pair.host, sitting, move, seat=Seat.GUEST)
        with pytest.raises(IllegalMove):
            play(pair.guest, sitting, SetTopic(topic="x"), seat=Seat.HOST)

    def test_the_end_looks_the_same_whoever_left(self, pair: Pair) -> None:
        endings = []
        for leaver, seat in ((pair.host, HOST), (pair.guest, GUEST)):
            sitting = at_heat(pair)
            tap(leaver, sitting, "Leave", seat)
            endings.append(words(page(pair.host, sitting)))
            pair.host.client.post("/together", {"passphrase": pair.host.passphrase})

        assert endings[0] == endings[1]


def test_soft_timers_run_on_the_table(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    at(monkeypatch, now)
    sitting = at_roles(pair)
    tap(pair.host, sitting, "Volunteer", HOST)

    shown = html(page(pair.host, sitting))

    assert re.search(r'id="stage"[^>]*data-lies="halves"[^>]*data-chimes="[^"]+"', shown)
    assert re.search(r"<main[^>]*data-sound", shown)
    assert "data-chimes" not in html(page(pair.guest, sitting))


def test_time_passes_once_on_a_page_so_that_both_halves_are_of_one_moment(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting, passed = at_roles(pair), Mock(wraps=lapsed)
    monkeypatch.setattr(show, "lapsed", passed)

    assert len(halves(page(pair.host, sitting))) == 2

    assert passed.call_count == 1


def test_what_one_person_could_have_tapped_alone_opens_nothing_elsewhere(pair: Pair) -> None:
    """The gate before something hard counts one-phone Floors on one phone only."""
    to_the_end(pair)
    place, rules = pair.host.at(pair.bond), practice("listening").dialogue

    assert facts_for(place, rules, Mode.ONE) == {"practised": 1}
    for mode in (Mode.LIVE, Mode.ASYNC):
        assert facts_for(place, rules, mode) == {"practised": 0}
