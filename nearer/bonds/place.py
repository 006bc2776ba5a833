"""A person's place in one bond: who they are there, who the other is, and the opened key."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, partial
from uuid import UUID

from django.db.models import QuerySet, UUIDField
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from nearer.bonds import given_up
from nearer.bonds.cards import Card, Kin, card_of
from nearer.bonds.models import Bond, Member
from nearer.bonds.paper import First, paper_of
from nearer.prepared import Prepared
from nearer.protocol import Seat
from nearer.vault import damage
from nearer.vault.errors import VaultError
from nearer.vault.keys import open_bond_key
from nearer.vault.ring import CutRing, Ring

KEY = "key"
# Both members of each bond that somebody has a seat in.
AROUND = Prepared(
    lambda user: Member.objects.filter(bond__members__user=user, bond__members__has_left=False).select_related(
        "bond__first", "bond__returning"
    ),
    UUIDField(),
)  # fmt: skip
WITHIN = Prepared(lambda bond: Member.objects.filter(bond=bond).select_related("bond__first"), UUIDField())


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

    @cached_property
    def my_card(self) -> Card:
        """What the other sees of me."""
        return card_of(self.me, key=self.key, instead=_("You"))

    @cached_property
    def their_card(self) -> Card | None:
        """What I see of the other; None while nobody has joined."""
        return card_of(self.them, key=self.key, instead=_("Someone")) if self.them else None

    @property
    def kin(self) -> str:
        """What the other is to me; empty where nobody knows."""
        said = self._host.kin if self._host else ""
        return Kin(said).back if said and self.seat is Seat.GUEST else said

    @property
    def since(self) -> date:
        """The day on which the bond was made, where the reader lives."""
        made = self._host.since if self._host else ""
        return timezone.localdate(datetime.fromisoformat(made)) if made else self.bond.made_on

    @property
    def _host(self) -> Card | None:
        return self.my_card if self.seat is Seat.HOST else self.their_card

    @property
    def first(self) -> First | None:
        """The first question, as I may see it; None when there is none, or I let it go."""
        paper = paper_of(self.bond, key=self.key)
        return paper.seen_by(self.seat) if paper else None

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

    A bond whose key does not open is passed over, and noted: see `shut_for`.

    A cut ring has one place at most, and none once its bond has another key. Costs one query, however many bonds there are.
    """
    members = AROUND(user_id)
    given_up.mark(members, [member.bond for member in members])
    mine = [
        member
        for member in sorted(members, key=lambda member: (member.bond.made_on, member.pk))
        if member.user_id == user_id and not member.has_left and _suits(ring, member.bond)
    ]
    by_bond = {member.bond_id: member for member in members if member.user_id != user_id}
    found = (damage.opened(KEY, me.pk, partial(_place, me, by_bond.get(me.bond_id), ring)) for me in mine)
    return [place for place in found if place]


def shut_for(user_id: UUID, places: list[Place]) -> list[Member]:
    """Return somebody's seats in those bonds that are theirs, and whose key does not open for them.

    Args:
        user_id: whose.
        places: those that open.
    """
    mine = _seats_of(user_id).select_related("bond")
    return list(mine.exclude(bond__in=[place.bond.pk for place in places]).order_by("pk"))


def place_in(bond_id: UUID, user_id: UUID, *, ring: Ring | CutRing) -> Place:
    """Return a person's place in one bond.

    Raises:
        Http404: they have none there, their ring was cut to another bond or to a key it no longer has, or
            there is no such bond: these cannot be told apart.
        VaultError: the bond's key does not open for them.
    """
    members = WITHIN(bond_id)
    given_up.mark(members, [member.bond for member in members])
    me = next((m for m in members if m.user_id == user_id and not m.has_left), None)
    if me is None or not _suits(ring, me.bond):
        raise Http404
    them = next((m for m in members if m is not me), None)
    place = damage.opened(KEY, me.pk, partial(_place, me, them, ring))
    if place is None:
        raise VaultError
    return place


def _seats_of(user_id: UUID) -> QuerySet[Member]:
    return Member.objects.filter(user_id=user_id, has_left=False).exclude(pk__in=given_up.seats())


def _place(me: Member, them: Member | None, ring: Ring | CutRing) -> Place:
    return Place(bond=me.bond, me=me, them=them, key=_key_of(me, ring))


def _suits(ring: Ring | CutRing, bond: Bond) -> bool:
    return isinstance(ring, Ring) or (ring.bond, ring.version) == (bond.pk, bond.key_version)


def _key_of(me: Member, ring: Ring | CutRing) -> bytes:
    if isinstance(ring, CutRing):
        return ring.key
    return open_bond_key(
        ring.identity, bytes(me.sealed_key), bond=me.bond_id, member=me.pk, version=me.bond.key_version
    )
