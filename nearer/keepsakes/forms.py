"""How a photo and a voice note are put onto the shelf."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.files.fields import PhotoField, VoiceField
from nearer.keepsakes.items import ALT_MOST, WORDS_MOST
from nearer.web.fields import WordsField


class PhotoForm(forms.Form):
    """A photo, and what to say about it."""

    file = PhotoField(
        label=_("Photo"),
        help_text=_(
            "At most 15 MB. Where and when it was taken, and with what, is removed before it is kept."
        ),
    )
    alt = WordsField(
        label=_("What is on it"),
        help_text=_("Read aloud to whoever cannot see it."),
        limit=ALT_MOST, lines=2, required=False,
    )  # fmt: skip
    words = WordsField(label=_("A few words"), limit=WORDS_MOST, lines=1, required=False)


class VoiceForm(forms.Form):
    """A voice note, and what to say about it."""

    file = VoiceField(
        label=_("Recording"),
        help_text=_(
            "At most five minutes and 10 MB. What a recorder noted in it is removed before it is kept."
        ),
    )
    words = WordsField(label=_("A few words"), limit=WORDS_MOST, lines=1, required=False)
