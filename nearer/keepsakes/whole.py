"""The whole book as one file: a page that needs nothing beside it, to keep, to read without a connection and to print."""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from django.template.loader import render_to_string

from nearer.bonds.place import Place
from nearer.files import storing
from nearer.files.storing import Ref
from nearer.keepsakes.book import Page
from nearer.keepsakes.items import FILE, Item
from nearer.vault import damage

FILES_MOST = 64 * 1024 * 1024  # bytes of photos and voice notes in one file


@dataclass(frozen=True, kw_only=True)
class Bound:
    """Something on a page as it stands in the file.

    Attributes:
        item: it.
        inside: its photo or voice itself, as an address that leads nowhere else; empty for a line, or where there is no room.
    """

    item: Item
    inside: str = ""


def bind(place: Place, pages: Sequence[Page], kinds: Callable[[Item], str]) -> bytes:
    """Return the book as one file, the first page first.

    Args:
        place: whose.
        pages: what they see of it, newest first.
        kinds: returns the media type of a file.
    """
    room = FILES_MOST
    out = bytearray(_drawn("head", place=place).encode())
    for page in reversed(pages):
        bound = []
        for item in page.items:
            content = _content(place, item) if item.what.file else None
            fits = content is not None and len(content) <= room
            room -= len(content) if content and fits else 0
            inside = _address(content, kinds(item)) if content and fits else ""
            bound.append(Bound(item=item, inside=inside))
        out += _drawn("page", place=place, page=page, bound=bound).encode()
    return bytes(out + _drawn("foot", place=place).encode())


def _content(place: Place, item: Item) -> bytes | None:
    with suppress(storing.Gone):
        return damage.opened(
            FILE, item.ref, partial(storing.content_of, place.bond, Ref.read(item.what.file))
        )
    return None


def _address(content: bytes, kind: str) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"


def _drawn(part: str, **context: object) -> str:
    return render_to_string(f"keepsakes/whole/{part}.html", context)
