"""The published table of what is in clear names every column that is, and none that is not."""

from __future__ import annotations

import re

from django.apps import apps
from django.db import models

from tests.house.tree import ROOT

COLUMN = re.compile(r"`([A-Z]\w+\.\w+)`")


def columns(*, sealed: bool) -> set[str]:
    found = set()
    for model in apps.get_models():
        if model.__module__.startswith("nearer."):
            for field in model._meta.concrete_fields:
                if isinstance(field, models.BinaryField) == sealed:
                    found.add(f"{model.__name__}.{field.name}")
    return found


def test_every_clear_column_is_published() -> None:
    paper = (ROOT / "docs/threat-model.md").read_text(encoding="utf-8")
    published = set(COLUMN.findall(paper))

    assert columns(sealed=False) <= published
    assert published <= columns(sealed=False) | columns(sealed=True)
