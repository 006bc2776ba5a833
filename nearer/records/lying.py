"""Which rows lie under some labels, on several shelves at once: one question, however many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from functools import cache, reduce
from operator import or_
from typing import Any

from django.db.models import BinaryField, DateField, Q, QuerySet, UUIDField

from nearer import clock
from nearer.prepared import Prepared
from nearer.records.models import Record
from nearer.records.shelf import Shelf


def lying(asked: Sequence[tuple[Shelf, Mapping[bytes, timedelta | None]]]) -> list[Record]:
    """Return what lies on each of several shelves under some labels; each says how long ago it was changed at most, or None."""
    parts = [
        (column, within, [label for label, how_far in labels.items() if how_far == within])
        for shelf, labels in asked
        for column in shelf.column.items()
        for within in dict.fromkeys(labels.values())
    ]
    if not parts:
        return []
    today = clock.now().date()
    values = [
        value
        for (_name, owner), within, under in parts
        for value in (owner, under, *([today - within] if within else []))
    ]
    return _under(*((name, within is not None) for (name, _owner), within, _labels in parts))(*values)


@cache
def _under(*parts: tuple[str, bool]) -> Prepared[Record]:
    """Return the question for some owners, each by its column, and whether only what was changed lately is asked for."""

    def question(*slots: Any) -> QuerySet[Record]:
        left, where = iter(slots), []
        for column, is_bounded in parts:
            each = Q(**{column: next(left)}) & Q(label__in=next(left))
            where.append(each & Q(day__gte=next(left)) if is_bounded else each)
        return Record.objects.filter(reduce(or_, where))

    fields = [(UUIDField(), BinaryField(), *([DateField()] if bounded else [])) for _, bounded in parts]
    return Prepared(question, *(field for each in fields for field in each))
