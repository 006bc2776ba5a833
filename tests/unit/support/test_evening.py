"""In the evening "later today" is not what somebody who is full says first."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from nearer.practices.support.ask.forms import AnswerForm
from nearer.practices.support.ask.rules import When


@pytest.mark.parametrize(
    ("hour", "offered"), [(9, When.TODAY), (19, When.TODAY), (20, When.TOMORROW), (23, When.TOMORROW)]
)
def test_whoever_is_full_in_the_evening_is_offered_tomorrow_first(
    monkeypatch: pytest.MonkeyPatch, hour: int, offered: When
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: datetime(2026, 3, 4, hour, 30, tzinfo=UTC))

    assert f'<option value="{offered}" selected>' in str(AnswerForm()["when"])
