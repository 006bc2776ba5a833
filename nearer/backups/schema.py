"""Which version a database has: what of the program's migrations was applied to it, and the highest major version that did so.

The mark of a major version stands among the migrations, under a name that no app has: so it is where they are in every database,
comes along in every backup, and needs no table.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version

from django.apps import apps
from django.core.management import call_command
from django.db import connections, router, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model
from django.utils.translation import gettext as _

from nearer.backups.errors import TooNew

type Step = tuple[str, str]

MARK, MAJOR = "nearer", "major_"


def major_of(told: str) -> str:
    """Return the major version of a version."""
    return told.partition(".")[0]


def ours() -> int:
    """Return the major version of this program."""
    return int(major_of(version("nearer")))


def mark(alias: str) -> None:
    """Note in a database that this major version has changed it."""
    step = MARK, f"{MAJOR}{ours()}"
    if step not in applied(alias):
        MigrationRecorder(connections[alias]).record_applied(*step)


def is_of_later_major(steps: Iterable[Step]) -> bool:
    """Say whether a later major version has changed a database: whatever this program did there would be wrong."""
    found = (name.removeprefix(MAJOR) for app, name in steps if app == MARK)
    return any(number.isdecimal() and int(number) > ours() for number in found)


def refuse_later_major(alias: str) -> None:
    """Refuse a database that a later major version has changed, even where this program may go on with what is newer.

    Raises:
        TooNew: it is such.
    """
    if is_of_later_major(applied(alias)):
        raise TooNew(
            _(
                "This database belongs to a later major version of Nearer than %(ours)s. Run that version, or go back to a backup from before it; nothing was changed."
            )
            % {"ours": version("nearer")}
        )


def applied(alias: str) -> set[Step]:
    """Return the migrations that were applied to a database; none for an empty one."""
    return set(MigrationRecorder(connections[alias]).applied_migrations())


def is_behind(alias: str) -> bool:
    """Say whether a database has to be brought up to date; looking writes nothing."""
    executor = MigrationExecutor(connections[alias])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def refuse_newer(alias: str) -> None:
    """Refuse a database that a newer version of the program has changed already.

    Raises:
        TooNew: it knows of migrations that this program does not.
    """
    refuse_later_major(alias)
    known = MigrationExecutor(connections[alias]).loader
    labels = {app.label for app in apps.get_app_configs()}
    if any(step[0] in labels and step not in known.disk_migrations for step in applied(alias)):
        raise TooNew(
            _(
                "This database was written by a newer version of Nearer. Run that version, or a newer one; nothing was changed."
            )
        )


def bring_up_to_date(alias: str) -> None:
    """Apply what is missing.

    Raises:
        TooNew: a newer version has changed it already.
    """
    refuse_newer(alias)
    if is_behind(alias):
        call_command("migrate", database=alias, interactive=False, verbosity=0)


def models_for(alias: str) -> list[type[Model]]:
    """Return the models of this program whose rows are in a database."""
    return [each for each in apps.get_models(include_auto_created=True) if _is_in(alias, each)]


def make_like(alias: str, copied: str) -> list[type[Model]]:
    """Make the tables of one database in an empty one, as they are at the version that it has now.

    Args:
        alias: the one there is.
        copied: the empty one.

    Returns:
        The models of these tables.
    """
    models = _as_applied(alias) if is_behind(alias) else models_for(alias)
    with connections[copied].schema_editor() as editor:
        for model in models:
            if not model._meta.auto_created:  # those come with the model that asks for them
                editor.create_model(model)
    recorder = MigrationRecorder(connections[copied])
    recorder.ensure_schema()
    with transaction.atomic(using=copied):
        for app, name in sorted(applied(alias)):
            recorder.record_applied(app, name)
    return models


def _as_applied(alias: str) -> list[type[Model]]:
    state = MigrationExecutor(connections[alias]).loader.project_state(_newest(alias), at_end=True)
    return [each for each in state.apps.get_models(include_auto_created=True) if _is_in(alias, each)]


def _newest(alias: str) -> list[Step]:
    """Return of each app the last migration that was applied to a database."""
    graph, there = MigrationExecutor(connections[alias]).loader.graph, applied(alias)
    return sorted(
        step
        for step in there & set(graph.nodes)
        if not any(child.key[0] == step[0] and child.key in there for child in graph.node_map[step].children)
    )


def _is_in(alias: str, model: type[Model]) -> bool:
    return bool(model._meta.managed and router.allow_migrate_model(alias, model))
