"""Whatever is sent to a sitting's page: a sentence that helps, the words stay, and no row changes."""

from __future__ import annotations

from html import unescape
from typing import Any
from uuid import UUID, uuid4

import pytest

from nearer.parts.moves import Fit
from nearer.practices.listening import moves
from nearer.protocol import Move
from nearer.protocol.moves import rules_of
from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, Person, fresh, play, post_move, rows_of, run_of
from tests.pages.bad_words import CONTROL, LONG, NOTHING, ODD
from tests.pages.conversations import CALM, Turn, keep_it, opening, play_to_the_end, take_turns
from tests.pages.reading import html, words
from tests.pages.test_bad_input import FOREIGN, sentences

NOBODY = UUID("7b1c7a52-0f0e-4d0b-9a53-3f1f6f0c9a11")
pytestmark = pytest.mark.django_db

MISSED = "The two of you have moved on since. This was not sent."
UNKNOWN = "Choose one of the buttons on this page."
NOT_YET = [
    (True, moves.Check(answer=Fit.NO)), (True, moves.Clarify(words="more", aloud=False)),
    (False, moves.Reflect(words="I heard more", aloud=False)),
]  # fmt: skip
# Every kind of move once, and the floor of one of them.
WHOLE: list[Turn] = [
    *opening("the drive home", CALM),
    (True, moves.Speak(words="I felt left out", aloud=False)),
    (False, moves.Reflect(words="You were angry", aloud=False)),
    *NOT_YET, *NOT_YET,
    (True, moves.Check(answer=Fit.NO)), (True, moves.Enough(enough=True)),
    (False, moves.Validate(words="", aloud=False)), (False, moves.Ask(words="What?", aloud=False)),
    (True, moves.More(more=False)), (False, moves.EndHere()),
    (True, moves.Note(words="mine")), (False, moves.Note(words="yours")),
    (True, moves.Keep(keep=True)), (False, moves.Keep(keep=True)),
]  # fmt: skip
TEXTS = {"topic", "words"}
BAD = CONTROL | LONG
# Every kind with words, and some without; that no kind at all can be forced, the laws of every room show.
TRIED = {
    "SetTopic", "Speak", "Reflect", "Clarify", "Validate", "Ask", "Note", "Check", "Keep", "TimeUp", "Resume",
}  # fmt: skip
MAY_BE_EMPTY = (moves.Validate, moves.Ask, moves.Note)
NUMBERS = ["", "abc", "-1", "11", "1e1", "0x1", "٣٣", "1.5", "NaN", "true", "9" * 5000, "\x00"]


def text_field(kind: type[Move]) -> str:
    """Return the name of the field for words, or "" when this kind has none."""
    return next((name for name in rules_of(kind) if name in TEXTS), "")


def choice_field(kind: type[Move]) -> str:
    """Return the name of the field that is chosen, or "" when this kind has none."""
    drawn_or_ticked = {"heads", "aloud"}
    return next((name for name in rules_of(kind) if name not in TEXTS | drawn_or_ticked), "")


@pytest.mark.slow
def test_bad_words_at_every_step_are_told_and_stay(pair: Pair, floor: Sitting) -> None:
    for is_host, move in WHOLE:
        who, name = (pair.host if is_host else pair.guest), text_field(type(move))
        for bad in (*BAD.values(), *NOTHING.values()) if name else ():
            if not (bad in NOTHING.values() and isinstance(move, MAY_BE_EMPTY)):
                refused(who, floor, type(move).__name__, 422, **{name: bad})
        play(who, floor, move)


@pytest.mark.slow
def test_bad_choices_at_every_step_are_told(pair: Pair, floor: Sitting) -> None:
    for is_host, move in WHOLE:
        who, name = (pair.host if is_host else pair.guest), choice_field(type(move))
        for bad in NUMBERS if name else ():
            if not (name == "keep" and bad == "true") and not (name in {"more", "enough"} and bad == "true"):
                refused(who, floor, type(move).__name__, 422, **{name: bad})
        play(who, floor, move)


@pytest.mark.slow
def test_what_is_not_mine_to_do_now_is_refused_at_every_step(pair: Pair, floor: Sitting) -> None:
    typed = "these words are mine to keep"
    seen = set()
    for step, (is_host, move) in enumerate(WHOLE):
        for who in (pair.host, pair.guest):
            run = run_of(who, floor)
            here = (
                who.name,
                run.position.scene()[0],
                legal := frozenset(run.position.view(run.seat)["legal"]),
            )
            # At each step every third kind, in turn.
            for kind in sorted(TRIED - legal)[step % 3 :: 3] if here not in seen else ():
                name = text_field(run.header.room.kinds[kind])
                refused(who, floor, kind, 409, **({name: typed} if name else chosen(kind)))
            seen.add(here)
        play(pair.host if is_host else pair.guest, floor, move)


def chosen(kind: str) -> dict[str, str]:
    """Return a choice the form of this kind takes, and nobody has made: the same tap sent twice counts once."""
    return {"Heat": {"level": "easy"}, "Check": {"answer": "yes"}, "Enough": {"enough": "yes"}}.get(
        kind, {"more": "yes", "keep": "no"}
    )


def refused(person: Person, sitting: Sitting, kind: str, status: int, **fields: str) -> Any:
    """Send a move that is not taken, and see that it is told and that the words stay; return the stage."""
    before = rows_of(sitting)
    sent = {"move": kind, "seq": before[0], **fields}
    answer = person.client.post(f"/s/{sitting.pk}", sent, headers={"X-Fragment": "stage"})
    assert answer.status_code == status, (kind, fields)
    said = sentences(answer) if status == 422 else [MISSED] * (MISSED in words(answer))
    assert said or UNKNOWN in words(answer), (kind, fields)
    assert not any(foreign in sentence for sentence in said for foreign in FOREIGN), said
    for name, typed in fields.items():
        assert name not in TEXTS or typed.strip() in unescape(html(answer)), (kind, name)
    assert rows_of(sitting) == before, (kind, fields)
    return answer


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "Nope",
        "topic",
        "setTopic",
        "SetTopic ",
        "SetTopic\x00",
        "Move",
        "Dialogue",
        "__class__",
        "kind",
        "M" * 1_000_000,
    ],
    ids=lambda kind: kind[:12],
)
def test_an_unknown_move_is_told(pair: Pair, floor: Sitting, kind: str) -> None:
    answer = refused(pair.host, floor, kind, 422, topic="what I typed")

    assert UNKNOWN in words(answer)
    assert "what I typed" in html(answer)


def test_no_move_at_all_is_told(pair: Pair, floor: Sitting) -> None:
    before = rows_of(floor)
    for sent in ({}, {"seq": "2"}, {"topic": "what I typed"}):
        answer = pair.host.client.post(f"/s/{floor.pk}", sent)
        assert answer.status_code == 422
        assert UNKNOWN in words(answer)
    assert rows_of(floor) == before


def test_time_is_not_played_by_hand(pair: Pair, floor: Sitting) -> None:
    for kind in ("TimeUp", "Resume", "Ready"):
        refused(pair.host, floor, kind, 409)


@pytest.mark.parametrize(
    "seq", ["", "abc", "-1", "99", "999999999999999999999", "1e3", "0x2", "٢", "2.0", " 2", "\x00"]
)
def test_a_wrong_number_is_told_and_the_words_stay(pair: Pair, floor: Sitting, seq: str) -> None:
    before = rows_of(floor)
    answer = post_move(pair.host, floor, "SetTopic", seq=seq, topic="what I typed")

    assert answer.status_code == 409
    assert MISSED in words(answer)
    assert "what I typed" in html(answer)
    assert rows_of(floor) == before


def test_a_page_from_before_the_last_step_is_told_and_the_words_stay(pair: Pair, floor: Sitting) -> None:
    old = fresh(floor).seq
    take_turns(pair, floor, *opening("the drive home", CALM))
    before = rows_of(floor)
    answer = post_move(pair.host, floor, "SetTopic", seq=old, topic="what I typed on the old page")

    assert answer.status_code == 409
    assert MISSED in words(answer)
    assert "what I typed on the old page" in html(answer)
    assert rows_of(floor) == before


@pytest.mark.parametrize("keep", [True, False])
def test_a_move_after_the_end_is_told_and_the_words_stay(pair: Pair, keep: bool) -> None:  # noqa: FBT001
    sitting = play_to_the_end(pair)
    keep_it(pair, sitting, host=keep)
    before = rows_of(sitting)
    for kind in ("Speak", "Note", "Reflect"):
        answer = post_move(pair.guest, sitting, kind, words="one more thing")
        assert answer.status_code == 409
        assert "one more thing" in html(answer)
    assert rows_of(sitting) == before


def test_the_same_move_sent_twice_counts_once(pair: Pair, floor: Sitting) -> None:
    seq = fresh(floor).seq
    for _ in range(3):
        assert post_move(pair.host, floor, "SetTopic", seq=seq, topic="once").status_code == 302

    assert fresh(floor).seq == seq + 1


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_words_are_words(pair: Pair, floor: Sitting, odd: str) -> None:
    take_turns(pair, floor, *opening("the drive home", CALM))
    assert post_move(pair.host, floor, "Speak", words=odd).status_code == 302

    for person in (pair.host, pair.guest):
        page = html(person.client.get(f"/s/{floor.pk}"))
        assert odd in unescape(page)
        assert not any(mark in page for mark in ("<script>alert", "<img src=x", "<b>bold", " 14 "))


@pytest.mark.parametrize("typed", ["one\ttwo", "\tone\n\t\ttwo", "  a line\n    further in\n\nand out"])
def test_words_are_stored_as_they_were_typed(pair: Pair, floor: Sitting, typed: str) -> None:
    take_turns(pair, floor, *opening("the drive home", CALM))
    sent = "\n" + typed.replace("\n", "\r\n") + " \r\n"

    assert post_move(pair.host, floor, "Speak", words=sent).status_code == 302

    assert str(run_of(pair.host, floor).log[-1].move.words) == typed  # type: ignore[attr-defined]


@pytest.mark.parametrize("odd", ["🧡" * 400, "שלום" * 100, "é" * 400, "👨‍👩‍👧‍👦" * 57], ids=ascii)
def test_the_limit_counts_letters_and_not_bytes(pair: Pair, floor: Sitting, odd: str) -> None:
    take_turns(pair, floor, *opening("the drive home", CALM))

    assert post_move(pair.host, floor, "Speak", words=odd).status_code == 302
    assert run_of(pair.guest, floor).log[-1].move == moves.Speak(words=odd, aloud=False)


def test_a_script_gets_the_same_sentences_as_a_fragment(pair: Pair, floor: Sitting) -> None:
    sent = {"move": "SetTopic", "seq": "2", "topic": "t" * 141}
    answer = pair.host.client.post(f"/s/{floor.pk}", sent, headers={"X-Fragment": "stage"})

    assert answer.status_code == 422
    assert sentences(answer)
    assert "t" * 141 in html(answer)
    assert "<html" not in html(answer)


@pytest.mark.parametrize("ref", [NOBODY, "x", "0" * 36, "..", "a" * 3000], ids=lambda ref: str(ref)[:4])
def test_a_sitting_that_is_not_there_has_a_page_that_says_so(pair: Pair, ref: object) -> None:
    for answer in (pair.host.client.get(f"/s/{ref}"), pair.host.client.post(f"/s/{ref}", {"move": "Ready"})):
        assert answer.status_code == 404
        assert "<h1" in html(answer)


def test_somebody_elses_sitting_is_not_there_and_takes_nothing(
    pair: Pair, floor: Sitting, charlie: Person, other_pair: Pair
) -> None:
    before = rows_of(floor)
    for stranger in (charlie, other_pair.guest):
        answer = post_move(stranger, floor, "SetTopic", topic="let me in")
        missing = stranger.client.post(f"/s/{uuid4()}", {"move": "SetTopic", "topic": "let me in"})
        assert answer.status_code == missing.status_code == 404
        assert html(answer) == html(missing)
    assert rows_of(floor) == before


@pytest.mark.parametrize(
    "slug", ["nope", "Listening", "listening2", "-", "a" * 3000], ids=lambda slug: slug[:8]
)
def test_a_practice_that_is_not_there_cannot_be_begun(pair: Pair, slug: str) -> None:
    assert pair.host.client.get(f"/practise/{slug}").status_code == 404
    assert pair.host.client.post(f"/practise/{slug}/start").status_code == 404
    assert not Sitting.objects.exists()
