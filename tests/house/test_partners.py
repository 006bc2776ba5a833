"""A practice partner in both seats brings every room to its end, whatever the seed."""

from __future__ import annotations

from typing import Any

import pytest

from nearer.protocol import Mode
from nearer.protocol.partner import Script
from nearer.sittings.partner.plain import PERSONAS, PLAIN
from nearer.sittings.practice import PracticeConfig, practices
from nearer.sittings.run.queries import PRACTISED
from nearer.testing.rehearsing import rehearse, repeated

ROOMS = practices()
THOUSAND = 1_000
EVERY_WAY = pytest.mark.parametrize(
    ("room", "mode"),
    [(room, mode) for room in ROOMS for mode in room.dialogue.modes],
    ids=lambda value: getattr(value, "label", None) or str(value),
)


def facts_of(room: PracticeConfig, seed: int) -> dict[str, Any]:
    """Return what the room begins with: every other time the two have practised before."""
    known = PRACTISED in room.dialogue.__dataclass_fields__
    return {PRACTISED: 2 * (seed // 3 % 2)} if known else {}


@EVERY_WAY
def test_partners_bring_the_room_to_its_end(room: PracticeConfig, mode: Mode) -> None:
    modes = room.dialogue.modes
    for seed in range(modes.index(mode), THOUSAND, len(modes)):
        position, log = rehearse(room.dialogue, room.script, seed, mode=mode, **facts_of(room, seed))

        assert position.done, (seed, log)
        assert not repeated(log), (seed, repeated(log))


@EVERY_WAY
def test_partners_without_lines_bring_it_to_its_end_as_well(room: PracticeConfig, mode: Mode) -> None:
    plain: Script[Any] = Script(personas=PERSONAS, plain=PLAIN)
    for seed in range(40):
        position, log = rehearse(room.dialogue, plain, seed, most=2_000, mode=mode)

        assert position.over, (seed, log)
        assert not repeated(log), (seed, repeated(log))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.label)
def test_the_same_seed_plays_the_same(room: PracticeConfig) -> None:
    once, again = (rehearse(room.dialogue, room.script, 7)[1] for _ in range(2))

    assert once == again
    assert once != rehearse(room.dialogue, room.script, 8)[1]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.label)
def test_a_room_has_at_least_two_partners_with_names_of_their_own(room: PracticeConfig) -> None:
    names = [persona.name for persona in room.script.personas]

    assert len(names) == len(set(names)) >= 2
    assert all(str(persona.manner).endswith(".") for persona in room.script.personas)
