"""What Today suggests to a person, and what it must not: their own choice, which nobody else sees.

A practice is meant by the glyph it carries, so that a choice also holds for rooms that come later.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.accounts.profile import SIGNS, Face
from nearer.sittings.practice import practices
from nearer.web.zones import places

PLAN, ALONE, NOTICES = "plan", "alone", "notices"
OTHERS = {
    PLAN: _("Make a plan together"),
    ALONE: _("Practise alone, with a script"),
    NOTICES: _("Being told when something waits"),
}


def suggestions() -> dict[str, str]:
    """Return all that may be suggested, by what it is known as in a choice; a practice under the one name it has everywhere."""
    titles: dict[str, list[str]] = {}
    for room in practices():
        titles.setdefault(room.glyph, []).append(str(room.title))
    rooms = {glyph: ", ".join(each) for glyph, each in titles.items()}
    return rooms | {name: str(text) for name, text in OTHERS.items()}


class SuggestionsForm(forms.Form):
    """What Today may suggest; whatever is not chosen is not suggested."""

    wanted = forms.MultipleChoiceField(
        label=_("Today may suggest"),
        choices=lambda: list(suggestions().items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose some of these, or none.")},
    )

    @property
    def unwanted(self) -> tuple[str, ...]:
        """What was not chosen."""
        return tuple(name for name in suggestions() if name not in self.cleaned_data["wanted"])

    @classmethod
    def for_face(cls, face: Face) -> SuggestionsForm:
        """Return the form as this person left it."""
        return cls(initial={"wanted": [name for name in suggestions() if name not in face.unwanted]})


class SignForm(forms.Form):
    """What the house is called on a home screen."""

    sign = forms.ChoiceField(
        label=_("Name and picture"),
        choices=list(SIGNS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")},
    )


class Places(forms.Select):
    """A choice of places, drawn so that all of them fit a light page."""

    template_name = "home/zones.html"


class ZoneForm(forms.Form):
    """Where somebody lives, by the name of a place."""

    zone = forms.ChoiceField(
        label=_("Where are you?"),
        required=False,
        widget=Places,
        help_text=_("Days and hours are shown as they are there. Nobody else sees what you choose."),
        error_messages={"invalid_choice": _("Choose one of these.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as Django has it
        super().__init__(*args, **kwargs)
        regions: dict[str, list[tuple[str, str]]] = {}
        for name in places():
            region, _slash, town = name.partition("/")
            regions.setdefault(region, []).append((name, town.replace("_", " ")))
        self.fields["zone"].choices = [("", _("Where this device is")), *regions.items()]  # type: ignore[attr-defined]
