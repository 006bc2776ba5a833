"""The same cast and the same quick pages as in `tests/pages`."""

from tests.pages.conftest import _quick_pages, alice, bob, cast, charlie, dana, floor, other_pair, pair

__all__ = ["_quick_pages", "alice", "bob", "cast", "charlie", "dana", "floor", "other_pair", "pair"]
