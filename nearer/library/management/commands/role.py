"""`nearer role …`: say who may write, edit, review and moderate in the library, and who looks after the copy."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from nearer.accounts.models import User, normal
from nearer.library.models import Role


class Command(BaseCommand):
    """Give or take a role."""

    help = "Give somebody a role, or take it: author, editor, reviewer or moderator in the library; or operator, who sees how the copy is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, for whom, and which role."""
        parser.add_argument("what", choices=["give", "take"])
        parser.add_argument("username")
        parser.add_argument("kind", choices=[kind.value for kind in Role.Kind])

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        person = User.objects.filter(username=normal(options["username"])).first()
        if person is None:
            raise CommandError("Nobody has this username.")
        if options["what"] == "give":
            Role.objects.get_or_create(account=person, kind=options["kind"])
        else:
            Role.objects.filter(account=person, kind=options["kind"]).delete()
        self.stdout.write("Done.")
