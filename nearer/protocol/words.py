"""What somebody said, and what has become of it since."""

from __future__ import annotations

from typing import Self


class Words(str):
    """A text in a stored log. To the rules of a room it is a text like any other.

    Rules copy texts around without looking into them, so what is said of a text here arrives wherever the
    text does, and in `view(seat)` as well. A room that makes a new text out of one loses only the marks: what
    was withdrawn is not in it any more.

    Attributes:
        where: the place in the log it stands in; empty for a text that no log holds.
        earlier: how it read before it was edited, oldest first.
        withdrawn: whether its author took it back. The text itself is then a stand-in.
    """

    __slots__ = ("earlier", "where", "withdrawn")

    where: str
    earlier: tuple[str, ...]
    withdrawn: bool

    def __new__(
        cls, text: str, *, where: str = "", earlier: tuple[str, ...] = (), withdrawn: bool = False
    ) -> Self:
        """Make words out of a text."""
        words = super().__new__(cls, text)
        words.where, words.earlier, words.withdrawn = where, earlier, withdrawn
        return words

    def edited(self, text: str) -> Words:
        """Return the words with another text, and this one among the earlier ones."""
        return Words(text, where=self.where, earlier=(*self.earlier, str(self)))

    def taken_back(self, stand_in: str) -> Words:
        """Return what is left once they are withdrawn: neither this text nor an earlier one."""
        return Words(stand_in, where=self.where, withdrawn=True)
