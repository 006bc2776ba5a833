"""How the three answers are given."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from nearer.pulse.forms import LevelField
from nearer.web.names import Name

SENTENCES = {
    "expect": _("I know what to expect from {name}"),
    "count": _("I can count on {name} when it matters"),
    "side": _("{name} is on my side"),
}


class FeltForm(forms.Form):
    """Three sentences about the other, and how far each of them fits just now.

    Args:
        name: what the other is called.
    """

    expect = LevelField("")
    count = LevelField("")
    side = LevelField("")

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:  # Any: as Django has it
        super().__init__(*args, **kwargs)
        for item, label in labels(name).items():
            self.fields[item].label = label


def labels(name: str) -> dict[str, str]:
    """Return the three sentences as a page shows them, about somebody of this name."""
    return {item: format_html(str(text), name=Name(name)) for item, text in SENTENCES.items()}
