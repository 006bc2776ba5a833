"""How a plan line and a parked thing are written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.plans.lines import PART_MOST
from nearer.plans.looks import Verdict
from nearer.plans.parking import TEXT_MOST
from nearer.web.fields import WordsField

# The sentence brings its own comma and full stop.
ENDS = " .,;:…"
HELPED = (_("Not at all"), _("A little"), _("Somewhat"), _("Quite a bit"), _("Very much"))


class PartField(WordsField):
    """One half of the sentence, without what the sentence itself puts around it.

    Args:
        opens: words with which the sentence leads into it, which some type as well.
    """

    def __init__(
        self, *, opens: Sequence[Any], **kwargs: Any
    ) -> None:  # Any: lazily translated; as Django has it
        super().__init__(limit=PART_MOST, lines=1, **kwargs)
        self.opens = opens

    def to_python(self, value: object) -> str:
        """Return the words without the stop at their end, and without what the sentence says itself."""
        words = super().to_python(value).strip(ENDS)
        for opening in self.opens:
            said, rest = [*words.split(maxsplit=1), "", ""][:2]
            if rest and said.strip(ENDS).casefold() == str(opening).casefold():
                words = rest.lstrip(ENDS)
        return words


def cue_field() -> PartField:
    """Return the field for the moment of a plan: when …."""
    return PartField(
        label=_("When …"),
        opens=[_("when")],
        error_messages={"required": _("Write the moment: when the kitchen is tidy, when the week is over.")},
    )


def act_field() -> PartField:
    """Return the field for what is done then: … then we …."""
    return PartField(
        label=_("… then we …"),
        opens=[_("then"), _("we")],
        error_messages={"required": _("Write one small thing the two of you do then.")},
    )


class PlanForm(forms.Form):
    """When …, then we …."""

    cue = cue_field()
    act = act_field()


class LookForm(forms.Form):
    """How a plan went. The first two answers are for oneself alone, and may be left out."""

    happened = forms.ChoiceField(
        label=_("Did it happen?"),
        choices=[("yes", _("Yes")), ("partly", _("Partly")), ("no", _("Not this time"))],
        required=False,
        widget=forms.RadioSelect,
    )
    helped = forms.TypedChoiceField(
        label=_("Did it help?"),
        choices=list(enumerate(HELPED)),
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    verdict = forms.TypedChoiceField(
        label=_("Keep this plan?"),
        choices=[
            (Verdict.KEEP.value, _("Keep it")),
            (Verdict.ADJUST.value, _("Change it")),
            (Verdict.DROP.value, _("Drop it")),
        ],
        coerce=Verdict,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the three."),
            "invalid_choice": _("Choose one of the three."),
        },
    )


class ParkForm(forms.Form):
    """Something for another time."""

    text = WordsField(
        label=_("For another time"),
        limit=TEXT_MOST,
        lines=1,
        error_messages={"required": _("Write a few words, so that you both know what it is about.")},
    )
