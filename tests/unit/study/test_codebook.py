"""A table that is tidy, and a codebook that says what stands in it."""

from __future__ import annotations

import csv
import random

import pytest

from nearer.closeness.checkup.instruments import instruments
from nearer.statistics.dyads import CannotTell
from nearer.study.codebook import OWN, STUDY, codebook, own_table, said, study_table
from nearer.study.modelling import NotInTable, lines, modelled
from nearer.study.rules import Row, Wave

FORM = instruments()["csi-16"]


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


def made_up(pairs: int = 40) -> list[Row]:
    """Return rows of pairs in which one's own picture before goes with what one says after by 2, the other's by 1."""
    chance, found = random.Random(20), []
    for n in range(pairs):
        before = [chance.randint(1, 7) for _ in "12"]
        for place, wave in ((place, wave) for place in (0, 1) for wave in Wave):
            steps = (2 * before[place] + before[1 - place] if wave is Wave.AFTER else 0) + chance.randint(
                0, 2
            )
            answers = tuple(
                item.scores.index(max(0, min(max(item.scores), steps // 5))) for item in FORM.items
            )
            found.append(
                Row(
                    pair=f"P{n}", person=place + 1, wave=wave, picture=before[place], form="csi-16", version=1,
                    answers=answers,
                )
            )  # fmt: skip
    return found


def test_every_column_stands_in_the_codebook_and_every_value_in_its_range() -> None:
    table, book = read(study_table(made_up())), read(codebook(STUDY))

    assert list(table[0]) == [each["variable"] for each in book]
    assert len(table) == 160
    for each in book[1:]:
        values = [int(row[each["variable"]]) for row in table]
        assert int(each["least"]) <= min(values) <= max(values) <= int(each["most"])
    assert book[-1]["label"] == " – ".join(FORM.items[-1].poles)
    assert {each["source"] for each in book[4:]} == {FORM.source}
    assert {each["version"] for each in book[4:]} == {"1"}
    assert book[5]["values"].startswith("0=Extremely unhappy; 1=Fairly unhappy")
    assert {each["missing"] for each in book} == {"never", "empty"}


def test_where_nothing_was_said_the_cell_is_empty() -> None:
    (friends, older) = read(
        study_table(
            [
                Row(pair="P1", person=1, wave=Wave.BEFORE, picture=4),
                Row(pair="P1", person=2, wave=Wave.BEFORE, picture=4, form="csi-16", version=0, answers=(1,)),
            ]
        )
    )
    assert (friends["picture"], friends["csi16"], older["csi16_1"]) == ("4", "", "")


def test_ones_own_table_has_its_own_codebook() -> None:
    (row,) = read(own_table([{"person": 1, "wave": 0, "day": "2026-11-25"} | said(3)]))
    assert list(row) == [each["variable"] for each in read(codebook(OWN))]


def test_the_model_of_a_table_finds_what_was_put_into_it() -> None:
    told = modelled(study_table(made_up()).splitlines(), "csi16", ["picture"])

    (own,), (other,) = told.model.own, told.model.other
    assert own.low > other.value > 0
    assert own.value / other.value == pytest.approx(2, rel=0.2)
    assert told.left_out == 0
    assert [line.split("  ")[0] for line in lines(told)[2:5]] == [
        "level",
        "own picture",
        "the other's picture",
    ]


def test_a_pair_with_an_empty_cell_is_left_out() -> None:
    lonely = [row for row in made_up(12) if (row.pair, row.person, row.wave) != ("P3", 2, Wave.AFTER)]

    told = modelled(study_table(lonely).splitlines(), "csi16", ["picture"])

    assert (told.model.pairs, told.left_out) == (11, 1)


def test_what_cannot_be_told_is_not() -> None:
    with pytest.raises(NotInTable):
        modelled(study_table(made_up()).splitlines(), "joy", ["picture"])
    with pytest.raises(CannotTell):
        modelled(study_table(made_up(9)).splitlines(), "csi16", ["picture"])
    with pytest.raises(CannotTell):
        modelled(
            study_table(row for row in made_up() if row.wave is Wave.BEFORE).splitlines(),
            "csi16",
            ["picture"],
        )
