"""What Closer gives two people to talk about: a hope or a worry that one shared with the other, without its words."""

from __future__ import annotations

from django.utils.translation import gettext as _

from nearer.bonds.place import Place
from nearer.practices.closer.told.keeping import TOLD, items_in
from nearer.practices.closer.told.rules import Sort
from nearer.records.keeping import Gathered

KINDS = (TOLD,)


def grown(found: Gathered, place: Place) -> list[str]:
    """Return a question for each of them that was not taken back."""
    theirs = place.their_card
    name = {"name": theirs.name if theirs else ""}
    told = [item.seen for item in items_in(found, place, Sort.HOPE) if not item.seen.withdrawn]
    asks = {
        True: _("You told %(name)s of something close to your heart once. How is it now?"),
        False: _("%(name)s told you of something close to their heart once. How is it now?"),
    }
    return [asks[seen.mine] % name for seen in told]
