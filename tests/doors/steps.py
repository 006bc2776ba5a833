"""Leads two people through a practice and stops wherever one of them can type something new."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import partial

from django.test import Client

from nearer.practices.listening.moves import Answer, Check, Clarify, SetTopic, Variant, Volunteer
from nearer.protocol import Leave
from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, Person, make_invitation, play, run_of, sign_in, start_floor
from tests.doors.crawl import Form, everywhere, forms_on
from tests.doors.lived import live
from tests.pages import needs_talk
from tests.pages.conversations import Turn, floor_of_host, opening

type Key = tuple[str, str, str]


@dataclass(frozen=True, kw_only=True)
class Target:
    """A field one can type into.

    Attributes:
        browser: whose page it stands on.
        form: the form.
        name: the field.
        page: the address of that page.
        stored: what the last move says that is stored, where it is a move.
    """

    browser: Client
    form: Form
    name: str
    page: str
    stored: Callable[[], str] = str


def targets(pair: Pair, charlie: Client) -> Iterator[Target]:
    """Yield every field there is, while the world is as its page was."""
    seen: set[Key] = set()
    yield from _steps(pair, seen)
    live(pair, "together")
    yield from _of_the_code(pair.guest, seen)
    _, shown = make_invitation(pair.host)
    invited = Client()
    invited.post("/j/open", {"secret": shown.secret})
    charlie.post("/j/open", {"secret": shown.secret})
    for browser in (pair.host.client, pair.guest.client, Client(), invited, charlie):
        browser.raise_request_exception = False
        yield from _on_pages(browser, seen)


def _of_the_code(person: Person, seen: set[Key]) -> Iterator[Target]:
    browser = sign_in(person, Client())
    browser.post("/settings/recovery", {"passphrase": person.passphrase})
    yield from _on(browser, "/signup/recovery", seen)


def _steps(pair: Pair, seen: set[Key]) -> Iterator[Target]:
    said = floor_of_host("I felt left out")
    nearly: list[Turn] = [(True, Check(answer=Answer.NEARLY)), (True, Clarify(words="the rest", aloud=False))]
    good: list[Turn] = [
        (True, SetTopic(topic="the new job", variant=Variant.GOOD)), (True, Volunteer()), said[0],
    ]  # fmt: skip
    for turns in ([*opening("the drive home", 2), *said[:2], *nearly, *said[1:]], good):
        sitting = start_floor(pair)
        for is_host, move in turns:
            yield from _of_both(pair, sitting, seen)
            play(pair.host if is_host else pair.guest, sitting, move)
        yield from _of_both(pair, sitting, seen)
        play(pair.host, sitting, Leave())
    mirror = needs_talk.begin(pair)
    for is_host, move in needs_talk.WHOLE:
        yield from _of_both(pair, mirror, seen)
        play(pair.host if is_host else pair.guest, mirror, move)


def _of_both(pair: Pair, sitting: Sitting, seen: set[Key]) -> Iterator[Target]:
    for person in (pair.host, pair.guest):
        yield from _on(person.client, f"/s/{sitting.pk}", seen, partial(_last, person, sitting))


def _on_pages(browser: Client, seen: set[Key]) -> Iterator[Target]:
    for address in list(everywhere(browser)):
        if "(" not in address:
            yield from _on(browser, address, seen)


def _on(browser: Client, page: str, seen: set[Key], stored: Callable[[], str] = str) -> Iterator[Target]:
    browser.raise_request_exception = False
    for form in forms_on({page: browser.get(page)}):
        for name in sorted(form.typed):
            # One of a row stands for all of it.
            key = (form.shape[0], form.values.get("move", ""), re.sub(r"-\d+$", "", name))
            if key not in seen:
                seen.add(key)
                yield Target(browser=browser, form=form, name=name, page=page, stored=stored)


def _last(person: Person, sitting: Sitting) -> str:
    move = run_of(person, sitting).log[-1].move
    values = [getattr(move, each.name) for each in fields(move)]
    return " ".join(str(one) for value in values for one in (value if isinstance(value, tuple) else (value,)))
