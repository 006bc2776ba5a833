"""The forms of the Floor: forgiving about how, exact about what becomes a move."""

from __future__ import annotations

import os
from typing import Any

import pytest

if "DJANGO_SETTINGS_MODULE" not in os.environ:
    pytest.skip("forms need Django's settings", allow_module_level=True)

from django.http import QueryDict

from nearer.parts.moves import Said
from nearer.practices.listening import moves
from nearer.practices.listening.forms import FORMS
from nearer.practices.listening.protocol import DIALOGUE
from nearer.protocol import Move

SAY = [moves.Speak, moves.Reflect, moves.Clarify]


def filled(kind: type[Move], **values: str) -> Any:
    """The form as a browser would send it."""
    posted = QueryDict(mutable=True)
    posted.update(values)
    return FORMS[kind](posted)


def move(kind: type[Move], **values: str) -> Move:
    """The move that comes of it."""
    form = filled(kind, **values)
    assert form.is_valid(), form.errors
    return kind(**form.cleaned_data)


def error(kind: type[Move], field: str, **values: str) -> str:
    """The one error of a field."""
    form = filled(kind, **values)
    assert not form.is_valid()
    return str(form.errors[field][0])


def test_every_move_has_a_form() -> None:
    assert set(FORMS) == set(DIALOGUE.moves)


@pytest.mark.parametrize("kind", [moves.Volunteer, moves.Nod, moves.Swap, moves.EndHere], ids=str)
def test_a_tap_needs_nothing(kind: type[Move]) -> None:
    assert move(kind, surprise="ignored") == kind()


@pytest.mark.parametrize("kind", SAY, ids=str)
def test_words_are_kept_as_typed_but_for_the_ends_of_lines(kind: type[Said]) -> None:
    assert move(kind, words="  I felt\r\nleft\rout\t. ") == kind(words="  I felt\nleft\nout\t.", aloud=False)


@pytest.mark.parametrize("kind", SAY, ids=str)
@pytest.mark.parametrize("yes", ["yes", "true", "on", "1", "YES"])
def test_saying_it_aloud_is_enough(kind: type[Said], yes: str) -> None:
    assert move(kind, words="", aloud=yes) == kind(words="", aloud=True)


@pytest.mark.parametrize("kind", SAY, ids=str)
@pytest.mark.parametrize("no", ["no", "false", "", "perhaps"])
def test_words_or_aloud_is_asked_for(kind: type[Move], no: str) -> None:
    assert "A few words" in error(kind, "words", words=" \u200b ", aloud=no)
    assert "A few words" in error(kind, "words", skip="yes")


@pytest.mark.parametrize(
    "words",
    [
        "שלום, איך היה היום?",
        "مرحبا 🙂",
        "👩‍👩‍👧‍👦 family",
        "é à ü ñ 漢字",
        "🏳️‍🌈",
        "<b>bold</b> & 'quotes'",
    ],
)
def test_every_script_and_emoji_passes(words: str) -> None:
    assert move(moves.Speak, words=words) == moves.Speak(words=words, aloud=False)


def test_too_long_says_by_how_much_and_keeps_what_was_typed() -> None:
    form = filled(moves.Speak, words="x" * 412)

    assert not form.is_valid()
    assert "12 characters too long" in form.errors["words"][0]
    assert "x" * 412 in str(form["words"])
    assert "1 character too long" in error(moves.Speak, "words", words="x" * 401)
    assert "A few words" not in str(filled(moves.Speak, words="x" * 412).errors)


def test_length_is_counted_in_characters_as_typed() -> None:
    words = "\r\n".join(["👋"] * 200)

    assert len(move(moves.Speak, words=words + "👋").words) == 400  # type: ignore[attr-defined]
    assert "maxlength" not in str(FORMS[moves.Speak]()["words"])


@pytest.mark.parametrize("hidden", ["\x00", "\x07", "\x1b", "\x7f", "\x85x", "\ud800"], ids=repr)
def test_hidden_control_characters_are_refused(hidden: str) -> None:
    assert "hidden character" in error(moves.Speak, "words", words=f"a{hidden}b")


def test_a_topic_is_asked_for() -> None:
    assert move(moves.SetTopic, topic=" Mornings ") == moves.SetTopic(topic="Mornings")
    assert "few words" in error(moves.SetTopic, "topic", topic="   ")
    assert "few words" in error(moves.SetTopic, "topic")
    assert "10 characters too long" in error(moves.SetTopic, "topic", topic="x" * 150)


@pytest.mark.parametrize("level", moves.Feel)
def test_how_it_feels_is_one_of_three_words(level: moves.Feel) -> None:
    assert move(moves.Heat, level=level.value) == moves.Heat(level=level)


@pytest.mark.parametrize("level", ["", "3", "warm", "EASY"])
def test_how_it_feels_is_nothing_else(level: str) -> None:
    assert error(moves.Heat, "level", level=level) == "Choose the words that fit."


def test_the_coin_is_not_the_browsers_to_toss(monkeypatch: pytest.MonkeyPatch) -> None:
    for side in (True, False):
        monkeypatch.setattr("secrets.choice", lambda _, side=side: side)
        assert move(moves.Coin, heads="yes") == moves.Coin(heads=side)


@pytest.mark.parametrize("answer", moves.Fit)
def test_the_check_has_three_answers(answer: moves.Fit) -> None:
    assert move(moves.Check, answer=answer.value) == moves.Check(answer=answer)


@pytest.mark.parametrize("answer", ["", "maybe", "YES"])
def test_the_check_has_no_other_answer(answer: str) -> None:
    assert error(moves.Check, "answer", answer=answer) == "Choose the answer that fits."


@pytest.mark.parametrize(
    ("kind", "name"), [(moves.Enough, "enough"), (moves.More, "more"), (moves.Keep, "keep")], ids=str
)
def test_a_question_with_two_answers(kind: type[Move], name: str) -> None:
    for yes in ("yes", "true"):
        assert move(kind, **{name: yes}) == kind(**{name: True})
    for no in ("no", "false"):
        assert move(kind, **{name: no}) == kind(**{name: False})
    assert error(kind, name) == error(kind, name, **{name: ""}) == "Choose yes or no."
    assert error(kind, name, **{name: "perhaps"}) == "Choose yes or no."


def test_appreciation_may_be_written_said_or_skipped() -> None:
    assert move(moves.Validate, words="I see.") == moves.Validate(words="I see.", aloud=False)
    assert move(moves.Validate, aloud="yes") == moves.Validate(words="", aloud=True)
    assert move(moves.Validate) == moves.Validate(words="", aloud=False)


def test_a_skip_takes_nothing_along() -> None:
    assert move(moves.Validate, words="x" * 500, skip="yes") == moves.Validate(words="", aloud=False)
    assert move(moves.Ask, words="Why?", skip="yes") == moves.Ask(words="", aloud=False)


def test_a_question_is_short() -> None:
    assert move(moves.Ask, words="How was it?") == moves.Ask(words="How was it?", aloud=False)
    assert "1 character too long" in error(moves.Ask, "words", words="x" * 201)


def test_a_note_may_be_empty() -> None:
    assert move(moves.Note) == moves.Note(words="")
    assert move(moves.Note, words="You were tired.") == moves.Note(words="You were tired.")
    assert "20 characters too long" in error(moves.Note, "words", words="x" * 300)


@pytest.mark.parametrize("kind", FORMS, ids=str)
def test_every_field_has_a_label(kind: type[Move]) -> None:
    assert all(field.label for field in FORMS[kind]())


def test_a_tick_is_drawn_as_it_was_sent() -> None:
    assert "checked" in str(filled(moves.Speak, aloud="yes")["aloud"])
    assert "checked" not in str(filled(moves.Speak, aloud="no")["aloud"])
