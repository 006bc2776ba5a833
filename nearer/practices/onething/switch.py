"""One Thing is off for everybody until they switch it on for themselves; nobody is shown whether the other has."""

from __future__ import annotations

from nearer.sittings.switched import Switch

ROOM = Switch.named("one-thing-on")
SWITCH = ROOM.kind
is_on, since, turn, own, withdraw = ROOM.is_on, ROOM.since, ROOM.turn, ROOM.own, ROOM.withdraw
