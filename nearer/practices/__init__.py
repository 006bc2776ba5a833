"""The rooms. A folder in here with an `apps.py` is a room; there is no other list of them."""

from __future__ import annotations

from pathlib import Path


def installed() -> list[str]:
    """Return the dotted names of all rooms, ready for `INSTALLED_APPS`."""
    here = Path(__file__).parent
    return sorted(f"{__name__}.{apps.parent.name}" for apps in here.glob("*/apps.py"))
