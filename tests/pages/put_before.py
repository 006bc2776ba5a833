"""What Bob puts before Alice from between the sittings of rooms, for her to put away."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from nearer.practices.ourtime.dates import keeping as dates
from nearer.practices.ourtime.dates.rules import Outing
from nearer.practices.ourtime.moves import quarter_of
from nearer.practices.support.ask import keeping as asks
from nearer.practices.support.ask.rules import Answer
from nearer.practices.support.moves import Wish as AskedFor
from nearer.practices.support.sky import keeping as skies
from nearer.practices.support.sky.rules import Sky
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.testing.cast import Pair

WORDS = "canary47"
TODAY, US, LINES, MAPS = "/", "/us", "/mirror/lines", "/mirror/maps"


@dataclass(frozen=True, kw_only=True)
class Put:
    """Something that Bob put before Alice.

    Attributes:
        ref: its id.
        sort: what it is.
        title: what the page of what is put away calls it.
        shows: the pages on which Alice finds it, each with what stands there.
    """

    ref: object
    sort: str
    title: str
    shows: dict[str, str]


def asked_for(pair: Pair) -> Put:
    his = pair.guest.at(pair.bond)
    asks.ask(his, AskedFor.LISTEN, WORDS, at=timezone.now())
    ref = keeping.find(Shelf.of_bond(his), asks.ASKED)[0].ref
    shows = {TODAY: "I need no answer.", "/with-you/ask": WORDS}
    return Put(ref=ref, sort="ask", title="Something you were asked for", shows=shows)


def answered_ask(pair: Pair) -> Put:
    her, his = pair.host.at(pair.bond), pair.guest.at(pair.bond)
    asks.ask(her, AskedFor.LISTEN, "", at=timezone.now())
    ref = keeping.find(Shelf.of_bond(her), asks.ASKED)[0].ref
    asks.answer(his, ref, Answer.LINE, {"line": WORDS}, at=timezone.now())
    return Put(ref=ref, sort="answer", title="An answer", shows={"/with-you/ask": WORDS, TODAY: WORDS})


def sky(pair: Pair) -> Put:
    his = pair.guest.at(pair.bond)
    skies.look(his, pair.guest.ring, Sky(look="rain", line=WORDS, shown=True), at=timezone.now())
    ref = keeping.find(Shelf.of_bond(his), skies.SHOWN)[0].ref
    return Put(ref=ref, sort="sky", title="How the other was", shows={TODAY: WORDS, "/with-you/sky": WORDS})


def date(pair: Pair) -> Put:
    his = pair.guest.at(pair.bond)
    dates.offer(
        his, Outing(seat=his.seat, act=WORDS, slots=(quarter_of(timezone.now()) + 99,)), at=timezone.now()
    )
    ref = keeping.find(Shelf.of_bond(his), dates.OUTING)[0].ref
    shows = {TODAY: WORDS, "/our-time/both": WORDS}
    return Put(ref=ref, sort="date", title="A date that was suggested", shows=shows)
