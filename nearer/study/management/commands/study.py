"""`nearer study …`: open a study, say how it stands, make its table, compute a model, close it, erase it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db import DatabaseError

from nearer.statistics.dyads import LEAST_PAIRS, CannotTell
from nearer.study import box
from nearer.study.codebook import STUDY, codebook, study_table
from nearer.study.modelling import NotInTable, lines, modelled
from nearer.study.models import Study
from nearer.study.rules import may_leave
from nearer.vault.errors import VaultError
from nearer.vault.studies import read_study_key, write_study_key

TABLE, BOOK = "study.csv", "codebook.csv"
FEW = f"Fewer than {LEAST_PAIRS} pairs have given a look, both of them. Nothing is written: among so few, somebody might be recognised."


class Command(BaseCommand):
    """Run a study."""

    help = "Open a study, say how it stands, make its table, compute a model of that, close it or erase it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what to do, and with what."""
        does = parser.add_subparsers(dest="what", required=True)
        opened = does.add_parser("open", help="open a study, and write its private key into a new file")
        for name, about in (
            ("title", "what it is called"),
            ("by", "who runs it"),
            ("contact", "how to reach them"),
        ):
            opened.add_argument(f"--{name}", required=True, help=about)
        opened.add_argument("--key", required=True, type=Path, help="a new file, kept outside of this copy")
        does.add_parser("status", help="say how it stands")
        made = does.add_parser("export", help="write the table and its codebook")
        made.add_argument("--key", required=True, type=Path, help="the file with the private key")
        made.add_argument("--to", required=True, type=Path, help="a folder")
        told = does.add_parser("model", help="print the actor–partner model of a table")
        told.add_argument("table", type=Path, help=f"a {TABLE}")
        told.add_argument("--outcome", default="csi16", help="a column, at the second look")
        told.add_argument("--by", action="append", help="a column at the first look; may be said again")
        does.add_parser("close", help="take nothing more")
        does.add_parser("erase", help="erase the study with all that was given to it")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        getattr(self, f"_{options['what']}")(**options)

    def _open(self, *, title: str, by: str, contact: str, key: Path, **_options: Any) -> None:
        if box.there():
            raise CommandError("There is a study already. `nearer study erase` makes room for another.")
        try:
            file = key.open("x", encoding="utf-8")
        except OSError as problem:
            raise CommandError(f"{key} cannot be written, or is there already.") from problem
        try:
            with file:
                file.write(write_study_key(box.open_study(title=title, by=by, contact=contact)) + "\n")
        except (DatabaseError, OSError):
            key.unlink()
            raise
        self.stdout.write(
            f"Open. Its private key is in {key}: keep it away from this machine. It cannot be made again."
        )

    def _status(self, **_options: Any) -> None:
        study = _there()
        until = f", closed on {study.closed_on}" if study.closed_on else ""
        pairs = study.contributions.values("pair").distinct().count()
        self.stdout.write(f"“{study.title}”, open since {study.opened_on}{until}. Pairs: {pairs}.")
        if not box.has_company():
            self.stdout.write(
                f"There are fewer than {LEAST_PAIRS} bonds here: nobody is offered to give anything."
            )

    def _export(self, *, key: Path, to: Path, **_options: Any) -> None:
        study = _there()
        rows = may_leave(box.rows_of(study, _private(study, key)))
        if not rows:
            raise CommandError(FEW)
        to.mkdir(parents=True, exist_ok=True)
        (to / TABLE).write_text(study_table(rows), encoding="utf-8")
        (to / BOOK).write_text(codebook(STUDY), encoding="utf-8")
        pairs = len({row.pair for row in rows})
        self.stdout.write(
            f"{len(rows)} rows of {pairs} pairs are in {to / TABLE}, and what they mean in {to / BOOK}. "
            f"Only looks that both of {LEAST_PAIRS} pairs gave are among them."
        )

    def _model(self, *, table: Path, outcome: str, by: list[str] | None, **_options: Any) -> None:
        try:
            with table.open(encoding="utf-8", newline="") as rows:
                told = modelled(rows, outcome, by or ["picture"])
        except OSError as problem:
            raise CommandError(f"{table} cannot be read.") from problem
        except NotInTable as problem:
            raise CommandError(f"{table} has no such column. Its codebook names all of them.") from problem
        except CannotTell as problem:
            raise CommandError(
                f"Nothing can be said: it takes {LEAST_PAIRS} pairs with both looks, and answers that differ."
            ) from problem
        except ImportError as problem:
            raise CommandError(
                "This needs statsmodels: `uv sync --extra study`, or `pip install nearer[study]`."
            ) from problem
        for line in lines(told):
            self.stdout.write(line)

    def _close(self, **_options: Any) -> None:
        _there()
        self.stdout.write("Closed." if box.close_study() else "It was closed before.")

    def _erase(self, **_options: Any) -> None:
        if _there().closed_on is None:
            raise CommandError("Close it first: `nearer study close`.")
        self.stdout.write(f"Erased. Pairs: {box.erase_study()}.")


def _there() -> Study:
    study = box.there()
    if study is None:
        raise CommandError("There is no study. `nearer study open` opens one.")
    return study


def _private(study: Study, key: Path) -> bytes:
    try:
        private = read_study_key(key.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, VaultError) as problem:
        raise CommandError(f"{key} is not a key of a study.") from problem
    if not box.is_key_of(study, private):
        raise CommandError(f"{key} is the key of another study.")
    return private
