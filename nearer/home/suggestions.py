"""What Today suggests to a person, and what it must not: their own choice, which nobody else sees.

A practice is meant by the glyph it carries, so that a choice also holds for rooms that come later.
"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.accounts.profile import SIGNS, Face
from nearer.sittings.practice import PracticeConfig, practices

PLAN, ALONE = "plan", "alone"
PRACTICES = {
    "needs": _("Ask what helps"),
    "listen": _("Listen, then say it back"),
    "trust": _("Show a little more"),
    "time": _("Make time"),
    "support": _("Stand by each other"),
    "repair": _("Disagree well"),
}
SUGGESTIONS = {**PRACTICES, PLAN: _("Make a plan together"), ALONE: _("Practise alone, with a script")}


def suggested_rooms(face: Face) -> list[PracticeConfig]:
    """Return the practices that Today may suggest to this person."""
    return [room for room in practices() if room.glyph not in face.unwanted]


class SuggestionsForm(forms.Form):
    """What Today may suggest; whatever is not chosen is not suggested."""

    wanted = forms.MultipleChoiceField(
        label=_("Today may suggest"),
        choices=list(SUGGESTIONS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose some of these, or none.")},
    )

    @property
    def unwanted(self) -> tuple[str, ...]:
        """What was not chosen."""
        return tuple(name for name in SUGGESTIONS if name not in self.cleaned_data["wanted"])

    @classmethod
    def for_face(cls, face: Face) -> SuggestionsForm:
        """Return the form as this person left it."""
        return cls(initial={"wanted": [name for name in SUGGESTIONS if name not in face.unwanted]})


class SignForm(forms.Form):
    """What the house is called on a home screen."""

    sign = forms.ChoiceField(
        label=_("Name and picture"),
        choices=list(SIGNS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")},
    )
