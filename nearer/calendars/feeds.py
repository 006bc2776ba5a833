"""A private address for somebody's own calendar program: it finds there when they have something planned, and not what.

The secret is in the address and nowhere else. Here lie a hash by which the address is found, its public key, and for
each bond its times, sealed to that key: so either one's session can bring them up to date, and the program that asks,
without any session of its owner, opens them with the address alone. See docs/adr/0013-a-calendar-address-is-its-own-key.md.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid4

from django.utils import timezone
from django.utils.translation import gettext as _

from nearer.bonds.models import Bond, Member
from nearer.bonds.place import Place
from nearer.calendars.entry import Entry, entries_of
from nearer.calendars.models import Feed, FeedPart
from nearer.database import writing
from nearer.vault import damage
from nearer.vault.errors import VaultError, refusing
from nearer.vault.feeds import (
    feed_public,
    feed_selector,
    new_feed_secret,
    open_feed,
    read_feed_secret,
    seal_feed,
    write_feed_secret,
)
from nearer.web.calendar import file_of

ENTRIES, PART = "entries", "feed"


class NoFeed(LookupError):
    """There is no such address, or no longer."""


def made_on(user_id: UUID) -> date | None:
    """Return the day on which somebody made their address; None when they have none."""
    return Feed.objects.filter(user=user_id).values_list("made_on", flat=True).first()


def make(user_id: UUID, places: list[Place], *, at: datetime) -> str:
    """Make somebody an address; an earlier one of theirs is gone.

    Args:
        user_id: whose.
        places: theirs, in all their bonds.
        at: now.

    Returns:
        What stands in the address. It is not kept: whoever loses it makes another one.
    """
    secret = new_feed_secret()
    with writing():
        revoke(user_id)
        feed = Feed.objects.create(
            user_id=user_id,
            selector=feed_selector(secret),
            public=feed_public(secret),
            made_on=timezone.localdate(at),
        )
        for place in places:
            if place.bond.state == Bond.State.OPEN:
                _seal(feed, place)
    return write_feed_secret(secret)


def revoke(user_id: UUID) -> None:
    """Let somebody's address end; what was sealed for it goes."""
    Feed.objects.filter(user=user_id).delete()


def publish(place: Place) -> None:
    """Bring what lies at the addresses of the two up to date, inside the transaction that changed it."""
    people = [place.me.user_id, *([place.them.user_id] if place.them else [])]
    for feed in Feed.objects.filter(user__in=people):
        # A damaged address keeps nobody from planning.
        damage.opened(PART, feed.pk, partial(_seal, feed, place))


def part(place: Place, *, at: datetime) -> None:
    """Let nothing of a bond that one of the two leaves lie at either's address."""
    FeedPart.objects.filter(bond=place.bond).delete()


def found_at(text: str) -> bytes:
    """Return the calendar that lies at an address. What does not open is passed over, and noted.

    Args:
        text: what stands in the address.

    Raises:
        NoFeed: there is no such address.
    """
    try:
        secret = read_feed_secret(text)
    except VaultError:
        raise NoFeed from None
    feed = Feed.objects.filter(selector=feed_selector(secret)).first()
    if feed is None:
        raise NoFeed
    theirs = Member.objects.filter(user=feed.user_id, has_left=False, bond__state=Bond.State.OPEN)
    parts = FeedPart.objects.filter(feed=feed, bond__in=theirs.values("bond"))
    opened = (damage.opened(PART, each.pk, partial(_open, secret, each)) for each in parts)
    entries = [entry for found in opened for entry in found or ()]
    events = [entry.event for entry in sorted(entries, key=lambda entry: entry.begin)]
    return file_of(events, name=_("Reserved"))


def _seal(feed: Feed, place: Place) -> None:
    row = FeedPart.objects.filter(feed=feed, bond=place.bond).first()
    row = row or FeedPart(pk=uuid4(), feed=feed, bond=place.bond)
    document = {ENTRIES: [asdict(kept.document) for kept in entries_of(place)]}
    row.sealed = seal_feed(bytes(feed.public), document, feed=feed.pk, row=row.pk)
    row.save()


@refusing(KeyError, TypeError, ValueError)
def _open(secret: bytes, row: FeedPart) -> list[Entry]:
    document = open_feed(secret, row.sealed, feed=row.feed_id, row=row.pk)
    return [Entry(**entry) for entry in document[ENTRIES]]
