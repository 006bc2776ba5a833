"""The word that stands where words were withdrawn."""

from __future__ import annotations

from django.utils.translation import gettext as _

from nearer.protocol import Words


def stand_in() -> str:
    """Return it, in the reader's language."""
    return _("withdrawn")


def words_of(text: str, *, earlier: tuple[str, ...] = (), withdrawn: bool = False, where: str = "") -> Words:
    """Return a stored text with what became of it since."""
    if withdrawn:
        return Words(stand_in(), where=where, withdrawn=True)
    return Words(text, where=where, earlier=earlier)
