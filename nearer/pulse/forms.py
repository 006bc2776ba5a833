"""How the readings are given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nearer.pulse.readings import LEAST, MOST
from nearer.web.names import Name


class LevelField(forms.TypedChoiceField):
    """A number from 0 to 10, or nothing."""

    def __init__(self, label: Any) -> None:  # Any: lazily translated
        super().__init__(
            label=label,
            required=False,
            choices=[(n, str(n)) for n in range(LEAST, MOST + 1)],
            coerce=int,
            empty_value=None,
            widget=forms.RadioSelect,
            error_messages={"invalid_choice": _("Choose a number from 0 to 10, or none.")},
        )


class PulseForm(forms.Form):
    """What somebody felt in this time together.

    Args:
        name: what the other is called.
        more: whether to ask also for what is particular to a time together.
    """

    understood = LevelField(_("understood"))
    accepted = LevelField(_("accepted as I am"))
    cared = LevelField(_("cared for"))
    close = LevelField(_("close"))
    present = LevelField(_("present"))
    sitting = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, name: str, more: bool = True, **kwargs: Any
    ) -> None:  # Any: as Django has it
        super().__init__(*args, **kwargs)
        if not more:
            del self.fields["present"]
        self.fields["close"].label = format_html(gettext("close to {name}"), name=Name(name))
