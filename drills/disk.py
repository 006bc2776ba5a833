"""A full disk, and one that can only be read: the page says so kindly, nothing is kept by half, and the doors stay open."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

import httpx

from drills.crowd import PASSPHRASE, Crowd, Pair, Person
from drills.figures import Figure, Ground, at_least, exactly, told
from drills.opening import Reader
from drills.parallel import form_of, many
from drills.rows import Stores
from drills.waiting import wait_until
from nearer.disk import NAME
from nearer.testing.server import Copy, free_port

SIZE = 32 * 1024 * 1024
KIND = "What you wrote is still there when you go back."
PATIENCE = 60
PAGES = ("/", "/us", "/practise", "/settings", "/help", "/spaces")


def drill(ground: Ground) -> list[Figure]:
    """Fill the disk under a running copy, write, make room, and write again; then start on it full, and locked."""
    times = ground.size(short=1, long=10)
    with _small_disk(ground.folder / "disk") as (folder, is_disk):
        with replace(ground, folder=folder).serving() as copy, Crowd(copy.url) as crowd:
            evening = Evening(copy, crowd.pair(1), is_disk=is_disk)
            for _ in range(times):
                evening.write_until_it_is_full()
                evening.write_again()
            stores, people = Stores.of(copy), evening.people
            figures = evening.figures(times, ground)
            figures += _starts(copy, crowd, is_disk=is_disk)
        pages = [Reader(stores, person.name, PASSPHRASE).everything() for person in people]
        is_whole = stores.are_whole()
    return [
        *figures,
        exactly("sealed things that do not open", sum(len(found.shut) for found in pages), 0),
        exactly("whether the files are in order", is_whole, asked=True),
    ]


def _starts(copy: Copy, crowd: Crowd, *, is_disk: bool) -> list[Figure]:
    """Start the copy where nothing can be written, and live with it."""
    if not (is_disk and os.access("/", os.W_OK)):
        return [told("starts on a full and on a locked disk", "not tried: no disk may be mounted here")]
    pairs = {
        name: crowd.pair(number) for number, name in enumerate(("full", "to the last byte", "locked"), 2)
    }
    return [
        *_on_a_full_disk(copy, pairs["full"], room_for_leaving=True),
        *_on_a_full_disk(copy, pairs["to the last byte"], room_for_leaving=False),
        *_locked(copy, pairs["locked"]),
    ]


def _on_a_full_disk(copy: Copy, pair: Pair, *, room_for_leaving: bool) -> list[Figure]:
    """Fill the disk to its last byte, start anew, and try the doors; without room, also what the reserve held is filled.

    The copy is left standing still, with room again.
    """
    ballast = copy.data.parent / "ballast"
    if room_for_leaving:
        # The reserve is laid by a moment after the start.
        wait_until((copy.data / NAME).exists, within=PATIENCE)
        _fill(ballast, copy.data)
        copy.stop()
    if not room_for_leaving:
        (copy.data / NAME).unlink(missing_ok=True)
    _fill(ballast, copy.data)
    copy.start()
    name = "a full disk" if room_for_leaving else "a disk filled to its last byte, the reserve with it"
    try:
        found = Night(copy.url, pair)
        return found.figures(name)
    finally:
        copy.stop()
        ballast.unlink()


def _locked(copy: Copy, pair: Pair) -> list[Figure]:
    """Let a second copy of the program look at the same folder through a door that only lets it read."""
    view = copy.data.parent / "view"
    view.mkdir()
    for step in (["--bind", str(copy.data), str(view)], ["-o", "remount,ro,bind", str(view)]):
        subprocess.run(["mount", *step], check=True)
    locked = Copy(data=view, port=free_port(), module=copy.module, log_file=copy.data.parent / "locked.log")
    locked.start()
    try:
        return Night(locked.url, pair).figures("a disk that can only be read")
    finally:
        locked.stop()
        subprocess.run(["umount", "-l", str(view)], check=True)


class Night:
    """What the two meet in a copy that was started where nothing new can be stored.

    Args:
        url: the copy.
        pair: the two, whose browsers forget everything first.
    """

    def __init__(self, url: str, pair: Pair) -> None:
        self.failed: list[str] = []
        self.host, self.guest = Person(url, pair.host.name), Person(url, pair.guest.name)
        self.stopped, self.left = httpx.Response(0), httpx.Response(0)
        for person in (self.host, self.guest):
            with person:
                self._live(person)

    def figures(self, where: str) -> list[Figure]:
        """Return what there was to see."""
        kind = (self.stopped.status_code, KIND in self.stopped.text)
        left = "left" if self.left.status_code < httpx.codes.BAD_REQUEST else self.left.status_code
        return [
            exactly(f"{where}: doors and pages that failed", self.failed, []),
            exactly("what is new is refused on the kind page", kind, (503, True)),
            exactly("leaving a bond", left, "left"),
        ]

    def _live(self, person: Person) -> None:
        self._try("log in", self._log_in(person))
        for path in PAGES:
            self._try(path, person.client.get(path))
        answer = person.client.post("/settings/copy", data=self._form(person, "/settings/copy"))
        self._try("copy", answer, kind="application/zip")
        if person is self.host:
            self.stopped = person.client.post(
                "/invite", data=self._form(person, "/invite") | {"kin": "friend"}
            )
        else:
            form = person.page("/spaces").form(action="/space")
            self.left = person.client.post(form.action, data=form.fields)
        way = "/logout" if person is self.host else "/lock"
        token = person.cookies
        self._try(way, person.client.post(way, data=self._form(person, "/settings", way)))
        again = httpx.get(f"{person.client.base_url}/settings", headers={"Cookie": token})
        if again.status_code != httpx.codes.FOUND:
            self.failed.append(f"still signed in after {way}")

    def _log_in(self, person: Person) -> httpx.Response:
        form = self._form(person, "/login")
        return person.client.post("/login", data=form | {"username": person.name, "passphrase": PASSPHRASE})

    def _form(self, person: Person, page: str, action: str = "") -> dict[str, str]:
        forms = person.page(page).forms
        return next(
            dict(form.fields) for form in forms if form.action in ({action} if action else {page, ""})
        )

    def _try(self, what: str, answer: httpx.Response, *, kind: str = "text/html") -> None:
        if answer.status_code != httpx.codes.OK or not answer.headers["content-type"].startswith(kind):
            self.failed.append(f"{what} {answer.status_code}")


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

    def figures(self, times: int, ground: Ground) -> list[Figure]:
        """Return what there was to see."""
        return [
            told("the disk", f"{SIZE >> 20} MB of memory" if self.is_disk else "a limit on files"),
            at_least("writes that met a full disk", self.met, times),
            exactly("of them answered with anything else than the kind page", self.unkind, 0),
            exactly("writes that were acknowledged and are lost", self.lost, 0),
            exactly("writes that were refused and are there", self.halves, 0),
            exactly("writes with room again that failed", self.stuck, 0),
        ]

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
        _fill(self._ballast, self.copy.data)

    def _make_room(self) -> None:
        if self.is_disk:
            self._ballast.unlink()
        else:
            self._limit(resource.RLIM_INFINITY)

    def _limit(self, size: int) -> None:
        assert self.copy.process
        resource.prlimit(self.copy.process.pid, resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))


def _fill(ballast: Path, folder: Path) -> None:
    """Take all the room there is, to the last byte."""
    with suppress(OSError), ballast.open("ab", buffering=0) as file:
        while (room := os.statvfs(folder)).f_bavail:
            file.write(bytes(room.f_bavail * room.f_frsize))


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
