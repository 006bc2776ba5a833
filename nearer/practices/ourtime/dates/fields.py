"""How a time is written: a day and an hour where its writer lives."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nearer.practices.ourtime.moves import moment_of, quarter_of

AHEAD = timedelta(days=92)
WRITTEN = "%Y-%m-%dT%H:%M"
MINUTES = [
    ("0", "…"),
    ("20", _("20 minutes")),
    ("45", _("three quarters of an hour")),
    ("60", _("an hour")),
    ("90", _("an hour and a half")),
    ("120", _("two hours")),
    ("180", _("three hours")),
    ("240", _("half a day")),
    ("480", _("a whole day")),
]


class NumberField(forms.TypedChoiceField):
    """A number out of a few answers, which may be left out.

    Args:
        unsaid: what that counts as.
    """

    def __init__(self, *, unsaid: int, **kwargs: Any) -> None:  # Any: as Django has it
        super().__init__(**{"coerce": int, "required": False, "empty_value": None, **kwargs})
        self.unsaid = unsaid

    def clean(self, value: Any) -> int:
        """Return the number."""
        given = super().clean(value)
        return self.unsaid if given is None else int(given)


class MomentField(forms.Field):
    """A moment to come, within three months; a quarter of an hour since 1970, and 0 for none."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "autocomplete": "off", "step": "900"})

    def to_python(self, value: Any) -> int:
        """Return the quarter in which the moment lies.

        Raises:
            ValidationError: it is no moment, or none to come.
        """
        if not value:
            return 0
        try:
            local = datetime.strptime(str(value)[:16], WRITTEN)  # noqa: DTZ007 - where its writer lives, see below
            moment = timezone.make_aware(local)
        except (ValueError, OverflowError):
            raise ValidationError(_("Write a day and a time."), code="invalid") from None
        now = timezone.now()
        if not now < moment < now + AHEAD:
            raise ValidationError(_("Choose a time to come, within three months."), code="ahead")
        return quarter_of(moment)

    def prepare_value(self, value: Any) -> Any:  # Any: what was sent, or what a move says
        """Return the moment as the page writes it."""
        if not isinstance(value, int):
            return value
        moment = moment_of(value)
        return timezone.localtime(moment).strftime(WRITTEN) if moment else ""
