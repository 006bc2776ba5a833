"""How a line, a photo and a voice note are put into the book, and how it is searched."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.files.fields import PhotoField, VoiceField
from nearer.keepsakes.items import ALT_MOST, LINE_MOST, WORDS_MOST
from nearer.records.keeping import ref_in
from nearer.web.fields import WordsField


class LeafForm(forms.Form):
    """Something for a page; `leaf` says which, where it shares one."""

    leaf = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_leaf(self) -> str:
        """Return the page's id, or nothing where it is none."""
        return str(ref_in(self.cleaned_data["leaf"]) or "")


class LineForm(LeafForm):
    """A line."""

    words = WordsField(
        label=_("A line to keep"),
        help_text=_("A moment, a sentence, what was good."),
        limit=LINE_MOST, lines=4,
    )  # fmt: skip


class FindForm(forms.Form):
    """Words to look for."""

    words = WordsField(label=_("Find a page"), limit=ALT_MOST, lines=1)


class PhotoForm(LeafForm):
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


class VoiceForm(LeafForm):
    """A voice note, and what to say about it."""

    file = VoiceField(
        label=_("Recording"),
        help_text=_(
            "At most five minutes and 10 MB. What a recorder noted in it is removed before it is kept."
        ),
    )
    words = WordsField(label=_("A few words"), limit=WORDS_MOST, lines=1, required=False)
