"""Inviting and joining."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.bonds.cards import Kin

KIN_NAMES = {
    Kin.PARTNER: _("partner"),
    Kin.FRIEND: _("friend"),
    Kin.FAMILY: _("family"),
    Kin.OTHER: _("someone else"),
}
CHOOSE = _("Choose one. It changes examples, nothing else.")


class InviteForm(forms.Form):
    """What the other person is to me."""

    kin = forms.ChoiceField(
        label=_("They are my"),
        choices=[(kin.value, name) for kin, name in KIN_NAMES.items()],
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )


EIGHT = _("Eight letters and numbers, from the person who invites you.")


class OpenForm(forms.Form):
    """The link's secret, or the short code."""

    secret = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=40,
        help_text=EIGHT,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages={"max_length": EIGHT, "null_characters_not_allowed": EIGHT},
    )
