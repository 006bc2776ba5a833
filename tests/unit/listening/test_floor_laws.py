"""The Floor keeps the laws of the house."""

import pytest

from nearer.practices.listening.protocol import DIALOGUE
from nearer.testing.laws import keep_the_laws, replay_law


@pytest.mark.parametrize("practised", [0, 2])
def test_the_floor_keeps_the_laws(practised: int) -> None:
    keep_the_laws(DIALOGUE, practised=practised)


@pytest.mark.parametrize("practised", [0, 2])
def test_the_floor_replays(practised: int) -> None:
    replay_law(DIALOGUE, practised=practised)()
