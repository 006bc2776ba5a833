"""Together mode: a signed-in phone lies between two people, and opens nothing but what is theirs together.

Entering it cuts the session's ring to one bond's key and seals whatever else the session knew under a
key that goes with the ring. The keys to private pages and other bonds are then not there, so no page can
open them by mistake; the passphrase brings them back.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from dataclasses import asdict, dataclass, field
from typing import Any, Self
from uuid import UUID

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from nearer.accounts.profile import THEMES
from nearer.accounts.ways_in.unlock import Unlocked
from nearer.bonds.place import Place
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.middleware import SEEN
from nearer.vault.ring import NAME as WHOLE
from nearer.vault.ring import CutRing, Ring
from nearer.vault.sessions import BORN, EXPIRY, USED

NAME = "together"
KIND, SCHEMA = "left", 1
# Who is signed in, since when and on whose device: all that a session takes along.
TAKEN_ALONG = (SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY, BORN, SEEN, USED, EXPIRY)


@dataclass(frozen=True, kw_only=True)
class Together:
    """What a session in together mode remembers.

    Attributes:
        sitting: the one sitting it is about.
        theme: how its owner likes pages to look.
        left: what else the session knew, sealed under the owner's profile key.
    """

    sitting: UUID
    theme: str = THEMES[0]
    left: str = field(default="", repr=False)

    @classmethod
    def of(cls, session: SessionBase) -> Self | None:
        """Return what a session remembers of being in together mode, or None when it is not."""
        stored: dict[str, Any] | None = session.get(NAME)
        return cls(**{**stored, "sitting": UUID(stored["sitting"])}) if stored else None

    def put_into(self, session: SessionBase) -> None:
        """Let a session remember it."""
        session[NAME] = {**asdict(self), "sitting": str(self.sitting)}


def enter(request: HttpRequest, place: Place, *, ring: Ring, sitting: UUID, theme: str) -> None:
    """Cut the session to one bond and one sitting, under a fresh token.

    The row that held the whole ring is gone at once; a copy of the old cookie opens nothing.

    Args:
        request: whose session it is.
        place: the bond, with its key.
        ring: the whole ring, which goes.
        sitting: what the two sit down to.
        theme: how the pages look meanwhile, since the profile is closed.
    """
    session, whose = request.session, place.me.user_id
    kept = {name: session[name] for name in TAKEN_ALONG if name in session}
    left = {name: value for name, value in session.items() if name not in {*kept, WHOLE}}
    sealed = seal(ring.profile, document=left, key_version=1, **_about(whose))
    state = Together(sitting=sitting, theme=theme, left=b64encode(sealed).decode())
    session.clear()
    session.update(kept)
    CutRing(bond=place.bond.pk, key=place.key, version=place.bond.key_version).put_into(session)
    state.put_into(session)
    session.cycle_key()
    rotate_token(request)


def end(request: HttpRequest, unlocked: Unlocked) -> None:
    """Give the session its whole ring back, under a fresh token; how long it lives does not change.

    Args:
        request: whose session it is.
        unlocked: the same person's vault, opened with the passphrase.
    """
    session = request.session
    state = Together.of(session)
    session.pop(NAME, None)
    unlocked.ring.put_into(session)
    if state is not None:
        blob, whose = b64decode(state.left), unlocked.user.pk
        session.update(open_record(unlocked.ring.profile, blob, **_about(whose)))
    session.cycle_key()
    rotate_token(request)


def _about(user: UUID) -> dict[str, Any]:
    return {
        "scope": Scope.SESSION,
        "scope_id": user,
        "kind": KIND,
        "row": user,
        "author": user,
        "schema": SCHEMA,
    }
