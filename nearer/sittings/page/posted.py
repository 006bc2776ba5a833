"""What a person sent with a move, when the move itself could not be played: their words stay theirs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.forms import CharField, Field

from nearer.sittings.practice import PracticeConfig


def typed_in(sent: Mapping[str, Any], fields: Mapping[str, Field]) -> str:
    """Return what was typed into the text fields among these, each on a line of its own."""
    texts = [str(sent.get(name, "")) for name, field in fields.items() if isinstance(field, CharField)]
    return "\n".join(text for text in texts if text.strip())


def fields_of(room: PracticeConfig) -> dict[str, Field]:
    """Return every field of a room: a page from before an update may send a move that is no more."""
    return {name: field for form in room.forms.values() for name, field in form.base_fields.items()}
