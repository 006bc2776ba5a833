"""What a room has for the check-up: something somebody said for themselves alone over years, and where it goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from nearer.pulse.growth import Growth


@dataclass(frozen=True, kw_only=True)
class Grown:
    """It.

    Attributes:
        title: what it is called, in the reader's language.
        address: where it is said.
        lines: where each part of it goes; those without an answer are left out.
    """

    title: Any  # Any: lazily translated
    address: str
    lines: tuple[Growth, ...]
