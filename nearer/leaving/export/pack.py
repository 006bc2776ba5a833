"""Making the copy: one zip in memory, with a page to read, the same as JSON to keep, and the files.

Nothing of it touches a disk. Each part is written as it is opened and compressed at once, so the memory it
takes is that of the finished zip, and never that of all the words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from io import BytesIO
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.template.loader import render_to_string

from nearer.bonds.visit import PrivateRequest
from nearer.leaving.export import gather, library, private
from nearer.leaving.export.gather import Plain, Space
from nearer.vault import damage
from nearer.vault.damage import Shut
from nearer.vault.errors import KeyRenewed

FILES_MOST = 64 * 1024 * 1024  # bytes of photos and voice notes in one copy
ROUND = (1980, 1, 1, 0, 0, 0)  # the zip tells no minute at which it was made


@dataclass(frozen=True, kw_only=True)
class Copied:
    """What is written down, twice: as data and as a page.

    Attributes:
        user: whose copy it is.
        head: their account, and what is theirs alone.
        spaces: where they are, and where they were and could come back to.
        at: now.
        unopened: what did not open so far: it is named at the end.
    """

    user: UUID
    head: Plain
    spaces: list[Space]
    at: datetime
    unopened: list[Shut]


def pack(request: PrivateRequest, *, at: datetime) -> bytes:
    """Return the zip.

    Args:
        request: of whoever takes their words along, with the drawer open.
        at: now.

    Raises:
        KeyRenewed: a bond got another key meanwhile, so that something did not open: make it once more.
    """
    out, before = BytesIO(), damage.noticed()
    with damage.noticing() as unopened, ZipFile(out, "w") as made:
        unopened.extend(before)
        head = private.account(request, at=at) | private.private(request)
        spaces = gather.spaces_of(request, at=at)
        copied = Copied(user=request.user.pk, head=head, spaces=spaces, at=at, unopened=unopened)
        _add_files(made, copied)
        _write(made, "words.json", _as_json(copied))
        _write(made, "words.html", _as_page(copied))
        if unopened and request.visit.is_late:
            raise KeyRenewed
    return out.getvalue()


def _write(made: ZipFile, name: str, parts: Iterator[str]) -> None:
    about = ZipInfo(name, ROUND)
    about.compress_type = ZIP_DEFLATED
    with made.open(about, "w") as member:
        for part in parts:
            member.write(part.encode())


def _add_files(made: ZipFile, copied: Copied) -> None:
    room = FILES_MOST
    for space in copied.spaces:
        for name, content in gather.files(space, at=copied.at):
            if len(content) > room:
                continue
            about = ZipInfo(name, ROUND)
            about.compress_type = ZIP_STORED  # photos and voices are packed already
            made.writestr(about, content)
            room -= len(content)


def _as_json(copied: Copied) -> Iterator[str]:
    """Write one object, piece by piece: no article and no sitting waits in memory for the next."""
    yield _json(copied.head)[:-1] + ',"articles":['
    yield from _listed(library.articles(copied.user))
    yield '],"spaces":['
    for number, (each, space) in enumerate(_spaces(copied)):
        yield ("," if number else "") + _json(space)[:-1] + ',"sittings":['
        yield from _listed(gather.sittings(each, at=copied.at))
        yield "]}"
    yield '],"not_opened":['
    yield from _listed({"what": shut.what, "id": str(shut.row)} for shut in copied.unopened)
    yield "]}\n"


def _spaces(copied: Copied) -> Iterator[tuple[Space, Plain]]:
    for each in copied.spaces:
        if found := damage.opened("space", each.place.bond.pk, partial(gather.space, each, at=copied.at)):
            yield each, found


def _listed(plains: Iterable[Plain]) -> Iterator[str]:
    for number, plain in enumerate(plains):
        yield ("," if number else "") + _json(plain)


def _json(plain: Plain) -> str:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def _as_page(copied: Copied) -> Iterator[str]:
    yield render_to_string("leaving/export/head.html", {"it": copied.head})
    for article in library.articles(copied.user):
        yield render_to_string("leaving/export/article.html", {"article": article})
    for each, space in _spaces(copied):
        yield render_to_string("leaving/export/space.html", {"space": space})
        for sitting in gather.sittings(each, at=copied.at):
            held = gather.label_of(sitting["held"])
            yield render_to_string(
                "leaving/export/sitting.html", {"sitting": sitting, "space": space, "held": held}
            )
        yield "</section>\n"
    yield render_to_string("leaving/export/unopened.html", {"unopened": copied.unopened})
    yield "</main>\n</body>\n</html>\n"
