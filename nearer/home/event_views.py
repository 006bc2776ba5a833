"""What happened to one's own ways in, for oneself alone."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from nearer.accounts.again import needs_drawer
from nearer.accounts.events import What
from nearer.bonds.visit import PrivateRequest
from nearer.records import events as kept
from nearer.records.drawer import drawer_of

WORDS = {
    What.PASSPHRASE_CHANGED: _("The passphrase was changed."),
    What.CODE_RENEWED: _("A new recovery code was made. The one before opens nothing."),
    What.CODE_USED: _("The recovery code was used to set a new passphrase."),
    What.WAY_ADDED: _("A way in was added."),
    What.WAY_REMOVED: _("A way in was removed."),
    What.SIGNED_OUT: _("You signed out everywhere else."),
    What.SOMEBODY_KNEW: _("Everything got new keys, because somebody might have known your passphrase."),
    What.KEY_UNKNOWN: _(
        "A bond kept its key: the other's public key is not the one you two began with. Ask who runs this copy."
    ),
    What.PLACE_KEPT: _("Somebody asked for your place in a bond. You came in, so it stays yours."),
    What.REPLACED: _("Your place in a bond went to another account. You no longer have a key to it."),
}


@require_safe
@needs_drawer
def events(request: PrivateRequest) -> HttpResponse:
    """Show the last things that happened, newest first."""
    shelf = drawer_of(request)
    shown = [{"words": WORDS[What(e.document.what)], "day": e.day} for e in kept.recent(shelf)]
    return render(request, "home/events.html", {"events": shown, "tab": "settings"})
