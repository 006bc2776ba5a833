"""With You: listening comes first, comfort is asked for each time, and nothing tells whose no it was."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import combinations
from random import Random

import pytest

from nearer.parts.advice import Hint
from nearer.parts.part import Saying
from nearer.practices.support.beside import IDEAS, LASTS, LEAD
from nearer.practices.support.hints import hint
from nearer.practices.support.moves import (
    Agree,
    Attend,
    Begin,
    Go,
    Heart,
    Hold,
    Idea,
    Landed,
    Landing,
    More,
    NoIdea,
    Offer,
    Speak,
    Stop,
    Touch,
    Want,
    Way,
    Welcome,
    Wish,
)
from nearer.practices.support.protocol import Support
from nearer.protocol import IllegalMove, Leave, Mode, Move, Pause, Ready, Resume, Seat
from nearer.testing.samples import samples

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOST, GUEST = Seat
HOUSE = {Leave, Pause, Resume}
type Turn = tuple[Seat, Move]

SAYS = Speak(words="they talked past me", aloud=False)
BACK = Attend(words="they did not see you", aloud=False, way=Way.BACK)
AN_IDEA = Idea(words="What if you told them?", aloud=False)
TOLD: tuple[Turn, ...] = ((HOST, Want(wish=Wish.LISTEN)), (HOST, SAYS), (GUEST, BACK))
A_HUG: tuple[Turn, ...] = ((HOST, Go(to=More.TOUCH)), (HOST, Hold(touch=Touch.HUG)))


def begun(mode: Mode = Mode.LIVE, **facts: str) -> Support:
    """Both are in the room."""
    position = Support.begin(mode=mode, **facts)
    return played(position, *((seat, Ready()) for seat in (Seat if mode is Mode.LIVE else [HOST])))


def played(position: Support, *turns: Turn, at: datetime = NOON) -> Support:
    """Play these in order; in letters each arrives before the next."""
    for seat, move in turns:
        if position.mode is Mode.ASYNC and Ready in position.legal(seat) and not isinstance(move, Ready):
            position = position.play(seat, Ready(), at)
        position = position.play(seat, move, at)
        while position.waiting is not None:
            position = position.lapse(position.waiting[1])
    return position


def walks(mode: Mode) -> Iterator[tuple[Support, list[Turn]]]:
    """Yield every position of many long conversations, with the moves that led there."""
    for seed in range(120):
        chance, position, path = Random(seed), begun(mode), list[Turn]()
        while not position.over and len(path) < 60:
            yield position, path
            ways = [
                (seat, kind)
                for seat in Seat
                for kind in sorted(position.legal(seat) - HOUSE, key=lambda k: k.__name__)
            ]
            seat, kind = chance.choice(ways)
            move = chance.choice(samples(kind, seat))
            position, path = played(position, (seat, move)), [*path, (seat, move)]


@pytest.mark.parametrize("mode", Support.modes)
def test_no_advice_is_possible_before_it_is_welcome_in_any_position(mode: Mode) -> None:
    seen = False
    for position, path in walks(mode):
        moves = [type(move) for _, move in path]
        given, welcomed = moves.count(Idea), moves.count(Welcome)
        is_welcome = welcomed > given + moves.count(NoIdea)
        supporter = position.seeker.other if position.seeker else None
        for seat in Seat:
            may = Idea in position.known_to(seat).legal(seat)
            assert not may or (seat is supporter and is_welcome), path
            seen |= may
        assert given <= IDEAS
    assert seen


def test_ideas_are_shut_again_after_each_and_there_are_three_at_most() -> None:
    position = played(begun(), *TOLD)
    for _ in range(IDEAS):
        with pytest.raises(IllegalMove):
            position.play(GUEST, AN_IDEA, NOON)
        position = played(position, (HOST, Welcome()), (GUEST, AN_IDEA))
    assert Welcome not in position.legal(HOST)
    again = played(
        position, (HOST, Go(to=More.ENOUGH)), (HOST, Landed(how=Landing.THINK)), (HOST, SAYS), (GUEST, BACK)
    )
    assert Welcome not in again.legal(HOST)


def test_a_touch_is_agreed_to_each_time_and_ends_by_itself() -> None:
    position = played(begun(), *TOLD, *A_HUG)
    assert Begin not in position.legal(HOST)
    asked = position.step
    held = played(position, (GUEST, Agree(agree=True)), (HOST, Begin()))
    assert held.view(HOST)["began"] == held.view(GUEST)["began"] == NOON + LEAD
    assert held.due == NOON + LEAD + LASTS[Touch.HUG]

    ended = held.lapse(held.due)
    assert ended.held == (Touch.HUG,)
    later = played(ended, *A_HUG, at=NOON + timedelta(minutes=2))
    assert Begin not in later.legal(HOST)
    assert later.step != asked, "an old yes would count for a new question"


ENDS: dict[str, tuple[Turn, ...]] = {
    "the other says not now": ((GUEST, Agree(agree=False)),),
    "the other stops": ((GUEST, Stop()),),
    "the one who asked stops": ((HOST, Stop()),),
    "the other stops after a yes": ((GUEST, Agree(agree=True)), (GUEST, Stop())),
    "the one who asked stops after a yes": ((GUEST, Agree(agree=True)), (HOST, Stop())),
}


@pytest.mark.parametrize(("one", "other"), list(combinations(ENDS, 2)))
def test_nothing_tells_why_a_touch_did_not_come_about(one: str, other: str) -> None:
    asked = played(begun(), *TOLD, *A_HUG)
    here, there = (played(asked, *ENDS[each]) for each in (one, other))

    for seat in Seat:
        assert here.view(seat) == there.view(seat)
        assert here.step_for(seat) == there.step_for(seat)


def test_who_stopped_holding_shows_to_neither() -> None:
    held = played(begun(), *TOLD, *A_HUG, (GUEST, Agree(agree=True)), (GUEST, Begin()))
    ends = [held.play(seat, Stop(), NOON) for seat in Seat]

    assert ends[0].view(HOST) == ends[1].view(HOST)
    assert ends[0].view(GUEST) == ends[1].view(GUEST)


def test_in_letters_both_have_one_moment_and_whoever_lets_it_pass_has_said_no_less() -> None:
    later = NOON + timedelta(seconds=40)
    asked = played(begun(Mode.ASYNC), *TOLD).play(HOST, Heart(minutes=30), later)
    moment = NOON + timedelta(minutes=30)
    assert asked.view(HOST)["moment"] == asked.view(GUEST)["moment"] == moment
    assert asked.due == moment

    held = asked.play(GUEST, Agree(agree=True), NOON + timedelta(minutes=5))
    assert held.view(HOST)["began"] == held.view(GUEST)["began"] == moment
    assert held.due == moment + LASTS[Touch.HEART]

    unanswered, refused = asked.lapse(moment), asked.play(GUEST, Agree(agree=False), moment)
    for seat in Seat:
        assert unanswered.view(seat) == refused.view(seat)
    assert held.lapse(held.due).view(HOST)["legal"] == unanswered.view(HOST)["legal"]


def test_in_letters_whoever_asked_takes_it_back_before_it_is_answered_and_is_called_by_nothing() -> None:
    later = NOON + timedelta(seconds=40)
    asked = played(begun(Mode.ASYNC), *TOLD).play(HOST, Heart(minutes=30), later)
    assert not asked.calls_on(HOST)

    taken_back = asked.play(HOST, Stop(), later)
    assert taken_back.view(HOST)["legal"] == asked.lapse(NOON + timedelta(minutes=30)).view(HOST)["legal"]
    assert taken_back.view(HOST)["moment"] is None


def test_what_says_back_goes_with_the_words_and_nothing_else_does() -> None:
    told, back = played(begun(), *TOLD).all_said
    position = played(begun(), *TOLD)
    assert position.echoes(back)
    assert not position.echoes(told)
    for way in set(Way) - {Way.BACK}:
        assert not position.echoes(Saying(seat=GUEST, kind=back.kind, words="a line", aloud=False, way=way))


def test_how_it_landed_is_the_same_for_whoever_was_there() -> None:
    asked = played(begun(), *TOLD, (HOST, Go(to=More.ENOUGH)))
    ends = [asked.play(HOST, Landed(how=how), NOON) for how in (Landing.LANDED, Landing.ENOUGH)]

    assert all(end.done and not end.view(GUEST)["said"] for end in ends)
    assert ends[0].view(GUEST) == ends[1].view(GUEST)
    assert ends[0].outcome == ends[1].outcome == {"kept": False}


def test_not_quite_leads_once_more_into_what_was_missing() -> None:
    asked = played(begun(), *TOLD, (HOST, Go(to=More.ENOUGH)), (HOST, Landed(how=Landing.QUIET)))
    assert (asked.stage, asked.wish) == ("quiet", Wish.QUIET)

    again = played(asked, (HOST, Go(to=More.ENOUGH)), (HOST, Landed(how=Landing.LISTEN)))
    assert again.done


@pytest.mark.parametrize(
    ("wish", "stage", "letters"),
    [
        (Wish.LISTEN, "tell", "tell"), (Wish.COMFORT, "touch", "tell"), (Wish.THINK, "tell", "tell"),
        (Wish.LIGHT, "light", "tell"), (Wish.QUIET, "quiet", "tell"), (Wish.KNOW, "tell", "tell"), (Wish.GLAD, "speak", "speak"),
    ],
)  # fmt: skip
def test_each_card_begins_in_its_own_way(wish: Wish, stage: str, letters: str) -> None:
    assert played(begun(), (GUEST, Want(wish=wish))).stage == stage
    assert played(begun(Mode.ASYNC), (HOST, Want(wish=wish))).stage == letters
    asked = begun(seeker="guest", wish=wish.value)
    assert (asked.stage, asked.seeker) == (stage, GUEST)


def test_only_know_needs_one_line_and_no_more() -> None:
    told = played(begun(), (HOST, Want(wish=Wish.KNOW)), (HOST, SAYS))

    assert told.play(GUEST, Attend(words="", aloud=True, way=Way.THANK), NOON).stage == "landed"


def test_somebody_can_offer_to_be_there() -> None:
    offered = played(begun(), (HOST, Offer()))

    assert Want not in offered.legal(HOST)
    assert played(offered, (GUEST, Want(wish=Wish.LISTEN))).seeker is GUEST


@pytest.mark.parametrize(
    ("move", "found"),
    [
        (SAYS, None), (BACK, None),
        (Attend(words="You should tell them", aloud=False, way=Way.BACK), Hint.ADVICE),
        (Attend(words="At least you have your job", aloud=False, way=Way.SENSE), Hint.SMALLER),
        (AN_IDEA, None),
    ],
)  # fmt: skip
def test_a_hint_is_for_its_author(move: Move, found: Hint | None) -> None:
    assert hint(move) is found
