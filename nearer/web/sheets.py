"""One style sheet for each kind of page, put together from its parts when the program starts.

A page that asks for one file instead of four is lighter, because what repeats is packed once, and sooner there. What is
written stays in `static/web/css`, a part a file; which parts a sheet has, and in which order, is said here alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage

CSS = Path(__file__).parent / "static" / "web" / "css"
# They stand one folder beside the parts, so that what a part names (`../fonts/…`) is found from here as well.
FOLDER = "web/sheets/"
SHEETS = {
    "pages": ("tokens", "page", "forms", "shell"),
    "rooms": ("tokens", "page", "forms", "room"),
    "open": ("tokens", "page", "shell", "plain"),
}
"""The parts of each sheet: of pages of one's own, of what opens by itself (a sitting), and of what is open to everybody."""


class SheetFinder(BaseFinder):
    """Finds the sheets, which are in no folder."""

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        self._storage = InMemoryStorage()
        for name, parts in SHEETS.items():
            self._storage.save(f"{FOLDER}{name}.css", ContentFile(together(parts).encode()))

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        """Name no file: a sheet has no place on the disk."""
        return [] if find_all else None

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterable[Any]:
        """Yield every sheet, and the storage it is in."""
        return [(f"{FOLDER}{name}.css", self._storage) for name in SHEETS]


def together(parts: Iterable[str]) -> str:
    """Return the styles of some parts, one after the other."""
    return "\n".join((CSS / f"{part}.css").read_text("utf-8") for part in parts)
