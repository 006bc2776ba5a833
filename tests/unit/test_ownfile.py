"""A file of our own is whole or not there, for nobody else, and leaves no draft."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from nearer import ownfile


def names(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


def refuse(*_given: object, **_named: object) -> None:
    raise OSError(28, "No space left on device")


def test_it_is_written_for_nobody_else_and_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_bytes(b"before")
    path.chmod(0o644)

    ownfile.write(path, b"after")

    assert (path.read_bytes(), path.stat().st_mode & 0o777, names(tmp_path)) == (b"after", 0o600, ["key"])


@pytest.mark.parametrize("knows_links", [True, False])
def test_a_new_one_takes_nobody_s_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, knows_links: bool
) -> None:
    if not knows_links:  # such as a stick
        monkeypatch.setattr(os, "link", refuse)
    ownfile.write(tmp_path / "key", b"first", replaces=False)

    with pytest.raises(FileExistsError):
        ownfile.write(tmp_path / "key", b"second", replaces=False)

    assert ((tmp_path / "key").read_bytes(), names(tmp_path)) == (b"first", ["key"])


def test_without_room_what_was_there_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ownfile.write(tmp_path / "key", b"before")
    monkeypatch.setattr(os, "fsync", refuse)

    with pytest.raises(OSError, match="No space"):
        ownfile.write(tmp_path / "key", b"after")

    assert ((tmp_path / "key").read_bytes(), names(tmp_path)) == (b"before", ["key"])
