"""Each command in `docs/operating` is one that there is: ours are read as the program reads them, and run where that costs nothing."""

from __future__ import annotations

import configparser
import re
import shlex
import socket
import subprocess
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandParser, call_command, get_commands, load_command_class
from django.urls import resolve
from pytest_django import Settings

from nearer.config import Config
from nearer.server.management.commands import serve
from nearer.testing.cast import Person
from nearer.testing.fronts import program

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
SAFE = ("check", "role", "endsessions", "prune", "migrate")
# Ours that cost something: where each is run, as a process or in one.
RUN_BY = {
    "serve": "nearer/testing/server.py", "worker": "tests/pages/test_notices.py", "backup": "tests/pages/test_backup_places.py",
    "restore": "tests/pages/test_backup_places.py", "move": "drills/restoring.py", "study": "tests/pages/test_study.py",
}  # fmt: skip
FENCE = re.compile(r"^```(\w*)\n(.*?)^```", re.DOTALL | re.MULTILINE)
# Whose each kind of block is, and by what it is tried.
BLOCKS = {
    "sh": "this file", "ini": "this file", "yaml": "this file", "": "this file",
    "nginx": "tests/doors/test_fronts.py", "caddyfile": "tests/doors/test_fronts.py",
}  # fmt: skip
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


def blocks(kind: str) -> list[str]:
    """Return all blocks of one kind, of all pages."""
    found = (FENCE.findall(page.read_text(encoding="utf-8")) for page in pages())
    return [text for each in found for told, text in each if told == kind]


def test_every_block_and_every_command_is_tried_somewhere() -> None:
    kinds = {kind for page in pages() for kind, _text in FENCE.findall(page.read_text(encoding="utf-8"))}
    names = {found[1][0] for page in pages() for line in commands(page) if (found := ours(line))}

    assert kinds <= set(BLOCKS)
    assert names <= {*SAFE, *RUN_BY}
    for name, where in RUN_BY.items():
        assert re.search(rf'"{name}"', (ROOT / where).read_text(encoding="utf-8")), name


def test_every_shell_block_is_one_that_a_shell_reads() -> None:
    for block in blocks("sh"):
        read = subprocess.run(["bash", "-n"], input=block, capture_output=True, text=True, check=False)
        assert (read.returncode, read.stderr) == (0, ""), block


@pytest.mark.skipif(not program("openssl"), reason="openssl is not installed")
def test_the_secrets_of_the_compose_file_are_made_as_it_stands_there(tmp_path: Path) -> None:
    (block,) = [each for each in blocks("sh") if "mkdir -m 700 secrets" in each]
    lines = [line for line in block.splitlines() if not line.startswith("podman")]

    subprocess.run(["bash", "-eu"], input="\n".join(lines), cwd=tmp_path, text=True, check=True)

    for each in yaml.safe_load((ROOT / "compose.scale.yaml").read_text("utf-8"))["secrets"].values():
        assert (tmp_path / each["file"]).read_text("utf-8").strip()
    for name in ("NEARER_DATABASE_URL", "NEARER_KEYS_DATABASE_URL"):
        store = "keys" if "KEYS" in name else "records"
        Config.from_env({f"{name}_FILE": str(tmp_path / "secrets" / f"{store}.url")})
    Config.from_env(dict(line.split("=", 1) for line in (tmp_path / ".env").read_text("utf-8").split()))


def test_the_unit_for_systemd_starts_what_the_next_lines_install(tmp_path: Path) -> None:
    (unit,) = blocks("ini")
    read = configparser.ConfigParser(interpolation=None)
    read.optionxform = str  # type: ignore[assignment, method-assign] # names keep their capitals
    read.read_string(unit)
    service = read["Service"]
    Config.from_env(dict(each.split("=", 1) for each in service["Environment"].split()))
    command, name = service["ExecStart"].split()
    assert name in get_commands()
    assert any(f"python3 -m venv {Path(command).parents[1]}" in block for block in blocks("sh"))
    if program("systemd-analyze"):
        path = tmp_path / "nearer.service"
        path.write_text(unit.replace(command, "/bin/true").replace("User=nearer\n", ""), "utf-8")
        tried = subprocess.run(
            ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(path)],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert "nearer.service" not in tried.stderr, tried.stderr


def test_what_watches_is_told_an_address_that_there_is() -> None:
    (told,) = map(yaml.safe_load, blocks("yaml"))
    (job,) = told["scrape_configs"]

    assert job["static_configs"][0]["targets"] == [Config.from_env({}).bind]
    assert resolve(job.get("metrics_path", "/metrics")).url_name == "metrics"
    assert "authorization" in job


@pytest.mark.django_db
def test_the_line_with_the_code_is_the_one_that_is_printed(settings: Settings, tmp_path: Path) -> None:
    settings.CONFIG = replace(Config.from_env({}), data=tmp_path)
    (told,), out = blocks(""), StringIO()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        serve.Command(stdout=out).announce(listener)

    printed = out.getvalue().splitlines()[-1]
    assert printed.split()[:-1] == told.split()[:-1]
    assert [len(each) for each in printed.split("-")[1:]] == [
        len(each) for each in told.strip().split("-")[1:]
    ]


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
