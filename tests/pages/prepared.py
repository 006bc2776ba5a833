"""People who are made once and then only put back: signing up and pairing is what most tests begin with."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from copy import deepcopy
from datetime import datetime
from typing import Any
from unittest.mock import patch

from django.apps import apps
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

type Rows = dict[type[Model], list[Model]]

_known: dict[Hashable, tuple[Any, Rows]] = {}


def prepared[T](key: Hashable, make: Callable[[], T], *, at: datetime) -> T:
    """Return what `make` returns, with its rows in the databases; after the first time the rows are only put back.

    Args:
        key: what is made; the same key in one process means the same rows.
        make: makes it; it draws on nothing but the databases and the time.
        at: the moment at which the clock stands meanwhile.

    Returns:
        Something of one's own: what a test changes about it, no other test sees.
    """
    if (key, at) in _known:
        made, rows = _known[key, at]
        with (
            transaction.atomic(),
            transaction.atomic(using="keys"),
        ):  # who belongs to whom is looked at in the end
            for model, each in rows.items():
                model._base_manager.bulk_create(deepcopy(each))
        again: T = deepcopy(made)
        return again
    before = _stored()
    with patch.object(timezone, "now", lambda: at):
        made = make()
    after = {
        model: [each for pk, each in rows.items() if pk not in before[model]]
        for model, rows in _stored().items()
    }
    _known[key, at] = deepcopy(made), {model: rows for model, rows in after.items() if rows}
    return made


def _stored() -> dict[type[Model], dict[Any, Model]]:
    return {model: {each.pk: each for each in model._base_manager.all()} for model in apps.get_models()}
