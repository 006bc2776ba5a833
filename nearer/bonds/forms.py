"""Inviting and joining."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nearer.bonds.cards import Kin
from nearer.bonds.first import LONGEST
from nearer.bonds.place import Place
from nearer.bonds.questions import QUESTIONS
from nearer.web.fields import WordsField

KIN_NAMES = {
    Kin.PARTNER: _("partner"),
    Kin.FRIEND: _("friend"),
    Kin.FAMILY: _("family"),
    Kin.OTHER: _("someone else"),
}
CHOOSE = _("Choose one. It changes examples, nothing else.")


ONE_OF_THESE = _("Choose one of these questions.")


class InviteForm(forms.Form):
    """What the other person is to me, and one question to begin with, if I like."""

    kin = forms.ChoiceField(
        label=_("They are my"),
        choices=[(kin.value, name) for kin, name in KIN_NAMES.items()],
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    question = forms.ChoiceField(
        label=_("A question for you both"),
        required=False,
        choices=list(QUESTIONS.items()),
        error_messages={"invalid_choice": ONE_OF_THESE},
    )
    answer = WordsField(
        limit=LONGEST,
        lines=3,
        required=False,
        label=_("Your answer"),
        help_text=_("Sealed until they have joined and answered too. Leave it empty to ask nothing."),
    )

    # Made with the page, so that a page sent twice makes one invitation.
    once = forms.UUIDField(required=False, initial=uuid4, widget=forms.HiddenInput)

    def clean_question(self) -> str:
        """Return the chosen question, the first one when none is."""
        return self.cleaned_data["question"] or next(iter(QUESTIONS))


class AnswerForm(forms.Form):
    """One's own answer to the first question."""

    answer = WordsField(
        limit=LONGEST,
        lines=3,
        required=False,
        help_text=_("You can also leave this empty. Nobody is told."),
    )

    def __init__(self, *args: Any, question: Any, **kwargs: Any) -> None:  # Any: as Django has it
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = question


EIGHT = _("Eight letters and numbers, from the person who invites you.")


class OpenForm(forms.Form):
    """The link's secret, or the short code."""

    secret = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=40,
        help_text=EIGHT,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
        error_messages={"max_length": EIGHT, "null_characters_not_allowed": EIGHT},
    )


class YesForm(forms.Form):
    """In which bond somebody is let back in, once the six words were heard.

    Args:
        places: those in which it could be.
    """

    bond = forms.ChoiceField(
        label=_("Which space were they in?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the space they were in."),
            "invalid_choice": _("Choose one of these."),
        },
    )
    same = forms.BooleanField(
        label=_("I heard the same six words from them myself."),
        error_messages={"required": _("Compare the six words first, by voice or side by side.")},
    )

    def __init__(self, *args: Any, places: list[Place], **kwargs: Any) -> None:  # Any: as Django has it
        super().__init__(*args, **kwargs)
        choices = [
            (str(p.bond.pk), gettext("With %(name)s") % {"name": p.their_card.name})
            for p in places
            if p.their_card
        ]
        self.fields["bond"].choices = choices  # type: ignore[attr-defined]
