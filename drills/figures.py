"""What a drill is given, and what it gives back.

A drill is one module with a function `drill(ground)` that returns figures. The suite runs its short form
and asserts every figure but the times; `make drill` runs the long form and prints them all. A module that
says `BOTH = True` is also run on PostgreSQL; one that says `REAL = True` pays the product's full price for
every passphrase; one that names a `MODULE` runs that program instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from nearer.testing.server import Copy, databases_for, free_port


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One line of the table.

    Attributes:
        what: was counted or measured.
        asked: what is promised.
        seen: what was found.
        is_met: whether that keeps the promise.
        is_time: it depends on the machine, so the suite does not assert it.
    """

    what: str
    asked: str
    seen: str
    is_met: bool
    is_time: bool = False


def exactly(what: str, seen: object, asked: object) -> Figure:
    """Return a figure that has to be this and nothing else."""
    return Figure(what=what, asked=str(asked), seen=str(seen), is_met=seen == asked)


def at_most(what: str, seen: float, most: float, unit: str = "") -> Figure:
    """Return a figure with an upper bound."""
    return Figure(what=what, asked=f"≤ {most:g}{unit}", seen=f"{seen:g}{unit}", is_met=seen <= most)


def at_least(what: str, seen: float, least: float, unit: str = "") -> Figure:
    """Return a figure with a lower bound."""
    return Figure(what=what, asked=f"≥ {least:g}{unit}", seen=f"{seen:g}{unit}", is_met=seen >= least)


def time_of(figure: Figure) -> Figure:
    """Mark a figure as one that depends on the machine."""
    return replace(figure, is_time=True)


def told(what: str, seen: object) -> Figure:
    """Return a figure that promises nothing: how much was tried."""
    return Figure(what=what, asked="", seen=str(seen), is_met=True)


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Where one drill is held.

    Attributes:
        is_long: whether this is the long form.
        folder: an empty folder of its own.
        name: distinguishes its databases from those of other drills; letters, digits and underscores.
        module: the program its copies run.
    """

    is_long: bool
    folder: Path
    name: str = "drill"
    module: str = "nearer.testing.served"
    environment: dict[str, str] = field(default_factory=dict)

    def size(self, *, short: int, long: int) -> int:
        """Return how often to try."""
        return long if self.is_long else short

    def copy(self, name: str = "copy") -> Copy:
        """Return a fresh copy of Nearer, not yet started, on the databases this run is about."""
        return Copy(
            data=self.folder / name,
            port=free_port(),
            databases=databases_for(f"{self.name}_{name}") | self.environment,
            module=self.module,
        )

    @contextmanager
    def serving(self, name: str = "copy") -> Iterator[Copy]:
        """Serve a fresh copy until the block ends."""
        copy = self.copy(name)
        copy.start()
        try:
            yield copy
        finally:
            copy.stop()
