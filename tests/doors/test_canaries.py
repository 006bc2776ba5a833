"""The partner never receives a byte of what is private, and no page of theirs is any different for it (R18)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from django.apps import apps
from django.forms import Form
from django.urls import get_resolver
from django.utils import timezone

import nearer
from nearer.practices.listening.moves import Note
from nearer.records.keeping import Kind
from nearer.sittings.models import Sitting
from nearer.sittings.practice import practices
from nearer.sittings.run.access import may_watch
from nearer.testing.cast import Pair, Person, play
from nearer.testing.scan import findings_in
from tests.doors.authz import listed, routes
from tests.doors.crawl import everywhere, forms_on
from tests.doors.lived import UNOPENED
from tests.doors.private import ADDRESS, BROWSER, NOT_BUILT, PLACES, PRIVATE, SHARED, notes_open
from tests.doors.world import undone
from tests.pages.reading import at

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R18"), pytest.mark.rule("R11")]

# New on every answer: a form's token. Everybody's: the public pages, and the practice partner, who is drawn by lot.
# In a live sitting both know that there was a move, and a page is told by its number to look again.
TOKENS = re.compile(
    rb'(name="csrfmiddlewaretoken"|name="once"|data-token|data-seq|name="seq")( value)?="[^"]+"'
)
PUBLIC = ("/help", *(f"/practise/{room.where}/partner" for room in practices()))


@pytest.fixture
def lived(lived: Pair, monkeypatch: pytest.MonkeyPatch) -> Pair:
    """Alice and Bob with a life behind them, a sealed note before them, and the clock stopped."""
    at(monkeypatch, timezone.now())
    return lived


def received(person: Person) -> dict[str, tuple[Any, ...]]:
    """Return everything a person gets from the house by looking."""
    return received_from(person, everywhere(person.client))


def received_from(person: Person, pages: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Return what a person got by looking at these pages, and what their streams tell of what stands there."""
    got = {address: _bytes_of(answer) for address, answer in pages.items() if not address.startswith(PUBLIC)}
    refs = list(Sitting.objects.order_by("pk").values_list("pk", flat=True))
    got["streams"] = tuple(
        seq is None for seq in may_watch([(person.token, ref) for ref in refs if str(ref) in str(got)])
    )
    return got


def received_by_sending(person: Person, pages: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    """Return everything a person gets by sending every form on these pages."""
    got = {}
    for form in forms_on(pages):
        for sent in form.sent("words"):
            with undone(person.client):
                got[f"{form.action} {sent}"] = _bytes_of(person.client.post(form.action, sent))
    return got


def _bytes_of(answer: Any) -> tuple[Any, ...]:
    cookies = sorted(name for name in answer.cookies)
    return answer.status_code, sorted(answer.items()), cookies, TOKENS.sub(b"", answer.content)


def test_no_canary_ever_reaches_the_other(lived: Pair) -> None:
    """No private act changes a byte of the other's pages, nor do its words come by anything they can send."""
    canaries: dict[str, str | bytes] = {name: f"Canary{number}egret" for number, name in enumerate(PRIVATE)}
    received(lived.guest)  # what is new is said once
    before = received(lived.guest)
    assert len(before) > 25

    with undone(lived.host.client):
        for name, private in PRIVATE.items():
            private.do(lived, str(canaries[name]))
        pages = everywhere(lived.guest.client)
        after, sent = received_from(lived.guest, pages), received_by_sending(lived.guest, pages)
    if after != before:
        culprits = {name: list(_changed_by(name, lived, before)) for name in PRIVATE}
        pytest.fail(f"the other sees something of { ({name: on for name, on in culprits.items() if on}) }")

    blobs = [
        (address, repr(answer).encode() + (answer[-1] if isinstance(answer[-1], bytes) else b""))
        for address, answer in {**after, **sent}.items()
    ]
    also = {"the first answer": UNOPENED, "address": ADDRESS, "browser": BROWSER}
    assert findings_in(blobs, {**canaries, **also}) == {}


def _changed_by(name: str, pair: Pair, before: dict[str, tuple[Any, ...]]) -> Iterator[str]:
    with undone(pair.host.client):
        PRIVATE[name].do(pair, "Canary0egret")
        after = received(pair.guest)
    yield from (
        address for address in before.keys() | after.keys() if before.get(address) != after.get(address)
    )


def test_a_canary_can_be_found_where_it_belongs(lived: Pair) -> None:
    hers = {name: f"Canary{number}egret" for number, name in enumerate(PRIVATE) if PRIVATE[name].hers}
    for name, canary in hers.items():
        PRIVATE[name].do(lived, canary)

    pages = [(address, answer.content) for address, answer in everywhere(lived.host.client).items()]

    missing = [name for name, canary in hers.items() if not findings_in(pages, {name: canary})]
    # What another act has put out of sight shows where nothing else was done.
    for name in missing:
        with undone(lived.host.client):
            PRIVATE[name].do(lived, "Canary0egret")
            alone = [(address, answer.content) for address, answer in everywhere(lived.host.client).items()]
            assert findings_in(alone, {name: "Canary0egret"}), name


def test_a_sealed_canary_reaches_the_other_when_both_have_written(lived: Pair) -> None:
    sitting = notes_open(lived)
    PRIVATE["a note the other has not matched"].do(lived, "Canary0egret")

    play(lived.guest, sitting, Note(words="mine"))

    assert b"Canary0egret" in lived.guest.client.get(f"/s/{sitting.pk}").content


def test_who_ended_it_is_not_seen(lived: Pair) -> None:
    """One leaves a sitting, lets a question go, or takes a plan away: Bob's pages say only that it is so."""
    seen = []
    for person in (lived.host, lived.guest):
        with undone(lived.host.client, lived.guest.client):
            for ref in Sitting.objects.filter(bond=lived.bond, is_over=False).values_list("pk", flat=True):
                person.client.post(f"/s/{ref}", {"move": "Leave", "seq": "0"})
            seen.append(received(lived.guest))

    assert seen[0].keys() == seen[1].keys()
    assert [address for address in seen[0] if seen[0][address] != seen[1][address]] == []


def test_every_place_has_its_canary_or_is_not_built() -> None:
    planted = {private.place for private in PRIVATE.values()}
    words = " ".join(vocabulary()).lower()

    assert planted | set(NOT_BUILT) | {"who skipped or ended"} == PLACES
    built = {place for place, sign in NOT_BUILT.items() if re.search(sign, words)}
    assert not built, f"these exist now: plant a canary for each in tests/doors/private.py: {built}"


def test_every_form_is_shared_or_private() -> None:
    """Whatever can be sent is either listed as seen by the other, or its effects are compared above."""
    posts = {name for name, route in listed().items() if "POST" in route.answers}

    assert posts >= SHARED
    assert {route.name for route in routes()} >= SHARED


def vocabulary() -> Iterator[str]:
    """Yield the words by which the house calls what it knows: addresses, columns, fields, records and modules."""
    yield from (f"{route.name} {' '.join(route.parts)}" for route in routes())
    yield from (str(pattern.pattern) for pattern in get_resolver().url_patterns)
    for model in apps.get_models():
        yield from (field.name for field in model._meta.get_fields())
    for module in modules():
        yield module.__name__
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, Form):
                yield from thing.base_fields
            if isinstance(thing, Kind) and is_dataclass(thing.shape):
                yield from (thing.name, *(field.name for field in fields(thing.shape)))


def modules() -> Iterator[Any]:
    """Yield every module of the product that runs with it."""
    for found in walk_packages(nearer.__path__, "nearer."):
        if not re.search(r"\.testing|\.migrations|__main__|\.management|\.asgi", found.name):
            yield import_module(found.name)
