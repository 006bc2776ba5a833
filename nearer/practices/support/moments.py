"""A time to come, as a clock shows it and a form takes it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import ceil
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nearer import clock

MINUTE = timedelta(minutes=1)
MISSING = _("Choose a time today.")


class MomentField(forms.TimeField):
    """A time later today, where whoever chooses it lives; its value is that moment in UTC."""

    missing = MISSING

    def __init__(self, **kwargs: Any) -> None:  # Any: as Django has it
        show = forms.TimeInput(attrs={"type": "time", "autocomplete": "off"}, format="%H:%M")
        errors = {"required": self.missing, "invalid": self.missing}
        super().__init__(label=_("At"), widget=show, error_messages=errors, **kwargs)

    def clean(
        self, value: Any
    ) -> Any:  # Any: as it was sent; the moment, or None where none was chosen and none is needed
        """Return the moment."""
        given = super().clean(value)
        if given is None:
            return None
        now = timezone.localtime(clock.now())
        moment = datetime.combine(now.date(), given, tzinfo=now.tzinfo)
        return (moment if moment > now else self.passed(moment)).astimezone(UTC)

    def passed(self, moment: datetime) -> datetime:
        """Refuse a time that is over today."""
        raise ValidationError(_("That time is over. Choose a later one today."))


class MinutesField(MomentField):
    """The next time a clock shows this, today or tomorrow; its value is in how many minutes that is."""

    missing = _("Choose a time.")

    def passed(self, moment: datetime) -> datetime:
        """Return that time tomorrow."""
        return moment + timedelta(days=1)

    def clean(self, value: Any) -> int:  # Any: as it was sent
        """Return the minutes."""
        away: timedelta = super().clean(value) - clock.now()
        return ceil(away / MINUTE)

    def prepare_value(self, value: Any) -> Any:  # Any: what was sent, or the minutes of a move
        """Return the time as it is written in the page."""
        is_counted = isinstance(value, int)
        return (timezone.localtime(clock.now()) + value * MINUTE).time() if is_counted else value
