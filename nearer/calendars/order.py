"""What goes before a calendar file into the workshop: a line that says where its owner lives, and what is asked for. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, kw_only=True)
class Order:
    """What is asked of a calendar.

    Attributes:
        zone: where its owner lives, by name.
        since: the first minute that is asked for.
        until: the first one after it.
    """

    zone: str
    since: int
    until: int

    def before(self, file: bytes) -> bytes:
        """Return a file with this order in its first line."""
        return json.dumps(asdict(self)).encode() + b"\n" + file


def parted(raw: bytes) -> tuple[Order, bytes]:
    """Return the order in the first line, and the file after it."""
    order, _, file = raw.partition(b"\n")
    return Order(**json.loads(order)), file
