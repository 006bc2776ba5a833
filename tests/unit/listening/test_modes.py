"""The Floor on one phone, and in letters."""

import pytest

from nearer.practices.listening.moves import (
    EndHere,
    Feel,
    Finish,
    Heat,
    Keep,
    Nod,
    Note,
    SetTopic,
    Speak,
    Swap,
    Validate,
    Variant,
    Volunteer,
)
from nearer.practices.listening.protocol import Listening
from nearer.protocol import COOLING, QUIET_END, IllegalMove, Leave, Mode, Pause, Ready, Seat
from tests.unit.listening.floor import (
    GUEST,
    HOST,
    NEARLY,
    NO_MORE,
    NOON,
    SKIP_ASK,
    SKIP_VALIDATE,
    YES,
    after,
    arrived,
    clarify,
    hard_letter,
    on_one_phone,
    play,
    read,
    reflect,
    speak,
    writing,
    written,
)

BOTH_STARTERS = pytest.mark.parametrize("starter", Seat)


def at_the_notes(starter: Seat) -> Listening:
    """One floor on one phone, up to the notes."""
    other = starter.other
    return play(
        on_one_phone(starter), (other, SetTopic(topic="Mornings")), (starter, Heat(level=Feel.EASY)), (other, Heat(level=Feel.EASY)),
        (other, Volunteer()), (other, speak()), (starter, reflect()), (other, YES), (starter, SKIP_VALIDATE),
        (starter, SKIP_ASK), (other, NO_MORE), (other, EndHere()),
    )  # fmt: skip


# One phone.


@BOTH_STARTERS
def test_one_phone_starts_when_its_owner_says_so(starter: Seat) -> None:
    begun = Listening.begin(mode=Mode.ONE, starter=starter)

    assert begun.legal(starter) == {Ready, Pause, Leave}
    assert begun.legal(starter.other) == {Leave}
    assert not play(begun, (starter, Ready())).lobby


@BOTH_STARTERS
def test_nobody_pauses_or_consents_for_the_other(starter: Seat) -> None:
    now = at_the_notes(starter)

    assert now.stage == "note"
    assert Pause not in now.legal(starter.other)
    with pytest.raises(IllegalMove):
        now.play(starter.other, Pause(), NOON)


@BOTH_STARTERS
def test_on_one_phone_the_notes_are_read_and_nothing_is_kept(starter: Seat) -> None:
    now = play(at_the_notes(starter), (starter, Note(words="a gull")))
    assert "gull" not in str(now.view(starter.other))

    now = play(now, (starter.other, Note(words="yours")))
    assert now.stage == "read"
    assert set(now.view(HOST)["notes"].values()) == {"a gull", "yours"}
    with pytest.raises(IllegalMove):
        now.play(starter, Keep(keep=True), NOON)

    now = play(now, (starter.other, Finish()))
    assert now.done
    assert not now.kept
    assert now.outcome == {"topic": "", "easy": True, "kept": False}
    assert "yours" not in str(now.view(starter))


def test_on_one_phone_nobody_taps_a_nod() -> None:
    now = play(on_one_phone(), (HOST, SetTopic(topic="News", variant=Variant.GOOD)))

    assert Nod not in now.legal(GUEST)
    assert now.chimes == (after(seconds=90), after(seconds=180))


# Letters.


@BOTH_STARTERS
def test_whoever_begins_writes_first(starter: Seat) -> None:
    now = writing(starter)

    assert now.stage == "speak"
    assert now.speaker is starter
    assert now.legal(starter) == {Speak, Pause, Leave}
    assert now.legal(starter.other) == {Pause, Leave}, "there is nothing to open yet"
    assert now.chimes == ()


@BOTH_STARTERS
def test_a_letter_about_something_hard_stays_shut_until_its_reader_has_said_how_that_feels(
    starter: Seat,
) -> None:
    now = hard_letter(starter, "a canary")

    assert now.stage == "warm"
    assert "canary" not in str(now.view(starter.other))
    assert "canary" in str(now.view(starter))
    assert now.legal(starter.other) == {Heat, Pause, Leave}
    opened = play(now, (starter.other, Heat(level=Feel.TOUCHY)))
    assert opened.stage == "reflect"
    assert "canary" in str(opened.view(starter.other))
    assert not opened.easy


@BOTH_STARTERS
def test_any_other_letter_opens_at_once(starter: Seat) -> None:
    now = written(starter, "a canary")

    assert now.stage == "reflect"
    assert "canary" in str(now.view(starter.other))
    assert now.easy


def test_outside_the_door_nothing_of_a_letter_shows() -> None:
    now = play(writing(), (HOST, speak("a canary")))

    assert now.view(GUEST)["lobby"]
    assert "canary" not in str(now.view(GUEST))
    assert "drive" not in str(now.view(GUEST))
    assert now.step == play(now, (GUEST, Ready())).step


def test_the_reader_has_no_way_to_answer_but_to_say_it_back() -> None:
    now = read()

    assert {kind.__name__ for kind in now.legal(GUEST) - {Leave, Pause}} == {"Reflect"}


def test_a_letter_that_is_not_for_today_is_not_opened() -> None:
    now = play(hard_letter(words="a canary"), (GUEST, Heat(level=Feel.NOT_TODAY)))

    assert now.stage == "topic"
    assert now.view(HOST)["easier"]
    assert "canary" in str(now.view(HOST)), "its writer can copy it"
    assert "canary" not in str(now.view(GUEST))
    again = play(now, (HOST, SetTopic(topic="Mornings")), (HOST, speak("lighter")))
    assert "lighter" in str(again.view(GUEST))
    assert "canary" not in str(again.view(GUEST))


def test_not_quite_it_adds_to_the_letter_and_it_is_said_back_again() -> None:
    now = play(read(), (GUEST, reflect()), (HOST, NEARLY))

    assert now.stage == "clarify"
    assert Nod not in now.legal(GUEST)
    assert play(now, (HOST, clarify())).stage == "reflect"


def test_after_validation_the_other_may_write_or_end_it() -> None:
    now = play(
        read(), (GUEST, reflect()), (HOST, YES), (GUEST, Validate(words="It makes sense.", aloud=False))
    )

    assert now.stage == "swap"
    assert now.legal(HOST) == {Pause, Leave}
    swapped = play(now, (GUEST, Swap()))
    assert swapped.speaker is GUEST
    assert play(swapped, (GUEST, speak("mine")), (HOST, reflect()), (GUEST, YES)).stage == "validate"
    assert play(now, (GUEST, EndHere())).stage == "note"


def test_before_the_end_both_letters_can_be_read_again() -> None:
    now = play(read(), (GUEST, reflect()), (HOST, YES), (GUEST, SKIP_VALIDATE), (GUEST, Swap()))
    now = play(now, (GUEST, speak("mine")), (HOST, reflect()), (GUEST, YES), (HOST, SKIP_VALIDATE))

    assert now.stage == "note"
    for seat in Seat:
        assert [saying["words"] for saying in now.view(seat)["said"]][::2] == ["I felt left out.", "mine"]


def test_letters_are_kept_if_both_say_so() -> None:
    now = play(read(), (GUEST, reflect()), (HOST, YES), (GUEST, SKIP_VALIDATE), (GUEST, EndHere()))
    now = play(now, (HOST, Note(words="a")), (GUEST, Note(words="b")), (GUEST, Keep(keep=True)))

    assert play(now, (HOST, Keep(keep=True))).kept


@BOTH_STARTERS
def test_a_letter_nobody_answers_rests_after_three_days(starter: Seat) -> None:
    now = arrived(writing(starter).play(starter, speak(), after(hours=5)))

    assert now.due == after(hours=5) + COOLING + QUIET_END
    with pytest.raises(IllegalMove):
        now.lapse(after(hours=77))
    ended = now.lapse(after(hours=78))
    assert ended.ended
    assert "felt left out" not in str(ended.view(starter.other))
