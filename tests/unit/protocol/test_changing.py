"""A changed position is what `dataclasses.replace` makes."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from nearer.protocol.changing import changed


@dataclass(frozen=True, kw_only=True)
class Place:
    row: int = 0
    seat: int = 0


def test_it_is_what_replace_makes() -> None:
    place = Place(row=3)
    assert changed(place, seat=2) == replace(place, seat=2) != place
    assert changed(place) == place


def test_what_it_has_not_is_refused() -> None:
    with pytest.raises(TypeError, match="colour"):
        changed(Place(), colour="red")
