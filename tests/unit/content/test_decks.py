"""Decks: what may be in one, what an editor would say of it, and in what order a pair meets it."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.content import decks, lint
from nearer.content.deck import Deck, Entry, NotADeck, entries_of, read_deck
from nearer.content.drawing import next_of

HEAD = 'schema = 1\nname = "harbour.topics"\nkind = "{kind}"\nversion = 1\nabout = "Things."\n'
ENTRY = '\n[[entry]]\nid = "tide"\ntext = "What the tide left behind"\n'


def written(*, kind: str = "prompt", more: str = "", entries: str = ENTRY) -> str:
    return HEAD.format(kind=kind) + more + entries


def deck_of(*texts: str) -> Deck:
    entries = tuple(Entry(id=f"e{n}", text=text) for n, text in enumerate(texts))
    return Deck(name="harbour.topics", kind="prompt", version=1, about="", entries=entries)


def test_a_deck_is_read_with_its_entries() -> None:
    deck = read_deck(written(entries=ENTRY + 'level = 2\nkin = ["friend", "sibling"]\n'))

    assert (deck.name, deck.kind, deck.version, deck.language) == ("harbour.topics", "prompt", 1, "en")
    assert deck["tide"].text == "What the tide left behind"
    assert deck["tide"].facts == {"level": 2, "kin": ("friend", "sibling")}
    assert entries_of(deck, kin=["friend"]) == deck.entries
    assert entries_of(deck, kin=["parent"]) == ()
    assert entries_of(deck) == deck.entries


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("schema = 2", "schema = 1"),
        ("schema = [", ""),
        (written(kind="song"), "kind is one of"),
        (written(entries=""), "1 to 2000 entries"),
        (written(entries=ENTRY + ENTRY), "the same id"),
        (written(more="colour = 1\n"), "colour"),
        (written(more="", entries=ENTRY).replace("version = 1\n", ""), "version missing"),
        (written().replace("version = 1", "version = 0"), "from 1"),
        (written().replace('"harbour.topics"', '"Harbour"'), "listening.topics"),
        (written(entries=ENTRY.replace("tide", "The Tide", 1)), "'The Tide'"),
        (written(entries=ENTRY + "text2 = 1\n"), "text2"),
        (written(entries=ENTRY.replace("What the tide left behind", "x" * 161)), "1 to 160"),
        (written(entries=ENTRY.replace("What the tide left behind", " x")), "one line"),
        (written(entries=ENTRY.replace("What the tide left behind", "a\\u202eb")), "one line"),
        (written(entries=ENTRY + "level = 4\n"), "1 to 3"),
        (written(entries=ENTRY + "level = true\n"), "1 to 3"),
        (written(entries=ENTRY + 'kin = "boss"\n'), "partner, friend"),
        (written(kind="card"), "name is missing"),
        (written(kind="card", entries=ENTRY + f'name = "{"x" * 41}"\n'), "1 to 40"),
        (written(entries='entry = ["a"]\n'), "[[entry]]"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_deck_is_said(text: str, says: str) -> None:
    with pytest.raises(NotADeck) as refused:
        read_deck(text)

    assert says in str(refused.value)


def test_every_deck_that_comes_along_is_read_and_an_editor_would_leave_it_as_it_is() -> None:
    spoken = [deck for each in decks.built_in().values() for deck in each.values()]

    assert len(spoken) == len(decks.files())
    assert [(deck.name, remark) for deck in spoken for remark in lint.remarks(deck)] == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("What was your childhood trauma?", "harm that was done"),
        ("Which ex do you think of?", "past with others"),
        ("What is your password?", "against somebody"),
        ("You always leave. Why?", "reproach"),
        ("What is your sexual history?", "sexual matters"),
        ("Tell me everything now!", "shouts"),
        ("Which extraordinarily complicated considerations characterise individuality?", "grade"),
    ],
)
def test_an_editor_says_what_does_not_belong_between_two_people(text: str, says: str) -> None:
    assert any(says in remark.what for remark in lint.remarks(deck_of(text)))


@pytest.mark.parametrize(
    "text", ["An expert you met", "Sussex in the rain", "The next step", "An exam you passed"]
)
def test_an_editor_is_not_taken_in_by_parts_of_words(text: str) -> None:
    assert lint.remarks(deck_of(text)) == []


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("What made you smile lately?", "What made you smile lately?", True),
        ("What made you smile lately?", "Lately, what has made you smile?", True),
        ("A walk you like to take", "The walks you like to take", True),
        ("A walk you like to take", "A song you like to hear", False),
        ("Who are you?", "who are you", True),
        ("", "", True),
    ],
)
def test_what_stands_twice_is_found_whatever_the_order_of_its_words(
    one: str, other: str, alike: object
) -> None:
    assert lint.are_alike(one, other) is alike
    assert bool([r for r in lint.remarks(deck_of(one, other)) if "nearly the same" in r.what]) is alike


IDS = st.lists(st.text("abcdef", min_size=1, max_size=2), min_size=1, max_size=12, unique=True)


@given(ids=IDS, counts=st.lists(st.integers(1, 5), min_size=1, max_size=30), seed=st.integers())
def test_nobody_meets_an_entry_again_before_all_were_met(
    ids: list[str], counts: list[int], seed: int
) -> None:
    chance, unmet = Random(seed), set(ids)
    seen: list[str] = []
    for count in counts:
        drawn, seen = next_of(ids, seen, count, chance)

        assert len(drawn) == len(set(drawn)) == min(count, len(ids))
        new = len(unmet & set(drawn))
        assert new == min(count, len(unmet))
        unmet -= set(drawn)
        if not unmet:  # the deck is used up, and begins anew with what was needed beyond it
            unmet = set(ids) - set(drawn[new:])
        assert set(seen) == set(ids) - unmet


@given(ids=IDS, gone=st.lists(st.text("xyz", min_size=1, max_size=2), max_size=5), seed=st.integers())
def test_what_was_seen_and_is_gone_from_the_deck_does_no_harm(
    ids: list[str], gone: list[str], seed: int
) -> None:
    drawn, seen = next_of(ids, [*gone, ids[0], ids[0]], len(ids), Random(seed))

    assert sorted(drawn) == sorted(ids)
    assert set(seen) <= set(ids)
