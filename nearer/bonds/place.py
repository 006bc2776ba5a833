"""A person's place in one bond: who they are there, who the other is, and the opened key."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.http import Http404

from nearer.bonds.cards import Card, open_card
from nearer.bonds.first import First, seen
from nearer.bonds.models import Bond, Member
from nearer.protocol import Seat
from nearer.vault.keys import open_bond_key
from nearer.vault.ring import CutRing, Ring


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a person sits in a bond.

    Attributes:
        bond: the bond.
        me: their membership.
        them: the other's membership; None while the invitation is out.
        key: the bond's key, 32 bytes.
    """

    bond: Bond
    me: Member
    them: Member | None
    key: bytes = field(repr=False)

    @property
    def seat(self) -> Seat:
        """The seat this person holds."""
        return Seat(self.me.seat)

    @property
    def is_alone(self) -> bool:
        """Whether nobody else is in the bond, not yet or no longer."""
        return self.them is None or self.them.has_left

    @property
    def my_card(self) -> Card:
        """What the other sees of me."""
        return open_card(self.me, key=self.key)

    @property
    def their_card(self) -> Card | None:
        """What I see of the other; None while nobody has joined."""
        return open_card(self.them, key=self.key) if self.them else None

    @property
    def kin(self) -> str:
        """What kind of pair this is."""
        host = self.me if self.seat is Seat.HOST else self.them
        return open_card(host, key=self.key).kin if host else ""

    @property
    def first(self) -> First | None:
        """The first question, as I may see it; None when there is none, or I folded it away."""
        return seen(self)

    @property
    def progress(self) -> str:
        """How far the bond has come, in words for a page that waits: it looks again when they change."""
        first = self.first
        return f"{self.bond.state} together" if first and first.is_open else str(self.bond.state)

    def user_at(self, seat: Seat) -> UUID:
        """Return the id of whoever holds a seat."""
        return self.me.user_id if seat is self.seat or self.them is None else self.them.user_id


def places_of(user_id: UUID, *, ring: Ring | CutRing) -> list[Place]:
    """Return a person's places, oldest bond first; bonds they left are gone for them.

    A cut ring has one place at most, and none once its bond has another key. Costs two queries, however many bonds there are.
    """
    theirs = Member.objects.filter(user_id=user_id, has_left=False)
    if isinstance(ring, CutRing):
        theirs = theirs.filter(bond=ring.bond, bond__key_version=ring.version)
    mine = list(theirs.select_related("bond__first", "bond__returning").order_by("bond__made_on", "pk"))
    others = Member.objects.filter(bond__in=[m.bond_id for m in mine]).exclude(user_id=user_id)
    by_bond = {other.bond_id: other for other in others}
    return [_place(me, by_bond.get(me.bond_id), ring) for me in mine]


def place_in(bond_id: UUID, user_id: UUID, *, ring: Ring | CutRing) -> Place:
    """Return a person's place in one bond.

    Raises:
        Http404: they have none there, their ring was cut to another bond or to a key it no longer has, or
            there is no such bond: these cannot be told apart.
    """
    members = list(Member.objects.filter(bond_id=bond_id).select_related("bond__first"))
    me = next((m for m in members if m.user_id == user_id and not m.has_left), None)
    if me is None or (isinstance(ring, CutRing) and not _fits(ring, me.bond)):
        raise Http404
    return _place(me, next((m for m in members if m is not me), None), ring)


def _place(me: Member, them: Member | None, ring: Ring | CutRing) -> Place:
    return Place(bond=me.bond, me=me, them=them, key=_key_of(me, ring))


def _fits(ring: CutRing, bond: Bond) -> bool:
    return (ring.bond, ring.version) == (bond.pk, bond.key_version)


def _key_of(me: Member, ring: Ring | CutRing) -> bytes:
    if isinstance(ring, CutRing):
        return ring.key
    return open_bond_key(
        ring.identity, bytes(me.sealed_key), bond=me.bond_id, member=me.pk, version=me.bond.key_version
    )
