"""What articles lead to beside practices: pages of the house, each named by the app that has it in `leads` of its config."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.urls import reverse


@dataclass(frozen=True, kw_only=True)
class Lead:
    """A page of the house that an article may lead to, as it may to a practice.

    Attributes:
        slug: what articles call it.
        title: what it is called, in the reader's language.
        address: where it is, for whoever comes.
    """

    slug: str
    title: Any  # Any: lazily translated
    address: str


def leads() -> dict[str, Lead]:
    """Return all there are, by slug. `leads` maps a slug to a title and the name of an address without ids in it."""
    named = {
        slug: each for config in apps.get_app_configs() for slug, each in getattr(config, "leads", {}).items()
    }
    return {slug: Lead(slug=slug, title=title, address=reverse(to)) for slug, (title, to) in named.items()}
