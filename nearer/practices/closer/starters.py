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
    me, theirs = place.my_card.name, place.their_card
    them = theirs.name if theirs else ""
    told = [item.seen for item in items_in(found, place, Sort.HOPE) if not item.seen.withdrawn]
    asks = _("%(one)s told %(other)s of something close to their heart once. How is it now?")
    pairs = [(me, them) if seen.mine else (them, me) for seen in told]
    return [asks % {"one": one, "other": other} for one, other in pairs]
