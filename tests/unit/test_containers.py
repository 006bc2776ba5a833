"""The container files promise what the docs say of them, and hand the program nothing that it would not read."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands, load_command_class

from nearer.config import Config
from nearer.testing.fronts import program

ROOT = Path(__file__).parents[2]
FILES = ("compose.yaml", "compose.scale.yaml")
SET_BY_IMAGE = re.compile(r"(NEARER_[A-Z_]+)=(\S+)")


def services(file: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / file).read_text("utf-8"))["services"]
    return found


def ours(file: str) -> dict[str, Any]:
    return {name: service for name, service in services(file).items() if service["image"] == "nearer"}


@pytest.mark.parametrize("file", FILES)
def test_each_of_ours_has_a_root_that_can_only_be_read_and_no_rights(file: str) -> None:
    for service in ours(file).values():
        assert service["read_only"]
        assert service["cap_drop"] == ["ALL"]
        assert service["volumes"] == ["data:/data"]


def test_the_image_sets_what_the_program_reads() -> None:
    variables = dict(SET_BY_IMAGE.findall((ROOT / "Containerfile").read_text("utf-8")))

    config = Config.from_env(variables)

    assert (str(config.data), config.bind, config.log) == ("/data", "0.0.0.0:8000", "json")


@pytest.mark.parametrize("file", FILES)
def test_each_runs_a_command_that_there_is_with_settings_that_are_read(file: str, tmp_path: Path) -> None:
    (tmp_path / "url").write_text("postgres://nearer:x@records/nearer", "utf-8")
    (tmp_path / "keys").write_text("postgres://nearer:x@keys/nearer", "utf-8")
    for service in ours(file).values():
        name, *rest = service.get("command", ["serve"])
        load_command_class(get_commands()[name], name).create_parser("nearer", name).parse_args(rest)
        given = {key: _filled(value) for key, value in service["environment"].items()}
        given |= {
            key: str(tmp_path / ("keys" if "KEYS" in key else "url"))
            for key in given
            if key.endswith("_FILE")
        }
        config = Config.from_env(given)
        assert config.url in {"https://nearer.example.org", "http://127.0.0.1:8000"}


# What the compose specification knows, as far as it is used here: a slip in a name would be refused, or passed over.
KNOWN = {
    "": {"services", "volumes", "networks", "secrets"},
    "services": {
        "build", "image", "restart", "read_only", "tmpfs", "cap_drop", "security_opt", "environment", "ports", "volumes",
        "secrets", "networks", "depends_on", "command", "healthcheck",
    },
    "volumes": set(), "networks": {"ipam"}, "secrets": {"file"},
}  # fmt: skip
BUILD, CHECK = {"context", "dockerfile"}, {"test", "interval", "retries", "disable"}
CONDITIONS = {"service_started", "service_healthy"}


@pytest.mark.parametrize("file", FILES)
def test_it_says_what_the_specification_knows_and_names_what_is_there(file: str) -> None:
    told = yaml.safe_load((ROOT / file).read_text("utf-8"))
    assert {key for key in told if not key.startswith("x-")} <= KNOWN[""]
    for section in KNOWN[""] & set(told):
        for name, each in told[section].items():
            assert set(each or ()) <= KNOWN[section], f"{section}.{name}"
    for name, each in told["services"].items():
        assert set(each.get("build", ())) <= BUILD, name
        assert set(each.get("healthcheck", ())) <= CHECK, name
        assert set(each.get("depends_on", ())) <= set(told["services"]), name
        assert {on["condition"] for on in each.get("depends_on", {}).values()} <= CONDITIONS, name
        for kind in ("secrets", "networks"):
            assert set(each.get(kind, ())) <= set(told.get(kind, ())), name
        for volume in each.get("volumes", ()):
            where = volume.partition(":")[0]
            assert (ROOT / where).exists() if where.startswith(".") else where in told["volumes"], name


@pytest.mark.parametrize("file", FILES)
def test_every_variable_that_is_set_is_read(file: str) -> None:
    known = read()
    front = (ROOT / "Caddyfile").read_text("utf-8")
    for name, service in services(file).items():
        set_ = {each for each in service.get("environment", {}) if each.startswith("NEARER_")}
        if name in ours(file):
            assert {each.removesuffix("_FILE") for each in set_} <= known, name
        else:
            assert all(f"{{${each}}}" in front for each in set_), name
    asked = re.findall(r"\$\{(\w+)", (ROOT / file).read_text("utf-8"))
    assert set(asked) <= known
    assert set(dict(SET_BY_IMAGE.findall((ROOT / "Containerfile").read_text("utf-8")))) <= known


def test_the_image_runs_what_the_wheel_installs() -> None:
    text = (ROOT / "Containerfile").read_text("utf-8")
    scripts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    (entry,) = re.findall(r'^ENTRYPOINT \["([a-z]+)"\]$', text, re.MULTILINE)
    (command,) = re.findall(r'^CMD \["([a-z]+)"\]$', text, re.MULTILINE)

    assert entry in scripts
    assert command in get_commands()
    for words in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE):
        assert all((ROOT / word).exists() for word in words.split()), words
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert set(re.findall(r"--extra (\w+)", text)) <= set(extras)


def read() -> set[str]:
    """Return the variables that the program reads."""
    names = set[str]()

    class Asked(dict[str, str]):
        def get(self, name: str, default: str = "") -> str:  # type: ignore[override] # text alone is asked for
            names.add(name)
            return default

    Config.from_env(Asked())
    return names


def test_the_docs_make_every_file_that_is_asked_for() -> None:
    told = (ROOT / "docs/operating/install.md").read_text("utf-8")
    asked = yaml.safe_load((ROOT / "compose.scale.yaml").read_text("utf-8"))["secrets"]

    for secret in asked.values():
        store, kind = Path(secret["file"]).name.split(".")
        assert store in ("records", "keys")
        assert f"> secrets/$each.{kind}" in told


@pytest.mark.skipif(not program("caddy"), reason="caddy is not installed")
def test_what_stands_in_front_of_several_is_taken(tmp_path: Path) -> None:
    command = [program("caddy"), "validate", "--config", str(ROOT / "Caddyfile"), "--adapter", "caddyfile"]
    around = {**os.environ, "NEARER_URL": "https://nearer.example.org", "HOME": str(tmp_path)}

    tried = subprocess.run(command, env=around, capture_output=True, text=True, check=False)

    assert tried.returncode == 0, tried.stderr


def _filled(value: str) -> str:
    """Return a value as compose hands it on, where nothing is set but the address."""
    if "NEARER_URL:?" in value:
        return "https://nearer.example.org"
    return re.sub(r"\$\{[A-Z_]+:-([^}]*)\}", r"\1", value)
