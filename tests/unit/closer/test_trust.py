"""Quarters follow each other."""

from __future__ import annotations

from datetime import date

from nearer.practices.closer.trust.readings import number_of, quarter_of


def test_a_quarter_follows_the_last_one() -> None:
    quarters = [number_of(quarter_of(date(2025 + month // 12, month % 12 + 1, 28))) for month in range(24)]

    assert quarters == [quarters[0] + month // 3 for month in range(24)]
