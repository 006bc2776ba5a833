"""What is kept of how close two people feel, with a canary in it where there are words."""

from __future__ import annotations

from django.utils import timezone

from nearer.closeness.checkup.keeping import CHECKUP, Checkup
from nearer.closeness.picture import keeping as pictures
from nearer.closeness.picture import own as marks
from nearer.closeness.thanks import keeping as thanks
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.study.keeping import ANSWERS
from nearer.study.rules import Answers
from nearer.testing.cast import Pair, Person


def picture(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    """Pick one."""
    pictures.pick(person.at(pair.bond), 6, at=timezone.now())
    return "Picture 6 of 7", "Picture 6 of 7"


def line(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    """Write an appreciation."""
    thanks.say(person.at(pair.bond), canary, at=timezone.now())
    return canary, canary


def mark(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    """Mark something that happened."""
    marks.mark(person.at(pair.bond), person.ring, timezone.localdate(), canary, at=timezone.now())
    return canary, canary


def checkup(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    """Keep a check-up."""
    kept = Checkup(bond=str(pair.bond.pk), name=canary, form="csi-4", version=1, answers=(3, 2, 1, 4))
    keeping.put(Shelf.of_person(person.user.pk, person.ring), CHECKUP, kept, at=timezone.now())
    return "csi-4: 10 (4, 3, 2, 5)", "csi-4: 10 (4, 3, 2, 5)"


def looks(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    """Keep the first of two looks."""
    kept = Answers(
        bond=str(pair.bond.pk), name=canary, begun="2026-01-05", wave=0, picture=2, form="csi-16",
        version=1, answers=(1,) * 16,
    )  # fmt: skip
    keeping.put(Shelf.of_person(person.user.pk, person.ring), ANSWERS, kept, at=timezone.now())
    ones = ", ".join(["2"] * 16)
    return same(f"csi-16: {kept.score} ({ones})")


def same(said: str) -> tuple[str, str]:
    """Return how the data and the page tell of it."""
    return said, said


OWN = {"closeness-mark": mark, "check-up": checkup, "study-answers": looks}
SHARED = {"closeness-picture": picture, "thanks": line}
