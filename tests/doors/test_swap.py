"""Every id in everything a page can send, replaced by the ids of others: nothing of theirs is read or changed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import product
from typing import Any
from uuid import UUID
from zlib import crc32

import pytest
from django.apps import apps
from django.db import connections
from django.test import Client

from nearer.testing.cast import Pair, Person
from nearer.vault.models import SealedSession
from tests.doors.crawl import everywhere, forms_on
from tests.doors.lived import ID, THEIRS
from tests.doors.world import undone

pytestmark = pytest.mark.django_db

REFUSALS = {302, 303, 403, 404, 405, 409, 410, 422}
WRITES = re.compile(r'\W*(?:INSERT (?:OR \w+ )?INTO|UPDATE|DELETE FROM) "?(\w+)', re.IGNORECASE)
SESSIONS = {"vault_sealedsession"}
# Of all that could stand in each place one in so many is tried: every place meets some, every id meets many places.
SHARE, ALL = 12, bool(os.environ.get("NEARER_TEST_SWAPS"))
# What is somebody's own even within a bond, by the column that says whose.
OWN = "user_id"


@dataclass(frozen=True, kw_only=True)
class Request:
    """Something a page can send."""

    method: str
    path: str
    sent: Mapping[str, str] = field(default_factory=dict)

    @property
    def ids(self) -> set[str]:
        """The ids in it."""
        return set(ID.findall(f"{self.path} {' '.join(self.sent.values())}"))

    @property
    def place(self) -> str:
        """Where it goes and what it fills in, whoever sends it."""
        return ID.sub("*", f"{self.method} {self.path} {sorted(self.sent)}")

    @property
    def shape(self) -> str:
        """What it is but for the ids in it."""
        return ID.sub("*", f"{self.place} {sorted(self.sent.items())}")

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes it another request than the rest."""
        return self.method, self.path, *sorted(self.sent.items())

    def swapped(self, own: str, other: str) -> Request:
        """Return it with another id in the place of one."""
        sent = {name: value.replace(own, other) for name, value in self.sent.items()}
        return Request(method=self.method, path=self.path.replace(own, other), sent=sent)

    def go(self, browser: Client) -> Any:
        """Send it."""
        return browser.post(self.path, self.sent) if self.method == "POST" else browser.get(self.path)


def foreign_to(person: Person, pair: Pair, strangers: set[str]) -> dict[str, str]:
    """Return one id of every kind of thing that is not this person's: strangers' things, and the other's own."""
    other = pair.guest if person is pair.host else pair.host
    found = {}
    for model in apps.get_models():
        columns = {column.attname for column in model._meta.concrete_fields}
        for row in model._base_manager.values():
            pk, label = str(row[model._meta.pk.attname]), bytes(row.get("label") or b"")
            kind = f"{model._meta.label} {label.hex()}"
            if ID.fullmatch(pk) and pk in strangers:
                found[f"a stranger's {kind}"] = pk
            elif (
                ID.fullmatch(pk) and OWN in columns and row[OWN] == other.user.pk and "bond_id" not in columns
            ) or (model._meta.label == "records.Record" and row["user_id"] == other.user.pk):
                found[f"the other's own {kind}"] = pk
    return found


def kinds_of_ids() -> dict[str, str]:
    """Return what each id there is names."""
    models = apps.get_models()
    return {str(pk): m._meta.label for m in models for pk in m._base_manager.values_list("pk", flat=True)}


def rows_of(ids: set[str]) -> dict[str, list[Any]]:
    """Return every row that is one of these, or belongs to one."""
    wanted, found = {UUID(each) for each in ids}, {}
    for model in apps.get_models():
        rows = model._base_manager.values_list() if model is not SealedSession else []
        found[model._meta.label] = [
            tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
            for row in rows
            if not wanted.isdisjoint(value for value in row if isinstance(value, UUID))
        ]
    return found


@contextmanager
def written() -> Iterator[set[str]]:
    """Note which tables are written to."""
    tables: set[str] = set()

    def note(execute: Any, sql: str, *more: Any) -> Any:
        if found := WRITES.match(sql):
            tables.add(found[1])
        return execute(sql, *more)

    with ExitStack() as stack:
        for alias in connections:
            stack.enter_context(connections[alias].execute_wrapper(note))
        yield tables


def requests_of(person: Person) -> Iterator[Request]:
    """Yield everything the person's pages can ask or send that names something."""
    pages = everywhere(person.client)
    for address in pages:
        if ID.search(address) and "(" not in address:
            yield Request(method="GET", path=address)
    for form in forms_on(pages):
        for sent in form.sent():
            request = Request(method="POST", path=form.action, sent=sent)
            if request.ids:
                yield request


def shared_out(mine: list[Request], others: list[Request], *, half: int) -> Iterator[tuple[Request, bool]]:
    """Yield all a person can send, and whether strangers' ids are put into it here: what both can send is shared out."""
    shapes = {request.shape for request in others}
    for request in mine:
        is_mine = crc32(request.place.encode()) % 2 == half
        yield request, is_mine or request.shape not in shapes


def test_ids_of_others_open_and_change_nothing(two_lived: tuple[Pair, set[str]]) -> None:
    pair, theirs = two_lived
    sends = [list(requests_of(person)) for person in (pair.host, pair.guest)]

    for number, person in enumerate((pair.host, pair.guest)):
        person.client.raise_request_exception = False
        shared = shared_out(sends[number], sends[1 - number], half=number)
        wrong, tried = swapped_by(person, pair, theirs, shared)
        assert not wrong, "\n".join(sorted(wrong))
        assert tried > 100, tried


def swapped_by(
    person: Person, pair: Pair, theirs: set[str], requests: Iterator[tuple[Request, bool]]
) -> tuple[set[str], int]:
    """Put others' ids into a person's requests; return what is wrong with the answers, and how many were tried."""
    foreign = foreign_to(person, pair, theirs)
    assert len(foreign) > 12, "there is not enough to try with"
    wrong: set[str] = set()
    before, kinds = rows_of(theirs), kinds_of_ids()
    tried: set[Any] = set()
    walked: set[str] = set()
    for request, with_strangers in requests:
        for own, (kind, id_) in product(request.ids, foreign.items()):
            if own in request.path and kinds.get(own) != kinds[id_]:
                continue  # the matrix asks every address for ids of every kind
            if not (ALL or crc32(f"{request.place} {kind}".encode()) % SHARE == 0):
                continue
            swapped = request.swapped(own, id_)
            if swapped.key not in tried and (with_strangers or id_ not in theirs):
                tried.add(swapped.key)
                wrong.update(_tried(person, swapped, kind, theirs, before, walked))
    return wrong, len(tried)


def _tried(
    person: Person,
    request: Request,
    kind: str,
    theirs: set[str],
    before: dict[str, list[Any]],
    walked: set[str],
) -> list[str]:
    """Send it, go where the answer leads, and return what is wrong; what wrote nothing leads to the page as it was."""
    what = f"{request.method} {ID.sub('*', request.path)} {sorted(request.sent)} with {kind}"
    with undone(person.client):
        with written() as tables:
            answer = shown = request.go(person.client)
            leads = answer["Location"] if answer.status_code in {302, 303} else ""
            has_written = bool(tables)
            if leads and (has_written or leads not in walked):
                shown = person.client.get(leads)
                walked |= set() if has_written else {leads}
        after = rows_of(theirs) if tables - SESSIONS else before
    findings = []
    if answer.status_code not in REFUSALS:
        findings.append(f"{what}: answered {answer.status_code}")
    if THEIRS.encode() in shown.content or THEIRS.encode() in answer.content:
        findings.append(f"{what}: shows words of strangers")
    if before != after:
        findings.append(f"{what}: changes rows of strangers")
    return findings
