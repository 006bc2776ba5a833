"""The light questions an invitation can carry. Each is about oneself, and suits any two people."""

from __future__ import annotations

from django.utils.translation import gettext as _

from nearer.content.decks import deck

DECK = "invitation.questions"


def questions() -> dict[str, str]:
    """Return every question by its id."""
    return {each.id: each.text for each in deck(DECK).entries}


def question_called(name: str) -> str:
    """Return a question; of one whose pack is gone the answers stay, and that there was one."""
    return questions().get(name) or _("A question that is no longer asked here")
