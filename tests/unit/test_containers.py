"""The container files promise what the docs say of them, and hand the program nothing that it would not read."""

from __future__ import annotations

import os
import re
import subprocess
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
