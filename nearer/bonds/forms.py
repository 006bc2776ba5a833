"""Inviting and joining."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nearer.bonds import links
from nearer.bonds.cards import Kin
from nearer.bonds.first import LONGEST
from nearer.bonds.place import Place
from nearer.bonds.questions import questions
from nearer.web.fields import WordsField

KIN_NAMES = {
    Kin.PARTNER: _("partner"),
    Kin.FRIEND: _("friend"),
    Kin.SIBLING: _("brother or sister"),
    Kin.PARENT: _("parent"),
    Kin.CHILD: _("grown child"),
    Kin.FAMILY: _("other family"),
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
        choices=lambda: list(questions().items()),
        error_messages={"invalid_choice": ONE_OF_THESE},
    )
    answer = WordsField(
        limit=LONGEST,
        lines=3,
        required=False,
        label=_("Your answer"),
        help_text=_("Sealed until they have joined and answered too. Leave it empty to ask nothing."),
    )

    def clean_question(self) -> str:
        """Return the chosen question, the first one when none is."""
        return self.cleaned_data["question"] or next(iter(questions()))


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


NINE = _("Nine letters and numbers, from the person who invites you. The whole link works, too.")


# As much as a message around a link.
PASTED = 2_000
DAMAGED = _(
    "This link is damaged: a piece of it is missing or was changed on its way. "
    "Copy the whole link again, or ask for the code and type that."
)
NO_CODE = _(
    "This is not the whole code, or a letter of it is wrong. A code has nine letters and numbers: compare it once more, or paste the whole link here."
)


class OpenForm(forms.Form):
    """The link's secret as a page found it, or what somebody typed: the short code, or the whole link.

    Once it is valid, `cleaned_data` holds one of both.
    """

    secret = forms.CharField(required=False, widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Code"),
        required=False,
        help_text=NINE,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
        error_messages={"null_characters_not_allowed": NINE},
    )

    def clean(self) -> dict[str, Any]:
        """Mend what can be mended, and say what cannot."""
        data = super().clean() or self.cleaned_data
        followed, typed = data.get("secret", ""), data.get("code", "")
        try:
            found = links.read(followed or typed) if len(followed or typed) <= PASTED else None
        except links.Damaged:
            found = None
        if found is None or (followed and not found.secret):
            is_link = followed or "/" in typed or "#" in typed or "%" in typed
            if followed or typed.strip():
                self.add_error("code" if not is_link else None, DAMAGED if is_link else NO_CODE)
            else:
                self.add_error("code", NINE)
            return data
        return data | {"secret": found.secret, "code": found.code}


class YesForm(forms.Form):
    """In which bond somebody is let back in, once the six words were heard.

    Args:
        places: those in which it could be.
    """

    bond = forms.ChoiceField(
        label=_("Which bond were they in?"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the bond they were in."),
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
            (str(p.bond.pk), format_html(gettext("With {name}"), name=p.their_card.name))
            for p in places
            if p.their_card
        ]
        self.fields["bond"].choices = choices  # type: ignore[attr-defined]
