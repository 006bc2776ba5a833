"""Where the demo lives: in a folder of its own, which nobody's life has ever been in."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from nearer.config import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterator

MARK = "demo"  # the file that says that a folder is a demo's
BIND = "127.0.0.1:8010"
TAKEN = ("NEARER_BIND", "NEARER_URL")  # of what an operator may have set, all that counts here


@contextmanager
def own_folder(environ: MutableMapping[str, str]) -> Iterator[Path]:
    """Hold a folder for one demo, and let the environment name it and nothing of anybody else's.

    Args:
        environ: as `os.environ`. `NEARER_DATA` may name a folder that is empty, or that was a demo's before; without it
            the folder is a temporary one, and gone afterwards.

    Raises:
        ConfigError: the folder that was named is somebody's.
    """
    named = environ.get("NEARER_DATA", "").strip()
    folder = Path(named).expanduser().resolve() if named else Path(tempfile.mkdtemp(prefix="nearer-demo-"))
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise ConfigError(
            f"{folder} is not empty, and it may hold somebody's life. The demo keeps away from it: "
            "name an empty folder with NEARER_DATA, or none."
        )
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / MARK).write_text("Sam and Noor do not exist.\n", encoding="ascii")
    except OSError as problem:
        raise ConfigError(f"NEARER_DATA must name a folder that can be written: {folder}") from problem
    for name in [each for each in environ if each.startswith("NEARER_") and each not in TAKEN]:
        del environ[name]
    environ["NEARER_DATA"] = str(folder)
    environ.setdefault("NEARER_BIND", BIND)
    try:
        yield folder
    finally:
        if not named:
            shutil.rmtree(folder, ignore_errors=True)
