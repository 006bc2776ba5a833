"""`nearer prune`: erase what has run out. Run it once a day."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from nearer import clock
from nearer.sittings.taking_back.prune import prune


class Command(BaseCommand):
    """Erase what has run out, and print counts only."""

    help = "Erase closed bonds, expired invitations, quiet sittings, old sessions and unused secrets."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Prune as of now."""
        clock.start(settings.CONFIG.data)
        gone = prune(clock.now())
        self.stdout.write(
            f"bonds {gone.bonds} invitations {gone.invitations} sittings {gone.sittings} keys {gone.keys}"
        )
