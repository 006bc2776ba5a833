"""Two inks that some eyes can hardly tell apart: one may have them, and is told."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from nearer.accounts.profile import ALIKE, INKS, look_alike
from nearer.testing.cast import Pair, Person, make_pair
from tests.pages.reading import html, words
from tests.pages.test_who_runs_it import secret_of

pytestmark = pytest.mark.django_db

SAID = "These two can look alike to some people. Shapes will still differ."
NOTE = re.compile(r'<p class="note" role="status" data-alike="([^"]*)"( hidden)?>')


def choose(person: Person, ink: str) -> str:
    """Choose an ink and return the settings page as it then is."""
    person.client.post("/settings", {"name": person.name, "ink": ink, "theme": "auto"})
    return html(person.client.get("/settings"))


def test_pairs_are_pairs_of_our_inks() -> None:
    assert all(len(pair) == 2 and pair <= set(INKS) for pair in ALIKE)
    assert look_alike("sky", "lagoon")
    assert look_alike("lagoon", "sky")
    assert not any(look_alike(ink, ink) for ink in INKS)


def test_one_close_to_the_others_is_said(pair: Pair) -> None:
    for ink in INKS:
        found = NOTE.search(choose(pair.host, ink))  # the other's is marigold
        assert found
        assert found[1] == "moss"
        assert (found[2] is None) is (ink == "moss"), ink


def test_alone_nothing_is_said(alice: Person) -> None:
    assert SAID not in choose(alice, "sky")


def test_it_looks_at_every_bond(pair: Pair, dana: Person) -> None:
    make_pair(pair.host, dana)
    choose(dana, "fig")

    found = NOTE.search(choose(pair.host, "sky"))

    assert found
    assert found[1].split() == ["lagoon", "sky", "moss"]
    assert SAID in words(pair.host.client.get("/settings"))


def test_whoever_invites_stands_beside_ones_choice_in_their_own_ink_and_shape(alice: Person) -> None:
    guest = Client()
    guest.post("/j/open", {"secret": secret_of(alice)})
    page = html(guest.get("/signup"))

    # `who` without more is the circle of whoever invites; the ink is that of the line it stands in.
    assert re.search(r'class="person i-lagoon" data-their-ink="lagoon">\s*<span class="who sm"', page)
