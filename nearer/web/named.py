"""Filters that say what something is called: `{{ way|way_name }}`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.template import Library


def named(
    register: Library, **tables: Mapping[Any, Any]
) -> None:  # Any: choices and their lazily translated names
    """Register a filter for each table of names, called as the table is here."""
    for name, table in tables.items():
        register.filter(name, _from(table))


def _from(table: Mapping[Any, Any]) -> Callable[[Any], str]:
    return lambda each: str(table[each])
