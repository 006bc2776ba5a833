"""The card each member shows the other: name, ink and, on the host's, what kind of pair they are."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from uuid import UUID

from nearer.accounts.profile import INKS
from nearer.bonds.models import Member
from nearer.protocol import Seat
from nearer.vault import damage
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.keys import bond_subkey
from nearer.web.names import Name

KIND, SCHEMA = "card", 1
LAGOON, MARIGOLD = INKS[:2]


class Kin(StrEnum):
    """What somebody is to whoever invites them."""

    PARTNER = "partner"
    FRIEND = "friend"
    SIBLING = "sibling"
    PARENT = "parent"
    CHILD = "child"
    FAMILY = "family"
    OTHER = "other"

    @property
    def back(self) -> Kin:
        """What whoever invited is to them."""
        return {Kin.PARENT: Kin.CHILD, Kin.CHILD: Kin.PARENT}.get(self, self)


@dataclass(frozen=True, kw_only=True)
class Card:
    """What the other member sees.

    Attributes:
        name: what this person is called.
        ink: their colour.
        kin: what kind of pair this is, on the host's card; empty on the guest's.
        since: in which quarter of an hour the bond was made, on the host's card; empty on the guest's.
        out: the bonds that waited for somebody when this person joined; never shown. By these the house notices that
            two have crossed invitations.
    """

    name: str
    ink: str
    kin: str = ""
    since: str = ""
    out: tuple[str, ...] = ()


def other_ink(taken: str) -> str:
    """Return an ink that is told apart from the one taken, by any eyes."""
    return LAGOON if taken in {MARIGOLD, "moss"} else MARIGOLD


def ink_beside(wish: str, taken: str) -> str:
    """Return the wished ink, or another one when the other person has it: each is one ink."""
    return other_ink(taken) if wish == taken else wish


def seal_card(card: Card, *, bond: UUID, member: UUID, user: UUID, key: bytes, version: int) -> bytes:
    """Seal a card with the bond's key."""
    return seal(
        bond_subkey(key, KIND), scope=Scope.BOND, scope_id=bond, kind=KIND, row=member, author=user, schema=SCHEMA,
        key_version=version, document=asdict(card),
    )  # fmt: skip


def card_of(member: Member, *, key: bytes, instead: str) -> Card:
    """Return a member's card; where it does not open, one with this name on it, and nothing of theirs."""
    found = damage.opened(KIND, member.pk, lambda: open_card(member, key=key))
    ink = LAGOON if member.seat == Seat.HOST else MARIGOLD
    return found or Card(name=instead, ink=ink, kin=Kin.OTHER if member.seat == Seat.HOST else "")


def open_card(member: Member, *, key: bytes) -> Card:
    """Open a member's card.

    Raises:
        VaultError: the key does not open it.
    """
    document = open_record(
        bond_subkey(key, KIND), bytes(member.card), scope=Scope.BOND, scope_id=member.bond_id, kind=KIND,
        row=member.pk, author=member.user_id, schema=SCHEMA,
    )  # fmt: skip
    return Card(**{**document, "name": Name(document["name"]), "out": tuple(document.get("out", ()))})
