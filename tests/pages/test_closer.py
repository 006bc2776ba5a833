"""Closer as Alice, Bob and Charlie see it on their pages."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
from django.utils import timezone

from nearer.content.deck import entries_of
from nearer.content.decks import deck
from nearer.practices.closer import said
from nearer.practices.closer.moves import Answer, Care, Draw, First, Next, Pass, Respond, Share, Where
from nearer.practices.closer.protocol import Closer
from nearer.practices.closer.settles import THIRD as THIRD_ON
from nearer.practices.closer.settles import settle
from nearer.protocol import Mode, Move, Ready, Seat
from nearer.records.shelf import Shelf
from nearer.sittings.models import Sitting
from nearer.sittings.run.drawn import draw
from nearer.testing.cast import (
    Pair,
    Person,
    arrive,
    fresh,
    open_drawer,
    play,
    post_move,
    run_of,
    sign_in,
    start_sitting,
)
from tests.pages.one_phone import tap
from tests.pages.reading import at, html, words

pytestmark = pytest.mark.django_db

FRESH = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|data-now="[^"]*"')
THANKS = Respond(words="", aloud=True, way=Care.THANK)
ROOM, THIRD = "/practise/closer", "/closer/third"


def begin(pair: Pair, mode: Mode = Mode.LIVE, **facts: Any) -> Sitting:
    """Let both come in."""
    sitting = start_sitting(pair, "closer", mode=mode, **facts)
    for person in (pair.host, pair.guest) if mode is Mode.LIVE else (pair.host,):
        play(person, sitting, Ready())
    return fresh(sitting)


def page(person: Person, sitting: Sitting) -> str:
    return FRESH.sub("", html(person.client.get(f"/s/{sitting.pk}")))


def card_of(pair: Pair, sitting: Sitting) -> str:
    position = run_of(pair.host, sitting).position
    assert isinstance(position, Closer)
    return position.now_card


def take_turns(pair: Pair, sitting: Sitting, *turns: tuple[bool, Move]) -> None:
    """Play these in order; true is Alice. In letters each arrives before the next."""
    for is_host, move in turns:
        person = pair.host if is_host else pair.guest
        position = run_of(person, sitting).position
        if Ready in position.legal(person.at(pair.bond).seat):
            play(person, sitting, Ready())
        play(person, sitting, move)
        arrive(pair, sitting)


def says(text: str) -> Answer:
    return Answer(words=text, aloud=False)


DRAW = Draw(card="")
EXCHANGE = (
    (True, DRAW),
    (True, says("the sea")),
    (False, says("the hills")),
    (False, THANKS),
    (True, THANKS),
)
IN_LETTERS = (*EXCHANGE[:3], *EXCHANGE[:2:-1])


def test_a_question_is_drawn_on_the_server_and_the_same_for_both(pair: Pair) -> None:
    sitting = begin(pair)

    assert post_move(pair.host, sitting, "Draw", card="closer-3-001").status_code == 302

    question = deck("closer.level-1")[card_of(pair, sitting)].text
    for person in (pair.host, pair.guest):
        assert question in words(person.client.get(f"/s/{sitting.pk}"))
    assert card_of(pair, sitting) != "closer-3-001"


def test_a_tap_that_is_sent_twice_turns_over_one_question(pair: Pair) -> None:
    sitting = begin(pair)
    post_move(pair.host, sitting, "Draw", seq=2)
    card = card_of(pair, sitting)

    post_move(pair.host, sitting, "Draw", seq=2)

    assert card_of(pair, sitting) == card


@pytest.mark.rule("R5")
def test_nobody_meets_a_question_again_before_the_level_is_used_up(pair: Pair) -> None:
    """Whatever is skipped or begun beside it, whoever does it, and however they sit."""
    place, name = pair.host.at(pair.bond), "closer.level-1"
    whole = [each.id for each in entries_of(deck(name), kin=[place.kin])]
    met = []
    for number, sitting in enumerate([begin(pair), begin(pair, Mode.ASYNC)] * 6):
        play(pair.guest if number % 4 == 0 else pair.host, sitting, DRAW)
        met.append(card_of(pair, sitting))
    left = draw(place, name, len(whole) - len(met), at=timezone.now())

    assert sorted([*met, *(each.id for each in left)]) == sorted(whole)


@pytest.mark.rule("R3", "R4")
@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.ASYNC])
def test_what_one_has_sealed_changes_no_byte_of_the_others_pages(pair: Pair, mode: Mode) -> None:
    sitting = begin(pair, mode)
    take_turns(pair, sitting, (True, DRAW))
    play(pair.guest, sitting, Ready()) if mode is Mode.ASYNC else None
    paths = (f"/s/{sitting.pk}", f"/s/{sitting.pk}/words", "/")
    before = [FRESH.sub("", html(pair.guest.client.get(path))) for path in paths]

    play(pair.host, sitting, says("my aunt Olga"))

    assert [FRESH.sub("", html(pair.guest.client.get(path))) for path in paths] == before
    assert "my aunt Olga" in page(pair.host, sitting)
    assert 'value="TakeBack"' in page(pair.host, sitting)

    back = html(pair.host.client.post(paths[0], {"move": "TakeBack"}))

    assert "my aunt Olga" in back, "the words are in their field again"
    assert [FRESH.sub("", html(pair.guest.client.get(path))) for path in paths] == before
    assert pair.host.client.post(paths[0], {"move": "TakeBack"}).status_code == 409
    play(pair.guest, sitting, says("a red kite"))
    assert "a red kite" not in page(pair.host, sitting)
    play(pair.host, sitting, says("my uncle Otto"))
    assert "my aunt Olga" not in page(pair.guest, sitting)


@pytest.mark.rule("R5")
@pytest.mark.parametrize("go_on", [DRAW, First()], ids=["another question", "going first"])
def test_what_was_sealed_for_nothing_is_in_no_count(pair: Pair, go_on: Move) -> None:
    """Whoever goes on cannot tell from the numbers of a page whether the other had sealed an answer."""
    numbers = []
    for seals in (True, False):
        sitting = begin(pair)
        take_turns(pair, sitting, (True, DRAW), *([(True, says("the sea"))] if seals else []), (False, go_on))
        numbers.append(re.findall(r'data-(?:seq|told)="\d+"', page(pair.guest, sitting)))
        assert 'value="TakeBack"' not in page(pair.host, sitting)
        post_move(pair.host, sitting, "Leave")

    assert numbers[0] == numbers[1]


def test_an_answer_that_has_opened_in_letters_cannot_be_unsent(pair: Pair) -> None:
    sitting = begin(pair, Mode.ASYNC)
    take_turns(pair, sitting, *EXCHANGE[:2])
    assert "data-unsend" in page(pair.host, sitting)

    take_turns(pair, sitting, EXCHANGE[2])

    for person in (pair.host, pair.guest):
        assert "data-unsend" not in page(person, sitting)
        assert person.client.post(f"/s/{sitting.pk}", {"move": "TakeBack"}).status_code == 409


@pytest.mark.parametrize(
    ("text", "shown"),
    [("I am afraid of you", "This sounds heavy."), ("", "There is nothing in it yet.")],
)
def test_a_letter_that_has_just_arrived_is_answered_with_the_same_care(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, text: str, shown: str
) -> None:
    """Its time has passed, and nobody has played a move since: what is sent to it gets help or its hint first."""
    sitting = begin(pair, Mode.ASYNC)
    take_turns(pair, sitting, (True, DRAW), (False, First()), (False, Pass()))
    play(pair.host, sitting, Share(words="the sea", aloud=False))
    at(monkeypatch, timezone.now() + timedelta(minutes=5))

    asked = post_move(pair.guest, sitting, "Respond", way="back", words=text)

    assert asked.status_code == 422
    assert shown in words(asked)
    assert "moved on" not in words(asked)


@pytest.mark.parametrize("mode", list(Mode))
def test_depth_is_byte_equal_whoever_wished_for_less(pair: Pair, mode: Mode) -> None:
    """T-P3: (low, high) and (high, low) give the other the same pages, here and around it."""
    seen: dict[Seat, list[str]] = {seat: [] for seat in Seat}
    for lower, higher in ((Where.SAME, Where.DEEPER), (Where.DEEPER, Where.SAME)):
        sitting = onward(pair, mode)
        for seat, where in zip(Seat, (lower, higher), strict=True):
            if mode is Mode.ONE:
                tap(pair.host, sitting, "Next", seat, where=where.value)
            else:
                play(pair.host if seat is Seat.HOST else pair.guest, sitting, Next(where=where))
        arrive(pair, sitting)
        for person, seat in zip((pair.host, pair.guest), Seat, strict=True):
            around = ("/", "/us", ROOM, f"/us/{pair.bond.pk}/week") if mode is not Mode.ONE else ()
            text = "".join([page(person, sitting), *(html(person.client.get(path)) for path in around)])
            text = FRESH.sub("", text.replace(str(sitting.pk), ""))
            seen[seat].append(re.sub(r"<time[^>]*>[^<]*</time>", "", text))
        leave = {"move": "Leave", "seq": 0, "seat": "host"}
        pair.host.client.post(f"/s/{sitting.pk}", leave)

    assert all(first == second for first, second in seen.values())


def onward(pair: Pair, mode: Mode) -> Sitting:
    """Go once around, up to where each says where to go on."""
    if mode is Mode.ONE:
        sign_in(pair.host)
        begun = pair.host.client.post("/practise/closer/start", {"mode": "one"})
        sitting = Sitting.objects.get(pk=begun["Location"].rsplit("/", 1)[1])
        tap(pair.host, sitting, "Ready")
        tap(pair.host, sitting, "Draw")
        tap(pair.host, sitting, "First", Seat.GUEST)
        for seat in (Seat.GUEST, Seat.HOST):
            tap(pair.host, sitting, "Share", seat, aloud="yes")
            tap(pair.host, sitting, "Respond", seat.other, aloud="yes", way="thank")
        return sitting
    sitting = begin(pair, mode, practised=2)
    take_turns(pair, sitting, *(IN_LETTERS if mode is Mode.ASYNC else EXCHANGE))
    return sitting


def test_there_is_no_field_for_advice_and_a_hint_for_its_author_alone(pair: Pair) -> None:
    sitting = begin(pair)
    take_turns(pair, sitting, *EXCHANGE[:3])

    form = page(pair.guest, sitting).split('data-move="Respond"')[1].split("</form>")[0]
    assert re.findall(r'value="(thank|back|touched|want)"', form) == ["thank", "back", "touched", "want"]
    assert set(re.findall(r'name="(\w+)"', form)) == {"seq", "move", "aloud", "words", "way"}

    told = post_move(pair.guest, sitting, "Respond", way="touched", words="You should call him more often.")
    assert told.status_code == 422
    assert "Being received often comes first." in words(told)
    assert "Being received often" not in page(pair.host, sitting)
    sure = post_move(pair.guest, sitting, "Respond", way="touched", words="You should call him.", sure="yes")
    assert sure.status_code == 302


def test_the_third_level_says_first_what_to_share(pair: Pair) -> None:
    safely = "Share only what would still be safe if you were angry with each other tomorrow."
    sitting = begin(pair, practised=2)
    take_turns(pair, sitting, *EXCHANGE, (True, Next(where=Where.DEEPER)), (False, Next(where=Where.DEEPER)))
    assert safely not in page(pair.host, sitting)
    take_turns(pair, sitting, *EXCHANGE[:3], (True, THANKS), (False, THANKS))
    assert safely in page(pair.host, sitting), "it stands beside the wish"
    take_turns(pair, sitting, (True, Next(where=Where.THIRD)), (False, Next(where=Where.THIRD)))

    for person in (pair.host, pair.guest):
        assert safely in page(person, sitting), "before a question is drawn"
        assert 'href="/help"' in page(person, sitting)
    play(pair.guest, sitting, DRAW)
    assert safely in page(pair.host, sitting)


NOT_DEEPER: dict[str, tuple[str, Where]] = {
    "wished for less": ("yes", Where.SAME),
    "has not switched it on": ("no", Where.THIRD),
    "neither": ("no", Where.SAME),
}


def test_at_night_nobody_goes_as_deep_as_that(pair: Pair) -> None:
    place = pair.host.at(pair.bond)
    THIRD_ON.turn(place, on=True, at=timezone.now())
    night = timezone.now().replace(hour=23)

    wish = Next(where=Where.THIRD)
    assert settle(place, wish, at=night) == Next(where=Where.SAME)
    assert settle(place, wish, at=night.replace(hour=12)) == wish


@pytest.mark.rule("R11")
def test_the_third_level_is_off_until_each_switches_it_on_and_nothing_tells_who_has_not(
    pair: Pair, subtests: pytest.Subtests
) -> None:
    pages: dict[str, list[str]] = {}
    pair.host.client.post(THIRD, {"on": "yes"})
    assert "It is switched on for you." in words(pair.host.client.get(ROOM))
    before = html(pair.host.client.get(ROOM))
    for cause, (on, where) in NOT_DEEPER.items():
        pair.guest.client.post(THIRD, {"on": on})
        assert html(pair.host.client.get(ROOM)) == before
        sitting = begin(pair, practised=2)
        further = [(seat, Next(where=Where.DEEPER)) for seat in (True, False)]
        take_turns(pair, sitting, *EXCHANGE, *further, *EXCHANGE[:3], (True, THANKS), (False, THANKS))
        assert ('value="third"' in page(pair.guest, sitting)) is (on == "yes")
        post_move(pair.host, sitting, "Next", where="third")
        post_move(pair.guest, sitting, "Next", where=where.value)
        pages[cause] = [page(pair.host, sitting).replace(str(sitting.pk), "")]
        assert "Something warmer" in pages[cause][0]
        pair.host.client.post(f"/s/{sitting.pk}", {"move": "Leave", "seq": 0})

    for one, other in combinations(NOT_DEEPER, 2):
        with subtests.test(one=one, other=other):
            assert pages[one] == pages[other]


@pytest.mark.rule("R8")
@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.ASYNC])
def test_own_words_can_be_withdrawn_while_it_goes_on(pair: Pair, mode: Mode) -> None:
    sitting = begin(pair, mode)
    take_turns(pair, sitting, *(IN_LETTERS[:4] if mode is Mode.ASYNC else EXCHANGE[:3]))
    assert "the sea" in page(pair.guest, sitting)
    listed = html(pair.host.client.get(f"/s/{sitting.pk}/words"))
    where = re.findall(r'name="where" value="([^"]+)"', listed)[0]

    taken = pair.host.client.post(f"/s/{sitting.pk}/words", {"where": where, "do": "take"})

    assert taken.status_code == 302
    for person in (pair.host, pair.guest):
        seen = page(person, sitting) + html(person.client.get(f"/s/{sitting.pk}/words"))
        assert "the sea" not in seen
        assert "data-withdrawn" in seen


def test_own_answers_can_be_kept_for_oneself_and_shown_when_the_question_comes_again(pair: Pair) -> None:
    sitting = begin(pair)
    take_turns(pair, sitting, (True, DRAW))
    card = card_of(pair, sitting)
    sent = {"words": "the sea", "remember": "yes"}
    assert post_move(pair.host, sitting, "Answer", **sent).status_code == 302
    post_move(pair.guest, sitting, "Answer", words="the hills")
    open_drawer(pair.host)
    open_drawer(pair.guest)

    assert "the sea" in html(pair.host.client.get("/closer/said"))
    assert "the hills" not in html(pair.guest.client.get("/closer/said")), "nobody asked for that"
    again = begin(pair, Mode.ASYNC)
    assert said.is_there(Shelf.of_person(pair.host.user.pk, pair.host.ring), card)
    before = comes_again(pair, again, card)
    assert "you said" in before
    assert "the sea" in before
    assert "the sea" not in page(pair.guest, again)
    record = re.findall(r'name="record" value="([^"]+)"', html(pair.host.client.get("/closer/said")))[0]
    pair.host.client.post("/closer/said/forget", {"record": record})
    assert "the sea" not in html(pair.host.client.get("/closer/said"))


def comes_again(pair: Pair, sitting: Sitting, card: str) -> str:
    """Draw until a question comes that was there before, and return its page."""
    place, name = pair.host.at(pair.bond), "closer.level-1"
    left = len(entries_of(deck(name), kin=[place.kin])) - 1
    draw(place, name, left, at=timezone.now())
    while card_of(pair, sitting) != card:
        play(pair.host, sitting, DRAW)
    return page(pair.host, sitting)


def test_whoever_says_it_aloud_is_not_told_that_they_have(pair: Pair) -> None:
    sitting = begin(pair)
    take_turns(pair, sitting, (True, DRAW), *((who, Answer(words="", aloud=True)) for who in (True, False)))
    speaker = pair.host if "Say your answer" in page(pair.host, sitting) else pair.guest
    assert "You have shared it" not in page(speaker, sitting)
    assert "Pauses are fine." in page(speaker, sitting)


def test_passing_and_swapping_leave_nothing_behind(pair: Pair) -> None:
    sitting = begin(pair)
    take_turns(
        pair,
        sitting,
        (True, DRAW),
        (False, DRAW),
        (True, First()),
        (True, Share(words="the sea", aloud=False)),
    )
    take_turns(pair, sitting, (False, THANKS), (False, Pass()))
    take_turns(pair, sitting, (True, Next(where=Where.ENOUGH)), (False, Next(where=Where.SAME)))
    for person in (pair.host, pair.guest):
        post_move(person, sitting, "Note", words="")
    for person in (pair.host, pair.guest):
        post_move(person, sitting, "Keep", keep="no")

    assert fresh(sitting).is_over
    for person in (pair.host, pair.guest):
        for path in ("/", "/us", f"/s/{sitting.pk}", "/practise/closer"):
            seen = html(person.client.get(path))
            assert "the sea" not in seen
            assert not re.search(r"skipped|passed on|swapped", seen, re.IGNORECASE)
