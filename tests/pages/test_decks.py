"""Decks for a pair: what they have met, what a pack adds, and what goes with it again."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from nearer.content import decks
from nearer.content.deck import NotADeck, read_deck
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.sittings.run.drawn import DRAWN, draw
from nearer.testing.cast import Pair

pytestmark = pytest.mark.django_db
TOPICS = "listening.topics"
PACK = """schema = 1
slug = "harbour-deck"
title = "Harbour talk"
version = "1.0"
maker = "Somebody"
licence = "CC BY 4.0"
language = "en"
"""
DECK = """schema = 1
name = "{name}"
kind = "{kind}"
version = 1
about = "More."

[[entry]]
id = "lighthouse"
text = "{text}"
"""


def pack_in(
    folder: Path, *, name: str = TOPICS, kind: str = "idea", text: str = "A lighthouse you saw"
) -> Path:
    (folder / "decks").mkdir(parents=True)
    (folder / "pack.toml").write_text(PACK, encoding="utf-8")
    (folder / "decks" / "more.toml").write_text(
        DECK.format(name=name, kind=kind, text=text), encoding="utf-8"
    )
    return folder


def content(*words: str) -> str:
    said = StringIO()
    call_command("content", *words, stdout=said)
    return said.getvalue()


def test_two_people_meet_nothing_twice_before_they_met_all(pair: Pair, other_pair: Pair) -> None:
    size = len(decks.deck(TOPICS).entries)
    people = [pair.host.at(pair.bond), pair.guest.at(pair.bond)]

    met = [each.id for n in range(size // 3) for each in draw(people[n % 2], TOPICS, 3, at=timezone.now())]

    assert len(met) == len(set(met)) == size - size % 3
    # What one pair has met says nothing of another.
    assert len(draw(other_pair.guest.at(other_pair.bond), TOPICS, size, at=timezone.now())) == size
    assert len(keeping.find(Shelf.of_bond(people[0]), DRAWN)) == 1


def test_a_pack_adds_to_a_deck_and_takes_what_it_added_along(tmp_path: Path) -> None:
    before = len(decks.deck(TOPICS).entries)
    folder = str(pack_in(tmp_path / "pack"))

    assert "fine" in content("check", folder)
    assert "Loaded" in content("load", folder)
    assert decks.deck(TOPICS)["lighthouse"].text == "A lighthouse you saw"
    assert len(decks.deck(TOPICS).entries) == before + 1
    assert "already" in content("load", folder)
    content("remove", "harbour-deck")

    assert len(decks.deck(TOPICS).entries) == before


@pytest.mark.parametrize(
    ("name", "kind", "says"),
    [
        ("needs.cards", "card", "nothing is added"),
        ("harbour.cards", "idea", "no practice here"),
        (TOPICS, "prompt", "of the kind 'idea'"),
    ],
)
def test_a_deck_that_fits_nowhere_is_refused_with_a_reason(
    tmp_path: Path, name: str, kind: str, says: str
) -> None:
    folder = pack_in(tmp_path / "pack", name=name, kind=kind)
    if kind == "card":
        path = folder / "decks" / "more.toml"
        path.write_text(path.read_text(encoding="utf-8") + 'name = "Light"\n', encoding="utf-8")

    with pytest.raises(CommandError, match=says):
        content("load", str(folder))


def test_the_check_names_the_entry_that_does_not_belong_between_two_people(tmp_path: Path) -> None:
    folder = pack_in(tmp_path / "pack", text="What your ex would say")

    with pytest.raises(CommandError):
        content("check", str(folder))
    with pytest.raises(NotADeck, match="lighthouse"):
        read_deck(DECK.format(name=TOPICS, kind="idea", text="x" * 111))
