"""Rows from one database into another, whatever kind each is, and whether they are the same afterwards."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from django.core.management.color import no_style
from django.db import connections, transaction
from django.db.models import Field, Model

type Values = tuple[Any, ...]  # Any: whatever columns hold
type Sums = dict[str, tuple[int, int]]
type Models = Sequence[type[Model]]

AT_ONCE = 8  # rows that are fetched together: each may hold a file of many megabytes
ROWS, BYTES = 500, 8 << 20  # that are stored together, at most


class RowsDiffer(Exception):
    """After copying, the rows are not those that were to be copied."""


@contextmanager
def one_moment(alias: str) -> Iterator[None]:
    """Read a database as it is at one moment, whatever is written meanwhile."""
    with transaction.atomic(using=alias):
        if connections[alias].vendor == "postgresql":
            with connections[alias].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def lock(alias: str, models: Models, *, mode: str) -> None:
    """Let nobody else write into these tables until the transaction ends; SQLite does that by itself.

    Args:
        alias: the database.
        models: the tables.
        mode: how, as PostgreSQL calls it: "SHARE", or "ACCESS EXCLUSIVE" to let nobody read, either.
    """
    connection = connections[alias]
    if connection.vendor == "postgresql" and models:
        names = ", ".join(connection.ops.quote_name(each._meta.db_table) for each in models)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN {mode} MODE")


def replace(source: str, target: str, models: Models) -> Sums:
    """Make the rows of one database those of another, in the transaction that runs there.

    Args:
        source: the alias they come from.
        target: the alias they go to.
        models: the tables, the same in both.

    Returns:
        What was copied: of each table, how many rows and the sum of their hashes.

    Raises:
        RowsDiffer: the target did not keep them as they were.
    """
    _empty(target, models)
    for model in models:
        _copy(model, source, target)
    _go_on_counting(target, models)
    wanted = sums(source, models)
    if wanted != sums(target, models):
        raise RowsDiffer
    return wanted


def add_missing(source: str, target: str, models: Models) -> None:
    """Add the rows of one database that are not in another; those that are there stay as they are."""
    for model in models:
        _copy(model, source, target, skips_known=True)


def sums(alias: str, models: Models) -> Sums:
    """Return of each table how many rows it has, and the sum of their hashes, whatever their order.

    Two databases with the same sums hold the same rows, value by value.
    """
    return {model._meta.label: _sum(model, alias) for model in models}


def count(found: Sums) -> int:
    """Return how many rows these are."""
    return sum(rows for rows, _ in found.values())


def _empty(alias: str, models: Models) -> None:
    # Without the signals and cascades of a queryset: no secret goes because its row makes room for itself.
    connection = connections[alias]
    with connection.cursor() as cursor:
        for model in models:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - our own names


def _copy(model: type[Model], source: str, target: str, *, skips_known: bool = False) -> None:
    names, waiting, size = [field.attname for field in _fields(model)], list[Model](), 0
    rows = model._base_manager.using(target)
    for values in _values(model, source):
        waiting.append(model(**dict(zip(names, values, strict=True))))
        size += sum(len(value) for value in values if isinstance(value, bytes))
        if len(waiting) >= ROWS or size >= BYTES:
            rows.bulk_create(waiting, ignore_conflicts=skips_known)
            waiting, size = [], 0
    rows.bulk_create(waiting, ignore_conflicts=skips_known)


def _sum(model: type[Model], alias: str) -> tuple[int, int]:
    number = whole = 0
    for values in _values(model, alias):
        number += 1
        whole += int.from_bytes(hashlib.sha256(_written(values)).digest()[:16])
    return number, whole


def _values(model: type[Model], alias: str) -> Iterator[Values]:
    names = [field.attname for field in _fields(model)]
    for values in model._base_manager.using(alias).values_list(*names).iterator(chunk_size=AT_ONCE):
        yield tuple(bytes(value) if isinstance(value, memoryview) else value for value in values)


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return sorted(model._meta.concrete_fields, key=lambda field: field.attname)


def _written(values: Values) -> bytes:
    """Return values in a form that is the same for the same values, and another one for all others."""
    return b"".join(len(part).to_bytes(8) + part for part in map(_one, values))


def _one(value: Any) -> bytes:  # Any: whatever a column holds
    if isinstance(value, bytes):
        return b"b" + value
    if isinstance(value, datetime):
        return b"t" + value.astimezone(UTC).isoformat().encode()
    if isinstance(value, dict | list):
        return b"j" + json.dumps(value, sort_keys=True).encode()
    return f"{type(value).__name__} {value}".encode()


def _go_on_counting(alias: str, models: Models) -> None:
    """Let new rows be numbered after those that were copied."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)
