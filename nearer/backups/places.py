"""Where backups go: a folder, or a command that takes one on its standard input."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Protocol

from django.utils.translation import gettext as _

from nearer.backups.archive import PIECE, Kind
from nearer.backups.errors import NotStored
from nearer.backups.rules import Kept
from nearer.ownfile import settle

STAMP = "%Y%m%dT%H%M%SZ"
NAMED = re.compile(r"nearer-(records|keys)-(\d{8}T\d{6}Z)\.age")
PART = ".part"


class Place(Protocol):
    """A place for backups of one kind."""

    def put(self, sealed: Path, name: str) -> Path:
        """Bring a sealed backup there; return where it can be read again.

        Raises:
            NotStored: the place did not take it.
        """

    def clear(self, outlived: Callable[[list[Kept]], list[Kept]]) -> None:
        """Remove what has outlived itself."""


def name_of(kind: Kind, at: datetime) -> str:
    """Return what a backup is called."""
    return f"nearer-{kind}-{at.astimezone(UTC).strftime(STAMP)}.age"


def place(told: str, default: Path) -> Place:
    """Return the place that is meant by a setting.

    Args:
        told: a folder, or "|" and a command; "" for the default.
        default: a folder, which is made.
    """
    if told.startswith("|"):
        return Command(tuple(shlex.split(told[1:])))
    if not told:
        default.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Folder(Path(told) if told else default)


def missing(told: str) -> str:
    """Return what of a place is not there: its folder, or the program of its command; nothing where all is."""
    if told.startswith("|"):
        program = shlex.split(told[1:])[0]
        return "" if shutil.which(program) else program
    return "" if Path(told).is_dir() else told


@dataclass(frozen=True)
class Folder:
    """A folder. What is half-written has another name, so it is never taken for a backup."""

    path: Path

    def put(self, sealed: Path, name: str) -> Path:
        """Copy a sealed backup there."""
        if not self.path.is_dir():
            raise NotStored(
                _("There is no folder %(path)s for backups: is its disk there? Nothing was stored.")
                % {"path": self.path}
            )
        draft, final = self.path / f"{name}{PART}", self.path / name
        try:
            self._forget_drafts()
            descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
            with os.fdopen(descriptor, "wb") as file, sealed.open("rb") as source:
                _pour(source, file)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(final)
            settle(self.path)
        except OSError as problem:
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise NotStored(
                _(
                    "The backup could not be written into %(path)s: make room there, and let the account that runs Nearer write."
                )
                % {"path": self.path}
            ) from problem
        return final

    def kept(self) -> list[Kept]:
        """Return the backups that are there, the oldest first. Other files are left alone."""
        found = ((each.name, NAMED.fullmatch(each.name)) for each in self.path.iterdir())
        return sorted(
            Kept(datetime.strptime(match[2], STAMP).replace(tzinfo=UTC), name)
            for name, match in found
            if match
        )

    def clear(self, outlived: Callable[[list[Kept]], list[Kept]]) -> None:
        """Remove what has outlived itself."""
        for each in outlived(self.kept()):
            (self.path / each.name).unlink(missing_ok=True)

    def _forget_drafts(self) -> None:
        for each in self.path.glob(f"nearer-*{PART}"):
            if NAMED.fullmatch(each.name.removesuffix(PART)):
                each.unlink(missing_ok=True)


@dataclass(frozen=True)
class Command:
    """A command, without a shell; `{name}` in it becomes the name of the backup. How long those live is for it to say."""

    words: tuple[str, ...]

    def put(self, sealed: Path, name: str) -> Path:
        """Let the command read a sealed backup."""
        words = [word.replace("{name}", name) for word in self.words]
        try:
            with sealed.open("rb") as source:
                done = subprocess.run(words, stdin=source, stdout=subprocess.DEVNULL, check=False)  # noqa: S603 - whoever runs the copy says it
        except OSError as problem:
            raise NotStored(
                _("There is no command %(command)s for backups. Nothing was stored.") % {"command": words[0]}
            ) from problem
        if done.returncode:
            raise _refused(words[0])
        return sealed

    def clear(self, outlived: Callable[[list[Kept]], list[Kept]]) -> None:
        """Nothing: what it stored is out of reach."""


def _refused(command: str) -> NotStored:
    return NotStored(
        _("The command for backups failed: %(command)s. What it said stands above.") % {"command": command}
    )


def _pour(source: BinaryIO, to: BinaryIO) -> None:
    while piece := source.read(PIECE):
        to.write(piece)
