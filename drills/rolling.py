"""Two versions at once: the last release serves beside this one, on databases that this one has brought up to date.

On PostgreSQL, as in a rolling upgrade: people begin on the older program, the databases are brought up to date under it, and from
there they go back and forth between the two. Which is the older one: the last tag, or what `NEARER_TEST_OLDER` names for git.
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
    """Serve with both, and let two people and a newcomer go back and forth."""
    named = os.environ.get(OLDER) or _last_tag()
    if not ground.is_long:
        return [told("two versions at once are for the long form", named or "no release yet")]
    newer = ground.copy("both")
    if not (named and newer.databases):
        return [
            told(
                "on PostgreSQL alone, beside a release" if named else "there is no release to stand beside",
                "",
            )
        ]
    source = ground.folder / "older"
    _unpack(named, source)
    older = Older(
        data=ground.folder / "older-data",
        port=free_port(),
        databases=newer.databases,
        module="nearer",
        source=source,
    )
    older.start()
    try:
        return [told("the older program", named), *_back_and_forth(older, newer)]
    finally:
        older.stop()
        newer.stop()


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
