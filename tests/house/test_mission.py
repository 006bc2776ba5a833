"""A test names only behaviours and rules that exist."""

from __future__ import annotations

import pytest

from tests.coverage_of_mission import LISTS, shown, wanted


@pytest.mark.parametrize("mark", LISTS)
def test_everything_a_test_names_exists(mark: str) -> None:
    assert set(shown(mark)) <= set(wanted(mark))
