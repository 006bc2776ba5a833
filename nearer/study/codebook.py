"""PURE: answers as a table, a row for each person and look, and the codebook that says what stands in it.

Both are files of comma-separated values: one line of names, then the rows. A cell where nothing was said is empty.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from io import StringIO
from typing import Any

from nearer.closeness.checkup.instruments import Instrument, Question, instruments
from nearer.statistics.overlap import ALMOST_ONE, APART
from nearer.study.rules import FORM, Row

PICTURES = (
    "Aron, A., Aron, E. N., & Smollan, D. (1992). Inclusion of Other in the Self Scale and the structure of interpersonal "
    "closeness. Journal of Personality and Social Psychology, 63(4), 596-612. Own drawing."
)
PICTURES_VERSION = 1
MISSING = "empty"
WEEK = 2
"""Stands for a picture of a week in somebody's own table, beside the two looks."""

type Cells = dict[str, object]
"""A row of a table: the name of each variable, and what stands there."""


@dataclass(frozen=True, kw_only=True)
class Variable:
    """A line of the codebook.

    Attributes:
        variable: its name in the table.
        label: what it is; for an item the words in which it was asked.
        type: how it is measured.
        least: the lowest value there can be.
        most: the highest.
        values: what each value stands for.
        missing: how it looks where nothing was said.
        instrument: which questionnaire it belongs to.
        version: of that.
        source: where that was published.
    """

    variable: str
    label: str
    type: str = "text"
    least: int | None = None
    most: int | None = None
    values: str = ""
    missing: str = "never"
    instrument: str = ""
    version: int | None = None
    source: str = ""


def said_variables() -> list[Variable]:
    """Return the variables of what is said in a look: the picture, and the questionnaire with its items."""
    form = instruments()[FORM]
    asked: dict[str, Any] = {
        "missing": MISSING,
        "instrument": form.title,
        "version": form.version,
        "source": form.source,
    }
    picture = Variable(
        variable="picture", label="Which of seven pictures of two circles fits the two", type="ordinal", least=APART,
        most=ALMOST_ONE, values=f"{APART}=side by side; {ALMOST_ONE}=almost one", missing=MISSING,
        instrument="Inclusion of Other in the Self", version=PICTURES_VERSION, source=PICTURES,
    )  # fmt: skip
    score = Variable(
        variable=_name(form), label=f"{form.title}, sum of its items", type="numeric", least=0, most=form.most, **asked
    )  # fmt: skip
    items = [
        Variable(
            variable=f"{_name(form)}_{n}", label=item.text or " – ".join(item.poles), type="ordinal",
            least=min(item.scores), most=max(item.scores), values=_values(item), **asked,
        )
        for n, item in enumerate(form.items, 1)
    ]  # fmt: skip
    return [picture, score, *items]


STUDY = (
    Variable(variable="pair", label="A made-up name of two people, the same in every file of this study"),
    Variable(variable="person", label="Which of the two, drawn by lot", type="nominal", least=1, most=2),
    Variable(
        variable="wave", label="Which look", type="ordinal", least=0, most=1,
        values="0=before; 1=after, six to ten weeks later",
    ),
)  # fmt: skip
OWN = (
    Variable(
        variable="person", label="Whose", type="nominal", least=1, most=2, values="1=mine; 2=the other's"
    ),
    Variable(
        variable="wave", label="When it was said", type="nominal", least=0, most=2,
        values="0=before; 1=after; 2=picture of a week, as it is open to both",
    ),
    Variable(variable="day", label="On which day; of a week its Monday", type="date"),
)  # fmt: skip


def said(picture: int, form: str = "", version: int = 0, answers: Sequence[int] = ()) -> Cells:
    """Return the cells of what was said; of a questionnaire of another version than the codebook's there are none."""
    cells: Cells = {"picture": picture}
    known = instruments()[FORM]
    if (form, version) == (known.name, known.version):
        cells[_name(known)] = known.score(answers)
        for n, (item, answer) in enumerate(zip(known.items, answers, strict=True), 1):
            cells[f"{_name(known)}_{n}"] = item.scores[answer]
    return cells


def study_table(rows: Iterable[Row]) -> str:
    """Return the table of a study."""
    return _written(
        (*STUDY, *said_variables()),
        (
            {"pair": row.pair, "person": row.person, "wave": int(row.wave)}
            | said(row.picture, row.form, row.version, row.answers)
            for row in rows
        ),
    )


def own_table(rows: Iterable[Cells]) -> str:
    """Return the table of somebody's own answers."""
    return _written((*OWN, *said_variables()), rows)


def codebook(first: Sequence[Variable]) -> str:
    """Return the codebook of a table.

    Args:
        first: what stands before what was said: `STUDY` or `OWN`.
    """
    names = list(Variable.__dataclass_fields__)
    return _csv(names, (asdict(each) for each in (*first, *said_variables())))


def _written(variables: Sequence[Variable], rows: Iterable[Cells]) -> str:
    return _csv([each.variable for each in variables], rows)


def _csv(names: list[str], rows: Iterable[Cells]) -> str:
    out = StringIO()
    table = csv.DictWriter(out, names, lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return out.getvalue()


def _name(form: Instrument) -> str:
    return form.name.replace("-", "")


def _values(item: Question) -> str:
    ends = (item.poles[0], *[""] * (len(item.scores) - 2), item.poles[-1]) if item.poles else item.labels
    return "; ".join(f"{score}={label}" for score, label in zip(item.scores, ends, strict=True) if label)
