"""The Floor while somebody has it."""

import pytest

from nearer.practices.listening.moves import Ask, Check, Clarify, Nod, Reflect, Speak, Swap, Validate
from nearer.practices.listening.protocol import Listening
from nearer.protocol import IllegalMove, Leave, Pause, Ready, Resume, Seat, Words
from tests.unit.listening.floor import (
    ENOUGH,
    GUEST,
    HOST,
    MORE,
    NEARLY,
    NO,
    NO_MORE,
    NOON,
    NOT_ENOUGH,
    SKIP_ASK,
    SKIP_VALIDATE,
    YES,
    after,
    checking,
    clarify,
    heard,
    not_yet,
    play,
    reflect,
    speak,
    speaking,
)


def own(now: Listening, seat: Seat) -> set[str]:
    """What the room itself opens to the seat."""
    return {kind.__name__ for kind in now.legal(seat) - {Leave, Pause}}


def kinds_said(now: Listening) -> list[str]:
    """What has been said in this turn."""
    return [saying["kind"] for saying in now.view(HOST)["said"]]


def test_the_listener_cannot_interrupt() -> None:
    """L5: while one speaks, the other has nothing but a nod, a pause and the door."""
    now = speaking()

    assert now.legal(GUEST) == {Nod, Pause, Leave}
    assert own(now, HOST) == {"Speak"}
    with pytest.raises(IllegalMove):
        now.play(GUEST, speak("but I"), NOON)
    with pytest.raises(IllegalMove):
        now.play(GUEST, reflect("but I"), NOON)


def test_the_listener_cannot_interrupt_a_clarification_either() -> None:
    """L5: the same while the missing part is added."""
    now = play(checking(), (HOST, NO))

    assert now.stage == "clarify"
    assert now.legal(GUEST) == {Nod, Pause, Leave}
    assert own(now, HOST) == {"Clarify"}
    assert now.view(GUEST)["steps"] == 0


def test_a_nod_shows_that_one_takes_part() -> None:
    """L4: a nod reaches the speaker, changes nothing else, and rests three seconds."""
    now = speaking()
    one = now.play(GUEST, Nod(), NOON)

    assert one.view(HOST)["nods"] == 1
    assert one.step == now.step
    assert one.legal(HOST) == now.legal(HOST)
    assert one.chimes == now.chimes
    assert one.play(GUEST, Nod(), after(seconds=2.9)) is one
    assert one.play(GUEST, Nod(), after(seconds=3)).view(HOST)["nods"] == 2
    with pytest.raises(IllegalMove):
        now.play(HOST, Nod(), NOON)


def test_nods_are_counted_anew_in_each_turn() -> None:
    now = play(speaking(), (GUEST, Nod()), (HOST, speak()), (GUEST, reflect()), (HOST, YES))
    now = play(now, (GUEST, SKIP_VALIDATE), (GUEST, SKIP_ASK), (HOST, MORE))

    assert now.view(HOST)["nods"] == 0
    assert now.play(GUEST, Nod(), NOON).view(HOST)["nods"] == 1


def test_the_words_arrive_when_they_are_passed() -> None:
    now = play(speaking(), (HOST, speak("I felt left out.")))

    assert now.stage == "reflect"
    assert own(now, HOST) == set()
    assert own(now, GUEST) == {"Reflect"}
    assert now.view(GUEST)["steps"] == 1
    assert now.view(GUEST)["said"] == [
        {"seat": HOST, "kind": "spoke", "words": "I felt left out.", "aloud": False, "way": "", "mine": False}
    ]
    assert now.view(HOST)["said"][0]["mine"]


@pytest.mark.parametrize("aloud", [True, False])
def test_no_words_means_it_was_said_aloud(*, aloud: bool) -> None:
    now = play(speaking(), (HOST, Speak(words="", aloud=aloud)), (GUEST, Reflect(words="", aloud=aloud)))
    now = play(now, (HOST, NO), (HOST, Clarify(words="", aloud=aloud)))

    assert [(saying.kind, saying.aloud) for saying in now.all_said] == [
        ("spoke", True), ("reflected", True), ("clarified", True),
    ]  # fmt: skip
    for seat in Seat:
        assert now.view(seat)["said"] == [], "what was said aloud leaves no card"
        assert now.view(seat)["last"]["kind"] == "clarified"
        assert now.view(seat)["last"]["mine"] == (seat is HOST)


def test_the_listener_says_it_back_and_only_the_speaker_judges_it() -> None:
    """L3: a paraphrase, and the speaker says whether that is it."""
    now = checking()

    assert now.stage == "check"
    assert own(now, HOST) == {"Check"}
    assert own(now, GUEST) == set()
    assert now.view(GUEST)["steps"] == 2
    with pytest.raises(IllegalMove):
        now.play(GUEST, YES, NOON)


def withdrawn() -> Words:
    return Words("·", where="3.words", withdrawn=True)


def test_a_say_back_goes_with_the_words_it_was_made_of() -> None:
    """With what was said first, with what was added, and with nothing that was said in another turn."""
    first, again = "You felt left out.", "On the drive home, then."
    for spoken, added, left in (
        (speak(), clarify(), {first, again}),
        (Speak(words=withdrawn(), aloud=False), clarify(), set()),
        (speak(), Clarify(words=withdrawn(), aloud=False), {first}),
    ):
        now = play(speaking(), (HOST, spoken), (GUEST, reflect(first)), (HOST, NEARLY), (HOST, added))
        now = play(now, (GUEST, reflect(again)))
        for seat in Seat:
            said = {each["words"] for each in now.view(seat)["said"]}
            assert said & {first, again} == left
            assert not (left and left != {first, again}) or "·" in said


def test_yes_leads_to_appreciation() -> None:
    """L1: once understood, the listener may show that it makes sense."""
    now = play(checking(), (HOST, YES))

    assert now.stage == "validate"
    assert own(now, GUEST) == {"Validate"}
    assert own(now, HOST) == set()


@pytest.mark.parametrize("answer", [NEARLY, NO])
def test_not_yet_leads_to_the_missing_part(answer: Check) -> None:
    """L3: what was missing is added, and said back again."""
    now = play(checking(), (HOST, answer))
    again = play(now, (HOST, clarify()))

    assert now.stage == "clarify"
    assert now.view(HOST)["loop"] == 1
    assert again.stage == "reflect"
    assert kinds_said(again) == ["spoke", "reflected", "clarified"]


@pytest.mark.parametrize("answer", [NEARLY, NO])
def test_the_third_not_yet_asks_whether_it_is_close_enough(answer: Check) -> None:
    now = play(not_yet(not_yet(checking())), (HOST, answer))

    assert now.stage == "enough"
    assert own(now, HOST) == {"Enough"}
    assert own(now, GUEST) == set()
    assert play(now, (HOST, ENOUGH)).stage == "validate"
    assert play(now, (HOST, NOT_ENOUGH)).stage == "swap"


def test_the_third_yes_is_a_yes() -> None:
    assert play(not_yet(not_yet(checking())), (HOST, YES)).stage == "validate"


def test_each_loop_is_a_step_of_its_own() -> None:
    assert len({checking().step, not_yet(checking()).step, not_yet(not_yet(checking())).step}) == 3


def test_appreciation_and_a_question_may_be_skipped() -> None:
    now = play(checking(), (HOST, YES), (GUEST, SKIP_VALIDATE))
    more = play(now, (GUEST, SKIP_ASK))

    assert now.stage == "ask"
    assert own(now, GUEST) == {"Ask"}
    assert more.stage == "more"
    assert own(more, HOST) == {"More"}
    assert kinds_said(more) == ["spoke", "reflected"]


@pytest.mark.parametrize(("words", "aloud"), [("It makes sense.", False), ("", True)])
def test_appreciation_and_a_question_are_shown(*, words: str, aloud: bool) -> None:
    """L1, L4: what the listener adds reaches the speaker, written or aloud."""
    now = play(checking(), (HOST, YES), (GUEST, Validate(words=words, aloud=aloud)))
    now = play(now, (GUEST, Ask(words=words, aloud=aloud)))

    assert [saying.kind for saying in now.all_said] == ["spoke", "reflected", "validated", "asked"]
    assert now.view(HOST)["last"]["words"] == words
    assert now.view(HOST)["last"]["aloud"] is aloud


def test_more_begins_a_turn_with_the_question_it_answers() -> None:
    asked = play(checking(), (HOST, YES), (GUEST, SKIP_VALIDATE), (GUEST, Ask(words="How?", aloud=False)))
    now = play(asked, (HOST, MORE), at=after(minutes=9))

    assert now.stage == "speak"
    assert now.turn == 2
    assert now.view(HOST)["loop"] == 0
    assert kinds_said(now) == ["asked"]
    assert now.turn_began == after(minutes=9)


def test_more_without_a_question_begins_empty() -> None:
    asked = play(checking(), (HOST, YES), (GUEST, SKIP_VALIDATE), (GUEST, SKIP_ASK))

    assert kinds_said(play(asked, (HOST, MORE))) == []


def a_turn(now: Listening) -> Listening:
    """From speaking to the question."""
    return play(
        now, (HOST, speak()), (GUEST, reflect()), (HOST, YES), (GUEST, SKIP_VALIDATE), (GUEST, SKIP_ASK)
    )


def test_three_turns_are_enough_for_one_floor() -> None:
    two = play(a_turn(play(a_turn(speaking()), (HOST, MORE))), (HOST, MORE))
    three = a_turn(two)

    assert two.turn == 3
    assert three.stage == "swap"
    assert own(three, HOST) == own(three, GUEST) == {"Swap", "EndHere"}
    assert three.view(HOST)["steps"] == 5


def test_no_more_leads_to_changing_places() -> None:
    now = heard(speaking())

    assert now.stage == "swap"
    assert now.view(HOST)["i_speak"]


@pytest.mark.parametrize("tapper", Seat)
@pytest.mark.parametrize("first", Seat)
def test_either_changes_the_places(first: Seat, tapper: Seat) -> None:
    now = play(heard(speaking(first), first), (tapper, Swap()))

    assert now.stage == "speak"
    assert now.speaker is first.other
    assert now.turn == 1
    assert now.floors == (first, first.other)
    assert now.view(first)["said"] == []
    assert now.coin is None


def test_the_clock_stands_still_in_a_pause() -> None:
    now = play(speaking(), (GUEST, Pause()), at=after(seconds=30))
    on = play(now, (GUEST, Resume()), at=after(minutes=30))

    assert now.view(HOST)["chimes"] == ()
    assert on.view(HOST)["chimes"] == (after(minutes=31), after(minutes=32, seconds=30))


def test_a_move_without_a_rule_is_a_mistake_in_the_room() -> None:
    with pytest.raises(AssertionError):
        speaking().after(HOST, Ready(), NOON)


def test_no_view_of_the_listener_holds_a_place_to_write() -> None:
    """L6, L7: nothing to prepare, nothing to look at but who speaks."""
    view = speaking().view(GUEST)

    assert view["legal"] == ["Leave", "Nod", "Pause"]
    assert view["said"] == []


def test_no_more_is_the_speakers_to_say() -> None:
    now = a_turn(speaking())

    with pytest.raises(IllegalMove):
        now.play(GUEST, NO_MORE, NOON)
