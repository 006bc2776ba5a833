"""How an appreciation is written."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.closeness.thanks.rules import WORDS_MOST
from nearer.web.fields import WordsField


class ThanksForm(forms.Form):
    """One line."""

    words = WordsField(
        label=_("What was good, this week?"), limit=WORDS_MOST, lines=2,
        error_messages={"required": _("Write one line, or leave it for this week.")},
    )  # fmt: skip
