"""A day to come, as a form takes it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

WRITTEN = "%Y-%m-%d"


class DayInput(forms.DateInput):
    """A calendar that offers the days one can choose."""

    input_type = "date"

    def __init__(self, days: int) -> None:
        super().__init__(format=WRITTEN, attrs={"autocomplete": "off"})
        self.days = days

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return what stands in the element, with the first and the last day."""
        today = timezone.localdate()
        return {
            **super().build_attrs(base_attrs, extra_attrs),
            "min": today.isoformat(),
            "max": (today + timedelta(days=self.days)).isoformat(),
        }


class DayField(forms.DateField):
    """A day that is not over, and not too far ahead.

    Args:
        days: how many days ahead it may be.
        far: what is said of one that is further.
    """

    default_error_messages = {"required": _("Choose a day."), "invalid": _("Choose a day.")}

    def __init__(
        self, *, days: int, far: Any, **kwargs: Any
    ) -> None:  # Any: lazily translated; as Django has it
        super().__init__(widget=DayInput(days), input_formats=[WRITTEN], **kwargs)
        self.days, self.far = days, far

    def validate(self, value: date | None) -> None:
        """Refuse a day that is over, or too far ahead."""
        super().validate(value)
        today = timezone.localdate()
        if value and value < today:
            raise ValidationError(_("That day is over. Choose today, or a day to come."))
        if value and value > today + timedelta(days=self.days):
            raise ValidationError(self.far)
