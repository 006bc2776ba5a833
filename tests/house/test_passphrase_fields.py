"""Password managers learn from every form that asks for a passphrase whose it is, and whether it is a new one."""

from __future__ import annotations

import re

from nearer.accounts import forms
from tests.house.tree import files, name, report

ASKS = re.compile(r"field=form\.(?:passphrase|new)\b")
SAYS = re.compile(r'field=form\.username\b|include "accounts/username\.html"')
FORM = re.compile(r"<form\b.*?</form>", re.DOTALL)


def test_every_form_that_asks_for_a_passphrase_names_its_owner() -> None:
    asking = [
        (path, form) for path in files(".html", under="nearer") for form in FORM.findall(path.read_text(encoding="utf-8")) if ASKS.search(form)
    ]  # fmt: skip
    assert len(asking) > 5

    assert not report([name(path) for path, form in asking if len(SAYS.findall(form)) != 1])


def test_old_and_new_ones_are_told_apart() -> None:
    for form, new in (
        (forms.SignUpForm, "passphrase"),
        (forms.RecoverForm, "passphrase"),
        (forms.ChangePassphraseForm, "new"),
    ):
        assert form().fields[new].widget.attrs["autocomplete"] == "new-password"
    for asks in (forms.LogInForm, forms.ChangePassphraseForm, forms.ConfirmForm):
        assert asks().fields["passphrase"].widget.attrs["autocomplete"] == "current-password"
