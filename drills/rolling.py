"""Two versions: this one takes over what the last release has left, and serves beside it on databases it has brought up to date.

The latter on PostgreSQL, as in a rolling upgrade: people begin on the older program, the databases are brought up to date under it,
and from there they go back and forth between the two. Which is the older one: the last tag, or what `NEARER_TEST_OLDER` names for git.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import httpx

from drills.crowd import Crowd, Pair, Person
from drills.figures import Figure, Ground, at_least, exactly, told
from nearer.testing.server import Copy, free_port

BOTH = True
REAL = True
ROOT = Path(__file__).parents[1]
OLDER = "NEARER_TEST_OLDER"
PAGES = ("/", "/us", "/practise", "/library/", "/settings", "/settings/devices", "/settings/notices", "/back")


@dataclass
class Older(Copy):
    """A copy that runs the program of another folder.

    Attributes:
        source: that folder.
    """

    source: Path = Path()

    @property
    def program(self) -> list[str]:
        """The same interpreter, which does not look around where it is started."""
        return [sys.executable, "-P", "-m", self.module]

    @property
    def environment(self) -> dict[str, str]:
        """The variables it runs under."""
        return {**super().environment, "PYTHONPATH": str(self.source)}


def drill(ground: Ground) -> list[Figure]:
    """Serve with both, one after the other on a folder and at once on PostgreSQL."""
    named = os.environ.get(OLDER) or _last_tag()
    if not (ground.is_long and named):
        return [
            told("two versions stand side by side in the long form, beside a release", named or "none yet")
        ]
    source = ground.folder / "older"
    _unpack(named, source)
    newer = ground.copy("both")
    older = Older(
        data=ground.folder / "older-data",
        port=free_port(),
        databases=newer.databases,
        module="nearer",
        source=source,
    )
    older.start()
    try:
        figures = _back_and_forth(older, newer) if newer.databases else _one_then_the_other(older)
        return [told("the older program", named), *figures]
    finally:
        older.stop()
        newer.stop()


def _one_then_the_other(older: Copy) -> list[Figure]:
    """Start this version on the folder that the older one has left."""
    with Crowd(older.url) as crowd:
        pair = crowd.pair(1)
        path = pair.sit_down()
        pair.host.send(path, move="SetTopic", topic="the drive home")
        older.stop()
        newer = Copy(data=older.data, port=older.port, module="nearer")
        newer.start()
        try:
            pair.guest.send(path, move="TakeTopic")
            answers = [_look(person, page) for page in (*PAGES, path) for person in (pair.host, pair.guest)]
            wrong = newer.run("check", "--open")
        finally:
            newer.stop()
    return [
        at_least("pages seen after the newer one took over", len(answers), 16),
        exactly("of them a failure", [answer for answer in answers if answer != httpx.codes.OK], []),
        exactly("every row opens", "cannot open 0 left over" in wrong, True),
    ]


def _back_and_forth(older: Copy, newer: Copy) -> list[Figure]:
    with Crowd(older.url) as before, Crowd(newer.url) as after:
        pair = before.pair(1)
        path = pair.sit_down()
        newer.data.mkdir()
        for key in older.data.glob("*.key"):
            shutil.copy(key, newer.data)
        # The newer program brings them up to date, while the older one answers.
        for alias in ("default", "keys"):
            newer.run("migrate", "--database", alias, "--verbosity", "0")
        newer.start()
        moved = Pair(_same(pair.host, after), _same(pair.guest, after))
        pair.host.send(path, move="SetTopic", topic="the drive home")
        moved.guest.send(path, move="TakeTopic")
        moved.host.send(path, move="Heat", level="easy")
        pair.guest.send(path, move="Heat", level="easy")
        answers = [
            _look(person, page)
            for page in (*PAGES, path)
            for two in (pair, moved)
            for person in (two.host, two.guest)
        ]
        between = before.person("kim")
        between.sign_up()
        meets = after.pair(2)
        meets.sit_down()
        answers += [_look(_same(between, after), "/"), _look(_same(meets.host, before), "/us")]
    return [
        at_least("pages seen, by either program", len(answers), 30),
        exactly("of them a failure", [answer for answer in answers if answer != httpx.codes.OK], []),
    ]


def _same(person: Person, crowd: Crowd) -> Person:
    """Return the same browser at the other program."""
    other = crowd.person(person.name)
    other.client.cookies = person.client.cookies
    return other


def _look(person: Person, page: str) -> int:
    return person.client.get(page).status_code


def _last_tag() -> str:
    command = ["git", "describe", "--tags", "--abbrev=0"]
    return subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True).stdout.strip()


def _unpack(named: str, to: Path) -> None:
    packed = subprocess.run(
        ["git", "archive", named, "nearer"], cwd=ROOT, check=True, capture_output=True
    ).stdout
    with tarfile.open(fileobj=BytesIO(packed)) as archive:
        archive.extractall(to, filter="data")
