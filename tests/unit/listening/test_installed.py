"""A folder with an `apps.py` is a room."""

from nearer.practices import installed


def test_the_floor_is_installed() -> None:
    assert "nearer.practices.listening" in installed()
    assert installed() == sorted(installed())
