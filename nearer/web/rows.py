"""Form fields for a row of values of one kind: sixteen cards, each with a level, a tick or a few words.

A row named `met` is sent as `met-0`, `met-1` and so on; what is not sent counts as left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nearer.web.fields import WordsField


class RowInput(forms.Widget):
    """Reads a row; the page that shows it draws its own inputs."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self.count = count

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> list[str]:
        """Return what was sent, in order, with "" for what was not."""
        return [str(data.get(f"{name}-{n}") or "") for n in range(self.count)]


class RowField(forms.Field):
    """A row of whole numbers. What is left out is `unsaid`."""

    default_error_messages = {"level": _("Choose one of the answers in each row.")}

    def __init__(self, *, count: int, least: int, most: int, unsaid: int, **kwargs: Any) -> None:
        super().__init__(widget=RowInput(count), required=False, **kwargs)
        self.least, self.most, self.unsaid = least, most, unsaid

    def to_python(self, value: Any) -> tuple[int, ...]:
        """Return the numbers. Raises ValidationError on one that is none of the answers."""
        return tuple(self._level(each) for each in value)

    def _level(self, text: str) -> int:
        if not text:
            return self.unsaid
        allowed = {str(level): level for level in (*range(self.least, self.most + 1), self.unsaid)}
        if text not in allowed:
            raise ValidationError(self.error_messages["level"], code="level")
        return int(allowed[text])


class WordsRowField(forms.Field):
    """A row of short texts. An empty one is nothing."""

    def __init__(self, *, count: int, limit: int, **kwargs: Any) -> None:
        super().__init__(widget=RowInput(count), required=False, **kwargs)
        self.one = WordsField(limit=limit, lines=1, required=False)

    def to_python(self, value: Any) -> tuple[str, ...]:
        """Return the texts. Raises ValidationError on one that is too long."""
        return tuple(self.one.clean(each) for each in value)
