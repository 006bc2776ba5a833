"""`nearer endsessions`: sign everybody out, or one person, when something is wrong."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from nearer.accounts.models import User, normal
from nearer.vault.models import SealedSession


class Command(BaseCommand):
    """End sessions."""

    help = "Sign everybody out, or one person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whose sessions; nobody named means everybody's."""
        parser.add_argument("username", nargs="?", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """End them."""
        sessions, name = SealedSession.objects.all(), options["username"]
        if name:
            person = User.objects.filter(username=normal(name)).first()
            if person is None:
                raise CommandError("Nobody has this username.")
            sessions = sessions.filter(user=person)
        ended, _ = sessions.delete()
        self.stdout.write(f"Ended {ended} sessions.")
