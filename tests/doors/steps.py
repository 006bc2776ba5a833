"""Leads two people through a practice and stops wherever one of them can type something new."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from django.test import Client

from nearer.practices.closer.moves import Answer, Care, Draw, First, Next, Respond, Tell, Where
from nearer.practices.listening.moves import Check, Clarify, Fit, SetTopic, TakeTopic, Variant
from nearer.practices.onething.moves import Choose, Ending, Kinder
from nearer.practices.ourtime import moves as ourtime
from nearer.practices.support import moves as support
from nearer.protocol import Leave, Move, Ready, Seat
from nearer.sittings.models import Sitting
from nearer.testing.cast import (
    Pair,
    Person,
    make_invitation,
    play,
    run_of,
    sign_in,
    start_floor,
    start_sitting,
)
from tests.doors.crawl import Form, everywhere, forms_on
from tests.doors.lived import live
from tests.pages import needs_talk
from tests.pages.conversations import CALM, Turn, floor_of_host, opening
from tests.unit.onething.evening import TO_A_TRIAL, TO_THE_WAYS, both

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
    nearly: list[Turn] = [(True, Check(answer=Fit.NEARLY)), (True, Clarify(words="the rest", aloud=False))]
    good: list[Turn] = [
        (True, SetTopic(topic="the new job", variant=Variant.GOOD)), (False, TakeTopic()), said[0],
    ]  # fmt: skip
    for turns in ([*opening("the drive home", CALM), *said[:2], *nearly, *said[1:]], good):
        sitting = start_floor(pair)
        for is_host, move in turns:
            yield from _of_both(pair, sitting, seen)
            play(pair.host if is_host else pair.guest, sitting, move)
        yield from _of_both(pair, sitting, seen)
        play(pair.host, sitting, Leave())
    yield from _of_closer(pair)
    yield from _of_with_you(pair)
    yield from _of_our_time(pair)
    yield from _of_one_thing(pair)
    mirror = needs_talk.begin(pair)
    for is_host, move in needs_talk.WHOLE:
        yield from _of_both(pair, mirror, seen)
        play(pair.host if is_host else pair.guest, mirror, move)


def _of_closer(pair: Pair) -> Iterator[Target]:
    sitting, own = start_sitting(pair, "closer"), set[Key]()
    thanks = Respond(words="", aloud=True, way=Care.THANK)
    turns: list[Turn] = [
        (True, Ready()), (False, Ready()), (True, Draw(card="")),
        (True, Answer(words="the sea", aloud=False)), (False, Answer(words="the hills", aloud=False)),
        (False, Respond(words="", aloud=True, way=Care.WANT)), (True, Tell(words="", aloud=True)), (True, thanks),
        (True, Next(where=Where.SAME)), (False, Next(where=Where.SAME)), (True, Draw(card="")), (True, First()),
    ]  # fmt: skip
    for is_host, move in turns:
        yield from _of_both(pair, sitting, own)
        play(pair.host if is_host else pair.guest, sitting, move)
    yield from _of_both(pair, sitting, own)
    play(pair.host, sitting, Leave())


def _of_with_you(pair: Pair) -> Iterator[Target]:
    sitting, own = start_sitting(pair, "support"), set[Key]()
    turns: list[Turn] = [
        (True, Ready()), (False, Ready()), (True, support.Want(wish=support.Wish.LISTEN)),
        (True, support.Speak(words="", aloud=True)), (False, support.Attend(words="", aloud=True, way=support.Way.BACK)),
        (True, support.Welcome()),
    ]  # fmt: skip
    for is_host, move in turns:
        yield from _of_both(pair, sitting, own)
        play(pair.host if is_host else pair.guest, sitting, move)
    yield from _of_both(pair, sitting, own)
    play(pair.host, sitting, Leave())


def _of_our_time(pair: Pair) -> Iterator[Target]:
    """What both would like, and when; and then to be there, and how it was."""
    own, glow = set[Key](), ourtime.Glow(words="the lake", minutes=60, again=True)
    begun: list[Turn] = [(True, Ready()), (False, Ready())]
    finds: list[Turn] = [
        (True, ourtime.Begin(way=ourtime.Way.FIND)), *_each(ourtime.Wish(levels=(2,) * 10)), *_each(ourtime.Take(card=1)),
        *_each(ourtime.Free(halves=(1,) * 21, clock=0)), *_each(ourtime.Pick(slot=0)), (True, ourtime.Date(cue="", act="walk", quarter=2_000_000)),
    ]  # fmt: skip
    is_there: list[Turn] = [
        (True, ourtime.Begin(way=ourtime.Way.HERE)), (True, ourtime.Long(span=ourtime.Span.SHORT)), *_each(ourtime.Here()),
        (True, ourtime.Turn(card="")), (True, ourtime.Stop()), *_each(glow),
    ]  # fmt: skip
    talks: list[Turn] = [(True, ourtime.Begin(way=ourtime.Way.FILM)), (True, ourtime.NextOne())]
    for turns in (finds, is_there, talks):
        sitting = start_sitting(pair, "time")
        for is_host, move in (*begun, *turns):
            yield from _of_both(pair, sitting, own)
            play(pair.host if is_host else pair.guest, sitting, move)
        yield from _of_both(pair, sitting, own)
        play(pair.host, sitting, Leave())


def _each(move: Move) -> list[Turn]:
    return [(True, move), (False, move)]


def _of_one_thing(pair: Pair) -> Iterator[Target]:
    own = set[Key]()
    to_a_choice = TO_THE_WAYS[
        : next(n for n, (_, move) in enumerate(TO_THE_WAYS) if isinstance(move, Choose))
    ]
    kindly = [*both(Choose(ending=Ending.KINDLY)), *both(Kinder(words="", aloud=True))]
    # The plan is left unanswered: those that are agreed fill a list of their own.
    for turns in ([*to_a_choice, *kindly], [*TO_THE_WAYS, *TO_A_TRIAL[:-1]]):
        sitting = start_sitting(pair, "conflict")
        for seat, move in turns:
            yield from _of_both(pair, sitting, own)
            play(pair.host if seat is Seat.HOST else pair.guest, sitting, move)
        yield from _of_both(pair, sitting, own)
        play(pair.host, sitting, Leave())


def _of_both(pair: Pair, sitting: Sitting, seen: set[Key]) -> Iterator[Target]:
    for person in (pair.host, pair.guest):
        yield from _on(person.client, f"/s/{sitting.pk}", seen, partial(_last, person, sitting))


def _on_pages(browser: Client, seen: set[Key]) -> Iterator[Target]:
    for address, answer in everywhere(browser).items():
        if "(" not in address:
            yield from _in(browser, address, answer, seen)


def _on(browser: Client, page: str, seen: set[Key], stored: Callable[[], str] = str) -> Iterator[Target]:
    browser.raise_request_exception = False
    return _in(browser, page, browser.get(page), seen, stored)


def _in(
    browser: Client, page: str, answer: Any, seen: set[Key], stored: Callable[[], str] = str
) -> Iterator[Target]:
    for form in forms_on({page: answer}):
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
