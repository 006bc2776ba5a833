"""Practice partners as data: the file `partners.toml` beside a room's `personas.py`. PURE."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FILE = "partners.toml"


def tables_in(beside: Path) -> list[dict[str, Any]]:  # Any: as TOML has it
    """Return what is told of each practice partner.

    Args:
        beside: the module next to which the file lies.
    """
    told: list[dict[str, Any]] = tomllib.loads(beside.with_name(FILE).read_text(encoding="utf-8"))["partner"]
    return told


def rows_of(table: dict[str, Any]) -> dict[str, Any]:  # Any: as TOML has it
    """Return a table with its lists as rows that nobody can change."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in table.items()}
