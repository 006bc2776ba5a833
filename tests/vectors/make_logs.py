"""Write down conversations as they are stored today: `python -m tests.vectors.make_logs` from the repository's root.

A file of a version is a promise: its log is read for ever. So a version that has been written down is not written
again; while no copy is in use, delete its file first.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "logs"
SEEDS = 3

type Json = dict[str, Any]


def file_of(slug: str, version: int) -> Path:
    """Return where the logs of a version of a room lie."""
    return FOLDER / f"{slug}-v{version}.json"


def written(room: Any) -> Json:  # Any: a PracticeConfig, which needs Django to be ready
    """Return the shape of a room's moves, samples of each kind, and a few conversations in each mode."""
    from nearer.protocol import HOUSE_MOVES, Seat, encode
    from nearer.protocol.versions import shape_of
    from nearer.testing.samples import samples

    rules, kinds = room.dialogue, room.dialogue.moves | HOUSE_MOVES
    logs = [_conversation(room, mode, seed) for mode in rules.modes for seed in range(SEEDS)]
    each = [encode(move) for kind in _by_name(kinds) for move in samples(kind, Seat.HOST)]
    return {"slug": rules.slug, "shape": shape_of(kinds), "samples": each, "logs": logs}


def _by_name(kinds: Any) -> list[Any]:
    return sorted(kinds, key=lambda kind: kind.__name__)


def _conversation(room: Any, mode: Any, seed: int) -> Json:
    from nearer.protocol import encode
    from nearer.testing.rehearsing import MOMENT, NOON, rehearse

    facts: Json = {"practised": 2 * (seed % 2)} if "practised" in room.dialogue.__dataclass_fields__ else {}
    position, log = rehearse(room.dialogue, room.script, seed, mode=mode, **facts)
    now, moves = room.dialogue.begin(mode=mode, **facts), []
    for number, (seat, move) in enumerate(log, start=1):
        at = now.due if seat is None else NOON + number * MOMENT
        now = now.play(seat, move, at)
        moves.append({"seat": seat, "at": at.isoformat(), "move": encode(move)})
    return {"mode": mode, "facts": facts, "moves": moves, "done": position.done, "outcome": position.outcome}


def main() -> int:
    """Write what is not written yet, and say which files those are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nearer.settings")
    import django

    django.setup()
    from nearer.sittings.practice import practices

    FOLDER.mkdir(exist_ok=True)
    for room in practices():
        path = file_of(room.dialogue.slug, room.dialogue.version())
        if not path.exists():
            path.write_text(json.dumps(written(room), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
            sys.stdout.write(f"{path.name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
