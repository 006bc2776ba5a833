"""Mutations: one check is taken out of the program at a time, and each time the tests of the doors turn red."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

from drills.figures import Figure, Ground, at_least, exactly, told

ROOT = Path(__file__).parents[1]
LIST = Path(__file__).with_suffix(".toml")
COPIED = ("nearer", "tests", "drills", "bench", "docs", "pyproject.toml")
# The matrix first: it is quick, and finds most.
TESTS = ("tests/doors/test_matrix.py", "tests/doors/test_canaries.py", "tests/doors")
AT_ONCE, LEAST = 2, 20
FOUND, PASSED = 1, 0


@dataclass(frozen=True, kw_only=True)
class Mutation:
    """A check that is taken out.

    Attributes:
        what: the check, as a promise.
        file: where it stands.
        text: the text of it, exactly, once in the file.
        instead: what stands there without it.
        tests: which tests have to turn red.
    """

    what: str
    file: str
    text: str
    instead: str
    tests: list[str] = field(default_factory=lambda: list(TESTS))

    @property
    def stands(self) -> bool:
        """Whether the text is there, once."""
        return (ROOT / self.file).read_text(encoding="utf-8").count(self.text) == 1

    @contextmanager
    def made_in(self, copy: Path) -> Iterator[None]:
        """Take the check out of a copy of the program, for as long as the block lasts."""
        path = copy / self.file
        whole = path.read_text(encoding="utf-8")
        path.write_text(whole.replace(self.text, self.instead), encoding="utf-8")
        try:
            yield
        finally:
            path.write_text(whole, encoding="utf-8")


def mutations() -> list[Mutation]:
    """Return the list."""
    return [Mutation(**entry) for entry in tomllib.loads(LIST.read_text(encoding="utf-8"))["mutation"]]


def drill(ground: Ground) -> list[Figure]:
    """Take each check out, in two copies at once, and see which test notices."""
    found = mutations()
    lost = [each.what for each in found if not each.stands]
    figures = [
        exactly("checks that no longer stand where the list says", lost, []),
        at_least("checks in the list", len(found), LEAST),
    ]
    if lost:
        return figures
    tried = found[: ground.size(short=1, long=len(found))]
    copies: SimpleQueue[Path] = SimpleQueue()
    for number in range(AT_ONCE):
        copies.put(_copy(ground.folder / f"copy{number}"))
    if ground.is_long:
        figures.append(exactly("tests that fail with every check in place", _unharmed(copies), PASSED))
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [*figures, *pool.map(lambda each: _figure(each, copies), tried)]


def _copy(folder: Path) -> Path:
    for name in COPIED:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "results"))
        else:
            shutil.copy(source, target)
    return folder


def _unharmed(copies: SimpleQueue[Path]) -> int:
    copy = copies.get()
    code, _ = _run(copy, dict.fromkeys(test for each in mutations() for test in each.tests))
    copies.put(copy)
    return code


def _figure(mutation: Mutation, copies: SimpleQueue[Path]) -> Figure:
    copy = copies.get()
    try:
        with mutation.made_in(copy):
            code, output = _run(copy, mutation.tests)
    finally:
        copies.put(copy)
    by = re.search(r"^(?:FAILED|ERROR) \S*?(\w+)\.py::(\S+)", output, re.MULTILINE)
    if code == FOUND and by:
        return told(f"{mutation.what}: seen by {by[2][:60]}", "red")
    return exactly(mutation.what, "green" if code == PASSED else f"broken ({code})", "red")


def _run(copy: Path, tests: Iterable[str]) -> tuple[int, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEARER_", "PYTEST_"))}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "--show-capture=no",
        "-p",
        "no:cacheprovider",
        *tests,
    ]
    done = subprocess.run(
        command,
        cwd=copy,
        env={**kept, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout
