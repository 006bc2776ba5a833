"""How each move is given by hand."""

from __future__ import annotations

from django import forms

from nearer.protocol import Move

from . import protocol


class TellForm(forms.Form):
    """One good thing."""

    words = forms.CharField(label="One good thing about today", max_length=80)


class CloseForm(forms.Form):
    """Nothing to fill in."""


FORMS: dict[type[Move], type[forms.Form]] = {protocol.Tell: TellForm, protocol.Close: CloseForm}
