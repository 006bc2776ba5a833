"""I think somebody knows my passphrase: everything of mine, and every bond I am in, under new keys at once."""

from __future__ import annotations

from django.utils import timezone

from nearer.accounts.events import What, note
from nearer.accounts.ways_in.anew import Anew
from nearer.accounts.ways_in.unlock import Unlocked
from nearer.bonds.place import places_of
from nearer.calendars import feeds
from nearer.database import writing
from nearer.home import ways_back
from nearer.home.rotation import renew_or_keep
from nearer.notices import channels
from nearer.records import resealing as records
from nearer.records.shelf import Shelf
from nearer.vault.drawer import Drawer


def lock_anew(opened: Unlocked, passphrase: str) -> tuple[Unlocked, str]:
    """Give a person new keys from the root up, and every bond of theirs a new key: all of it or nothing.

    Args:
        opened: their vault, just opened with the old passphrase.
        passphrase: the new one.

    Returns:
        Their vault with the new keys, and the new recovery code, which is stored nowhere.

    Raises:
        KeyRenewed: their keys, or those of a bond, changed in the same moment; nothing has happened.
    """
    anew = Anew.made(opened, passphrase)
    try:
        with writing():
            anew.begin()
            _renew(anew)
    except BaseException:
        anew.drop()
        raise
    return anew.new, anew.code


def _renew(anew: Anew) -> None:
    user, ring = anew.new.user.pk, anew.new.ring
    places = sorted(places_of(user, ring=anew.old.ring), key=lambda place: place.bond.pk)
    unknown = sum(not renew_or_keep(place, public=ring.public) for place in places)
    _renew_ways_back(anew.old)
    records.reseal_own(anew.old, anew.new)
    feeds.revoke(user)
    channels.forget(user)
    removed = anew.keep()
    note(user, ring, What.SOMEBODY_KNEW)
    for what, times in ((What.WAY_REMOVED, removed), (What.KEY_UNKNOWN, unknown)):
        for _ in range(times):
            note(user, ring, what)


def _renew_ways_back(old: Unlocked) -> None:
    at = timezone.now()
    shelf = Shelf.of_person(old.user.pk, old.ring, Drawer.opened(old.master, at=at))
    for left in ways_back.left_by(shelf, at=at):
        ways_back.keep(left.place, shelf, name=left.name, at=left.at)
