"""Whether an older program goes on beside a newer one's databases: what a migration may do once there is something older."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED

# What the database is not told, or what only lets more in.
UNSEEN = {
    "choices",
    "help_text",
    "verbose_name",
    "validators",
    "related_name",
    "default",
    "editable",
    "blank",
}
HARMLESS = (
    migrations.CreateModel, migrations.AddIndex, migrations.RemoveIndex, migrations.RemoveConstraint,
    migrations.AlterModelOptions, migrations.AlterModelManagers,
)  # fmt: skip


def narrows(operation: Operation, label: str, before: ProjectState) -> str:
    """Say why an older program would stumble over what an operation leaves; "" where it would not.

    Args:
        operation: of a migration.
        label: of its app.
        before: how the models were until then.
    """
    if isinstance(operation, HARMLESS):
        return ""
    if isinstance(operation, migrations.AddField):
        field: Any = operation.field  # Any: fields of all kinds
        is_filled = field.null or field.many_to_many or field.db_default is not NOT_PROVIDED
        return (
            ""
            if is_filled
            else f"{operation.name} is left out by older programs: give it a db_default, or null"
        )
    if isinstance(operation, migrations.AlterField):
        was = before.models[label, operation.model_name_lower].fields[operation.name]
        return _narrower(was, operation.field)
    return f"{type(operation).__name__} takes away, renames or demands: do it when nothing runs that knew it otherwise"


def _narrower(was: models.Field[Any, Any], becomes: models.Field[Any, Any]) -> str:
    (_name, kind, _args, old), (_name, other, _args, new) = was.deconstruct(), becomes.deconstruct()
    if kind != other:
        return f"{was.name} becomes another kind of column"
    changed = {key for key in old.keys() | new.keys() if old.get(key) != new.get(key)} - UNSEEN
    if changed == {"null"} and becomes.null:
        return ""
    if changed == {"max_length"} and (becomes.max_length or 0) > (was.max_length or 0):
        return ""
    return f"{was.name} takes less than before: {', '.join(sorted(changed))}" if changed else ""
