"""Each command in `docs/operating` is one that there is: ours are read as the program reads them, and run where that costs nothing."""

from __future__ import annotations

import re
import shlex
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandParser, call_command, get_commands, load_command_class

from nearer.config import Config
from nearer.testing.cast import Person

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.DOTALL | re.MULTILINE)
IN_WORDS = re.compile(r"`(nearer [a-z][^`]*)`")
VARIABLE = re.compile(r"\bNEARER_[A-Z_]+")
# Run by a drill or by another test, and named there; or another program's, as its own documents have it.
BY_OTHERS = {
    "pipx": "drills/install.py installs the same wheel", "make": "tests/house/test_docs.py", "buildah": "drills/container.py",
    "/opt/nearer/bin/pip": "drills/install.py", "python3": "drills/install.py", "podman": "", "tailscale": "", "systemctl": "",
    "useradd": "", "mkdir": "", "openssl": "", "for": "", "do": "", "done": "", "echo": "",
}  # fmt: skip
SAFE = ("check", "role", "endsessions", "prune")
NAMES = {"NAME": "u-alice", "THE-NAME-IT-PRINTS": "nearer.tail1234.ts.net"}


def pages() -> list[Path]:
    return sorted((ROOT / "docs/operating").glob("*.md"))


def commands(page: Path) -> list[str]:
    text = page.read_text(encoding="utf-8")
    lines = [line.strip() for block in BLOCK.findall(text) for line in block.splitlines()]
    return [line for line in [*lines, *IN_WORDS.findall(text)] if line and not line.startswith("#")]


def ours(line: str) -> tuple[dict[str, str], list[str]] | None:
    """Return the variables and the words of a command of ours; None for other programs."""
    for placeholder, name in NAMES.items():
        line = line.replace(placeholder, name)
    words = shlex.split(line)
    variables = {}
    while words and "=" in words[0]:
        name, _, variables[name] = words.pop(0).partition("=")
    return (variables, words[1:]) if words and words[0] == "nearer" else None


@pytest.mark.parametrize("page", pages(), ids=lambda page: page.stem)
def test_every_command_is_one_that_there_is(page: Path) -> None:
    for line in commands(page):
        found = ours(line)
        if found is None:
            assert shlex.split(line)[0] in BY_OTHERS, line
            continue
        variables, (name, *rest) = found
        Config.from_env(variables)
        parser = load_command_class(get_commands()[name], name).create_parser("nearer", name)
        assert isinstance(parser, CommandParser)
        parser.called_from_command_line = False  # a wrong word is an exception
        if "…" not in rest:
            parser.parse_args(rest)


@pytest.mark.django_db(databases=["default", "keys"])
def test_what_costs_nothing_is_run(alice: Person) -> None:
    run = set()
    for page in pages():
        for line in commands(page):
            found = ours(line)
            if found and found[1][0] in SAFE and "--reach" not in found[1]:
                call_command(*found[1], stdout=StringIO(), stderr=StringIO())
                run.add(found[1][0])

    assert {"check", "role", "endsessions"} <= run


def test_every_variable_is_one_that_is_read() -> None:
    read = set()

    class Asked(dict[str, str]):
        def get(self, name: str, default: str = "") -> str:  # type: ignore[override] # text alone is asked for
            read.add(name)
            return default

    Config.from_env(Asked())
    for page in [*pages(), ROOT / "README.md"]:
        assert set(VARIABLE.findall(page.read_text(encoding="utf-8"))) - read == set(), page.name
