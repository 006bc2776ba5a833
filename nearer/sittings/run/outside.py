"""What shows of a live sitting outside its room: who is in it, when both come back from a break, and that it is over.

It is written down with every move, beside what time alone will tell, so that a list of what is open opens no log. It is
the two's alone: sealed under the key of the sitting's moves, it goes with that. Where it does not open, the log tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from nearer.protocol import Mode, Seat
from nearer.sittings.models import Sitting
from nearer.sittings.run.log import Run, by_time
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.errors import VaultError

KIND, SCHEMA = "outside", 1
ALWAYS = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Outside:
    """How a sitting looks from outside, until somebody moves.

    Attributes:
        ready: who has come in.
        backs: from when on, at which hour both come back; None from when on there is no break.
        over: when time ends it.
    """

    ready: frozenset[Seat] = frozenset()
    backs: tuple[tuple[datetime, datetime | None], ...] = ()
    over: datetime | None = None

    @classmethod
    def of(cls, run: Run) -> Self:
        """Return how an opened sitting looks."""
        since = [(ALWAYS, run), *by_time(run)]
        return cls(
            ready=run.position.ready,
            backs=tuple((when, then.position.back_at) for when, then in since),
            over=next((when for when, then in since if then.position.over), None),
        )

    @classmethod
    def written_for(cls, run: Run) -> Self:
        """Return what is written down of an opened sitting: of one that is not live nothing, in as many bytes."""
        return cls.of(run) if run.header.mode == Mode.LIVE else cls()

    def back_at(self, at: datetime) -> datetime | None:
        """Return when both come back, where they take a break by now; that hour may have come."""
        return next((back for when, back in reversed(self.backs) if when <= at), None)

    def is_over(self, at: datetime) -> bool:
        """Say whether time has ended it by now."""
        return self.over is not None and self.over <= at

    @classmethod
    def read(cls, sealed: str, sitting: Sitting, key: bytes) -> Self | None:
        """Return what was written down; None when nothing was, or the sitting's key is another one by now."""
        try:
            document = open_record(key, bytes.fromhex(sealed), **_about(sitting))
        except VaultError:
            return None
        return cls(
            ready=frozenset(map(Seat, document["ready"])),
            backs=tuple((datetime.fromisoformat(when), _read(back)) for when, back in document["backs"]),
            over=_read(document["over"]),
        )

    def sealed(self, sitting: Sitting, key: bytes) -> str:
        """Seal it under the key of a sitting's moves."""
        document = {
            "ready": sorted(self.ready),
            "backs": [[when.isoformat(), _written(back)] for when, back in self.backs],
            "over": _written(self.over),
        }
        return seal(key, key_version=0, document=document, **_about(sitting)).hex()


def _read(moment: str | None) -> datetime | None:
    return datetime.fromisoformat(moment) if moment else None


def _written(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _about(sitting: Sitting) -> dict[str, Any]:
    about = {"scope_id": sitting.bond_id, "row": sitting.pk, "author": sitting.bond_id}
    return {"scope": Scope.BOND, "kind": KIND, "schema": SCHEMA, **about}
