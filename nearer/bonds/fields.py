"""The field of an answer."""

from __future__ import annotations

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nearer.bonds.first import LONGEST


class AnswerField(forms.CharField):
    """An answer to the first question; it can always stay empty.

    The page carries no `maxlength`: browsers cut pasted text there without a word.
    """

    def __init__(self, **kwargs: Any) -> None:  # Any: as Django has it
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3, "dir": "auto"}))
        super().__init__(required=False, **kwargs)

    def to_python(self, value: object) -> str:
        """Return the words with plain line breaks, or nothing when nothing in them can be seen."""
        text = "" if value is None else str(value)
        words = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
        return words if any(unicodedata.category(c)[0] not in "ZC" for c in words) else ""

    def validate(self, value: str) -> None:
        """Refuse hidden characters and more than the longest answer.

        Raises:
            ValidationError: it has one of the two.
        """
        if any(unicodedata.category(c) in {"Cc", "Cs"} and c != "\n" for c in value):
            raise ValidationError(
                _("There is a hidden character in there. Delete it, or type the words again.")
            )
        over = len(value) - LONGEST
        if over > 0:
            text = ngettext(
                "This is %(over)s character too long. There is room for %(limit)s.",
                "This is %(over)s characters too long. There is room for %(limit)s.",
                over,
            )
            raise ValidationError(text, params={"over": over, "limit": LONGEST})
