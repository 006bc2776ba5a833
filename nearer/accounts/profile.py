"""A person's own profile: the name they go by, their ink and theme, and what they like and do not like to see."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from nearer.accounts.models import Profile
from nearer.database import writing
from nearer.vault import damage
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.owning import locked_identity
from nearer.vault.ring import Ring
from nearer.web.names import Name

INKS = ("lagoon", "marigold", "clay", "fig", "sky", "moss")
# Pairs that some eyes can hardly tell apart; the two shapes still differ.
ALIKE = frozenset(
    frozenset(pair)
    for pair in (
        ("lagoon", "sky"), ("marigold", "moss"), ("clay", "moss"), ("fig", "sky"), ("lagoon", "fig"),
    )
)  # fmt: skip
THEMES = ("auto", "light", "dark")
# What the house is called on a home screen and in the titles of one's own pages: its name, or one of three dull ones.
SIGNS = {"nearer": "Nearer", "leaf": "Leaf", "folio": "Folio", "kettle": "Kettle"}
SIGN = "nearer"
KIND, SCHEMA = "profile", 1


@dataclass(frozen=True, kw_only=True)
class Face:
    """How somebody appears to those they are bonded with, by name and ink, and how their own pages are.

    Attributes:
        name: what they are called, up to 40 characters.
        ink: one of `INKS`.
        theme: one of `THEMES`; "auto" follows the device.
        sign: one of `SIGNS`.
        unwanted: what Today should not suggest; for oneself alone.
        zone: where they live, as "Pacific/Auckland"; empty to go by the browser. For oneself alone.
        called: whether they have ever asked to be called when something waits; for oneself alone.
    """

    name: str
    ink: str = INKS[0]
    theme: str = THEMES[0]
    sign: str = SIGN
    unwanted: tuple[str, ...] = ()
    zone: str = ""
    called: bool = False


def save_face(user_id: UUID, face: Face, *, ring: Ring) -> None:
    """Seal and store a person's profile.

    Raises:
        KeyRenewed: this ring is no longer theirs.
    """
    sealed = seal(
        ring.profile, scope=Scope.USER, scope_id=user_id, kind=KIND, row=user_id, author=user_id, schema=SCHEMA,
        key_version=1, document=asdict(face),
    )  # fmt: skip
    with writing():
        locked_identity(user_id, ring.public)
        Profile.objects.update_or_create(user_id=user_id, defaults={"sealed": sealed})


def face_of(user_id: UUID, *, ring: Ring, profile: Profile | None = None) -> Face:
    """Open a person's own profile; where it does not open, they are "You" until they say how they are called.

    Args:
        user_id: who.
        ring: theirs.
        profile: the row, when that has been fetched already.
    """
    row = profile or Profile.objects.get(user_id=user_id)
    return damage.opened(KIND, user_id, lambda: _opened(row, ring)) or Face(name=_("You"))


def _opened(row: Profile, ring: Ring) -> Face:
    user_id = row.user_id
    document = open_record(
        ring.profile,
        bytes(row.sealed),
        scope=Scope.USER,
        scope_id=user_id,
        kind=KIND,
        row=user_id,
        author=user_id,
        schema=SCHEMA,
    )
    return Face(
        **{**document, "name": Name(document["name"]), "unwanted": tuple(document.get("unwanted", ()))}
    )


def unlike(other: str) -> str:
    """Return the first ink that nobody takes for another one; the first of all when there is none yet."""
    return next(ink for ink in INKS if ink != other and not look_alike(ink, other))


def look_alike(one: str, other: str) -> bool:
    """Say whether some people can hardly tell two inks apart."""
    return frozenset((one, other)) in ALIKE
