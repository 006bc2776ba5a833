"""The forms of the front door. Messages say what to do; what was typed stays, except passphrases."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import Any, Self

from django import forms
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

from nearer.accounts.models import normal
from nearer.accounts.profile import INKS, THEMES, unlike
from nearer.vault.words import suggestion
from nearer.web.names import has_a_letter, hides, towers

PASSPHRASE_LEAST, PASSPHRASE_MOST = 12, 256
OURS, BESIDE_NAMES = "nearer", 8
USERNAME, USERNAME_MOST = re.compile(r"[\w.@+-]+"), 64
TOO_LONG_A_NAME = _("Use at most 64 characters.")
HIDDEN = _("There is a hidden character in there. Delete it, or type it again.")
CODE_MESSAGES = {
    "max_length": _("That is longer than the code. Compare it with the one you saved."),
    "null_characters_not_allowed": HIDDEN,
}
CHOICE_MESSAGES = {"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")}

INK_NAMES = {
    "lagoon": _("Lagoon"),
    "marigold": _("Marigold"),
    "clay": _("Clay"),
    "fig": _("Fig"),
    "sky": _("Sky"),
    "moss": _("Moss"),
}
KNOWN = "known"
SUGGESTED = 3
THEME_NAMES = {"auto": _("As the device does"), "light": _("Light"), "dark": _("Dark")}


def first_field(field: forms.CharField) -> forms.CharField:
    """Return the field, ready to type into when its page opens."""
    field.widget.attrs["autofocus"] = True
    return field


def username_field() -> forms.CharField:
    """Return the field under which people log in."""
    return forms.CharField(
        label=_("Username"),
        max_length=USERNAME_MOST,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
        error_messages={
            "required": _("Write a username."),
            "max_length": TOO_LONG_A_NAME,
            "null_characters_not_allowed": HIDDEN,
        },
    )


def passphrase_field(*, new: bool = False, label: Any = None) -> forms.CharField:
    """Return a passphrase field; spaces are part of a passphrase."""
    return forms.CharField(
        label=label or _("Passphrase"),
        strip=False,
        help_text=_("At least 12 characters. Six random words are very good.") if new else "",
        widget=forms.PasswordInput(
            attrs={"autocomplete": "new-password", "data-least": PASSPHRASE_LEAST}
            if new
            else {"autocomplete": "current-password"}
        ),
        validators=[
            MaxLengthValidator(PASSPHRASE_MOST, _("Use at most 256 characters.")),
            *([check_strength] if new else []),
        ],
        error_messages={"required": _("Write your passphrase."), "null_characters_not_allowed": HIDDEN},
    )


def check_strength(passphrase: str) -> None:
    """Refuse what is quickly guessed.

    Raises:
        ValidationError: it is too short or among the common ones.
    """
    if len(passphrase) < PASSPHRASE_LEAST:
        raise ValidationError(_("Use at least 12 characters. Six random words are very good."))
    if len(set(passphrase)) < 4:  # noqa: PLR2004 - the same few keys over and over
        raise ValidationError(_("This one is quickly guessed. Six random words are very good."))
    try:
        _common().validate(passphrase)
    except ValidationError as common:
        raise ValidationError(_("This one is quickly guessed. Six random words are very good.")) from common


def check_own_words(passphrase: str, *names: str) -> None:
    """Refuse a passphrase that is little more than somebody's names, or the name of this program.

    Args:
        passphrase: as typed.
        names: their username, what they are called.

    Raises:
        ValidationError: fewer than eight signs remain without them.
    """
    rest = passphrase.casefold()
    for name in sorted((OURS, *names), key=len, reverse=True):
        rest = rest.replace(name.casefold(), "") if name else rest
    if len(rest.strip()) < BESIDE_NAMES:
        raise ValidationError(_("This one leads to you. Leave your names out; four random words are good."))


@cache
def _common() -> CommonPasswordValidator:
    """Read the list of common ones once: it has twenty thousand lines."""
    return CommonPasswordValidator()


def name_field() -> forms.CharField:
    """Return the field for the name a person goes by."""
    return forms.CharField(
        label=_("What shall we call you?"),
        max_length=40,
        help_text=_("Shown to you, and to those you invite."),
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
        error_messages={
            "required": _("Write the name you like to be called."),
            "max_length": _("Use at most 40 characters."),
            "null_characters_not_allowed": HIDDEN,
        },
    )


def check_plain(text: str) -> str:
    """Return one line of readable text.

    Raises:
        ValidationError: it holds no letter, signs that hide or turn a text, or towers of accents.
    """
    if not has_a_letter(text):
        raise ValidationError(_("Write at least one letter."))
    if hides(text):
        raise ValidationError(
            _("There is a sign in there that nobody can see. Use letters, numbers and spaces on one line.")
        )
    if towers(text):
        raise ValidationError(_("Use fewer accents on one letter."))
    return text


def shared_field() -> forms.BooleanField:
    """Return the question whose device this is; without a tick it is one's own."""
    return forms.BooleanField(
        label=_("This is a shared device"),
        required=False,
        help_text=_("You are signed out when the browser closes, and after ten minutes unused."),
    )


def ink_field(*, required: bool = True) -> forms.ChoiceField:
    """Return the choice of the colour in which somebody appears to those they are bonded with."""
    return forms.ChoiceField(
        label=_("Your colour"),
        required=required,
        choices=[(ink, INK_NAMES[ink]) for ink in INKS],
        widget=forms.RadioSelect,
        error_messages=CHOICE_MESSAGES,
    )


class NewPassphraseForm(forms.Form):
    """A form in which somebody chooses a passphrase."""

    @property
    def suggestions(self) -> list[str]:
        """Passphrases nobody has ever seen, new each time they are asked for; none is filled in or kept."""
        return [suggestion() for _each in range(SUGGESTED)]


class SignUpForm(NewPassphraseForm):
    """A new account."""

    name = first_field(name_field())
    username = username_field()
    passphrase = passphrase_field(new=True)
    ink = ink_field(required=False)
    shared = shared_field()

    @classmethod
    def beside(cls, theirs: str) -> Self:
        """Return the form for somebody who joins a person of this ink; "" when nobody invites them."""
        return cls(initial={"ink": unlike(theirs)})

    def say_taken(self) -> None:
        """Say that somebody has this username, without saying so."""
        self.add_error("username", _("This username cannot be used. Choose another."))

    def clean_ink(self) -> str:
        """Return the chosen colour, the first one when none is."""
        return str(self.cleaned_data["ink"] or INKS[0])

    def clean_username(self) -> str:
        """Return the username if it can be one."""
        username: str = self.cleaned_data["username"]
        # What is stored is the normal spelling, and some single letters become many in it.
        if not (USERNAME.fullmatch(username) and USERNAME.fullmatch(normal(username))):
            raise ValidationError(_("Use letters, numbers and . @ + - _ without spaces."))
        if len(normal(username)) > USERNAME_MOST:
            raise ValidationError(TOO_LONG_A_NAME)
        return username

    def clean_name(self) -> str:
        """Return the name if it is one readable line."""
        return check_plain(self.cleaned_data["name"])

    def clean_passphrase(self) -> str:
        """Return the passphrase unless it is made of their names."""
        data = self.cleaned_data
        check_own_words(data["passphrase"], data.get("username", ""), data.get("name", ""))
        return str(data["passphrase"])


class LogInForm(forms.Form):
    """Username and passphrase."""

    username = first_field(username_field())
    passphrase = passphrase_field()
    shared = shared_field()

    @classmethod
    def of(cls, username: str) -> Self:
        """Return the form for somebody whose passkey has said who they are."""
        form = cls(initial={"username": username})
        form.fields["username"].widget.attrs.pop("autofocus", None)
        form.fields["passphrase"].widget.attrs["autofocus"] = True
        return form


class RecoveryCodeForm(forms.Form):
    """The code, typed back once."""

    code = forms.CharField(
        label=_("Type the code back"),
        help_text=_("Its last group is enough."),
        max_length=80,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
        error_messages=CODE_MESSAGES | {"required": _("Type the code you saved.")},
    )


class RecoverForm(NewPassphraseForm):
    """Back in with the recovery code and a new passphrase."""

    username = first_field(username_field())
    code = forms.CharField(
        label=_("Recovery code"),
        max_length=80,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
        error_messages=CODE_MESSAGES | {"required": _("Type your recovery code.")},
    )
    passphrase = passphrase_field(new=True, label=_("New passphrase"))
    shared = shared_field()

    def clean_passphrase(self) -> str:
        """Return the passphrase unless it is made of their username."""
        check_own_words(self.cleaned_data["passphrase"], self.cleaned_data.get("username", ""))
        return str(self.cleaned_data["passphrase"])


class FaceForm(forms.Form):
    """Name, ink and theme."""

    name = name_field()
    ink = ink_field()
    theme = forms.ChoiceField(
        label=_("Light or dark"),
        choices=[(t, THEME_NAMES[t]) for t in THEMES],
        widget=forms.RadioSelect,
        error_messages=CHOICE_MESSAGES,
    )

    def clean_name(self) -> str:
        """Return the name if it is one readable line."""
        return check_plain(self.cleaned_data["name"])


class ChangePassphraseForm(NewPassphraseForm):
    """The old passphrase and a new one.

    Args:
        names: those of the person, of which the new one must not be made.
    """

    passphrase = first_field(passphrase_field(label=_("Passphrase now")))
    new = passphrase_field(new=True, label=_("New passphrase"))
    why = forms.ChoiceField(
        label=_("Why?"),
        required=False,
        choices=[
            ("other", _("I want another one.")),
            (KNOWN, _("I think someone knows it.")),
        ],
        initial="other",
        widget=forms.RadioSelect,
        error_messages=CHOICE_MESSAGES,
    )

    def __init__(self, *args: Any, names: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._names = names

    def clean_new(self) -> str:
        """Return the new passphrase unless it is made of their names."""
        check_own_words(self.cleaned_data["new"], *self._names)
        return str(self.cleaned_data["new"])

    @property
    def is_known(self) -> bool:
        """Whether somebody may know the old one."""
        return bool(self.cleaned_data["why"] == KNOWN)


class ConfirmForm(forms.Form):
    """The passphrase once more, before something that matters."""

    passphrase = first_field(passphrase_field())
