"""How an apology is written: what I did comes first, and the rest helps it to be whole."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.practices.closer.told.names import HEADINGS
from nearer.practices.closer.told.rules import PART_MOST
from nearer.web.fields import WordsField


class RepairForm(forms.Form):
    """What I did, how it landed, my part, and what I will do next time."""

    did = WordsField(
        label=HEADINGS["did"], limit=PART_MOST, lines=2,
        error_messages={"required": _("Write what you did, in a few words.")},
    )  # fmt: skip
    landed = WordsField(label=HEADINGS["landed"], limit=PART_MOST, lines=2, required=False)
    part = WordsField(label=HEADINGS["part"], limit=PART_MOST, lines=2, required=False)
    next = WordsField(label=HEADINGS["next"], limit=PART_MOST, lines=2, required=False)
