"""How well somebody's guesses fit, in words for them alone.

Each guess is compared with what the other said: the model of truth and bias, centred on the mean of what is
true, with own answers as the pull towards oneself.

    guess - mean(truth) = bias + tracking · (truth - mean(truth)) + similarity · (own - mean(truth)) + error

Sources: West, T. V., & Kenny, D. A. (2011). The truth and bias model of judgment. Kenny, D. A., & Acitelli,
L. K. (2001). Accuracy and bias in the perception of the partner in a close relationship. How many of the top
three were guessed is weighed against luck, which follows the hypergeometric distribution.

NumPy and SciPy are imported when something is computed, not before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import comb

from nearer.practices.needs.moves import UNSAID

ITEMS_LEAST = 10
CONDITION_MOST = 30
TOP, TOP_MOST = 3, 5
PULL = 0.5  # of one step on the scale: less is nothing to speak of
LEANS = 0.3
SAME = 1e-9

type Item = tuple[int, int, int]  # truth, guess, own; own may be unsaid


@dataclass(frozen=True, kw_only=True)
class Model:
    """What the model says. None of it is ever shown as a number.

    Attributes:
        bias: how far guesses lie above or below what is true.
        tracking: how much they go up and down with it.
        similarity: how much they go up and down with one's own answers.
    """

    bias: float
    tracking: float
    similarity: float


def truth_and_bias(items: Sequence[Item]) -> Model | None:
    """Estimate the model by least squares; None where it cannot be told apart.

    Args:
        items: truth, guess and own level of each card.
    """
    import numpy as np

    truth, guess, own = np.array(items, dtype=float).T
    if any(np.ptp(column) < SAME for column in (truth, guess, own)):
        return None
    middle = truth.mean()
    design = np.column_stack([np.ones_like(truth), truth - middle, own - middle])
    if np.linalg.cond(design) >= CONDITION_MOST:
        return None
    bias, tracking, similarity = np.linalg.lstsq(design, guess - middle, rcond=None)[0]
    return Model(bias=float(bias), tracking=float(tracking), similarity=float(similarity))


@dataclass(frozen=True, kw_only=True)
class Tops:
    """How many of the other's top cards were among the top guesses.

    Attributes:
        hits: those that were.
        theirs: how many are at the top for the other.
        guessed: how many were at the top of the guess.
        cards: among how many.
    """

    hits: int
    theirs: int
    guessed: int
    cards: int


def tops(items: Sequence[Item]) -> Tops | None:
    """Compare the top three of both; None when too many are alike to say which these are."""
    true, guessed = _top([item[0] for item in items]), _top([item[1] for item in items])
    if not true or not guessed:
        return None
    return Tops(hits=len(true & guessed), theirs=len(true), guessed=len(guessed), cards=len(items))


def _top(levels: Sequence[int]) -> set[int]:
    """Return the places of the highest three; a few more, or fewer, where the third is not alone."""
    if len(levels) <= TOP_MOST:
        return set()
    third = sorted(levels, reverse=True)[TOP - 1]
    wide = {place for place, level in enumerate(levels) if level >= third}
    narrow = {place for place, level in enumerate(levels) if level > third}
    return wide if len(wide) <= TOP_MOST else narrow


def chance_of(found: Iterable[Tops]) -> float:
    """Return how likely it is that luck alone hits as many or more, over one or several maps."""
    import numpy as np
    from scipy.stats import hypergeom

    hits, odds = 0, np.ones(1)
    for each in found:
        hits += each.hits
        spread = hypergeom(each.cards, each.theirs, each.guessed)
        odds = np.convolve(odds, spread.pmf(np.arange(min(each.theirs, each.guessed) + 1)))
    return float(min(1.0, odds[hits:].sum()))


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What a person is told about their own guesses, all of it words but the count of the top cards.

    Attributes:
        hits: how many of the other's top cards were guessed; None where the top is not clear.
        of: out of how many.
        luck: luck alone would do as well about once in so many; None when it always would.
        bias: "low", "high" or "even"; "" when that cannot be said.
        leans: whether they lean toward one's own needs.
        tracks: whether they follow what differs between the other's needs.
    """

    hits: int | None = None
    of: int | None = None
    luck: int | None = None
    bias: str = ""
    leans: bool = False
    tracks: bool = False


def reading(rounds: Sequence[Sequence[Item]]) -> Reading | None:
    """Put one or several maps into words; None when it is too early to say anything.

    Args:
        rounds: for each map its items, which are pooled.
    """
    items = [item for each in rounds for item in each]
    if len(items) < ITEMS_LEAST:
        return None
    found = [top for each in rounds if len(each) >= ITEMS_LEAST and (top := tops(each))]
    hits = sum(top.hits for top in found)
    luck = _once_in(chance_of(found)) if hits else None
    counted = replace(Reading(), hits=hits, of=sum(top.theirs for top in found), luck=luck)
    return _with_model(counted if found else Reading(), items)


def first_reading(items: Sequence[Item]) -> Reading | None:
    """Put one map into words right after the reveal, for which SciPy would take too long to come.

    Args:
        items: truth, guess and own level of each card.
    """
    if len(items) < ITEMS_LEAST:
        return None
    top = tops(items)
    if top is None:
        return _with_model(Reading(), items)
    luck = _once_in(_chance(top)) if top.hits else None
    return _with_model(Reading(hits=top.hits, of=top.theirs, luck=luck), items)


def _with_model(counted: Reading, items: Sequence[Item]) -> Reading:
    whole = [item for item in items if item[2] != UNSAID]
    model = truth_and_bias(whole) if len(whole) >= ITEMS_LEAST else None
    if model is None:
        return counted
    bias = "low" if model.bias <= -PULL else "high" if model.bias >= PULL else "even"
    return replace(counted, bias=bias, leans=model.similarity >= LEANS, tracks=model.tracking >= LEANS)


def _once_in(chance: float) -> int | None:
    return round(1 / chance) if 0 < chance < 1 else None


def _chance(top: Tops) -> float:
    as_good = sum(
        comb(top.theirs, n) * comb(top.cards - top.theirs, top.guessed - n)
        for n in range(top.hits, min(top.theirs, top.guessed) + 1)
    )
    return as_good / comb(top.cards, top.guessed)
