"""The check-up: for oneself alone, strengths first, and never a number before somebody asks for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nearer.closeness.checkup.keeping import CHECKUP
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.testing.cast import Pair, Person, open_drawer, sign_in
from tests.pages.reading import at, html, words

pytestmark = pytest.mark.django_db

KIND = "Many people with answers like these choose to talk with someone."


def here(pair: Pair, more: str = "") -> str:
    return f"/us/{pair.bond.pk}/check-up{more}"


def answer(person: Person, pair: Pair, *levels: int, good: str = "We laugh") -> int:
    sign_in(person)
    open_drawer(person)
    items = {f"item_{n}": str(level) for n, level in enumerate(levels, 1)}
    return int(person.client.post(here(pair), {"form": "csi-4", "good": good, **items}).status_code)


@pytest.mark.rule("R7", "R18")
def test_it_is_for_oneself_alone(pair: Pair) -> None:
    addresses = ("/", "/us", here(pair))
    open_drawer(pair.guest)
    before = [html(pair.guest.client.get(page)) for page in addresses]

    assert answer(pair.host, pair, 1, 1, 1, 1) == 302

    assert [html(pair.guest.client.get(page)) for page in addresses] == before
    page = words(pair.host.client.get(here(pair)))
    assert page.index("We laugh") < page.index("This is the first time") < page.index(KIND)
    assert "CSI-4: 4 of 21." in page
    shut = sign_in(pair.host, Client())
    assert shut.get(here(pair)).status_code == 403


def test_it_says_whether_something_changed_in_words(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(pair.host, pair, 3, 3, 3, 3)
    assert KIND in words(pair.host.client.get(here(pair)))
    assert "There is no need for another yet." in words(pair.host.client.get(here(pair)))
    for later, levels, said in (
        (182, (3, 3, 3, 4), "No clear change since you answered before."),
        (364, (5, 4, 4, 4), "Possibly more content than before"),
        (546, (1, 1, 1, 1), "A clear change: you are less content than before."),
    ):
        at(monkeypatch, timezone.now() + timedelta(days=later - 182 * (later // 182 - 1)))
        answer(pair.host, pair, *levels)
        assert said in words(pair.host.client.get(here(pair)))


def test_all_items_stand_in_their_order_with_their_labels_and_all_are_needed(pair: Pair) -> None:
    open_drawer(pair.host)
    page = html(pair.host.client.get(here(pair, "?form=csi-16")))
    assert page.count('type="radio"') == 7 + 15 * 6
    assert (
        page.index("What is going well")
        < page.index("degree of happiness")
        < page.index("Our relationship is strong.")
    )
    assert "Funk" in page
    assert "Base your responses on your first impressions" in page

    assert answer(pair.host, pair, 1, 2, good="Still here") == 422
    refused = pair.host.client.post(here(pair), {"form": "csi-4", "good": "Still here", "item_1": "9"})
    assert "Still here" in words(refused)
    assert keeping.find(Shelf.of_person(pair.host.user.pk, pair.host.ring, pair.host.drawer), CHECKUP) == []


def test_friends_are_asked_for_what_is_good_alone(other_pair: Pair) -> None:
    open_drawer(other_pair.host)
    assert "CSI" not in words(other_pair.host.client.get(here(other_pair)))
    page = html(other_pair.host.client.get(here(other_pair, "?form=csi-4")))
    assert 'type="radio"' not in page

    other_pair.host.client.post(here(other_pair), {"good": "We walk"})

    assert "We walk" in words(other_pair.host.client.get(here(other_pair)))
    (kept,) = keeping.find(
        Shelf.of_person(other_pair.host.user.pk, other_pair.host.ring, other_pair.host.drawer), CHECKUP
    )
    other_pair.host.client.post(here(other_pair, "/remove"), {"record": str(kept.ref)})
    assert "We walk" not in words(other_pair.host.client.get(here(other_pair)))
