"""How a picture is picked, and a mark is made."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.closeness.picture.own import WORDS_MOST
from nearer.statistics.overlap import ALMOST_ONE, APART
from nearer.web.fields import WordsField

NAMES = (
    _("Picture 1 of 7: two circles side by side"),
    _("Picture 2 of 7: they overlap a little"),
    _("Picture 3 of 7: they overlap somewhat"),
    _("Picture 4 of 7: they share as much as half"),
    _("Picture 5 of 7: they overlap a good deal"),
    _("Picture 6 of 7: they overlap very much"),
    _("Picture 7 of 7: almost one"),
)


class PictureForm(forms.Form):
    """Which of the seven."""

    picture = forms.TypedChoiceField(
        label=_("Which picture fits the two of you this week?"),
        choices=list(zip(range(APART, ALMOST_ONE + 1), NAMES, strict=True)),
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the seven."),
            "invalid_choice": _("Choose one of the seven."),
        },
    )


class MarkForm(forms.Form):
    """Something that happened, and when."""

    day = forms.DateField(
        label=_("When was it?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Choose a day."), "invalid": _("Choose a day.")},
    )
    words = WordsField(label=_("What was it?"), limit=WORDS_MOST, lines=1)
