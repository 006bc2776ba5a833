"""What comes out of the workshop: a file written anew, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why nothing came out."""

    UNREADABLE = "unreadable"
    TOO_MANY_PIXELS = "too many pixels"
    TOO_LONG = "too long"


class NotRewritten(Exception):
    """A file did not become a photo or a voice note.

    Attributes:
        why: the reason.
    """

    def __init__(self, why: Why) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, kw_only=True)
class Rewritten:
    """A photo or a voice note, written anew.

    Attributes:
        content: its bytes.
        width: of a photo, in pixels.
        height: of a photo, in pixels.
        seconds: of a voice note.
    """

    content: bytes
    width: int = 0
    height: int = 0
    seconds: int = 0
