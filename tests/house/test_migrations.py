"""What the models say and what the migrations build are the same; and an older program goes on beside what a newer one has built."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState

from tests.house.expanding import narrows
from tests.house.tree import ROOT, report

# Those of before the first release: nothing older than they are runs anywhere. From a release on all of its own stay as they are.
FIRST = ROOT / "tests/vectors/migrations.txt"


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    except SystemExit:
        pytest.fail("a model changed without a migration: run `nearer makemigrations`")


def test_a_migration_only_adds_to_what_older_programs_know() -> None:
    loader = MigrationLoader(None)
    first = set(FIRST.read_text(encoding="utf-8").split())
    ours = {
        key
        for key, each in (loader.disk_migrations or {}).items()
        if type(each).__module__.startswith("nearer.")
    }
    assert first <= {f"{app}.{name}" for app, name in ours}, "a migration is gone that copies have applied"

    found = []
    for app, name in sorted(key for key in ours if f"{key[0]}.{key[1]}" not in first):
        before = loader.project_state((app, name), at_end=False)
        for operation in loader.disk_migrations[app, name].operations:
            found += [f"{app}.{name}: {why}" for why in [narrows(operation, app, before)] if why]
            operation.state_forwards(app, before)

    assert not found, report(found)


GOES_ON = {
    "nullable": migrations.AddField("Row", "more", models.TextField(null=True)),
    "filled by the database": migrations.AddField("Row", "more", models.TextField(db_default="")),
    "longer": migrations.AlterField("Row", "word", models.CharField(max_length=20)),
    "now nullable": migrations.AlterField("Row", "word", models.CharField(max_length=10, null=True)),
    "choices": migrations.AlterField("Row", "word", models.CharField(max_length=10, choices=[("a", "b")])),
    "another table": migrations.CreateModel("Other", []),
}
STUMBLES = {
    "filled by the newer program alone": migrations.AddField("Row", "more", models.TextField(default="")),
    "shorter": migrations.AlterField("Row", "word", models.CharField(max_length=5)),
    "unique": migrations.AlterField("Row", "word", models.CharField(max_length=10, unique=True)),
    "of another kind": migrations.AlterField("Row", "word", models.TextField()),
    "taken away": migrations.RemoveField("Row", "word"),
    "renamed": migrations.RenameField("Row", "word", "term"),
    "a table taken away": migrations.DeleteModel("Row"),
    "who knows": migrations.RunSQL("SELECT 1"),
}


@pytest.mark.parametrize("name", [*GOES_ON, *STUMBLES])
def test_what_an_older_program_stumbles_over_is_known(name: str) -> None:
    before = ProjectState()
    word = models.CharField(max_length=10)
    before.add_model(ModelState("house", "Row", [("id", models.AutoField(primary_key=True)), ("word", word)]))

    assert bool(narrows({**GOES_ON, **STUMBLES}[name], "house", before)) is (name in STUMBLES)
