"""The reserve: laid by where there is room, given back where there is none, and what that means for who writes."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from nearer import disk


@pytest.fixture
def left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A disk with as much room as `left.bytes` says, beside what is laid by on it."""
    told = SimpleNamespace(bytes=disk.AGAIN)

    def statvfs(_folder: Path) -> SimpleNamespace:
        return SimpleNamespace(f_bavail=told.bytes, f_frsize=1)

    monkeypatch.setattr(os, "statvfs", statvfs)
    return told


def test_the_reserve_is_laid_by_and_given_back(tmp_path: Path, left: SimpleNamespace) -> None:
    disk.keep_reserve(tmp_path)
    reserve = tmp_path / disk.NAME
    assert reserve.stat().st_size == disk.RESERVE
    assert [path.name for path in tmp_path.iterdir()] == [disk.NAME]

    left.bytes = disk.LEAST
    assert not disk.is_tight(tmp_path)
    left.bytes = disk.LEAST - 1
    assert disk.is_tight(tmp_path)
    assert not reserve.exists()


def test_it_is_tight_until_there_is_room_for_the_reserve_again(tmp_path: Path, left: SimpleNamespace) -> None:
    left.bytes = disk.AGAIN - 1
    disk.keep_reserve(tmp_path)
    assert disk.is_tight(tmp_path)
    assert not list(tmp_path.iterdir())

    left.bytes = disk.AGAIN
    assert not disk.is_tight(tmp_path)


def test_where_nothing_can_be_written_there_is_no_room(
    tmp_path: Path, left: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)

    assert disk.room(tmp_path) == 0
    assert disk.is_tight(tmp_path)
    disk.keep_reserve(tmp_path)
    assert not list(tmp_path.iterdir())


def test_a_reserve_that_does_not_fit_leaves_nothing_behind(
    tmp_path: Path, left: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        path.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)

    disk.keep_reserve(tmp_path)

    assert not list(tmp_path.iterdir())
