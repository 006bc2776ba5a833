"""How a wish is said, an idea written down, and what ideas may ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.practices.ourtime.dates.fields import NumberField
from nearer.practices.ourtime.forms import LEVELS, ONE_OF_THESE
from nearer.practices.ourtime.moves import Level
from nearer.practices.ourtime.wishes.rules import TEXT_MOST
from nearer.practices.ourtime.wishes.sieve import LITTLE, MOST, Sieve
from nearer.web.fields import TickField, WordsField

COSTS = [("0", _("nothing")), ("1", _("a little")), ("2", _("some")), ("3", _("more"))]
ENERGIES = [("0", _("none")), ("1", _("a little")), ("2", _("some")), ("3", _("plenty"))]
TIMES = [
    ("", _("any time")),
    ("30", _("half an hour")),
    ("60", _("an hour")),
    ("120", _("two hours")),
    ("240", _("half a day")),
]
PLACES = [("", _("in or out")), ("in", _("indoors")), ("out", _("outdoors"))]
SEASONS = [
    ("", _("any season")),
    ("spring", _("spring")),
    ("summer", _("summer")),
    ("autumn", _("autumn")),
    ("winter", _("winter")),
]


class SayForm(forms.Form):
    """How much one would like an idea."""

    level = forms.TypedChoiceField(
        label=_("Would you like this?"), choices=[(str(int(level)), words) for level, words in LEVELS],
        coerce=lambda value: Level(int(value)), required=False, empty_value=None,
        error_messages={"invalid_choice": ONE_OF_THESE},
    )  # fmt: skip


class OwnForm(forms.Form):
    """An idea of one's own."""

    text = WordsField(
        label=_("Something you would like to do together"), limit=TEXT_MOST, lines=1,
        error_messages={"required": _("Write it in a few words: walk to the old mill.")},
    )  # fmt: skip


class SieveForm(forms.Form):
    """What ideas may ask for."""

    cost = NumberField(
        label=_("It costs at most"),
        choices=COSTS,
        unsaid=LITTLE,
    )
    energy = NumberField(
        label=_("It takes at most this much energy"),
        choices=ENERGIES,
        unsaid=MOST,
    )
    minutes = NumberField(
        label=_("It takes at most"),
        choices=TIMES,
        unsaid=0,
    )
    where = forms.ChoiceField(label=_("Where"), choices=PLACES, required=False)
    season = forms.ChoiceField(label=_("When in the year"), choices=SEASONS, required=False)
    apart = TickField(label=_("Also while apart"))
    children = TickField(label=_("With children"))
    accessible = TickField(label=_("Sitting, or without steps"))

    @property
    def sieve(self) -> Sieve:
        """What was chosen; what is none of the answers counts as not chosen."""
        self.is_valid()
        return Sieve(**self.cleaned_data)

    @property
    def is_set(self) -> bool:
        """Whether something else than the usual was chosen."""
        return self.sieve != Sieve()

    @classmethod
    def asked(cls, query: Any) -> SieveForm:  # Any: a QueryDict
        """Return the form as an address says it, with the usual where it says nothing."""
        said = {name: query.get(name, "") for name in cls.base_fields}
        usual = {"cost": str(LITTLE), "energy": str(MOST)}
        return cls({name: value or usual.get(name, "") for name, value in said.items()})
