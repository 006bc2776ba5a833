"""Making the copy: one zip in memory, with a page to read, the same as JSON to keep, and the files.

Nothing of it touches a disk. Each part is written as it is opened and compressed at once, so the memory it
takes is that of the finished zip, and never that of all the words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.template.loader import render_to_string

from nearer.bonds.place import Place, places_of
from nearer.bonds.visit import PrivateRequest
from nearer.keepsakes import items as keepsakes
from nearer.leaving.export import gather
from nearer.leaving.export.gather import Plain

FILES_MOST = 64 * 1024 * 1024  # bytes of photos and voice notes in one copy
ROUND = (1980, 1, 1, 0, 0, 0)  # the zip tells no minute at which it was made


def pack(request: PrivateRequest, *, at: datetime) -> bytes:
    """Return the zip.

    Args:
        request: of whoever takes their words along, with the drawer open.
        at: now.

    Raises:
        VaultError: something of it does not open.
    """
    head = gather.account(request, at=at) | gather.private(request)
    places = places_of(request.user.pk, ring=request.ring)
    out = BytesIO()
    with ZipFile(out, "w") as made:
        _write(made, "words.json", _as_json(head, places, at))
        _write(made, "words.html", _as_page(head, places, at))
        _add_files(made, places, at)
    return out.getvalue()


def _write(made: ZipFile, name: str, parts: Iterator[str]) -> None:
    about = ZipInfo(name, ROUND)
    about.compress_type = ZIP_DEFLATED
    with made.open(about, "w") as member:
        for part in parts:
            member.write(part.encode())


def _add_files(made: ZipFile, places: list[Place], at: datetime) -> None:
    room = FILES_MOST
    for place in places:
        for item, content in keepsakes.open_all(place, at=at):
            if len(content) > room:
                continue
            about = ZipInfo(gather.file_name(item), ROUND)
            about.compress_type = ZIP_STORED  # photos and voices are packed already
            made.writestr(about, content)
            room -= len(content)


def _as_json(head: Plain, places: list[Place], at: datetime) -> Iterator[str]:
    """Write one object, piece by piece: no sitting waits in memory for the next."""
    yield _json(head)[:-1] + ',"spaces":['
    for number, place in enumerate(places):
        yield ("," if number else "") + _json(gather.space(place, at=at))[:-1] + ',"sittings":['
        for count, sitting in enumerate(gather.sittings(place, at=at)):
            yield ("," if count else "") + _json(sitting)
        yield "]}"
    yield "]}\n"


def _json(plain: Plain) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _as_page(head: Plain, places: list[Place], at: datetime) -> Iterator[str]:
    yield render_to_string("leaving/export/head.html", {"it": head})
    for place in places:
        space = gather.space(place, at=at)
        yield render_to_string("leaving/export/space.html", {"space": space})
        for sitting in gather.sittings(place, at=at):
            held = gather.label_of(sitting["held"])
            yield render_to_string(
                "leaving/export/sitting.html", {"sitting": sitting, "space": space, "held": held}
            )
        yield "</section>\n"
    yield "</main>\n</body>\n</html>\n"
