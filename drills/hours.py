"""Any hour: the quick part of the suite, begun just before midnight and after, as clocks change, on odd days, anywhere."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from drills.figures import Figure, Ground, exactly, told
from nearer.testing.clock import BEGINS

ROOT = Path(__file__).parents[1]
QUICK = ("-m", "not browser and not slow", "-n", "2", "--dist", "worksteal")
# What leans on days and hours most; the short form tries no more.
SHORT = ("tests/pages/test_deleting.py::test_a_machine_that_stops_in_between_goes_on_with_it_later",)
MOMENTS = {
    "just before midnight": "2026-06-17T23:59:00+00:00",
    "after midnight": "2026-06-18T00:30:00+00:00",
    "the night clocks go forward": "2026-03-29T00:59:00+00:00",
    "the night clocks go back": "2026-10-25T00:59:00+00:00",
    "29 February": "2028-02-29T12:00:00+00:00",
    "31 December": "2026-12-31T23:30:00+00:00",
}
ZONES = ("America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland")
COUNT = re.compile(r"(\d+) (passed|failed|errors?)")


def drill(ground: Ground) -> list[Figure]:
    """Run it at each moment, and in each zone of the machine."""
    everywhen = [(what, {BEGINS: moment}) for what, moment in MOMENTS.items()]
    everywhere = [(f"a machine in {zone}", {"TZ": zone}) for zone in ZONES]
    tried = [*everywhen, *everywhere] if ground.is_long else everywhen[1:2]
    return [figure for what, surroundings in tried for figure in _run(what, surroundings, ground)]


def _run(what: str, surroundings: dict[str, str], ground: Ground) -> list[Figure]:
    chosen = QUICK if ground.is_long else SHORT
    command = [sys.executable, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider", *chosen]
    # A run within a run must not take itself for a worker of the other.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("NEARER_", "PYTEST_"))}
    ran = subprocess.run(
        command, cwd=ROOT, env=kept | surroundings, capture_output=True, text=True, check=False
    )
    counts = {word: int(number) for number, word in COUNT.findall(ran.stdout)}
    if ran.returncode:
        (ground.folder / "last.txt").write_text(ran.stdout, encoding="utf-8")
        print("\n".join(line for line in ran.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))))
    return [
        told(f"{what}: green", counts.get("passed", 0)),
        exactly(f"{what}: red", sum(n for word, n in counts.items() if word != "passed"), 0),
        exactly(f"{what}: ran to its end", ran.returncode, 0),
    ]
