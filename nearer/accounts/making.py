"""Making an account from what somebody filled in, once: a form that was sent twice opens what its first copy made."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from nearer.accounts.profile import Face
from nearer.accounts.sessions.door import end_others
from nearer.accounts.slowing import limits, twice
from nearer.accounts.ways_in import unlock


def make_once(request: HttpRequest, data: dict[str, Any]) -> tuple[unlock.Unlocked, str]:
    """Make the account, or open it where the same browser has made it just now.

    Args:
        request: that of the browser.
        data: what a `SignUpForm` has read.

    Returns:
        The open account, and its recovery code.

    Raises:
        NameTaken: somebody has this username.
        TooMany: the second copy of a form is a try at a passphrase, and counts as one.
    """
    username, passphrase = data["username"], data["passphrase"]
    again = twice.begin(request, username)
    try:
        return unlock.sign_up(
            username=username, passphrase=passphrase, face=Face(name=data["name"], ink=data["ink"])
        )
    except unlock.NameTaken:
        if again:
            limits.check(request, username)
            try:
                opened = unlock.by_passphrase(username, passphrase)
                # The first copy's answer was never seen, nor the recovery code and the session in it.
                end_others(request, opened.user.pk)
                opened.user.refresh_from_db()
                return opened, unlock.renew_recovery(opened)
            except unlock.NotOpened:
                pass
        twice.forget(request, username)
        raise
