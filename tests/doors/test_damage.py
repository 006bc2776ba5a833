"""What does not open holds nobody: every sealed value damaged, cut, swapped or older, and every page as both people."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.apps import apps
from django.db import models

from nearer.bonds.models import Member
from nearer.home.rotation import rotate
from nearer.testing.cast import Pair, Person, sign_in
from tests.doors.crawl import everywhere
from tests.doors.lived import THEIRS
from tests.doors.world import undone

pytestmark = pytest.mark.django_db

NOT_OPENED = "could not be opened"


@dataclass(frozen=True)
class Column:
    """A column that holds something sealed, or what opens it."""

    model: type[models.Model]
    name: str

    def __str__(self) -> str:
        return f"{self.model.__name__}.{self.name}"

    def values(self) -> Values:
        """Return what each row holds there, of rows that hold something."""
        rows = self.model._base_manager.order_by("pk").values_list("pk", self.name)
        return {pk: bytes(value) for pk, value in rows if value}

    def put(self, values: Values) -> None:
        """Write other values into rows, past everything that checks."""
        # What is unique cannot change places in one step.
        apart = {pk: str(pk).encode() for pk in values}
        for step in (apart, values):
            for pk, value in step.items():
                self.model._base_manager.filter(pk=pk).update(**{self.name: value})


def columns() -> Iterator[Column]:
    """Yield every column of bytes in both databases."""
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            if model.__module__.startswith("nearer.") and isinstance(field, models.BinaryField):
                yield Column(model, field.name)


SEALED = list(columns())
type Values = dict[Any, bytes]
type Fault = Callable[[Column, Values], Values]


def flipped(_: Column, values: Values) -> Values:
    return {pk: value[:-1] + bytes([value[-1] ^ 1]) for pk, value in values.items()}


def cut(_: Column, values: Values) -> Values:
    return {pk: value[: len(value) // 2] for pk, value in values.items()}


def swapped(_: Column, values: Values) -> Values:
    rows = list(values)
    return dict(zip(rows, [values[pk] for pk in rows[1:] + rows[:1]], strict=True))


def written(fault: Fault) -> Iterator[tuple[Column, Values]]:
    """Yield each column that holds something, with what this fault makes of it."""
    for column in SEALED:
        if values := column.values():
            yield column, fault(column, values)


@pytest.fixture
def lived(two_lived: tuple[Pair, set[str]]) -> Pair:
    """Two people with something of every kind, and two others."""
    pair, _ = two_lived
    for person in (pair.host, pair.guest):
        person.client.raise_request_exception = False
    return pair


# What everybody comes by.
AT_ONCE = re.compile(r"/(?:$|s/[^/]+$|us$)")
MAIN = re.compile(
    r"/(?:$|s/|us$|spaces$|kept$|pulse$|mirror/(?:maps|lines)$|settings$|settings/(?:spaces|devices)$|b/[^/]+/space$"
    r"|closer/(?:ahead|words|year|notes/mine)$|with-you/(?:ask|sky|touch)$|our-time/(?:both|cards|mine|date|films)$)"
)


def own_pages(person: Person, which: re.Pattern[str]) -> list[str]:
    """Return the addresses of those of a person's own pages."""
    found = everywhere(person.client)
    answered = [address for address, answer in found.items() if answer.status_code == HTTPStatus.OK]
    return [address for address in answered if which.match(address) and "(" not in address]


def walk(person: Person, addresses: list[str], what: str) -> None:
    """Open every page: nothing breaks, and nobody else's words are on it."""
    for address in addresses:
        answer = person.client.get(address)
        assert answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR, f"{what}: {address} as {person.name}"
        assert THEIRS.encode() not in answer.content, f"{what}: {address} as {person.name}"


def takes_a_copy(person: Person, what: str) -> dict[str, Any]:
    """Take the copy: it is a whole zip, whatever is missing from it; the drawer may be shut."""
    answer = person.client.post("/settings/copy")
    if answer.status_code in {HTTPStatus.FORBIDDEN, HTTPStatus.FOUND}:
        return {"not_opened": []}
    assert answer.status_code == HTTPStatus.OK, what
    with ZipFile(BytesIO(answer.content)) as packed:
        assert packed.testzip() is None, what
        assert THEIRS.encode() not in packed.read("words.html"), what
        copied: dict[str, Any] = json.loads(packed.read("words.json"))
    return copied


def leaves(person: Person, pair: Pair, what: str) -> None:
    """Leave, log out, and find help."""
    if person.client.get("/spaces").status_code == HTTPStatus.FOUND:
        sign_in(person)
    assert person.client.post(f"/b/{pair.bond.pk}/space").status_code == HTTPStatus.FOUND, what
    assert not Member.objects.filter(bond=pair.bond, user=person.user, has_left=False).exists(), what
    assert person.client.get("/help").status_code == HTTPStatus.OK
    assert person.client.post("/lock").status_code == HTTPStatus.OK


def holds_nobody(
    pair: Pair, fault: Fault, pages: re.Pattern[str], *, third: int | None = None, copies: bool = False
) -> set[str]:
    """Let each kind of sealed value have a fault, and walk as both; return what the copies named, if one of the two takes one.

    What does not open is met in one way, whatever is wrong with it: so one fault is tried on every column, each of the
    others on a third of them, and the drill of damage tries all on all.
    """
    people, named = (pair.host, pair.guest), set()
    addresses = {person.name: own_pages(person, pages) for person in people}
    for turn, (column, values) in enumerate(written(fault)):
        if third is not None and turn % 3 != third:
            continue
        what = f"{fault.__name__} {column}"
        with undone(*(person.client for person in people)):
            column.put(values)
            for number, person in enumerate(people):
                walk(person, [each for each in addresses[person.name] if AT_ONCE.match(each)], what)
                # Of the rest each column has every eighth page; the drill of damage opens them all.
                walk(
                    person,
                    [each for each in addresses[person.name] if not AT_ONCE.match(each)][turn % 8 :: 8],
                    what,
                )
                if copies and turn % 2 == number:
                    named |= {shut["what"] for shut in takes_a_copy(person, what)["not_opened"]}
            for person in people:
                leaves(person, pair, what)
    return named


def test_a_flipped_byte_holds_nobody(lived: Pair) -> None:
    named = holds_nobody(lived, flipped, MAIN, copies=True)

    assert {"record", "entry", "sitting", "card", "first", "file", "key", "profile"} <= named


def test_nor_does_a_value_that_is_cut_or_of_another_or_older(lived: Pair) -> None:
    holds_nobody(lived, cut, AT_ONCE, third=0)
    holds_nobody(lived, swapped, AT_ONCE, third=1)

    before = {column: column.values() for column in SEALED}
    rotate(lived.host.at(lived.bond))
    lived.host.client.post("/settings", {"name": "Alice anew", "ink": "fig", "theme": "auto"})

    def older(column: Column, values: Values) -> Values:
        return {pk: before[column][pk] for pk in values if pk in before[column]}

    holds_nobody(lived, older, AT_ONCE, third=2)
