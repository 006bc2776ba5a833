"""A copy from the wheel alone: built, installed into an empty environment, served from an empty folder, sat in by two.

The short form takes the dependencies that are installed already; the long one has them fetched, as `pip install nearer` does, and
is held against the five minutes that the docs promise from there to the first sitting.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import time
import venv
from dataclasses import dataclass
from pathlib import Path

from drills.crowd import Crowd
from drills.figures import Figure, Ground, at_most, exactly, time_of
from nearer.testing.server import Copy, free_port

REAL = True
ROOT = Path(__file__).parents[1]
MINUTES = 5
WORDS = "the drive home, and who says what first"


@dataclass
class Installed(Copy):
    """A copy that an installed command serves.

    Attributes:
        environment_folder: where the wheel was installed.
    """

    environment_folder: Path = Path()

    @property
    def program(self) -> list[str]:
        """The command as whoever installed it types it."""
        return [str(self.environment_folder / "bin" / "nearer")]


def drill(ground: Ground) -> list[Figure]:
    """Install, serve, sit down, and say the first words."""
    begun = time.monotonic()
    wheel = build(ground.folder / "wheels")
    place = ground.folder / "environment"
    install(wheel, place, fetches=ground.is_long)
    copy = Installed(
        data=ground.folder / "empty" / "data", port=free_port(), module="nearer", environment_folder=place
    )
    copy.start()
    try:
        heard = first_words(copy.url)
    finally:
        copy.stop()
    minutes = (time.monotonic() - begun) / 60
    return [
        exactly("what one said stands on the other's page", heard, True),
        time_of(
            at_most("from the wheel to the first words of a sitting", round(minutes, 1), MINUTES, " min")
        ),
    ]


def build(folder: Path) -> Path:
    """Build the wheel into a folder and return it.

    Args:
        folder: where to; made when it is missing.
    """
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return wheel


def install(wheel: Path, place: Path, *, fetches: bool) -> None:
    """Install a wheel into a new environment.

    Args:
        wheel: which.
        place: where the environment is made.
        fetches: whether pip fetches what it depends on; else what is installed here already serves.
    """
    venv.create(place, with_pip=fetches, symlinks=True)
    python = place / "bin" / "python"
    if fetches:
        command = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    else:
        command = [_uv(), "pip", "install", "--quiet", "--offline", "--no-deps", "--python", str(python)]
    subprocess.run([*command, str(wheel)], check=True, cwd=place)
    if not fetches:
        theirs = sysconfig.get_path("purelib", vars={"base": str(place), "platbase": str(place)})
        # The folder alone: a path file in it, which leads to Nearer's own source, is not read from here.
        Path(theirs, "here.pth").write_text(sysconfig.get_path("purelib") + os.linesep, encoding="utf-8")


def _uv() -> str:
    return shutil.which("uv") or str(ROOT / ".uv" / "bin" / "uv")


def first_words(url: str) -> bool:
    """Let two people sign up, meet and sit down; say whether what one says reaches the other."""
    with Crowd(url) as crowd:
        pair = crowd.pair(1)
        path = pair.sit_down()
        pair.host.send(path, move="SetTopic", topic=WORDS)
        return WORDS in pair.guest.see(path).text
