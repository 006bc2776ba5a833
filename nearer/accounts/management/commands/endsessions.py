"""`nearer endsessions`: sign everybody out, or one person, when something is wrong. No browser is known any more."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db.models import F

from nearer.accounts.models import User, normal
from nearer.database import writing
from nearer.vault.models import SealedSession


class Command(BaseCommand):
    """End sessions."""

    help = "Sign everybody out, or one person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whose sessions; nobody named means everybody's."""
        parser.add_argument("username", nargs="?", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """End them."""
        people, sessions, name = User.objects.all(), SealedSession.objects.all(), options["username"]
        if name:
            people = people.filter(username=normal(name))
            if not people:
                raise CommandError("Nobody has this username.")
            sessions = sessions.filter(user__in=people)
        with writing():
            people.update(auth_epoch=F("auth_epoch") + 1)
            ended, _ = sessions.delete()
        self.stdout.write(f"Ended {ended} sessions.")
