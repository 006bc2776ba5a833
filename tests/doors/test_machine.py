"""Whatever four people do, in whatever order, what is promised holds."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from nearer.testing.cast import make_person
from tests.doors.machine import FourPeople

pytestmark = pytest.mark.django_db

EXAMPLES, STEPS = int(os.environ.get("NEARER_TEST_EXAMPLES", "4")), 25


@pytest.mark.slow
def test_four_people_do_whatever_they_like(monkeypatch: pytest.MonkeyPatch) -> None:
    people = [make_person(name) for name in ("Alice", "Bob", "Charlie", "Erin")]
    monkeypatch.setattr(FourPeople, "people", people)

    run_state_machine_as_test(
        FourPeople, settings=settings(max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None)
    )
