"""What is particular to Closer: two answers under one seal, the four ways to receive, and how deep it goes."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.practices.closer.moves import Answer, Care, Draw, First, Next, Pass, Respond, Share, Tell, Where
from nearer.practices.closer.protocol import LEVELS, MOST, Closer
from nearer.protocol import IllegalMove, Mode, Seat, Words
from nearer.protocol.moves import rules_of
from nearer.testing.examples import examples
from tests.unit.closer.evening import (
    GUEST,
    HOST,
    NOON,
    THANKS,
    answered,
    begun,
    exchanged,
    played,
    says,
    wished,
)

WRITTEN = [Mode.LIVE, Mode.ASYNC]
EVERY_MODE = pytest.mark.parametrize("mode", list(Mode))


def shared(position: Closer) -> Closer:
    """One question on one phone, where it is said aloud."""
    aloud = Share(words="", aloud=True)
    return played(
        position, (HOST, Draw(card="card")), (HOST, First()), (HOST, aloud), (GUEST, THANKS), (GUEST, aloud), (HOST, THANKS)
    )  # fmt: skip


def round_of(position: Closer) -> Closer:
    return shared(position) if position.mode is Mode.ONE else exchanged(position)


@pytest.mark.parametrize("mode", WRITTEN)
def test_nothing_of_an_answer_shows_before_both_are_in(mode: Mode) -> None:
    drawn = played(begun(mode), (HOST, Draw(card="card")))
    before = drawn.view(GUEST)

    sealed = played(drawn, (HOST, says("the sea")))

    assert sealed.view(GUEST) == before
    assert sealed.view(HOST)["mine"] == "the sea"
    opened = played(sealed, (GUEST, says("the hills")))
    if mode is Mode.LIVE:
        both = {HOST: "the sea", GUEST: "the hills"}
        assert [opened.view(seat)["both"] for seat in Seat] == [both, both], "it opens for both at once"
        return
    assert "the hills" in repr(opened.view(HOST))
    assert "the sea" not in repr(opened.view(GUEST)), "in letters the second has its own turn"


def test_what_both_wrote_stands_side_by_side_until_the_first_is_received() -> None:
    opened = played(begun(), (HOST, Draw(card="card")), (HOST, says("the sea")), (GUEST, says("the hills")))
    received = played(opened, (GUEST, THANKS))

    assert [received.view(seat)["both"] for seat in Seat] == [{}, {}]


def test_another_question_leaves_a_sealed_answer_shut_and_no_trace() -> None:
    drawn = played(begun(), (HOST, Draw(card="one")))
    skipped = played(drawn, (HOST, says("the sea")), (GUEST, Draw(card="two")))
    plain = played(begun(), (GUEST, Draw(card="two")))

    for seat in Seat:
        assert skipped.view(seat) == plain.view(seat), (
            "nobody can tell that there was another one, or whose wish it was"
        )
    at_the_end = wished(exchanged_from(skipped), Where.ENOUGH, Where.ENOUGH)
    assert "the sea" not in repr(at_the_end)


def exchanged_from(position: Closer) -> Closer:
    """Go once around with the question that is on the table."""
    position = played(position, (HOST, says("a walk")), (GUEST, says("a song")))
    return played(position, (GUEST, THANKS), (HOST, THANKS))


def test_whoever_says_it_aloud_begins_so_that_nobody_reads_first() -> None:
    drawn = played(begun(), (HOST, Draw(card="card")))
    opened = played(drawn, (HOST, says("the sea")), (GUEST, Answer(words="", aloud=True)))

    assert opened.speaker is GUEST
    assert "the sea" not in repr(opened.view(GUEST))


def test_they_take_turns_in_who_is_received_first() -> None:
    first = answered(begun())
    second = answered(wished(exchanged(begun()), Where.SAME, Where.SAME))

    assert [first.speaker, second.speaker] == [HOST, GUEST]


@EVERY_MODE
def test_going_first_obliges_the_other_to_nothing(mode: Mode) -> None:
    said = Share(words="" if mode is Mode.ONE else "the sea", aloud=mode is Mode.ONE)
    open_now = played(begun(mode), (HOST, Draw(card="card")), (HOST, First()), (HOST, said), (GUEST, THANKS))

    assert {Share, Pass} <= open_now.legal(GUEST)
    assert played(open_now, (GUEST, Pass())).stage == "onward"


def test_what_was_sealed_stays_shut_when_the_other_goes_first() -> None:
    position = played(begun(), (HOST, Draw(card="card")), (GUEST, says("the hills")), (HOST, First()))
    position = played(position, (HOST, Share(words="the sea", aloud=False)), (GUEST, THANKS))

    assert position.view(GUEST)["mine"] == "the hills"
    assert "the hills" not in repr(position.view(HOST))
    assert "the hills" not in repr(played(position, (GUEST, Pass())).view(HOST))


def test_there_are_four_ways_to_receive_and_no_field_for_advice() -> None:
    assert set(rules_of(Respond)) == {"words", "aloud", "way"}
    assert set(Care) == {"thank", "back", "touched", "want"}
    received = answered(begun())
    assert received.legal(GUEST) & Closer.moves == {Respond}


@pytest.mark.parametrize("way", Care)
def test_a_say_back_goes_with_the_words_it_was_made_of_and_no_other_answer_does(way: Care) -> None:
    gone = Words("·", where="3.words", withdrawn=True)
    position = answered(begun(Mode.ASYNC), host=gone)
    heard = Respond(words="You say: the sea", aloud=False, way=way)
    speaker = position.speaker
    assert speaker is not None
    turns = ((Seat.GUEST, heard), (Seat.HOST, Respond(words="", aloud=False, way=Care.THANK)))
    position = played(position, *(turns if speaker is Seat.HOST else turns[::-1]))

    for seat in Seat:
        assert ("the sea" in str(position.view(seat)["said"])) == (way is not Care.BACK)
        assert sum(each["words"] == gone for each in position.view(seat)["said"]) == 1 + (way is Care.BACK)


def test_asked_what_they_want_somebody_may_want_nothing() -> None:
    asked = played(answered(begun()), (GUEST, Respond(words="", aloud=True, way=Care.WANT)))

    assert asked.legal(HOST) & Closer.moves == {Tell}
    assert played(asked, (HOST, Tell(words="", aloud=False))).speaker is GUEST


@EVERY_MODE
@pytest.mark.parametrize(("lower", "higher"), [pair for pair in product(Where, Where) if pair[0] < pair[1]])
def test_the_shorter_wish_counts_and_nothing_tells_whose_it_was(
    mode: Mode, lower: Where, higher: Where
) -> None:
    before = round_of(begun(mode, practised=2))

    one, other = wished(before, lower, higher), wished(before, higher, lower)

    for seat in Seat:
        assert one.view(seat) == other.view(seat)
        assert one.step_for(seat) == other.step_for(seat)


@EVERY_MODE
def test_it_goes_deeper_only_when_both_wish_so(mode: Mode) -> None:
    before = round_of(begun(mode, practised=2))
    levels = {
        pair: wished(before, *pair).level for pair in product((Where.SAME, Where.DEEPER), repeat=2)
    }  # fmt: skip

    assert levels.pop((Where.DEEPER, Where.DEEPER)) == 2
    assert set(levels.values()) == {1}


def test_the_third_level_takes_a_wish_of_its_own() -> None:
    second = wished(round_of(begun(practised=2)), Where.DEEPER, Where.DEEPER)

    assert wished(round_of(second), Where.DEEPER, Where.DEEPER).level == 2
    assert wished(round_of(second), Where.THIRD, Where.DEEPER).level == 2
    assert wished(round_of(second), Where.THIRD, Where.THIRD).level == 3


@pytest.mark.parametrize("wish", list(Where))
def test_either_can_end_it_there(wish: Where) -> None:
    assert wished(exchanged(begun()), wish, Where.ENOUGH).stage == "note"


@EVERY_MODE
@pytest.mark.parametrize("practised", [0, 1, 2, 9])
def test_a_level_opens_once_the_one_before_it_was_practised(mode: Mode, practised: int) -> None:
    position, deepest = begun(mode, practised=practised), 1
    while position.stage == "draw":
        position = round_of(position)
        if position.stage == "onward":
            further = Where.DEEPER if position.level == 1 else Where.THIRD
            position = wished(position, further, further)
            deepest = max(deepest, position.level)

    most = LEVELS - 1 if mode is Mode.ONE else LEVELS
    assert deepest == min(1 + practised, most)
    assert position.turn == MOST[mode]
    assert position.outcome["easy"] == (deepest == min(1 + practised, most))


@settings(derandomize=True, database=None, max_examples=examples(60), deadline=None)
@given(skips=st.lists(st.sampled_from(list(Seat)), max_size=9), sealed=st.booleans())
def test_no_order_of_skips_shows_in_what_anybody_sees(skips: list[Seat], *, sealed: bool) -> None:
    position = played(begun(), (HOST, Draw(card="first")))
    for number, seat in enumerate(skips):
        other = seat.other
        if sealed and Answer in position.legal(other):
            position = played(position, (other, says(f"unsaid {number}")))
        position = played(position, (seat, Draw(card=f"next {number}")))
    last = f"next {len(skips) - 1}" if skips else "first"
    plain = played(begun(), (HOST, Draw(card=last)))

    assert all(position.view(seat) == plain.view(seat) for seat in Seat)


def test_what_was_sealed_for_another_question_is_refused_once_that_is_gone() -> None:
    drawn = played(begun(), (HOST, Draw(card="one")))

    assert drawn.step != played(drawn, (GUEST, Draw(card="two"))).step
    with pytest.raises(IllegalMove):
        played(answered(begun()), (HOST, Next(where=Where.SAME)))


def test_a_sitting_ends_with_what_each_keeps_safe() -> None:
    ended = wished(exchanged(begun()), Where.ENOUGH, Where.DEEPER)

    assert ended.stage == "note"
    assert ended.lapse(ended.due or NOON).ended
