"""What was said under older rules is read for ever, and what is stored cannot change unnoticed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar

import pytest

from nearer.protocol import HOUSE_MOVES, Length, Mode, Move, Seat, UnreadableMove, decode, encode
from nearer.protocol.versions import carried, shape_of, version_of
from nearer.sittings.practice import PracticeConfig, practices
from tests.vectors.make_logs import file_of

ROOMS = practices()
EVERY_ROOM = pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.label)
EVERY_VERSION = pytest.mark.parametrize(
    ("room", "version"),
    [(room, version) for room in ROOMS for version in range(1, room.dialogue.version() + 1)],
    ids=lambda value: getattr(value, "label", None) or f"v{value}",
)


@EVERY_ROOM
def test_a_stored_move_does_not_change_without_a_step_that_carries_it_over(room: PracticeConfig) -> None:
    rules = room.dialogue
    stored = json.loads(file_of(rules.slug, rules.version()).read_text(encoding="utf-8"))["shape"]

    assert shape_of(rules.moves | HOUSE_MOVES) == stored, (
        "what is stored of a move has changed: add a step to `steps` that carries the old form over, "
        "then write the new version down with `python -m tests.vectors.make_logs`"
    )


@EVERY_VERSION
def test_the_logs_of_every_version_lead_where_they_led(room: PracticeConfig, version: int) -> None:
    rules, kinds = room.dialogue, room.dialogue.moves | HOUSE_MOVES
    logs = json.loads(file_of(rules.slug, version).read_text(encoding="utf-8"))["logs"]

    assert {log["mode"] for log in logs} == set(rules.modes)
    for log in logs:
        position = rules.begin(mode=Mode(log["mode"]), **log["facts"])
        for entry in log["moves"]:
            move = decode(carried(entry["move"], since=version, steps=rules.steps), kinds)
            seat = Seat(entry["seat"]) if entry["seat"] else None
            position = position.play(seat, move, datetime.fromisoformat(entry["at"]))
        assert position.done == log["done"]
        assert position.outcome == log["outcome"]


@EVERY_VERSION
def test_every_kind_of_move_of_every_version_is_read(room: PracticeConfig, version: int) -> None:
    stored = json.loads(file_of(room.dialogue.slug, version).read_text(encoding="utf-8"))
    kinds = room.dialogue.moves | HOUSE_MOVES

    assert {sample["kind"] for sample in stored["samples"]} == stored["shape"].keys()
    for sample in stored["samples"]:
        move = decode(carried(sample, since=version, steps=room.dialogue.steps), kinds)
        assert type(move) in kinds


@dataclass(frozen=True, kw_only=True)
class Wave(Move):
    """A move whose field was once called `text`, and which once was called Hello."""

    sealed: ClassVar[bool] = True

    words: Annotated[str, Length(0, 80)]


def renamed(stored: Mapping[str, Any]) -> Mapping[str, Any]:
    return {**stored, "kind": "Wave"} if stored["kind"] == "Hello" else stored


def reworded(stored: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"kind": stored["kind"], "words": stored["text"]} if stored["kind"] == "Wave" else stored


STEPS = (renamed, reworded)


@pytest.mark.parametrize(
    ("since", "stored"),
    [
        (1, {"kind": "Hello", "text": "over here"}),
        (2, {"kind": "Wave", "text": "over here"}),
        (3, {"kind": "Wave", "words": "over here"}),
    ],
)
def test_a_move_of_any_version_reads_as_it_would_today(since: int, stored: dict[str, Any]) -> None:
    move = decode(carried(stored, since=since, steps=STEPS), {Wave})

    assert move == Wave(words="over here")
    assert encode(move) == {"kind": "Wave", "words": "over here"}


@pytest.mark.parametrize("since", [0, -1, 4, 99])
def test_a_move_of_rules_that_are_not_known_is_refused(since: int) -> None:
    with pytest.raises(UnreadableMove):
        carried({"kind": "Wave", "words": ""}, since=since, steps=STEPS)


def test_each_step_leads_to_the_next_version() -> None:
    assert [version_of(STEPS[:count]) for count in range(3)] == [1, 2, 3]


def test_the_shape_tells_names_types_and_bounds() -> None:
    assert shape_of({Wave}) == {"Wave": {"words": "str 0..80"}}
