"""The check-up: for oneself alone, strengths first, and never a number before somebody asks for it."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from nearer.closeness.checkup.instruments import instruments
from nearer.closeness.checkup.keeping import CHECKUP, Checkup
from nearer.practices.closer.trust import readings as trust
from nearer.records import keeping
from nearer.records.keeping import Kept
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


def test_one_question_a_screen_in_their_order_with_their_labels_and_all_are_needed(pair: Pair) -> None:
    open_drawer(pair.host)
    form, seen = instruments()["csi-16"], []
    said: dict[str, str] = {"form": form.name, "good": "Still here"}
    assert "What is good comes first" in words(pair.host.client.get(here(pair, "?form=csi-16")))
    for screen, item in enumerate(form.items, 1):
        page = pair.host.client.post(here(pair), said | {"screen": str(screen - 1)})
        shown = html(page)
        assert page.status_code == 200
        assert "errorlist" not in shown
        assert shown.count('type="radio"') == len(item.scores)
        assert 'name="good" value="Still here"' in shown
        assert ("Base your responses on your first impressions" in shown) is (screen >= 11)
        assert "Funk" in shown
        seen.append(unescape(item.text or " – ".join(item.poles)) in words(page))
        missing = pair.host.client.post(here(pair), said | {"screen": str(screen)})
        assert missing.status_code == 422
        assert "Choose one of the answers." in words(missing)
        said[f"item_{screen}"] = str(len(item.scores) - 1)
    assert all(seen)
    assert len(seen) == 16
    back = html(pair.host.client.post(here(pair), said | {"screen": "16", "back": "yes"}))
    assert 'name="screen" value="15"' in back
    assert 'name="item_16" value="5"' in back
    forged = pair.host.client.post(here(pair), said | {"screen": "16", "item_2": "9"})
    assert forged.status_code == 422
    assert 'name="screen" value="2"' in html(forged)
    assert kept_by(pair) == []

    assert pair.host.client.post(here(pair), said | {"screen": "16"}).status_code == 302
    (kept,) = kept_by(pair)
    assert (kept.document.good, len(kept.document.answers)) == ("Still here", 16)


def kept_by(pair: Pair) -> list[Kept[Checkup]]:
    host = pair.host
    return keeping.find(Shelf.of_person(host.user.pk, host.ring, host.drawer), CHECKUP)


def test_today_asks_twice_a_year_strengths_first_and_only_whoever_has_not(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, start = "What is going well between you two?", timezone.now()
    for days, host, guest in ((1, False, False), (60, True, True), (61, False, True), (200, False, True), (243, True, False)):  # fmt: skip
        at(monkeypatch, start + timedelta(days=days))
        for person, is_asked in ((pair.host, host), (pair.guest, guest)):
            sign_in(person)
            assert (asked in words(person.client.get("/"))) is is_asked, days
        if days == 60:
            answer(pair.host, pair, 3, 3, 3, 3)
        if days == 200:
            pair.guest.client.post(here(pair, "/not-now"))


def test_answers_a_few_months_apart_are_not_called_the_first(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = timezone.now()
    said = ("This is the first time", "that takes about half a year", "No clear change")
    for days, expected in zip((0, 100, 300), said, strict=True):
        at(monkeypatch, start + timedelta(days=days))
        answer(pair.host, pair, 3, 3, 3, 3)
        page = words(pair.host.client.get(here(pair)))
        assert [each for each in said if each in page] == [expected], days


def test_what_one_said_of_relying_on_the_other_is_part_of_it(pair: Pair) -> None:
    answer(pair.host, pair, 3, 3, 3, 3)
    assert "I can count on Bob" not in words(pair.host.client.get(here(pair)))
    trust.say(
        pair.host.at(pair.bond), pair.host.ring, {"expect": 7, "count": 3, "side": None}, at=timezone.now()
    )
    trust.say(
        pair.guest.at(pair.bond), pair.guest.ring, {"expect": 0, "count": 0, "side": 0}, at=timezone.now()
    )
    page = words(pair.host.client.get(here(pair)))
    assert "I can count on Bob when it matters It is too early to say where this goes. fully hardly" in page
    assert "is on my side" not in page
    assert "Relying on each other" in page


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
