"""The forms of the first run."""

from __future__ import annotations

import os
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nearer.accounts import nobody_yet
from nearer.accounts.forms import SignUpForm, check_plain, first_field
from nearer.bonds.forms import InviteForm
from nearer.config import Config, ConfigError
from nearer.saved import NAMES
from nearer.vault.age import secret_in
from nearer.vault.errors import VaultError

LONGEST = 200
KEY_MOST = 64 * 1024


RECORDS_MOST = 15 * 1024 * 1024


def _file(label: Any, help_text: Any = "", **early: Any) -> forms.FileField:
    wanted = {name: _("Choose this file, too.") for name in ("required", "invalid", "missing", "empty")}
    return forms.FileField(
        label=label, help_text=help_text, error_messages=wanted, widget=forms.FileInput(attrs=early)
    )


class CodeForm(forms.Form):
    """The code from the log."""

    code = first_field(
        forms.CharField(
            label=_("The code from the log"),
            max_length=80,
            widget=forms.TextInput(
                attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
            ),
            error_messages={"required": _("Type the code that stands in the log.")},
        )
    )

    def clean_code(self) -> str:
        """Return the code if it is the one."""
        if not nobody_yet.is_it(self.cleaned_data["code"]):
            raise ValidationError(_("That is not the code. The newest one stands at the end of the log."))
        return str(self.cleaned_data["code"])


class PlaceForm(forms.Form):
    """Where people reach this copy, who runs it, and by which mail server it may call them."""

    url = forms.CharField(
        label=_("Its address"),
        help_text=_(
            "As people will type it: https://nearer.example.org. On this machine alone, leave it as it is."
        ),
        max_length=LONGEST,
        widget=forms.URLInput(attrs={"autocomplete": "off", "inputmode": "url"}),
        error_messages={"required": _("Write the address at which people reach this copy.")},
    )
    operator = forms.CharField(
        label=_("Who runs it"),
        help_text=_("Your name, as people read it before they sign up."),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write the name by which people here know you.")},
    )
    mail_url = forms.CharField(
        label=_("A mail server"),
        help_text=_(
            "For notices, which never say what they are about: smtp+tls://user:password@mail.example.org:587"
        ),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    mail_from = forms.CharField(
        label=_("The address they come from"), max_length=LONGEST, required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def for_a_return(self) -> None:
        """Ask for nothing that comes along with a backup."""
        self.fields["operator"].required = False
        self.fields["operator"].help_text = _("Leave it empty: it comes along with the backup.")

    def clean_operator(self) -> str:
        """Return the name if it is one readable line."""
        name = self.cleaned_data["operator"]
        return check_plain(name) if name else ""

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Read it all as the next start will, and say beside the field what it would not take."""
        data = super().clean() or {}
        if data.get("mail_url") and not data.get("mail_from"):
            self.add_error("mail_from", _("Write the address that notices come from."))
        for name in list(data):
            try:
                Config.from_env(
                    {**os.environ, **dict.fromkeys(NAMES, ""), f"NEARER_{name.upper()}": data[name]}
                )
            except ConfigError as problem:
                # It begins with the name of the variable, which means nothing here.
                self.add_error(name, _("This %(rest)s") % {"rest": str(problem).partition(" ")[2]})
        return data

    @property
    def told(self) -> dict[str, str]:
        """What was said, by the names of variables."""
        return {f"NEARER_{name.upper()}": text for name, text in self.cleaned_data.items()}


class BackupForm(forms.Form):
    """The three files of a backup."""

    too_large = _("This file is larger than 15 MB. Bring it back with nearer restore, on the machine itself.")
    records = _file(_("The records"), **{"data-most": RECORDS_MOST, "data-large": too_large})
    keys = _file(_("The key store"))
    key = _file(_("What opens them"), _("The file with the line that begins with AGE-SECRET-KEY."))

    def clean_key(self) -> str:
        """Return the secret in the file."""
        try:
            return secret_in(self.cleaned_data["key"].read(KEY_MOST).decode("ascii", "replace"))
        except VaultError:
            raise ValidationError(_("There is no key in this file.")) from None


class PeopleForm(SignUpForm):
    """The first account, and what the second person is to whoever makes it."""

    kin = forms.ChoiceField(
        label=InviteForm.base_fields["kin"].label,
        choices=InviteForm.base_fields["kin"].choices,  # type: ignore[attr-defined]
        error_messages=InviteForm.base_fields["kin"].error_messages,
    )
