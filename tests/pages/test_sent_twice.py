"""Every form that makes something new makes it once, however often its page is sent, and once more from a page drawn anew."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from nearer.home.rotation import rotate
from nearer.practices.closer.hopes.drawer import HOPE
from nearer.practices.closer.promises.keeping import PROMISE
from nearer.practices.closer.told.keeping import TOLD
from nearer.practices.needs.signs import LINE, NOTICED
from nearer.practices.onething.quiet.looked import LOOKED
from nearer.practices.support.alone import CONTACT
from nearer.practices.support.ask.keeping import ASKED
from nearer.practices.support.sky.keeping import OWN
from nearer.records.keeping import Kind
from nearer.records.models import Record
from nearer.records.shelf import Shelf
from nearer.testing.cast import Pair, open_drawer

pytestmark = pytest.mark.django_db

FORMS: dict[str, tuple[Kind[Any], bool, dict[str, str]]] = {
    "/closer/notes/mine": (HOPE, False, {"feeling": "hope", "words": "a garden"}),
    "/closer/ahead": (TOLD, True, {"deciding": "whether to move", "wish": "nothing"}),
    "/closer/again": (TOLD, True, {"did": "I was late"}),
    "/closer/words": (PROMISE, True, {"cue": "it is Friday", "act": "cook", "bad_day": "yes"}),
    "/with-you/alone": (CONTACT, False, {"name": "Aunt Mo", "number": "+44 20 7946 0000"}),
    "/with-you/sky": (OWN, False, {"look": "rain", "shown": "yes"}),
    "/mirror/lines": (NOTICED, True, {"words": "You went quiet"}),
    "/mirror/lines/mine": (LINE, False, {"channel": "voice", "words": "I talk fast"}),
    "/one-thing/alone": (LOOKED, False, {"seen": "two tired people"}),
}


def _mark(person: Any, path: str) -> str:
    found = re.search(r'name="once" value="([^"]+)"', person.client.get(path).content.decode())
    assert found
    return found[1]


def _count(pair: Pair, kind: Kind[Any], *, of_bond: bool) -> int:
    host = pair.host
    shelf = Shelf.of_bond(host.at(pair.bond)) if of_bond else Shelf.of_person(host.user.pk, host.ring)
    return Record.objects.filter(label=shelf.label(kind.name), **shelf.column).count()


@pytest.mark.parametrize("path", FORMS)
def test_a_page_sent_twice_makes_one_and_a_page_drawn_anew_one_more(pair: Pair, path: str) -> None:
    kind, of_bond, sent = FORMS[path]
    sent = {**sent, "by": (timezone.localdate() + timedelta(days=3)).isoformat()}
    open_drawer(pair.host)
    mark = _mark(pair.host, path)

    answers = [pair.host.client.post(path, {**sent, "once": mark}) for _ in range(2)]
    rotate(pair.host.at(pair.bond))  # a page that was open meanwhile carries its mark across a new key
    answers.append(pair.host.client.post(path, {**sent, "once": mark}))

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, answers[0]["Location"])
    ] * 3
    assert _count(pair, kind, of_bond=of_bond) == 1
    assert pair.host.client.post(path, {**sent, "once": _mark(pair.host, path)}).status_code == 302
    assert _count(pair, kind, of_bond=of_bond) == 2


def test_an_ask_that_is_sent_again_keeps_the_answer_it_has(pair: Pair) -> None:
    sent = {"wish": "listen", "once": _mark(pair.host, "/with-you/ask")}
    pair.host.client.post("/with-you/ask", sent)
    ref = Record.objects.get(label=Shelf.of_bond(pair.host.at(pair.bond)).label(ASKED.name)).pk
    pair.guest.client.post("/with-you/ask/answer", {"record": str(ref), "answer": "line", "line": "soon"})

    assert pair.host.client.post("/with-you/ask", sent).status_code == 302

    assert "soon" in pair.host.client.get("/").content.decode()
