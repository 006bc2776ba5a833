"""How somebody says when they are free: a calendar, half-days they tap, and how their days are."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from nearer.calendars.fetching import MOST_BYTES, NotFetched, Why, cleaned
from nearer.calendars.free import FIRST_DAY, HOUR, Half, Hours, Part, half_of
from nearer.files import rewritten
from nearer.web.fields import WRITTEN

DAYS = 14
PARTS = ((Part.MORNING, _("Morning")), (Part.AFTERNOON, _("Afternoon")), (Part.EVENING, _("Evening")))
ENERGY = ((1, _("little")), (2, _("some")), (3, _("plenty")))
ZIP = b"PK\x03\x04"
LARGE = _("That calendar is larger than 10 MB. One exported for a shorter time fits.")
UNREADABLE = _("That could not be read as a calendar. A file that ends in .ics works.")
# Each in one kind sentence: nothing is lost, and something can be done.
UNREAD: dict[rewritten.Why, Any] = {
    rewritten.Why.UNREADABLE: UNREADABLE,
    rewritten.Why.TOO_LONG: _(
        "There is more in that calendar than can be read in one go. One exported for a shorter time works."
    ),
}
UNFETCHED: dict[Why, Any] = {
    Why.ADDRESS: _("That is not an address a calendar can be at. It begins with https:// or webcal://."),
    Why.SHUT: _(
        "That address leads to where this copy does not go: into a private network, or to a port of something else."
    ),
    Why.SILENT: _("Nothing answered at that address. Look at it once more, or try again later."),
    Why.REFUSED: _(
        "That address does not give the calendar away. Its private or secret address, from its settings, works."
    ),
    Why.LARGE: LARGE,
}
FULL = _("Eight calendars are here, and that is plenty. Let one of them go, and there is room again.")


class FileForm(forms.Form):
    """A calendar file."""

    file = forms.FileField(
        label=_("Calendar file"),
        help_text=_("Most calendars call it export, or download. Its name ends in .ics."),
        widget=forms.FileInput(
            attrs={"accept": ".ics,.ical,text/calendar", "data-most": MOST_BYTES, "data-large": LARGE}
        ),
        max_length=None,
        error_messages={
            "required": _("Choose a calendar file first."),
            "invalid": _("Choose a calendar file first."),
            "empty": _("That file is empty. Choose another one."),
        },
    )

    def clean_file(self) -> bytes:
        """Return what is in it."""
        sent: UploadedFile[bytes] = self.cleaned_data["file"]
        if (sent.size or 0) > MOST_BYTES:
            raise ValidationError(LARGE)
        content: bytes = sent.read()
        if content.startswith(ZIP):
            raise ValidationError(_("That file is packed. Open it first, and choose the .ics file inside."))
        return content


class AddressForm(forms.Form):
    """The address of a calendar."""

    address = forms.CharField(
        label=_("Address of the calendar"),
        help_text=_(
            "In the calendar’s settings it is called the private or secret address, or link, in iCal format."
        ),
        widget=forms.TextInput(
            attrs={**WRITTEN, "inputmode": "url", "spellcheck": "false", "autocapitalize": "off"}
        ),
        error_messages={"required": _("Put in the address of a calendar.")},
    )

    def clean_address(self) -> str:
        """Return it as it is asked for."""
        try:
            return cleaned(self.cleaned_data["address"])
        except NotFetched as refused:
            raise ValidationError(UNFETCHED[refused.why]) from None


def _clock(label: Any) -> forms.TimeField:  # Any: lazily translated
    widget = forms.TimeInput(attrs={"type": "time", "autocomplete": "off"}, format="%H:%M")
    return forms.TimeField(label=label, widget=widget)


def _energy(label: Any) -> forms.TypedChoiceField:  # Any: lazily translated
    return forms.TypedChoiceField(label=label, choices=ENERGY, coerce=int, widget=forms.RadioSelect)


class DaysForm(forms.Form):
    """From when until when there may be something, and how much energy there is."""

    wakes = _clock(_("Nothing before"))
    sleeps = _clock(_("Nothing after"))
    morning = _energy(_("Mornings"))
    afternoon = _energy(_("Afternoons"))
    evening = _energy(_("Evenings"))

    @staticmethod
    def said(hours: Hours) -> dict[str, Any]:
        """Return what the form shows of somebody's days."""
        wakes, sleeps = (time(minute // HOUR, minute % HOUR) for minute in (hours.wakes, hours.sleeps))
        return {"wakes": wakes, "sleeps": sleeps} | dict(
            zip(("morning", "afternoon", "evening"), hours.energy, strict=True)
        )

    @property
    def hours(self) -> Hours:
        """What was said."""
        said = self.cleaned_data
        wakes, sleeps = (said[name].hour * HOUR + said[name].minute for name in ("wakes", "sleeps"))
        return Hours(wakes=wakes, sleeps=sleeps, energy=(said["morning"], said["afternoon"], said["evening"]))


class HalvesForm(forms.Form):
    """The parts of the next two weeks' days that would suit somebody.

    Args:
        today: the day it is where they live.
        tapped: what they tapped before.
    """

    halves = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, data: Any = None, *, today: date, tapped: frozenset[Half] = frozenset()) -> None:
        super().__init__(data, initial={"halves": [f"{day}.{part}" for day, part in tapped]})
        self.days = [today + timedelta(days=ahead) for ahead in range(DAYS)]
        field = self.fields["halves"]
        assert isinstance(field, forms.MultipleChoiceField)  # noqa: S101
        field.choices = [(_value(day, part), name) for day in self.days for part, name in PARTS]

    def rows(self) -> list[tuple[str, list[Any]]]:
        """Return each day with its three boxes."""
        boxes = list(self["halves"])
        names = [date_format(day, "l, j F") for day in self.days]
        return [(name, boxes[3 * row : 3 * row + 3]) for row, name in enumerate(names)]

    @property
    def tapped(self) -> list[tuple[date, Part]]:
        """What was tapped."""
        pairs = (value.split(".") for value in self.cleaned_data["halves"])
        return [(FIRST_DAY + timedelta(days=int(day)), Part(int(part))) for day, part in pairs]


def _value(day: date, part: Part) -> str:
    days, which = half_of(day, part)
    return f"{days}.{which}"
