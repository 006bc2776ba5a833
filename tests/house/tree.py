"""The project's own files, as git sees them: tracked ones and new ones that are not ignored."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HIDDEN = (".venv", ".uv", ".git", "data", "__pycache__", "results", "test-results", "node_modules")


@cache
def files(*suffixes: str, under: str = "") -> tuple[Path, ...]:
    """Return the project's files.

    Args:
        suffixes: endings such as ".py"; none for all.
        under: a folder of the project.
    """
    # -z keeps file names as they are; without git (an unpacked archive) every file counts.
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
        paths = [ROOT / name for name in listed.split("\0") if name]
    except (OSError, subprocess.CalledProcessError):
        paths = [path for path in ROOT.rglob("*") if not set(HIDDEN) & set(path.relative_to(ROOT).parts)]
    inside = [path for path in paths if path.is_file() and path.is_relative_to(ROOT / under)]
    return tuple(sorted(path for path in inside if not suffixes or path.suffix in suffixes))


def name(path: Path) -> str:
    """Return a path as it is written in a message, from the project's root."""
    return str(path.relative_to(ROOT))


def report(findings: list[str]) -> str:
    """Return findings as one readable block; empty when there are none."""
    return "\n".join(findings)
