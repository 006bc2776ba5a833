"""A tick means what it says, in every room: only a yes is a yes."""

from __future__ import annotations

import pytest
from django import forms

from nearer.parts.forms import AskForm, SpeakForm
from nearer.practices.needs.forms import ShowForm

YES = ("yes", "on", "true", "1", " YES ")
NOT_YES = ("no", "off", "false", "0", "", "maybe")


@pytest.mark.parametrize("room", [SpeakForm, AskForm])
@pytest.mark.parametrize(
    ("sent", "meant"), [*((each, True) for each in YES), *((each, False) for each in NOT_YES)]
)
def test_only_a_yes_says_that_it_was_said_aloud(room: type[forms.Form], sent: str, *, meant: bool) -> None:
    form = room({"words": "It was a long day.", "aloud": sent})

    assert form.is_valid()
    assert form.cleaned_data["aloud"] is meant


@pytest.mark.parametrize("sent", NOT_YES)
def test_how_a_need_is_met_is_shown_only_with_a_yes(sent: str) -> None:
    form = ShowForm({"card": "0", "met": sent})

    assert form.is_valid()
    assert form.cleaned_data["met"] is False
