"""Forms of one's own notices: when they come, and where."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import EmailValidator
from django.utils.translation import gettext_lazy as _

from nearer.notices.rules import Wish
from nearer.notices.sending import push, services
from nearer.outward import NotFetched, cleaned
from nearer.vault.errors import VaultError
from nearer.vault.webpush import AUTH_SIZE, bytes_of, point_of, text_of

LONGEST_ADDRESS = 254
CODE_SIZE = 6


def _hour(label: Any, **more: Any) -> forms.TimeField:  # Any: a lazy text, and what Django's field takes
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time", "autocomplete": "off"}, format="%H:%M"),
        error_messages={"required": _("Choose a time."), "invalid": _("Write a time, such as 19:00.")},
        **more,
    )


class WishForm(forms.Form):
    """When somebody would like to be called."""

    at = _hour(_("Once a day at most, at"))
    quiet_from = _hour(_("Nothing from"))
    quiet_until = _hour(_("Nothing until"))
    on_time = forms.BooleanField(
        label=_(
            "Also at the hour of what you both agreed on: a plan, your hour of the week, the end of a break"
        ),
        required=False,
    )

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Refuse an hour at which nothing may come."""
        found = super().clean() or {}
        names = ("at", "quiet_from", "quiet_until")
        if all(found.get(name) is not None for name in names):
            wish = Wish(**{name: found[name] for name in names})
            if wish.hour != wish.at:
                self.add_error(
                    "at", _("That lies in your quiet hours. Choose another time, or other quiet hours.")
                )
        return found

    @staticmethod
    def said(wish: Wish) -> dict[str, object]:
        """Return what a form shows of what somebody chose."""
        return {name: getattr(wish, name) for name in WishForm.base_fields}


class PushForm(forms.Form):
    """What a browser hands over so that it can be called; no person types it."""

    endpoint = forms.CharField(max_length=2000, widget=forms.HiddenInput)
    key = forms.CharField(max_length=100, widget=forms.HiddenInput)
    auth = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def clean_endpoint(self) -> str:
        """Take an address that may be reached."""
        try:
            address = cleaned(self.cleaned_data["endpoint"])
        except NotFetched:
            raise forms.ValidationError("endpoint") from None
        if address.partition(":")[0] not in push.SCHEMES:
            raise forms.ValidationError("endpoint")
        return address

    def clean_key(self) -> str:
        """Take a key that can be sealed to."""
        try:
            raw = bytes_of(self.cleaned_data["key"])
            point_of(raw)
        except VaultError:
            raise forms.ValidationError("key") from None
        return text_of(raw)

    def clean_auth(self) -> str:
        """Take a secret of the right size."""
        try:
            raw = bytes_of(self.cleaned_data["auth"])
        except VaultError:
            raise forms.ValidationError("auth") from None
        if len(raw) != AUTH_SIZE:
            raise forms.ValidationError("auth")
        return text_of(raw)


class MailForm(forms.Form):
    """To which address mail is to go."""

    address = forms.CharField(
        label=_("Your e-mail address"),
        max_length=LONGEST_ADDRESS,
        validators=[EmailValidator(message=_("Write an address, such as name@example.org."))],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": _("Write an address, such as name@example.org.")},
    )


class CodeForm(forms.Form):
    """The code that came by mail."""

    code = forms.CharField(
        label=_("The code from the mail"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": _("Type the code from the mail.")},
    )

    def clean_code(self) -> str:
        """Take it with spaces, too."""
        return "".join(self.cleaned_data["code"].split())


class ServiceForm(forms.Form):
    """The address of another service, as Apprise writes it."""

    address = forms.CharField(
        label=_("The address, as Apprise writes it"),
        max_length=services.MOST_ADDRESS,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write an address.")},
    )

    def clean_address(self) -> str:
        """Take one that the operator allows."""
        address: str = self.cleaned_data["address"].strip()
        if not services.is_allowed(address):
            raise forms.ValidationError(_("Whoever runs this copy does not allow that one."))
        return address
