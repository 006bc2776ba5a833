"""Form fields for what people write and say: forgiving about how, exact about what is stored."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from nearer.web.names import is_seen

YES = {"yes", "true", "on", "1"}
NO = {"no", "false", "off", "0"}
# The browser's own memory of forms lies open in its profile: words are kept by `drafts.js` alone.
WRITTEN = {"dir": "auto", "autocomplete": "off"}
BLANK_LINES = re.compile(r"\A(?:[^\S\n]*\n)+")


class WordsField(forms.CharField):
    """Some words. Counted in characters as people type them, with each line break as one.

    There is no `maxlength` on the page: browsers cut pasted text there without a word, and count an
    emoji more than once. Too long is said in a sentence instead, and what was typed stays.
    """

    default_error_messages = {
        "required": _("Write a few words."),
        "control": _("There is a hidden character in there. Delete it, or type the words again."),
    }

    def __init__(
        self, *, limit: int, in_letters: int | None = None, lines: int = 4, **kwargs: Any
    ) -> None:  # Any: as Django has it
        self.limit, self.in_letters, self.is_long = limit, in_letters or limit, lines > 1
        widget = (
            forms.Textarea(attrs={**WRITTEN, "rows": lines}) if lines > 1 else forms.TextInput(attrs=WRITTEN)
        )
        kwargs.setdefault("widget", widget)
        super().__init__(**kwargs)

    def to_python(self, value: object) -> str:
        """Return the words as they were typed, with plain line breaks; nothing when nothing in them can be seen.

        What is blank around them goes; how their first line begins stays. A field of one line has no line breaks.
        """
        text = "" if value is None else str(value)
        words = BLANK_LINES.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).rstrip()
        if not is_seen(words):
            return ""
        return words if self.is_long else words.lstrip().replace("\n", " ")

    def validate(self, value: str) -> None:
        """Refuse control characters other than line breaks and tabs, and more characters than the limit."""
        super().validate(value)
        if any(unicodedata.category(c) in {"Cc", "Cs"} and c not in "\n\t" for c in value):
            raise ValidationError(self.error_messages["control"], code="control")
        over = len(value) - self.limit
        if over > 0:
            text = ngettext(
                "This is %(over)s character too long. There is room for %(limit)s.",
                "This is %(over)s characters too long. There is room for %(limit)s.",
                over,
            )
            raise ValidationError(text, code="long", params={"over": over, "limit": self.limit})


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
