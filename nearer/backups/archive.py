"""One sealed backup: a line that says what it is, and then an SQLite file. Nothing in it is a path.

age -d -i KEYFILE nearer-records-….age | tail -n +2 > nearer.sqlite3
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, BinaryIO, Self

from django.utils.translation import gettext as _

from nearer.backups.errors import DoesNotOpen, TooNew
from nearer.vault.age import Readable, Writable, open_stream, seal_stream
from nearer.vault.errors import VaultError

FORMAT = 1
LINE = 1 << 20  # the first line is shorter
PIECE = 1 << 20


class Kind(StrEnum):
    """What is in a backup; the two live apart, and for different times."""

    RECORDS = "records"
    KEYS = "keys"


@dataclass(frozen=True, kw_only=True)
class About:
    """The first line of a backup.

    Attributes:
        kind: which database it was.
        made_at: the moment it shows.
        version: the program that made it.
        size: of the SQLite file, in bytes.
        sha256: of the same, in hexadecimal digits.
        files: small files that go along with the key store, as hexadecimal digits by their names.
        format: of this line.
    """

    kind: Kind
    made_at: datetime
    version: str
    size: int
    sha256: str
    files: dict[str, str] = field(default_factory=dict, repr=False)
    format: int = FORMAT

    @classmethod
    def of(cls, database: Path, kind: Kind, *, at: datetime, version: str, files: dict[str, bytes]) -> Self:
        """Describe an SQLite file."""
        with database.open("rb") as opened:
            digest = hashlib.file_digest(opened, "sha256").hexdigest()
        small = {name: content.hex() for name, content in files.items()}
        size = database.stat().st_size
        return cls(kind=kind, made_at=at, version=version, size=size, sha256=digest, files=small)

    def line(self) -> bytes:
        """Return it as it is written."""
        told = asdict(self) | {"made_at": self.made_at.isoformat()}
        return json.dumps(told, sort_keys=True).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Self:
        """Read it.

        Raises:
            DoesNotOpen: it is no such line.
            TooNew: a newer version has written it.
        """
        try:
            told: dict[str, Any] = json.loads(line)
            if told["format"] > FORMAT:
                raise TooNew(
                    _("This backup was made by a newer version of Nearer. Restore it with that version.")
                )
            told |= {"made_at": datetime.fromisoformat(told["made_at"]), "kind": Kind(told["kind"])}
            about = cls(**told)
            about.contents()
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise not_one() from problem
        return about

    def contents(self) -> dict[str, bytes]:
        """Return the small files that go along."""
        return {name: bytes.fromhex(content) for name, content in self.files.items()}


def seal(about: About, database: Path, to: Writable, *recipients: str) -> None:
    """Write a sealed backup.

    Args:
        about: its first line.
        database: the SQLite file.
        to: where it is written.
        recipients: who can open it.

    Raises:
        OSError: it could not be written to its end.
    """
    with database.open("rb") as opened:
        seal_stream(_Chain(about.line(), opened), to, *recipients)


def open_sealed(
    source: Readable, secret: str, to: Path, kind: Kind, *, may_go_on: Callable[[], None] = lambda: None
) -> About:
    """Open a sealed backup, or nothing of it.

    Args:
        source: what is read.
        secret: the key that opens it.
        to: a new file for the database; it is gone again where this fails.
        kind: what it has to be.
        may_go_on: asked before each piece is written; raises where there is no room.

    Returns:
        Its first line.

    Raises:
        DoesNotOpen: it is cut, changed, of another kind or no backup, or the key is another one.
        TooNew: a newer version has written it.
        OSError: there was no room for it.
    """
    try:
        with to.open("xb") as file:
            splitting = _Split(file, may_go_on)
            open_stream(source, splitting, secret)
        about = About.read(splitting.line)
        _compare(about, splitting, kind)
    except VaultError:
        to.unlink(missing_ok=True)
        raise not_one() from None
    except BaseException:
        to.unlink(missing_ok=True)
        raise
    return about


def not_one() -> DoesNotOpen:
    """Return what is said where something is no whole backup for this key."""
    return DoesNotOpen(
        _(
            "This backup does not open: the key is another one, or the file is cut, changed or no backup. Nothing was changed."
        )
    )


def _compare(about: About, found: _Split, kind: Kind) -> None:
    if about.kind is not kind:
        raise DoesNotOpen(_OTHER_KIND[kind]())
    if (about.size, about.sha256) != (found.size, found.digest.hexdigest()):
        raise not_one()


_OTHER_KIND = {
    Kind.RECORDS: lambda: _("This is a backup of the key store. The one of the records is needed here."),
    Kind.KEYS: lambda: _("This is a backup of the records. The one of the key store is needed here."),
}


class _Chain(io.RawIOBase):
    """Reads a line, and then a file."""

    def __init__(self, line: bytes, file: BinaryIO) -> None:
        self._pieces = self._read(line, file)
        self._left = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        """Return up to so many bytes; none at the end."""
        if not self._left:
            self._left = next(self._pieces, b"")
        most = len(self._left) if size < 0 else size
        piece, self._left = self._left[:most], self._left[most:]
        return piece

    def _read(self, line: bytes, file: BinaryIO) -> Iterator[bytes]:
        yield line
        while piece := file.read(PIECE):
            yield piece


class _Split:
    """Takes a line for itself, and hands on the rest."""

    def __init__(self, file: BinaryIO, may_go_on: Callable[[], None]) -> None:
        self._file, self._may_go_on = file, may_go_on
        self._has_line = False
        self.line, self.size, self.digest = b"", 0, hashlib.sha256()

    def write(self, piece: bytes, /) -> int:
        """Take some bytes."""
        rest = piece
        if not self._has_line:
            head, end, rest = piece.partition(b"\n")
            self.line += head
            self._has_line = bool(end) or len(self.line) > LINE  # such a long one is none
        self._may_go_on()
        self._file.write(rest)
        self.size += len(rest)
        self.digest.update(rest)
        return len(piece)

    def flush(self) -> None:
        """Nothing is held back here."""
