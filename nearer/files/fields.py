"""Form fields that take a file and hand on what the workshop made of it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from nearer.files.rewritten import NotRewritten, Rewritten, Why
from nearer.files.workshop import Trade, rewrite

MEGABYTE = 1024 * 1024
PHOTO_MOST, VOICE_MOST = 15 * MEGABYTE, 10 * MEGABYTE


class RewrittenField(forms.FileField):
    """A file of one trade. What it becomes has nothing of the old one but its picture or its sound."""

    trade: ClassVar[Trade]
    most: ClassVar[int]
    accept: ClassVar[str]
    messages: ClassVar[dict[str, Any]]  # Any: lazy text

    def __init__(self, **kwargs: Any) -> None:  # Any: as Django has it
        # A script says it before anything is sent; where none runs, the answer does.
        early = {"accept": self.accept, "data-most": self.most, "data-large": self.messages["large"]}
        kwargs.setdefault("widget", forms.FileInput(attrs=early))
        super().__init__(error_messages=self.messages, **kwargs)

    def clean(self, data: UploadedFile[bytes] | None, initial: object = None) -> Rewritten | None:
        """Return the file rewritten, or None where none is needed and none was sent.

        Raises:
            ValidationError: one is needed, it is too large, or it cannot be read; each in one kind sentence.
        """
        sent = super().clean(data, initial)
        if sent is None:
            return None
        if sent.size > self.most:
            raise ValidationError(self.error_messages["large"], code="large")
        try:
            return rewrite(sent.read(), self.trade)
        except NotRewritten as refused:
            raise ValidationError(self.error_messages[refused.why], code=refused.why) from None


class PhotoField(RewrittenField):
    """A photo."""

    trade = Trade.PHOTO
    most = PHOTO_MOST
    # Without HEIC in this list, a phone that takes such photos sends them as JPEG.
    accept = "image/jpeg,image/png,image/webp,image/avif,image/gif"
    messages = {
        "required": _("Choose a photo first."),
        "invalid": _("Choose a photo first."),
        "empty": _("That file is empty. Choose another photo."),
        "large": _("That photo is larger than 15 MB. A smaller copy of it fits."),
        Why.UNREADABLE: _("That file could not be read as a photo. A JPEG, PNG or WebP works."),
        Why.TOO_MANY_PIXELS: _("That picture has more than 51 million pixels. A smaller copy of it fits."),
    }


class VoiceField(RewrittenField):
    """A voice note."""

    trade = Trade.VOICE
    most = VOICE_MOST
    accept = "audio/*"
    messages = {
        "required": _("Record something, or choose a recording, first."),
        "invalid": _("Record something, or choose a recording, first."),
        "empty": _("That file is empty. Choose another recording."),
        "large": _("That recording is larger than 10 MB. A shorter one fits."),
        Why.UNREADABLE: _(
            "That file could not be heard as a voice note. An MP3, M4A, WAV, Ogg or WebM works."
        ),
        Why.TOO_LONG: _("That is longer than five minutes. A shorter one fits."),
    }
