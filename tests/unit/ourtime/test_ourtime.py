"""Our Time: only what both would like opens, a date takes two, and how it was opens when both have said it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations, product
from random import Random

import pytest

from nearer.practices.ourtime.moves import (
    CARDS,
    HALVES,
    Agree,
    Begin,
    Date,
    Finish,
    Free,
    Glow,
    Here,
    Long,
    NextOne,
    Other,
    Pick,
    Span,
    Stop,
    Take,
    Way,
    Wish,
    quarter_of,
)
from nearer.practices.ourtime.protocol import OurTime
from nearer.practices.ourtime.wishes.rules import Wanted, ranked
from nearer.protocol import IllegalMove, Mode, Move, Ready, Seat

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOST, GUEST = Seat
IDEAS = tuple(f"idea {n}" for n in range(2 * CARDS))
FREE = (0,) * HALVES
type Turn = tuple[Seat, Move]


def begun(mode: Mode = Mode.LIVE, way: Way = Way.FIND, common: tuple[str, ...] = ()) -> OurTime:
    position = OurTime.begin(mode=mode, ideas=IDEAS, common=common)
    position = played(position, *((seat, Ready()) for seat in (Seat if mode is Mode.LIVE else [HOST])))
    return position if mode is Mode.ASYNC else played(position, (HOST, Begin(way=way)))


def played(position: OurTime, *turns: Turn, at: datetime = NOON) -> OurTime:
    for seat, move in turns:
        if position.mode is Mode.ASYNC and Ready in position.legal(seat) and not isinstance(move, Ready):
            position = position.play(seat, Ready(), at)
        position = position.play(seat, move, at)
        while position.waiting is not None:
            position = position.lapse(position.waiting[1])
    return position


def levels(**said: int) -> Wish:
    """Wishes of some cards, by their place: `c3=2`; of all others none."""
    return Wish(levels=tuple(said.get(f"c{n}", 0) for n in range(CARDS)))


def both(move: Move) -> list[Turn]:
    return [(seat, move) for seat in Seat]


def test_only_what_both_would_like_lies_open_best_first() -> None:
    position = played(
        begun(), (HOST, levels(c1=3, c2=2, c3=1, c4=3)), (GUEST, levels(c2=2, c3=3, c5=3, c4=1))
    )

    for seat in Seat:
        assert [card["card"] for card in position.view(seat)["cards"]] == [2, 3, 4]
        with pytest.raises(IllegalMove):
            position.play(seat, Pick(slot=0), NOON)
    assert position.play(HOST, Take(card=1), NOON) is position, "what does not lie there cannot be taken"


@pytest.mark.parametrize("mode", OurTime.modes)
def test_what_one_alone_would_like_changes_nothing_the_other_is_shown(mode: Mode) -> None:
    """Over random lives: two who differ only in what the other does not want look the same to the other, all the way."""
    for seed in range(300):
        chance = Random(seed)
        his = tuple(chance.randint(0, 3) for _ in range(CARDS))
        hers = tuple(chance.randint(0, 3) for _ in range(CARDS))
        other = tuple(level if his[n] else chance.randint(0, 3) for n, level in enumerate(hers))
        one, two = (
            played(begun(mode), (HOST, Wish(levels=said)), (GUEST, Wish(levels=his)))
            for said in (hers, other)
        )
        assert one.view(GUEST) == two.view(GUEST)
        assert one.step_for(GUEST) == two.step_for(GUEST)


def test_a_wish_shows_nothing_before_both_are_in() -> None:
    before = begun()
    ways = [played(before, (HOST, said)) for said in (levels(), levels(c1=3), levels(c1=1, c9=2))]

    for one, other in combinations([before, *ways], 2):
        assert one.view(GUEST) == other.view(GUEST)
    assert all(way.view(HOST)["sealed_mine"] for way in ways)


def test_best_first_is_the_product_then_the_fairer_then_the_newer_then_the_longest_ago() -> None:
    wanted = [
        Wanted(idea="lone", levels=(3, 0)),
        Wanted(idea="six", levels=(2, 3)),
        Wanted(idea="uneven", levels=(1, 3), novelty=3),
        Wanted(idea="four", levels=(2, 2)),
        Wanted(idea="new", levels=(1, 2), novelty=2),
        Wanted(idea="old", levels=(2, 1), novelty=1, done="2026-01-05"),
        Wanted(idea="older", levels=(2, 1), novelty=1, done="2025-12-05"),
        Wanted(idea="never", levels=(2, 1), novelty=1),
    ]

    for seed in range(20):
        Random(seed).shuffle(wanted)
        assert [each.idea for each in ranked(wanted)] == [
            "six", "four", "uneven", "new", "never", "older", "old",
        ]  # fmt: skip
    equal = [Wanted(idea="fair", levels=(2, 2)), Wanted(idea="unfair", levels=(1, 4))]
    assert [each.idea for each in ranked(equal[::-1])] == ["fair", "unfair"]


def test_it_is_chosen_when_both_say_the_same_and_whoever_has_said_it_waits() -> None:
    position = played(begun(), *both(levels(c1=2, c2=2)))
    one = played(position, (HOST, Take(card=1)))
    assert Take not in one.legal(HOST)

    differ = played(one, (GUEST, Take(card=2)))
    assert differ.stage == "match"
    assert Take not in differ.legal(GUEST)
    assert [card["theirs"] for card in differ.view(HOST)["cards"]] == [False, True]
    assert played(differ, (HOST, Take(card=2))).view(HOST)["stage"] == "free"


@pytest.mark.parametrize("mode", OurTime.modes)
def test_what_both_said_before_lies_open_first_and_after_it_come_the_cards(mode: Mode) -> None:
    position = begun(mode, common=tuple(f"wish {n}" for n in range(4)))
    for seat in Seat if mode is not Mode.ASYNC else (HOST,):
        assert [card["words"] for card in position.view(seat)["cards"]] == ["wish 0", "wish 1", "wish 2"]
    assert (Take in position.legal(GUEST)) is (mode is not Mode.ASYNC), "in letters whoever begins chooses"
    more = played(position, (HOST, Other()))
    assert [card["words"] for card in more.view(HOST)["cards"]] == ["wish 3"]
    ten = played(more, (HOST, Other()))
    assert [words for _, words in ten.view(HOST)["ideas"]] == list(IDEAS[:CARDS])
    taken = played(more, *(both(Take(card=3)) if mode is Mode.LIVE else [(HOST, Take(card=3))]))
    assert taken.stage == ("date" if mode is Mode.ASYNC else "free")


def test_ten_others_come_once_and_then_it_is_enough() -> None:
    nothing = played(begun(), *both(levels()))
    again = played(nothing, (GUEST, Other()))
    assert [words for _, words in again.view(HOST)["ideas"]] == list(IDEAS[CARDS:])
    assert Other not in played(again, *both(levels())).legal(HOST)


def free(*halves: int, clock: int = 0) -> Free:
    return Free(halves=tuple(int(n in halves) for n in range(HALVES)), clock=clock)


def test_at_most_three_common_times_are_shown_and_no_other_half_day() -> None:
    chosen = played(begun(), *both(levels(c1=2)), *both(Take(card=1)))
    for seed in range(300):
        chance = Random(seed)
        mine, theirs, other = ({n for n in range(HALVES) if chance.random() < 1 / 3} for _ in range(3))
        one = played(chosen, (HOST, free(*mine)), (GUEST, free(*theirs)))
        common = sorted(mine & theirs)
        shown = [divmod(n, 3) for n in common[:3]]
        assert [
            ((slot["day"] - NOON.date()).days - 1, slot["part"]) for slot in one.view(GUEST)["slots"]
        ] == shown
        # What she has free, and he has not, is nothing to him.
        two = played(chosen, (HOST, free(*((mine & theirs) | (other - theirs)))), (GUEST, free(*theirs)))
        assert one.view(GUEST) == two.view(GUEST)


@pytest.mark.parametrize(
    ("clock", "mine", "theirs", "shown"),
    [
        pytest.param(-24, 2, 1, ("evening", 19, "afternoon", 15), id="six hours behind: her evening is his afternoon"),
        pytest.param(-12, 2, 2, ("evening", 20, "evening", 18), id="three hours behind: late is early"),
        pytest.param(40, 3, 5, ("morning", 10, "evening", 19), id="ten hours ahead: his day began before"),
        pytest.param(56, 2, 3, ("evening", 19, "morning", 10), id="fourteen hours ahead: it is tomorrow there"),
        pytest.param(23, 0, 1, ("morning", 10, "afternoon", 15), id="by three quarters of an hour"),
        pytest.param(-24, 2, 2, None, id="two evenings that are not the same"),
    ],
)  # fmt: skip
def test_what_both_have_free_counts_by_the_clock_of_each(
    clock: int, mine: int, theirs: int, shown: tuple[str, int, str, int] | None
) -> None:
    chosen = played(begun(), *both(levels(c1=2)), *both(Take(card=1)))
    one = played(chosen, (HOST, free(mine)), (GUEST, free(theirs, clock=clock)))
    if shown is None:
        assert (one.stage, one.view(HOST)["day"]) == ("date", None)
        return
    names = ["morning", "afternoon", "evening"]
    slots = [one.view(seat)["slots"][0] for seat in Seat]
    one = played(one, *both(Pick(slot=0)))
    hours = [one.view(seat)["hour"] for seat in Seat]
    assert (names[slots[0]["part"]], hours[0].hour, names[slots[1]["part"]], hours[1].hour) == shown
    for seat, half, ahead in ((HOST, mine, 0), (GUEST, theirs, clock)):
        view = one.view(seat)
        assert ((view["day"] - NOON.date()).days - 1, view["part"]) == divmod(half, 3)
        begins = datetime.combine(view["day"], view["hour"], UTC) - timedelta(minutes=15 * ahead)
        for other, away in ((mine, 0), (theirs, clock)):
            there = begins + timedelta(minutes=15 * away)
            day, part = divmod(other, 3)
            assert (there.date() - NOON.date()).days - 1 == day
            assert (8, 12, 17)[part] <= there.hour < (12, 17, 22)[part], "sensible for either"


def test_with_nothing_in_common_a_short_while_is_looked_for() -> None:
    chosen = played(begun(), *both(levels(c1=2)), *both(Take(card=1)))
    position = played(chosen, (HOST, free(1)), (GUEST, free(2)))
    assert (position.stage, position.view(HOST)["day"]) == ("date", None)


def dated(mode: Mode = Mode.LIVE) -> OurTime:
    chosen = played(begun(mode), *both(levels(c1=2)))
    if mode is Mode.ASYNC:
        return played(chosen, (GUEST, Take(card=1)))
    chosen = played(chosen, *(both(Take(card=1)) if mode is Mode.LIVE else [(HOST, Take(card=1))]))
    chosen = played(chosen, *both(free(4)))
    return played(chosen, *(both(Pick(slot=0)) if mode is Mode.LIVE else [(HOST, Pick(slot=0))]))


PLAN = Date(cue="", act="go for a walk", quarter=quarter_of(NOON) + 96)


@pytest.mark.parametrize(("mode", "writer"), [(Mode.LIVE, HOST), (Mode.LIVE, GUEST), (Mode.ASYNC, GUEST)])
def test_a_date_is_one_when_the_other_says_yes(mode: Mode, writer: Seat) -> None:
    position = played(dated(mode), (writer, PLAN))
    assert Agree not in position.legal(writer)
    again = played(position, (writer.other, Agree(agree=False)))
    assert (again.stage, again.dated) == ("date", None)
    agreed = played(position, (writer.other, Agree(agree=True)))
    assert agreed.done
    assert agreed.dated
    assert agreed.dated.agreed


def test_on_one_phone_nobody_says_yes_for_the_other() -> None:
    position = played(dated(Mode.ONE), (HOST, PLAN))
    assert position.done
    assert position.dated
    assert not position.dated.agreed


def quiet(mode: Mode = Mode.LIVE) -> OurTime:
    here = played(begun(mode, Way.HERE), (HOST, Long(span=Span.HALF)))
    return played(here, *(both(Here()) if mode is Mode.LIVE else [(HOST, Here())]))


@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.ONE])
def test_it_is_quiet_until_the_time_is_over_with_one_chime(mode: Mode) -> None:
    position = quiet(mode)
    ends = NOON + timedelta(minutes=40)
    assert position.view(GUEST)["chimes"] == (ends,)
    assert position.due == ends
    assert position.lapse(ends).stage == "glow"


def test_it_begins_when_both_are_here_and_who_has_had_enough_shows_to_nobody() -> None:
    one = played(begun(way=Way.HERE), (HOST, Long(span=Span.SHORT)), (HOST, Here()))
    assert one.stage == "here"
    assert Here not in one.legal(HOST)
    ends = [quiet().play(seat, Stop(), NOON) for seat in Seat]
    for seat in Seat:
        assert ends[0].view(seat) == ends[1].view(seat)


def test_twelve_questions_and_who_answers_first_alternates() -> None:
    position, firsts = begun(way=Way.FILM), []
    for _ in range(12):
        views = {seat: position.view(seat) for seat in Seat}
        assert views[HOST]["i_begin"] is not views[GUEST]["i_begin"]
        firsts.append(HOST if views[HOST]["i_begin"] else GUEST)
        position = played(position, (GUEST, NextOne()))
    assert firsts == [HOST, GUEST] * 6
    assert position.stage == "glow"


def test_how_it_was_opens_when_both_have_said_it() -> None:
    position = played(quiet(), (HOST, Stop()))
    said = Glow(words="the window", minutes=60, again=True)
    waits = played(position, (HOST, said))
    assert waits.view(GUEST) == position.view(GUEST)
    for again, minutes in product((True, False), (0, 45)):
        opened = played(waits, (GUEST, Glow(words="", minutes=minutes, again=again)))
        view = opened.view(HOST)
        assert (view["again"], view["minutes"]) == (again, minutes)
        assert [moment["words"] for moment in opened.view(GUEST)["moments"]] == ["the window"]
        over = played(opened, (GUEST, Finish()))
        assert over.done
        assert over.view(HOST)["moments"] == []
