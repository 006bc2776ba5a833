"""The story as databases: told once in a process of its own, and copied wherever a demo begins anew."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from nearer.hostkey import HOST, NOTICES, load_or_make

MADE, DRAFT = "made", "made.new"
DATABASES = ("nearer.sqlite3", "keys.sqlite3")
PATIENCE_SECONDS = 20


def make(folder: Path) -> Path:
    """Tell the story anew, and return the folder with its databases.

    Args:
        folder: the demo's; its databases open with the same host key.

    Raises:
        CalledProcessError: it could not be told; why stands in the terminal.
    """
    draft, made = folder / DRAFT, folder / MADE
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    for name in (HOST, NOTICES):
        load_or_make(folder, name)
        shutil.copy(folder / name, draft / name)
    command = [sys.executable, "-m", "nearer.demo"]
    subprocess.run(command, env={**os.environ, "NEARER_DATA": str(draft)}, check=True)  # noqa: S603 - ourselves
    shutil.rmtree(made, ignore_errors=True)
    return draft.rename(made)


def put_in_place(made: Path, folder: Path) -> None:
    """Let the databases of the demo be as the story left them, also while they are served.

    Args:
        made: what `make` returned.
        folder: the demo's.
    """
    for name in DATABASES:
        with (
            closing(sqlite3.connect(made / name)) as source,
            closing(sqlite3.connect(folder / name, timeout=PATIENCE_SECONDS)) as into,
        ):
            source.backup(into)
