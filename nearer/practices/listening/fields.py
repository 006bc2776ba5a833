"""Form fields for things people say: forgiving about how, exact about what is stored."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.web.fields import WordsField

__all__ = ["Checkbox", "TickField", "WordsField", "YesNoField", "read_yes_no"]

YES = {"yes", "true", "on", "1"}
NO = {"no", "false", "off", "0"}


def read_yes_no(value: object) -> bool | None:
    """Return what a posted yes or no means, or None when it is neither."""
    word = str("" if value is None else value).strip().lower()
    return True if word in YES else False if word in NO else None


class YesNoField(forms.Field):
    """A question with two answers. One of them has to be given."""

    widget = forms.RadioSelect(choices=[("yes", _("Yes")), ("no", _("No"))])
    default_error_messages = {"required": _("Choose yes or no.")}

    def to_python(self, value: object) -> bool | None:
        """Return the answer, None when there is none."""
        return read_yes_no(value)


class Checkbox(forms.CheckboxInput):
    """A tick that also understands a button with a yes or no in it."""

    def __init__(self) -> None:
        super().__init__(check_test=lambda value: read_yes_no(value) is True)

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> bool:
        """Return whether it says yes."""
        return read_yes_no(data.get(name)) is True


class TickField(forms.BooleanField):
    """Something that is so, or is not. Unsaid means it is not."""

    widget = Checkbox

    def __init__(self, **kwargs: Any) -> None:  # Any: as Django has it
        super().__init__(required=False, **kwargs)
