"""The passphrase once more, from somebody who is signed in already."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _

from nearer.accounts import limits, unlock


def open_again(request: HttpRequest, form: Form) -> unlock.Unlocked | None:
    """Open the signed-in person's vault with the passphrase in a form; tries are counted as at the door.

    Args:
        request: whose session it is.
        form: a valid form with a field `passphrase`; gets the error when it is the wrong one.

    Returns:
        The opened vault, or None.

    Raises:
        TooMany: wait before the next try.
    """
    username = request.user.get_username()
    limits.check(request, username)
    try:
        opened = unlock.by_passphrase(username, form.cleaned_data["passphrase"])
    except unlock.NotOpened:
        form.add_error("passphrase", _("That is not your passphrase. Try again."))
        return None
    limits.forgive(request, username)
    return opened
