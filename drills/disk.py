"""A full disk: the page says so kindly, nothing is kept by half, and with room again everything goes on."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from drills.crowd import PASSPHRASE, Crowd, Pair
from drills.figures import Figure, Ground, at_least, exactly, told
from drills.opening import Reader
from drills.parallel import form_of, many
from drills.rows import Stores
from nearer.testing.server import Copy

SIZE = 32 * 1024 * 1024
KIND = "What you wrote is still there when you go back."


def drill(ground: Ground) -> list[Figure]:
    """Fill the disk under a running copy, write, make room, and write again."""
    times = ground.size(short=1, long=10)
    with _small_disk(ground.folder / "disk") as (folder, is_disk):
        with replace(ground, folder=folder).serving() as copy, Crowd(copy.url) as crowd:
            evening = Evening(copy, crowd.pair(1), is_disk=is_disk)
            for _ in range(times):
                evening.write_until_it_is_full()
                evening.write_again()
        stores = Stores.of(copy)
        pages = [Reader(stores, person.name, PASSPHRASE).everything() for person in evening.people]
        is_whole = stores.are_whole()
    return [
        told("the disk", f"{SIZE >> 20} MB of memory" if is_disk else "a limit on files"),
        at_least("writes that met a full disk", evening.met, times),
        exactly("of them answered with anything else than the kind page", evening.unkind, 0),
        exactly("writes that were acknowledged and are lost", evening.lost, 0),
        exactly("writes that were refused and are there", evening.halves, 0),
        exactly("writes with room again that failed", evening.stuck, 0),
        exactly("sealed things that do not open", sum(len(found.shut) for found in pages), 0),
        exactly("whether the files are in order", is_whole, asked=True),
    ]


class Evening:
    """Two people whose disk fills up.

    Args:
        copy: the server.
        pair: the two.
        is_disk: whether it is a disk of its own that can be filled; otherwise the server's files may not grow.
    """

    def __init__(self, copy: Copy, pair: Pair, *, is_disk: bool) -> None:
        self.copy, self.is_disk = copy, is_disk
        self.people = (pair.host, pair.guest)
        self.host, self.path = pair.host, pair.sit_down()
        self.met = self.unkind = self.lost = self.halves = self.stuck = 0

    def write_until_it_is_full(self) -> None:
        """Take all the room there is, and write until one write does not fit."""
        self._take_room()
        try:
            for _ in range(60):
                path, fields, before = *self._form(), self._kept()
                answer = many(self.host, path, fields, times=1)[0]
                grown = self._kept() - before
                if answer.status_code == 302:
                    self.lost += grown != 1
                    continue
                self.met += 1
                self.unkind += answer.status_code != 503 or KIND not in answer.text
                self.halves += grown != 0
                return
        finally:
            self._make_room()

    def write_again(self) -> None:
        """Write with room again, without a new start."""
        before = self._kept()
        many(self.host, *self._form(), times=1)
        self.stuck += self._kept() - before != 1

    def _form(self) -> tuple[str, dict[str, str]]:
        is_paused = any(form.move == "Resume" for form in self.host.page(self.path).forms)
        return form_of(self.host, self.path, move="Resume" if is_paused else "Pause")

    def _kept(self) -> int:
        return Stores.of(self.copy).records.count("sittings_entry")

    @property
    def _ballast(self) -> Path:
        return self.copy.data.parent / "ballast"

    def _take_room(self) -> None:
        if not self.is_disk:
            log = (self.copy.data / "nearer.sqlite3-wal").stat().st_size
            self._limit(log + 4096)
            return
        room = os.statvfs(self.copy.data)
        with self._ballast.open("wb") as file:
            file.write(bytes(room.f_bavail * room.f_frsize))

    def _make_room(self) -> None:
        if self.is_disk:
            self._ballast.unlink()
        else:
            self._limit(resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        assert self.copy.process
        resource.prlimit(self.copy.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


@contextmanager
def _small_disk(folder: Path) -> Iterator[tuple[Path, bool]]:
    """Mount a small disk in memory, where that is allowed."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    try:
        is_disk = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        is_disk = False
    try:
        yield folder, is_disk
    finally:
        if is_disk:
            subprocess.run(["umount", "-l", str(folder)], capture_output=True, check=False)
