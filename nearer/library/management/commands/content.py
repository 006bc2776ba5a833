"""`nearer content …`: check a pack of articles, load it, list what is loaded, take one out."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from nearer.content import decks
from nearer.library import loading
from nearer.library.check import Finding, check_pack, of_deck
from nearer.library.leading import leads
from nearer.library.models import Pack
from nearer.library.pack import PackError
from nearer.sittings.practice import practices

BEHAVIOURS = {"F": 6, "N": 12, "L": 7, "V": 12, "Q": 7, "S": 9, "C": 13, "P": 8}
"""How many behaviours each part of the mission has."""


class Command(BaseCommand):
    """Check, load, list or remove packs of articles."""

    help = "Check a pack of articles, load it, list what is loaded, or take one out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and with which pack."""
        parser.add_argument("what", choices=["check", "load", "list", "remove"])
        parser.add_argument("pack", nargs="?", default="", help="a folder; with remove, a pack's name")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        {"check": self._check, "load": self._load, "list": self._list, "remove": self._remove}[
            options["what"]
        ](options["pack"])

    def _check(self, pack: str) -> None:
        findings = check_pack(_folder(pack), rooms=rooms(), behaviours=behaviours()) + (
            [] if pack else _own_decks()
        )
        for finding in findings:
            self.stdout.write(
                f"{'stop' if finding.stops else 'note'}  {finding.where or 'pack'}: {finding.what}"
            )
        if findings:
            raise CommandError(f"{len(findings)} things to mend.")
        self.stdout.write("The pack is fine.")

    def _load(self, pack: str) -> None:
        try:
            is_new = loading.load(_folder(pack), on=timezone.now().date())
        except PackError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write("Loaded." if is_new else "That is loaded already.")

    def _list(self, _pack: str) -> None:
        for pack in Pack.objects.order_by("slug"):
            count = pack.articles.count()
            self.stdout.write(
                f"{pack.slug} {pack.version}, {count} articles, by {pack.maker}, {pack.licence}"
            )

    def _remove(self, pack: str) -> None:
        if not loading.unload(pack):
            raise CommandError("There is no such pack. `nearer content list` names them.")
        self.stdout.write("Removed.")


def _own_decks() -> list[Finding]:
    """Return what could be better in the decks that come with the program."""
    return [
        finding
        for spoken in decks.built_in().values()
        for deck in spoken.values()
        for finding in of_deck(deck)
    ]


def rooms() -> list[str]:
    """Return the slugs of the installed practices, and of what else articles lead to."""
    return [*(room.dialogue.slug for room in practices()), *leads()]


def behaviours() -> set[str]:
    """Return the id of every behaviour of the mission."""
    return {f"{letter}{number}" for letter, count in BEHAVIOURS.items() for number in range(1, count + 1)}


def _folder(text: str) -> Path:
    return Path(text) if text else loading.STARTER
