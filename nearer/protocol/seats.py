"""The two places in a dialogue, and what is sealed between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Seat(StrEnum):
    """One of the two places in a dialogue."""

    HOST = "host"
    GUEST = "guest"

    @property
    def other(self) -> Seat:
        """The place across from this one."""
        return Seat.GUEST if self is Seat.HOST else Seat.HOST


@dataclass(frozen=True)
class Both[T]:
    """A sealed exchange: neither seat sees the other's answer until both have given one.

    Answers are held in the order of the seats, so nothing tells who was first.
    """

    answers: tuple[tuple[Seat, T], ...] = ()

    @property
    def given(self) -> Mapping[Seat, T]:
        """The answers so far, by seat. For the rules only: show people `seen_by`."""
        return MappingProxyType(dict(self.answers))

    @property
    def complete(self) -> bool:
        """Whether both have answered."""
        return len(self.answers) == len(Seat)

    def put(self, seat: Seat, value: T) -> Both[T]:
        """Return the exchange with this seat's answer in it.

        Raises ValueError when the seat has already answered.
        """
        if not self.waiting_for(seat):
            raise ValueError(f"{seat} has already answered")
        given = {**self.given, seat: value}
        return Both(tuple((s, given[s]) for s in Seat if s in given))

    def waiting_for(self, seat: Seat) -> bool:
        """Whether this seat has yet to answer."""
        return all(s is not seat for s, _ in self.answers)

    def seen_by(self, seat: Seat) -> dict[Seat, T]:
        """The answers this seat may see: its own, and both once both are in."""
        return {s: value for s, value in self.answers if self.complete or s is seat}
