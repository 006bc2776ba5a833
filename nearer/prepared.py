"""Questions that nearly every page asks: Django writes their SQL once, and afterwards only the values change.

Writing it takes several times as long as a database needs to answer by an index.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.models import Expression, Field, Model, QuerySet
from django.db.models.fetch_modes import FETCH_ONE
from django.db.models.query import get_related_populators

# Any: a field's values, and Django's own compiler and rows, are as wide.
type AnyField = Field[Any, Any]


class Slot(Expression):
    """Where a value stands in the SQL."""

    def __init__(self, number: int, field: AnyField) -> None:
        super().__init__(output_field=field)
        self.number = number

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Stand for the value among the parameters, until there is one."""
        return "%s", (self,)


@dataclass(frozen=True, kw_only=True)
class _Written:
    """A question as it is sent: its SQL, the parameters with slots among them, and what makes models of rows."""

    alias: str
    sql: str
    parameters: tuple[Any, ...]
    select: Any
    info: Any
    converters: list[Any]


class Prepared[M: Model]:
    """A question whose SQL is written once for each shape: for each length of the lists among its values.

    Args:
        question: makes the queryset of a slot, or a list of slots, for each value.
        fields: of which kind of column each value is.
    """

    def __init__(self, question: Callable[..., QuerySet[M, Any]], *fields: AnyField) -> None:
        self._question = question
        self._fields = fields
        self._written: dict[tuple[int | None, ...], _Written] = {}

    def __call__(self, *values: Any) -> list[M]:
        """Return the models that answer it; none where a list among the values is empty.

        Args:
            values: one for each field, or a list of them.
        """
        if (written := self._written_for(values)) is None:
            return []
        rows = _rows(written, values)
        return _models(written, rows) if rows else []

    def rows(self, *values: Any) -> list[list[Any]]:
        """Return the plain rows that answer it, for a question that names its columns: `….values_list("pk", "seq")`."""
        written = self._written_for(values)
        return _rows(written, values) if written else []

    def _written_for(self, values: Sequence[Any]) -> _Written | None:
        shape = tuple(len(value) if isinstance(value, list) else None for value in values)
        if 0 in shape:
            return None
        if (written := self._written.get(shape)) is None:
            written = self._written[shape] = self._write(shape)
        return written

    def _write(self, shape: Sequence[int | None]) -> _Written:
        slots: list[Any] = []
        number = 0
        for field, length in zip(self._fields, shape, strict=True):
            made = [Slot(number + more, field) for more in range(1 if length is None else length)]
            number += len(made)
            slots.append(made[0] if length is None else made)
        found = self._question(*slots)
        compiler = found.query.get_compiler(using=found.db)
        sql, parameters = compiler.as_sql()
        converters = compiler.get_converters([each[0] for each in compiler.select])
        return _Written(
            alias=found.db, sql=sql, parameters=tuple(parameters), select=compiler.select, info=compiler.klass_info,
            converters=[(at, *how) for at, how in converters.items()],
        )  # fmt: skip


def _rows(written: _Written, values: Sequence[Any]) -> list[list[Any]]:
    connection = connections[written.alias]
    flat = [each for value in values for each in (value if isinstance(value, list) else [value])]
    parameters = [
        each.output_field.get_db_prep_value(flat[each.number], connection) if isinstance(each, Slot) else each
        for each in written.parameters
    ]
    with connection.cursor() as cursor:
        cursor.execute(written.sql, parameters)
        rows = [list(row) for row in cursor.fetchall()]
    for at, converters, expression in written.converters:
        for converter in converters:
            for row in rows:
                row[at] = converter(row[at], expression, connection)
    return rows


def _models(written: _Written, rows: list[list[Any]]) -> list[Any]:
    select, info = written.select, written.info
    first, last = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [each[0].target.attname for each in select[first:last]]
    related = get_related_populators(info, select, written.alias, FETCH_ONE)
    models = []
    for row in rows:
        model = info["model"].from_db(written.alias, names, row[first:last], fetch_mode=FETCH_ONE)
        for each in related:
            each.populate(row, model)
        models.append(model)
    return models
