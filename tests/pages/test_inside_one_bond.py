"""Whatever a practice asks of a table of a bond names the bond: so the tables can lie apart by it, on as many machines."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from nearer.bonds.models import Bond
from nearer.practices.listening.moves import Keep
from nearer.sittings.models import Entry
from nearer.sittings.taking_back.prune import name_bonds
from nearer.testing.cast import Pair, run_of, start_floor
from tests.pages.conversations import CALM, floor_of_host, opening, take_turns

pytestmark = pytest.mark.django_db

# Rows of a person, whichever of their bonds is meant: what the sender of notices works off, and what stands in calendars.
OF_A_PERSON = {"notices.Cause"}
# Who somebody is, and what is theirs alone, lies by the person.
BY_PERSON = re.compile(r"\"user_id\" = ")
NAMED = re.compile(r"\"bond_id\" (?:= |IN )")


def ours() -> list[Any]:
    return [model for model in apps.get_models() if model.__module__.startswith("nearer.")]


def columns(model: Any) -> list[Any]:  # Any: a model, and its foreign keys of any
    return [each for each in model._meta.concrete_fields if isinstance(each, models.ForeignKey)]


def belongs(model: Any, *above: Any) -> bool:
    """Say whether rows of a table belong to a bond, by their own column or by the row that they stand under."""
    if model is Bond:
        return True
    return model not in above and any(belongs(each.related_model, model, *above) for each in columns(model))


def test_every_table_of_a_bond_carries_its_id_and_every_key_is_random() -> None:
    tables = [model for model in ours() if belongs(model) and model._meta.label not in OF_A_PERSON]
    assert len(tables) > 6
    for model in [Bond, *tables]:
        assert isinstance(model._meta.pk, models.UUIDField), model
        assert model is Bond or any(each.related_model is Bond for each in columns(model)), model


def test_whatever_a_practice_asks_stays_inside_one_bond(pair: Pair) -> None:
    of_bonds = {
        model._meta.db_table for model in ours() if any(each.related_model is Bond for each in columns(model))
    }
    with CaptureQueriesContext(connection) as asked:
        sitting = start_floor(pair)
        path = f"/s/{sitting.pk}"
        take_turns(pair, sitting, *opening("the drive home", CALM), *floor_of_host("I felt left out"))
        for who in (pair.host, pair.guest):
            assert who.client.get(path).status_code == 200
        take_turns(pair, sitting, (True, Keep(keep=True)), (False, Keep(keep=True)))
        for page in (path, "/", "/us", "/kept"):
            pair.host.client.get(page)
    strays = {
        re.sub(r"'[^']*'", "?", each["sql"])
        for each in asked
        if any(f'"{table}"' in each["sql"] for table in of_bonds) and not _is_inside(each["sql"])
    }
    assert not strays, "\n".join(sorted(strays))


def _is_inside(sql: str) -> bool:
    where = sql.partition(" WHERE ")[2]
    return sql.startswith("INSERT") or bool(NAMED.search(where) or BY_PERSON.search(where))


def test_a_move_that_an_older_program_wrote_opens_and_is_named_in_the_night(pair: Pair) -> None:
    sitting = start_floor(pair)
    take_turns(pair, sitting, *opening("the drive home", CALM))
    Entry.objects.update(bond=None)
    assert len(run_of(pair.host, sitting).log) > 1
    name_bonds()
    assert set(Entry.objects.values_list("bond", flat=True)) == {pair.bond.pk}
