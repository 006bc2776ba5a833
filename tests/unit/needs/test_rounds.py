"""One need after the other: who may do what, how often, and where it leads."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nearer.practices.needs.moves import (
    Agree,
    Answer,
    Ask,
    Check,
    EndHere,
    First,
    Fit,
    Guessed,
    Map,
    NoRequest,
    Notice,
    Pick,
    PickOwn,
    Plan,
    Reflect,
    Reply,
    Request,
    Sign,
    SignMeans,
    Spoken,
    Swap,
    Unfold,
    Way,
    Withdraw,
)
from nearer.practices.needs.protocol import Needs
from nearer.protocol import IllegalMove, Leave, Mode, Pause, Seat
from tests.unit.needs.maps import GUEST, HOST, HOUR, NOON, begun, guess_of, map_of, played, revealed

PICK, ASK = Pick(card=9), Ask(words="What is it like?", aloud=False)
ANSWER, BACK = Answer(words="Like coming home", aloud=False), Reflect(words="Like arriving", aloud=False)
YES, NEARLY = Check(answer=Fit.YES), Check(answer=Fit.NEARLY)
WANT = Request(words="Would you wait until seven?", aloud=False)
PLAN = Plan(cue="I come home", act="wait until seven", days=3)


def open_maps(mode: Mode = Mode.LIVE) -> Needs:
    return revealed(map_of({9: 4}), map_of({9: 1, 0: 4}), mode=mode)


def asked(mode: Mode = Mode.LIVE) -> Needs:
    return played(open_maps(mode), (HOST, PICK), (GUEST, ASK))


def understood(mode: Mode = Mode.LIVE) -> Needs:
    return played(asked(mode), (HOST, ANSWER), (GUEST, BACK), (HOST, YES))


def own(now: Needs, seat: Seat) -> set[type]:
    return (
        set(now.legal(seat)) - {Leave, Pause, Withdraw} - {kind for kind in now.legal(seat) if kind.ambient}
    )


def test_nothing_opens_before_both_maps_and_both_guesses_are_in() -> None:
    now = played(begun(), (HOST, map_of({9: 4})), (HOST, guess_of({9: 1})), (GUEST, map_of({9: 3})))

    assert now.stage == "map"
    assert now.view(HOST)["rows"] == now.view(GUEST)["rows"] == []
    assert own(now, HOST) == set()
    assert played(now, (GUEST, guess_of({}))).stage == "reveal"


def test_a_guess_comes_after_ones_own_map() -> None:
    with pytest.raises(IllegalMove):
        begun().play(HOST, guess_of({9: 1}), NOON)
    with pytest.raises(IllegalMove):
        played(begun(), (HOST, map_of({}))).play(HOST, map_of({9: 1}), NOON)


def test_whoever_picks_owns_the_turn_and_the_other_asks() -> None:
    now = played(open_maps(), (GUEST, PICK))

    assert (own(now, HOST), own(now, GUEST)) == ({Ask}, set())
    assert now.view(HOST)["need"] == {"card": 9, "name": ""}


def test_after_three_rounds_it_goes_on_without_a_yes() -> None:
    now = asked()
    for _ in range(3):
        assert own(now, HOST) == {Answer}
        now = played(now, (HOST, ANSWER), (GUEST, BACK), (HOST, NEARLY))

    assert now.stage == "cue"


def test_only_the_owner_says_whether_they_were_understood() -> None:
    now = played(asked(), (HOST, ANSWER), (GUEST, BACK))

    assert (own(now, HOST), own(now, GUEST)) == ({Check}, set())


def test_a_sign_is_a_question_that_may_be_left_out() -> None:
    skipped = played(understood(), (GUEST, Notice(words="", aloud=False)))
    noticed = played(understood(), (GUEST, Notice(words="Your voice went quiet?", aloud=False)))

    assert skipped.stage == "request"
    assert own(noticed, HOST) == {SignMeans}


def test_being_understood_may_be_enough() -> None:
    now = played(understood(), (GUEST, Notice(words="", aloud=False)), (HOST, NoRequest()))

    assert now.stage == "swap"
    assert own(now, GUEST) == {Pick, PickOwn, EndHere}


@pytest.mark.parametrize(
    ("way", "stage"),
    [(Way.YES, "plan"), (Way.ANOTHER, "plan"), (Way.NOT_NOW, "swap"), (Way.LATER, "swap")],
)
def test_every_answer_leads_on(way: Way, stage: str) -> None:
    now = played(understood(), (GUEST, Notice(words="", aloud=False)), (HOST, WANT))

    now = played(now, (GUEST, Reply(way=way, words="so", days=5 if way is Way.LATER else 0)))

    assert now.stage is stage
    assert now.view(HOST)["reply"] == {"way": way, "words": "so"}
    assert (now.asked_for.by == NOON.date() + timedelta(days=5)) is (way is Way.LATER)


def test_a_plan_holds_once_the_owner_says_that_it_helps() -> None:
    yes = Reply(way=Way.YES, words="", days=0)
    now = played(
        understood(), (GUEST, Notice(words="", aloud=False)), (HOST, WANT), (GUEST, yes), (GUEST, PLAN)
    )

    again = played(now, (HOST, Agree(agree=False)))
    agreed = played(now, (HOST, Agree(agree=True)))

    assert (again.stage, again.asked_for.plan) == ("plan", None)
    assert agreed.asked_for.agreed
    assert agreed.asked_for.by == NOON.date() + timedelta(days=3)


def test_a_card_that_is_talked_about_loses_its_name_when_it_is_taken_back() -> None:
    now = played(asked(), (HOST, Withdraw(card=9)))

    assert now.view(GUEST)["need"] is None
    assert now.stage == "answer"


def test_in_letters_there_is_one_question_and_one_answer_a_day() -> None:
    now = played(asked(Mode.ASYNC), (HOST, ANSWER), (GUEST, BACK), (HOST, NEARLY), at=NOON + HOUR)

    assert (now.stage, now.timer) == ("tomorrow", NOON + timedelta(days=1, hours=1))
    assert own(now, HOST) == own(now, GUEST) == set()
    assert now.rests is not None
    assert own(now.lapse(now.timer or NOON), HOST) == {Answer}

    swapped = played(understood(Mode.ASYNC), (HOST, NoRequest()), (GUEST, PICK), at=NOON + HOUR)
    assert (swapped.stage, swapped.timer) == ("tomorrow", NOON + timedelta(days=1))
    later = played(understood(Mode.ASYNC), (HOST, NoRequest()))
    assert played(later, (GUEST, PICK), at=NOON + timedelta(days=2)).stage == "ask"


def test_in_letters_a_request_opens_when_both_are_ready_to_read() -> None:
    now = played(understood(Mode.ASYNC), (HOST, WANT))

    assert now.view(GUEST)["request"] is None
    one = played(now, (GUEST, Unfold()))
    assert one.view(HOST) == now.view(HOST)
    assert one.view(GUEST)["request"] is None
    both = played(one, (HOST, Unfold()))
    assert both.view(GUEST)["request"]["words"] == WANT.words
    assert own(both, GUEST) == {Reply}


def test_in_letters_a_card_is_taken_back_at_once_also_beside_what_is_not_sent_yet() -> None:
    shared = revealed(map_of({9: 4}), map_of({9: 3}), mode=Mode.ASYNC)
    now = played(
        played(shared, (HOST, PICK), (GUEST, ASK), (HOST, ANSWER), (GUEST, BACK), (HOST, YES)), (HOST, WANT)
    )
    now = played(now, (HOST, Unfold()), at=NOON + HOUR)

    gone = played(now, (HOST, Withdraw(card=9)), at=NOON + 2 * HOUR)

    assert [row["card"] for row in now.view(GUEST)["rows"]] == [9]
    assert gone.view(GUEST)["rows"] == []
    assert gone.view(GUEST)["rests"] == now.view(GUEST)["rests"]


def test_on_one_phone_the_guess_is_said_before_a_card_is_taken_and_nobody_enters_a_level() -> None:
    now = begun(Mode.ONE)
    now = played(now, (GUEST, First()))

    assert (own(now, HOST), own(now, GUEST)) == ({Guessed}, set())
    now = played(now, (HOST, Guessed()), (GUEST, PICK))
    aloud = Ask(words="", aloud=True), Answer(words="", aloud=True), Reflect(words="", aloud=True)
    now = played(now, (HOST, aloud[0]), (GUEST, aloud[1]), (HOST, aloud[2]), (GUEST, YES))
    now = played(now, (HOST, Notice(words="", aloud=True)), (GUEST, SignMeans(sign=Sign.REST)))
    now = played(now, (GUEST, Request(words="", aloud=True)))
    assert own(now, HOST) == own(now, GUEST) == {Spoken}
    now = played(now, (HOST, Spoken()))
    assert own(now, HOST) == {Swap, EndHere}
    assert played(now, (HOST, Swap())).owner is HOST
    assert not any(kind is Map for seat in Seat for kind in now.legal(seat))


def test_it_ends_when_both_had_a_turn() -> None:
    first = played(understood(), (GUEST, Notice(words="", aloud=False)), (HOST, NoRequest()), (GUEST, PICK))
    second = played(first, (HOST, ASK), (GUEST, ANSWER), (HOST, BACK), (GUEST, YES))

    assert played(second, (HOST, Notice(words="", aloud=False)), (GUEST, NoRequest())).done


def test_freedom_that_is_essential_and_hardly_there_is_seen_by_its_owner_alone() -> None:
    now = revealed(map_of({8: 4}, met={8: 0}), map_of({8: 4}, met={8: 2}))

    assert [now.view(seat)["lacks_freedom"] for seat in Seat] == [True, False]
