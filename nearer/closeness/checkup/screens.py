"""One question a screen, the answers so far beside it: what was sent says where somebody is, and nothing is kept until the last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from nearer.closeness.checkup.forms import ItemsForm


class Screen(NamedTuple):
    """Where somebody is in a questionnaire: the first screen, 0, comes before its items; and whether something is missing on it."""

    number: int
    is_wrong: bool


def next_screen(sent: Mapping[str, Any] | None, form: ItemsForm) -> Screen | None:  # Any: as it was sent
    """Return the screen that comes next, one question each; None where all has been answered.

    What was sent without saying from which screen is taken as a whole.

    Args:
        sent: what was sent; None where nothing was.
        form: the questionnaire, bound to that.
    """
    said = (sent or {}).get("screen", "")
    now = min(int(said[:3]), form.last) if said.isdecimal() else form.last
    if sent is None or "back" in sent:
        return Screen(max(now - 1, 0) if said else 0, is_wrong=False)
    if said and now < form.last and not form.on(now).errors:
        return Screen(now + 1, is_wrong=False)
    if form.is_valid():
        return None
    return Screen(now if form.on(now).errors else form.first_wrong(), is_wrong=True)


def shown(form: ItemsForm, screen: Screen) -> dict[str, Any]:  # Any: as templates take it
    """Return what a page of one screen is drawn from."""
    return {
        "form": form, "screen": screen, "field": form.on(screen.number), "beside": form.beside(screen.number),
        "item": form.items[screen.number - 1][0] if screen.number else None, "intro": form.said_before(screen.number),
    }  # fmt: skip
