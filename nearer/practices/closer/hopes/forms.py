"""How something is put into the drawer, and how it is brought into a sitting."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.plans.parking import TEXT_MOST
from nearer.practices.closer.hopes.drawer import WORDS_MOST, Feeling
from nearer.protocol import Mode
from nearer.web.fields import WordsField

FEELINGS = [
    (Feeling.HOPE.value, _("A hope")),
    (Feeling.WORRY.value, _("A worry")),
    (Feeling.INSECURITY.value, _("Something I feel unsure about in myself")),
]


class HopeForm(forms.Form):
    """Something one might say one day."""

    feeling = forms.ChoiceField(label=_("What is it?"), choices=FEELINGS, initial=Feeling.HOPE.value)
    words = WordsField(
        label=_("In your words"), limit=WORDS_MOST, lines=3,
        error_messages={"required": _("Write a few words. Only you read them.")},
    )  # fmt: skip


MODES = [
    (Mode.LIVE.value, _("Together, each with a device")),
    (Mode.ASYNC.value, _("In letters, in our own time")),
]


class BringForm(forms.Form):
    """How it would be put as the topic of a sitting, and how the two would sit."""

    topic = WordsField(
        label=_("What you would like to talk about"), limit=TEXT_MOST, lines=2,
        error_messages={"required": _("Write a few words, so that you both know what it is about.")},
    )  # fmt: skip
    mode = forms.TypedChoiceField(
        label=_("How?"), choices=MODES, coerce=Mode, required=False, empty_value=Mode.LIVE, initial=Mode.LIVE.value,
        widget=forms.RadioSelect,
    )  # fmt: skip
