"""PURE: questionnaires as data. Their text, its source and its permission lie in `instruments/`, a file each."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from nearer.statistics.change import Exactness

FOLDER = Path(__file__).with_name("instruments")


@dataclass(frozen=True, kw_only=True)
class Question:
    """An item as it was published.

    Attributes:
        text: its words; empty where it is a pair of opposites.
        labels: of each answer, in the published order; empty for a pair of opposites.
        poles: the two ends of a pair of opposites.
        scores: of each answer.
    """

    text: str
    labels: tuple[str, ...]
    poles: tuple[str, ...]
    scores: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """A questionnaire.

    Attributes:
        name: what it is called in what is kept.
        title: what it is called on screen.
        minutes: how long it takes.
        again_after: how many days lie between two times at least.
        version: of its text; answers of two versions are not compared.
        fits: for which kinds of bonds.
        exact: how exact it is; `verified` says whether anybody has compared that with the paper.
        verified: see `exact`.
        cut: below it, its author alone reads a kind sentence.
        intro: what is said before item `intro_before`.
        intro_before: the number of that item.
        source: where it was published.
        items: its items, in the published order.
    """

    name: str
    title: str
    minutes: int
    again_after: int
    version: int
    fits: frozenset[str]
    exact: Exactness
    verified: bool
    cut: float
    intro: str
    intro_before: int
    source: str
    items: tuple[Question, ...]

    def score(self, answers: Sequence[int]) -> int:
        """Return the sum of some answers, each the place of its label.

        Raises:
            ValueError: one is missing, or is none.
        """
        if len(answers) != len(self.items) or any(
            not 0 <= answer < len(item.scores) for answer, item in zip(answers, self.items, strict=True)
        ):
            raise ValueError
        return sum(item.scores[answer] for answer, item in zip(answers, self.items, strict=True))

    @property
    def most(self) -> int:
        """The highest sum there is."""
        return sum(max(item.scores) for item in self.items)


@cache
def instruments() -> dict[str, Instrument]:
    """Return all questionnaires by their names, the shortest first."""
    read = [_read(path) for path in FOLDER.glob("*.json")]
    return {each.name: each for each in sorted(read, key=lambda each: len(each.items))}


def fitting(kin: str) -> list[Instrument]:
    """Return the questionnaires for a kind of bond; most kinds have none."""
    return [each for each in instruments().values() if kin in each.fits]


def _read(path: Path) -> Instrument:
    said = json.loads(path.read_text(encoding="utf-8"))
    items = tuple(
        Question(
            text=item["text"],
            labels=tuple(item["labels"]),
            poles=tuple(item.get("poles", ())),
            scores=tuple(item["scores"]),
        )
        for item in said["items"]
    )
    return Instrument(
        name=said["name"], title=said["title"], minutes=said["minutes"], again_after=said["again_after"], version=said["version"],
        fits=frozenset(said["for"]), exact=Exactness(sd=said["sd"], alike=said["alike"], stable=said["stable"]),
        verified=said["verified"], cut=said["cut"], intro=said["intro"], intro_before=said["intro_before"],
        source=said["source"], items=items,
    )  # fmt: skip
