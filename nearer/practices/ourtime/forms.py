"""How each of Our Time's own moves is given by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nearer.parts.forms import choice, forms_of
from nearer.plans.forms import PartField
from nearer.practices.ourtime import moves
from nearer.practices.ourtime.dates.fields import MINUTES, MomentField, NumberField
from nearer.practices.ourtime.moves import CARDS, DAYS, HALVES, PARTS, SLOTS, Level, Span, Way
from nearer.practices.ourtime.protocol import DIALOGUE
from nearer.protocol import Move
from nearer.protocol.moves import limit_of
from nearer.sittings.forms import DealtForm, TapForm
from nearer.web.fields import WordsField, YesNoField
from nearer.web.rows import RowField

ONE_OF_THESE = _("Choose one of these.")
LEVELS = [
    (Level.NO, _("No")),
    (Level.OK, _("It is fine")),
    (Level.LIKE, _("I like it")),
    (Level.LOVE, _("I love it")),
]
PARTS_OF_DAY = (_("morning"), _("afternoon"), _("evening"))
WAYS = [
    (Way.FIND.value, _("Find something to do")),
    (Way.HERE.value, _("Be here, now")),
    (Way.FILM.value, _("Talk about a film")),
]
SPANS = [
    (Span.SHORT.value, _("20 minutes")),
    (Span.HALF.value, _("40 minutes")),
    (Span.HOUR.value, _("an hour")),
    (Span.LONG.value, _("an hour and a half")),
    (Span.TWO.value, _("two hours")),
]


class BeginForm(forms.Form):
    """What we sit down for."""

    way = choice(_("What is it for today?"), WAYS, Way, missing=ONE_OF_THESE)


class WishForm(forms.Form):
    """How much I would like each; one that is left out is a no."""

    levels = RowField(
        count=CARDS, least=Level.NO, most=Level.LOVE, unsaid=Level.NO, label=_("How much you would like each")
    )

    def cards(self, ideas: Sequence[tuple[int, str]]) -> Iterator[dict[str, Any]]:  # Any: plain values
        """Yield each idea with what has been tapped for it, for a page to draw."""
        given = self["levels"].value() or [""] * CARDS
        for n, words in ideas:
            yield {
                "name": f"levels-{n}",
                "number": n + 1,
                "words": words,
                "level": str(given[n]),
                "steps": LEVELS,
            }


class FreeForm(forms.Form):
    """What of the week I have free; what is left out is not."""

    halves = RowField(count=HALVES, least=0, most=1, unsaid=0, label=_("What you have free"))

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Add by which clock that is: the one that times are told by to whoever sends it."""
        given = super().clean() or self.cleaned_data
        return {**given, "clock": moves.clock_of(timezone.localtime(timezone.now()))}

    def days(self, first: date) -> Iterator[dict[str, Any]]:  # Any: plain values
        """Yield each day with its three parts, for a page to draw."""
        given = self["halves"].value() or [""] * HALVES
        for day in range(DAYS):
            parts = [
                {"name": f"halves-{n}", "label": label, "on": str(given[n]) == "1"}
                for n, label in zip(range(day * PARTS, (day + 1) * PARTS), PARTS_OF_DAY, strict=True)
            ]
            yield {"day": first + timedelta(days=day), "parts": parts}


class TakeForm(forms.Form):
    """This one."""

    card = forms.TypedChoiceField(
        label=_("Which one"), choices=[(n, str(n)) for n in range(CARDS)], coerce=int,
        error_messages={"required": ONE_OF_THESE, "invalid_choice": ONE_OF_THESE},
    )  # fmt: skip


class PickForm(forms.Form):
    """This time."""

    slot = forms.TypedChoiceField(
        label=_("Which time"), choices=[(n, str(n)) for n in range(SLOTS)], coerce=int,
        error_messages={"required": ONE_OF_THESE, "invalid_choice": ONE_OF_THESE},
    )  # fmt: skip


class DateForm(forms.Form):
    """When …, then we …: a time, or a moment that comes anyway."""

    quarter = MomentField(label=_("When it is"), required=False)
    cue = PartField(label=_("Or: when …"), opens=[_("when")], required=False)
    act = PartField(
        label=_("… then we …"),
        opens=[_("then"), _("we")],
        error_messages={"required": _("Write one thing the two of you do then.")},
    )

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for a time or a moment."""
        given = super().clean() or self.cleaned_data
        if not (given.get("quarter") or given.get("cue") or self.errors):
            self.add_error("quarter", _("Choose a day and a time, or write a moment that comes anyway."))
        return given


class OursForm(forms.Form):
    """Which one it is, nobody sends: see `settles`."""

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Leave it open until it is played."""
        return {"question": ""}


class LongForm(forms.Form):
    """For how long."""

    span = choice(_("How long would you like to be here?"), SPANS, Span, missing=ONE_OF_THESE)


class GlowForm(forms.Form):
    """How it was."""

    words = WordsField(
        label=_("Its best moment"), limit=limit_of(moves.Glow, "words"),
        lines=2, required=False,
    )  # fmt: skip
    minutes = NumberField(
        label=_("About how long"), choices=MINUTES, unsaid=0, error_messages={"invalid_choice": ONE_OF_THESE},
    )  # fmt: skip
    again = YesNoField(label=_("Again, some day?"))


FORMS: dict[type[Move], type[forms.Form]] = {
    **forms_of(DIALOGUE.moves),
    moves.Begin: BeginForm,
    moves.Wish: WishForm,
    moves.Take: TakeForm,
    moves.Other: TapForm,
    moves.Free: FreeForm,
    moves.Pick: PickForm,
    moves.Date: DateForm,
    moves.Long: LongForm,
    moves.Here: TapForm,
    moves.Turn: DealtForm,
    moves.Ours: OursForm,
    moves.Stop: TapForm,
    moves.NextOne: TapForm,
    moves.Glow: GlowForm,
}
