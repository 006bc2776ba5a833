"""Words that come too late are given back, in every form: what they were for is gone, or the other left."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from nearer.bonds.models import Bond
from nearer.plans import lines, parking
from nearer.practices.support.alone import PEOPLE_MOST
from nearer.testing.cast import Pair
from tests.pages.reading import html, words

pytestmark = pytest.mark.django_db

WORDS = "canary47"
type Sent = tuple[str, dict[str, str]]


def _plan(pair: Pair) -> Sent:
    return f"/b/{pair.bond.pk}/plans", {"cue": WORDS, "act": WORDS}


def _another_plan(pair: Pair) -> Sent:
    where, sent = _plan(pair)
    her = pair.host.at(pair.bond)
    lines.propose(her, cue="it rains", act="rest", at=timezone.now())
    (line,) = lines.lines_of(her).lines
    lines.let_go(her, line.ref, at=timezone.now())
    return where, {**sent, "record": str(line.ref)}


def _parked(pair: Pair) -> Sent:
    her = pair.host.at(pair.bond)
    item = parking.park(her, "a thing", at=timezone.now())
    parking.let_go(her, item.ref, at=timezone.now())
    return f"/b/{pair.bond.pk}/parked/edit", {"record": str(item.ref), "text": WORDS}


def _not_kept(_: Pair) -> Sent:
    return "/closer/words/not-kept", {"record": str(uuid4()), "line": WORDS, "tell": "yes"}


def _received(_: Pair) -> Sent:
    return "/closer/answer", {"record": str(uuid4()), "way": "thank", "words": WORDS}


def _answered(_: Pair) -> Sent:
    return "/with-you/ask/answer", {"record": str(uuid4()), "answer": "line", "line": WORDS * 100}


def _sign(_: Pair) -> Sent:
    return "/mirror/lines", {"words": WORDS}


def _photo(pair: Pair) -> Sent:
    return f"/b/{pair.bond.pk}/keepsakes/photo", {"words": WORDS}


GONE = [_another_plan, _parked, _not_kept, _received, _answered]
CLOSED = [_plan, _parked, _sign, _photo]


def says_so(answer: Any) -> None:
    """Check that the words are on the page, to copy, and that the page does not count them as taken."""
    assert answer.status_code == 409
    assert "Your words were not sent" in words(answer)
    assert WORDS in html(answer)


@pytest.mark.parametrize("late", GONE)
def test_words_for_what_is_gone_are_given_back(pair: Pair, late: Callable[[Pair], Sent]) -> None:
    path, sent = late(pair)

    says_so(pair.host.client.post(path, sent))


@pytest.mark.parametrize("late", CLOSED)
def test_words_for_a_bond_that_was_closed_meanwhile_are_given_back(
    pair: Pair, late: Callable[[Pair], Sent]
) -> None:
    path, sent = late(pair)
    Bond.objects.filter(pk=pair.bond.pk).update(state=Bond.State.CLOSED)

    says_so(pair.host.client.post(path, sent))


def test_one_person_too_many_to_call_is_said_and_stays_in_the_form(pair: Pair) -> None:
    def add(number: int) -> Any:
        sent = {"name": f"{WORDS} {number}", "number": "+44 20 7946 0000"}
        return pair.host.client.post("/with-you/alone", sent)

    for number in range(PEOPLE_MOST):
        add(number)
    answer = add(PEOPLE_MOST)

    assert answer.status_code == 422
    assert "there is room again" in words(answer)
    assert f'value="{WORDS} {PEOPLE_MOST}"' in html(answer)
