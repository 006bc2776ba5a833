"""What opens when two maps are laid beside each other, and what never does."""

from __future__ import annotations

import json
from operator import methodcaller

from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.practices.needs import mirror
from nearer.practices.needs.kept import Round
from nearer.practices.needs.moves import ALL, CARDS, UNSAID, Guess, Map, Show, Withdraw
from nearer.practices.needs.protocol import Needs
from nearer.protocol import Seat
from nearer.testing.examples import examples
from tests.unit.needs.maps import GUEST, HOST, NOON, guess_of, map_of, revealed, side

LEVEL = st.integers(UNSAID, 4)
MAPS = st.builds(
    Map,
    importance=st.tuples(*[LEVEL] * ALL),
    met=st.tuples(*[LEVEL] * ALL),
    private=st.tuples(*[st.integers(0, 1)] * ALL),
    names=st.just(("",) * CARDS + ("my garden", "quiet mornings")),
)
GUESSES = st.builds(Guess, levels=st.tuples(*[LEVEL] * CARDS))
QUICK = settings(max_examples=examples(60), deadline=None, derandomize=True, database=None)


def test_strengths_are_the_three_that_both_rate_highest() -> None:
    sides = {HOST: side({0: 4, 1: 3, 2: 4, 3: 4, 4: 2}), GUEST: side({0: 3, 1: 3, 2: 4, 3: 3, 4: 4})}

    assert mirror.strengths(sides) == [2, 0, 3]


def test_a_private_card_is_no_strength_and_is_not_missed() -> None:
    hers = side({0: 4, 1: 4}, private={0: 1})
    sides = {HOST: hers, GUEST: side({0: 4, 1: 1}, {0: 0, 1: 1})}

    assert mirror.strengths(sides) == []
    assert mirror.most_missed(sides, HOST) == 1


def test_the_one_missed_is_where_the_guess_was_furthest_below() -> None:
    hers = side({0: 4, 1: 3, 2: 2, 3: 1})
    his = side({}, {0: 3, 1: 0, 2: 0, 3: 4})

    assert mirror.most_missed({HOST: hers, GUEST: his}, HOST) == 1
    assert mirror.most_missed({HOST: hers, GUEST: his}, GUEST) is None


def test_nothing_is_missed_where_no_guess_was_too_low() -> None:
    sides = {HOST: side({0: 2, 1: 1}), GUEST: side({}, {0: 2, 1: 4})}

    assert mirror.most_missed(sides, HOST) is None


def test_the_picture_shows_what_is_shared_first_and_at_most_one_that_was_missed() -> None:
    sides = {HOST: side({0: 3, 9: 4, 10: 4}, {0: 4}), GUEST: side({0: 4, 9: 1}, {9: 0, 10: 1})}

    seen = mirror.rows(sides, GUEST)

    assert [(r["card"], r["why"]) for r in seen] == [(0, "both"), (9, "theirs")]
    assert (seen[1]["theirs"], seen[1]["guess"]) == (4, 0)
    assert [(r["card"], r["why"], r["theirs"]) for r in mirror.rows(sides, HOST)] == [
        (0, "both", 4),
        (9, "mine", None),
    ]


def test_how_a_need_is_met_shows_only_when_its_owner_shows_it() -> None:
    now = revealed(map_of({5: 4}, met={5: 1}), map_of({}))
    shown = now.play(HOST, Show(card=5, met=False), NOON)
    met = shown.play(HOST, Show(card=5, met=True), NOON)

    assert now.view(GUEST)["rows"] == []
    assert [(r["theirs"], r["their_met"]) for r in shown.view(GUEST)["rows"]] == [(4, None)]
    assert [(r["theirs"], r["their_met"]) for r in met.view(GUEST)["rows"]] == [(4, 1)]


def opened_to(now: Needs, seat: Seat) -> set[int]:
    """Return the cards on which a level of the other's may stand in this seat's view."""
    sides = {each: now.side(each) for each in Seat}
    missed = mirror.most_missed(sides, seat.other)
    return {*mirror.strengths(sides), *now.side(seat.other).shown, *([] if missed is None else [missed])}


@QUICK
@given(
    hers=MAPS, his=MAPS, guesses=st.tuples(GUESSES, GUESSES), shown=st.integers(0, ALL - 1), met=st.booleans()
)
def test_no_view_holds_a_level_of_the_others_that_its_owner_did_not_open(
    hers: Map, his: Map, guesses: tuple[Guess, Guess], shown: int, *, met: bool
) -> None:
    now = revealed(hers, his, guesses=guesses).play(HOST, Show(card=shown, met=met), NOON)
    open_cards, host = opened_to(now, GUEST), now.side(HOST)

    rows = now.view(GUEST)["rows"]
    theirs = {row["card"] for row in rows if row["theirs"] is not None}
    # What is not open may be anything at all, and nothing but the words about one's own guesses changes.
    closed = [card for card in range(ALL) if card not in open_cards and not host.is_open(card)]
    other = Map(
        importance=tuple(
            (4 - n if card in closed and n >= 0 else n) for card, n in enumerate(hers.importance)
        ),
        met=tuple(
            (n if card in host.shown_met else 4 - n if n >= 0 else n) for card, n in enumerate(hers.met)
        ),
        private=hers.private,
        names=hers.names,
    )
    same = revealed(other, his, guesses=guesses).play(HOST, Show(card=shown, met=met), NOON)

    assert theirs <= open_cards
    assert {row["card"] for row in rows if row["their_met"] is not None} <= set(host.shown_met)
    assert json.dumps(same.view(GUEST), default=methodcaller("isoformat")) == json.dumps(
        now.view(GUEST), default=methodcaller("isoformat")
    )


@QUICK
@given(hers=MAPS, his=MAPS, guesses=st.tuples(GUESSES, GUESSES), card=st.integers(0, ALL - 1))
def test_a_card_taken_back_leaves_everything_as_if_it_had_never_been(
    hers: Map, his: Map, guesses: tuple[Guess, Guess], card: int
) -> None:
    now = revealed(hers, his, guesses=guesses)
    gone = now.play(HOST, Show(card=card, met=True), NOON).play(HOST, Withdraw(card=card), NOON)

    never = revealed(
        map_of({c: n for c, n in enumerate(hers.importance) if c != card},
               met={c: n for c, n in enumerate(hers.met) if c != card},
               private=dict(enumerate(hers.private)), names={c: n for c, n in enumerate(hers.names) if c != card}),
        his,
        guesses=(guesses[0], guess_of({c: n for c, n in enumerate(guesses[1].levels) if c != card})),
    )  # fmt: skip

    assert [gone.view(seat) for seat in Seat] == [never.view(seat) for seat in Seat]


@QUICK
@given(hers=MAPS, his=MAPS, guesses=st.tuples(GUESSES, GUESSES))
def test_what_is_kept_holds_nothing_private_and_gives_the_same_picture(
    hers: Map, his: Map, guesses: tuple[Guess, Guess]
) -> None:
    now = revealed(hers, his, guesses=guesses)
    sides = {seat: now.side(seat) for seat in Seat}

    kept = Round(**json.loads(json.dumps({"sides": Round.of(sides).sides}))).opened

    for seat in Seat:
        mine = kept[seat]
        assert all(mine.importance[c] == UNSAID for c in range(ALL) if sides[seat].private[c])
        assert set(mine.met) == {UNSAID}
        assert mirror.pairs(kept, seat) == [
            (truth, guess, own if not sides[seat].private[c] else UNSAID)
            for c, truth, guess, own in triples(sides, seat)
        ]
    assert mirror.strengths(kept) == mirror.strengths(sides)
    assert [mirror.most_missed(kept, seat) for seat in Seat] == [
        mirror.most_missed(sides, seat) for seat in Seat
    ]


def triples(sides: mirror.Sides, seat: Seat) -> list[tuple[int, int, int, int]]:
    mine, theirs = sides[seat], sides[seat.other]
    return [
        (c, theirs.importance[c], mine.guesses[c], mine.importance[c])
        for c in range(CARDS)
        if theirs.is_open(c) and mine.guesses[c] != UNSAID
    ]
