"""The short form of every drill: what they promise holds; how long it takes is for `make drill` to say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from drills.run import every_drill, ground_for

ON_POSTGRES = os.environ.get("NEARER_TEST_DATABASE") == "postgres"
DRILLS = {
    name: module
    for name, module in every_drill().items()
    if not ON_POSTGRES or getattr(module, "BOTH", False)
}
pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", DRILLS)
def test_the_drill_holds(name: str, tmp_path: Path) -> None:
    figures = DRILLS[name].drill(ground_for(DRILLS[name], tmp_path, is_long=False))

    assert figures
    assert [figure for figure in figures if not (figure.is_met or figure.is_time)] == []
