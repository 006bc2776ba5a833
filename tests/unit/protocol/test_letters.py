"""In letters nothing shows before it is sent."""

from __future__ import annotations

import pytest

from nearer.practices.listening.moves import EndHere, Feel, Heat, Note, SetTopic, Swap, Validate, Variant
from nearer.practices.listening.protocol import Listening
from nearer.protocol import COOLING, QUIET_END, Leave, Mode, Pause, Ready, Resume, Seat
from tests.unit.listening.floor import (
    GUEST,
    HOST,
    NEARLY,
    NOON,
    SKIP_VALIDATE,
    YES,
    after,
    arrived,
    clarify,
    hard_letter,
    play,
    read,
    reflect,
    speak,
    speaking,
    writing,
    written,
)
from tests.unit.protocol.rooms import Exchange, opened, tell

BOTH_STARTERS = pytest.mark.parametrize("starter", Seat)


def heard() -> Listening:
    """The host's letter was understood; the guest may write now."""
    return play(read(), (GUEST, reflect()), (HOST, YES), (GUEST, SKIP_VALIDATE))


@BOTH_STARTERS
def test_whose_turn_it_is(starter: Seat) -> None:
    other = starter.other
    begun = Listening.begin(mode=Mode.ASYNC, starter=starter)
    steps = [
        (begun, starter),
        (writing(starter), starter),
        (play(writing(starter), (starter, speak())), other),
        (written(starter), other),
        (read(starter), other),
        (play(read(starter), (other, reflect())), starter),
        (play(read(starter), (other, reflect()), (starter, NEARLY)), starter),
        (play(read(starter), (other, reflect()), (starter, NEARLY), (starter, clarify())), other),
    ]

    for now, seat in steps:
        assert now.calls_on(seat)
        assert not now.calls_on(seat.other)


def test_notes_call_on_both_and_a_sealed_one_on_nobody() -> None:
    now = play(heard(), (GUEST, EndHere()))

    assert now.calls_on(HOST)
    assert now.calls_on(GUEST)
    assert not play(now, (HOST, Note(words=""))).calls_on(HOST)


def test_a_pause_calls_on_whoever_paused_and_an_end_on_nobody() -> None:
    now = play(read(), (HOST, Pause()))

    assert now.calls_on(HOST)
    assert not now.calls_on(GUEST)
    assert not any(play(read(), (HOST, Leave())).calls_on(seat) for seat in Seat)


def test_live_it_calls_on_whoever_is_not_ready_and_never_for_a_nod() -> None:
    assert Exchange.begin().calls_on(HOST)
    assert not Exchange.begin().play(HOST, Ready(), NOON).calls_on(HOST)
    assert speaking(HOST).calls_on(HOST)
    assert not speaking(HOST).calls_on(GUEST)
    assert not opened(Exchange).play(HOST, tell(), NOON).calls_on(HOST)


@BOTH_STARTERS
def test_opening_a_letter_shows_nothing_and_moves_no_date(starter: Seat) -> None:
    sent = arrived(writing(starter).play(starter, speak(), NOON))
    inside = sent.play(starter.other, Ready(), after(hours=5))

    assert inside.view(starter) == sent.view(starter)
    assert inside.step_for(starter) == sent.step_for(starter)
    assert inside.due == NOON + COOLING + QUIET_END
    back = arrived(inside.play(starter.other, reflect(), after(hours=10)))
    assert back.due == after(hours=10) + COOLING + QUIET_END
    assert back.view(starter)["rests"] == back.view(starter.other)["rests"] == back.due


def test_beginning_a_letter_of_ones_own_shows_nothing() -> None:
    now = heard()
    begun = now.play(GUEST, Swap(), after(hours=5))

    assert begun.view(HOST) == now.view(HOST)
    assert begun.view(GUEST)["stage"] == "speak"
    assert begun.due == now.due
    sent = begun.play(GUEST, speak("mine"), after(hours=6))
    assert arrived(sent).view(HOST)["said"][0]["words"] == "mine"


def test_another_try_at_a_topic_shows_nothing() -> None:
    lighter = play(hard_letter(), (GUEST, Heat(level=Feel.NOT_TODAY)))
    again = play(lighter, (HOST, SetTopic(topic="a canary")), at=after(hours=1))

    assert again.view(GUEST) == lighter.view(GUEST)
    assert again.due == lighter.due
    assert play(again, (HOST, speak())).view(GUEST)["topic"] == "a canary"


@pytest.mark.rule("R17")
def test_what_was_sent_shows_when_its_time_to_be_taken_back_is_over() -> None:
    now = play(read(), (GUEST, reflect()), (HOST, YES))
    sent = now.play(GUEST, Validate(words="It makes sense", aloud=False), after(hours=1))

    assert sent.view(HOST) == now.view(HOST)
    assert sent.step_for(HOST) == now.step_for(HOST)
    assert sent.view(GUEST)["waits"] == sent.due == after(hours=1) + COOLING
    assert Swap in sent.legal(GUEST), "whoever wrote it goes on meanwhile"
    there = sent.lapse(sent.due)
    assert "It makes sense" in str(there.view(HOST))
    assert there.due == sent.due + QUIET_END


@pytest.mark.rule("R17")
def test_what_follows_waits_with_it_and_a_yes_alone_does_not_wait() -> None:
    now = play(read(), (GUEST, reflect()))
    assert now.play(HOST, YES, NOON).waiting is None
    sent = play(now, (HOST, YES)).play(GUEST, Validate(words="It makes sense", aloud=False), NOON)

    both = sent.play(GUEST, EndHere(), after(minutes=1))

    assert both.view(HOST) == sent.view(HOST)
    assert both.waiting == sent.waiting
    assert both.legal(HOST) == sent.legal(HOST)
    assert Note in arrived(both).legal(HOST)


@pytest.mark.rule("R17")
def test_something_hard_waits_longer() -> None:
    hard = SetTopic(topic="what happened", variant=Variant.HARD)
    now = play(Listening.begin(mode=Mode.ASYNC, practised=2), (HOST, Ready()), (HOST, hard))

    assert now.play(HOST, speak(), NOON).due == after(minutes=10)


@pytest.mark.rule("R17")
def test_a_note_that_opens_both_waits_before_either_opens() -> None:
    now = play(heard(), (GUEST, EndHere()), (HOST, Note(words="of hers")))

    sent = now.play(GUEST, Note(words="yours"), after(hours=1))

    assert sent.view(HOST) == now.view(HOST)
    assert "of hers" not in str(sent.view(GUEST))
    assert sent.legal(GUEST) == {Leave, Pause}
    assert arrived(sent).view(HOST)["notes"] == arrived(sent).view(GUEST)["notes"] != {}
    paused = sent.play(GUEST, Pause(), after(hours=1))
    assert paused.view(HOST)["paused"]
    assert "yours" not in str(paused.view(HOST))
    ended = sent.play(HOST, Leave(), after(hours=1))
    assert "yours" not in str(ended.view(HOST)) + str(ended.view(GUEST))


def test_a_sealed_note_shows_nothing_and_moves_no_date() -> None:
    now = play(heard(), (GUEST, EndHere()))
    one = now.play(HOST, Note(words="mine"), after(hours=1))

    assert one.view(GUEST) == now.view(GUEST)
    assert one.due == now.due
    both = arrived(one.play(GUEST, Note(words="yours"), after(hours=2)))
    assert both.view(HOST)["notes"] == both.view(GUEST)["notes"] != {}
    assert both.due == after(hours=2) + COOLING + QUIET_END


def test_a_pause_does_not_show_what_is_being_written() -> None:
    begun = play(heard(), (GUEST, Swap()))
    paused = begun.play(GUEST, Pause(), after(hours=1))

    assert paused.view(HOST)["paused"]
    assert paused.view(HOST)["stage"] == "swap"
    assert paused.play(GUEST, Resume(), after(hours=2)).view(HOST)["stage"] == "swap"


def test_a_letter_not_yet_sent_has_its_own_three_days() -> None:
    now = writing().play(HOST, Pause(), after(hours=1)).play(HOST, Resume(), after(hours=50))

    assert now.due == after(hours=50) + QUIET_END
    assert now.view(GUEST)["rests"] is None
    assert now.view(HOST)["rests"] == now.due


def test_live_nothing_of_this_applies() -> None:
    now = opened(Exchange)

    assert now.view(HOST)["rests"] is None
    assert now.known_to(HOST) is now
    assert now.behind == ()
