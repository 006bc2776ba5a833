"""What `nearer check` finds wrong, each in a sentence, with a second one that says how to mend it."""

from __future__ import annotations

import difflib
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec

from django.conf import settings
from django.core import checks
from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from nearer import clock, saved
from nearer.accounts.models import User
from nearer.backups import places
from nearer.backups import state as kept
from nearer.config import Config
from nearer.disk import MEGABYTE
from nearer.hostkey import HOST, NOTICES, made_now
from nearer.operating import state
from nearer.operating.state import Keys, Store

type Findings = Iterator[checks.CheckMessage]

OTHERS = stat.S_IRWXG | stat.S_IRWXO
VARIABLES = {"default": "NEARER_DATABASE_URL", "keys": "NEARER_KEYS_DATABASE_URL"}
# Ours by their beginning, and not for a copy that people use.
ELSEWHERE = "NEARER_TEST_"


def everything() -> list[checks.CheckMessage]:
    """Return all that is wrong with this copy and with what is around it; looking changes nothing."""
    return [found for look in LOOKS for found in look()]


def open_to_others() -> Findings:
    """Warn of the data folder and of each file of secrets that more than its owner may open."""
    kept = [
        settings.CONFIG.data,
        *(settings.CONFIG.data / name for name in (HOST, NOTICES, saved.FILE)),
        *state.files(),
    ]
    for path in kept:
        if path.exists() and path.stat().st_mode & OTHERS:
            yield checks.Warning(
                _("Other accounts of this machine can open %(path)s.") % {"path": path},
                hint=_("Close it: chmod go= %(path)s") % {"path": path},
                id="nearer.W001",
            )


class _Asked(dict[str, str]):
    """An environment that remembers which variables somebody wanted to know."""

    def __init__(self) -> None:
        super().__init__(os.environ)
        self.names: set[str] = set()

    def get(self, name: str, default: str = "") -> str:  # type: ignore[override] # text alone is asked for
        self.names.add(name)
        return super().get(name, default)


def unknown_variables() -> Findings:
    """Warn of what was set and means nothing: a name with a slip in it leaves a default in place unseen."""
    asked = _Asked()
    Config.from_env(asked)
    for name in sorted(asked):
        if name.startswith("NEARER_") and name not in asked.names and not name.startswith(ELSEWHERE):
            (meant, *_rest) = [*difflib.get_close_matches(name, asked.names, n=1), ""]
            yield checks.Warning(
                _("%(name)s is set and means nothing here.") % {"name": name},
                hint=_("Perhaps %(meant)s was meant.") % {"meant": meant} if meant else _("Take it away."),
                id="nearer.W002",
            )


def in_the_clear() -> Findings:
    """Warn where what people type can be read on its way to a copy that others reach."""
    if settings.CONFIG.is_safe:
        return
    yield checks.Warning(
        _("People reach this copy without TLS: whoever is in between can read their passphrases."),
        hint=_("Put a proxy that speaks TLS in front, and set NEARER_URL to its https address."),
        id="nearer.W003",
    )


def nobody_named() -> Findings:
    """Warn where people are not told whom they trust."""
    if settings.CONFIG.is_https and not settings.CONFIG.operator:
        yield checks.Warning(
            _("People who sign up are not told who runs this copy."),
            hint=_("Set NEARER_OPERATOR to a name that they know."),
            id="nearer.W004",
        )


def missing_packages() -> Findings:
    """Name what was asked for, and cannot be without a package."""
    wanted = [
        (settings.CONFIG.valkey_url, "NEARER_VALKEY_URL", "valkey"),
        (settings.CONFIG.services, "NEARER_SERVICES", "apprise"),
    ]
    for value, variable, package in wanted:
        if value and find_spec(package) is None:
            yield checks.Error(
                _("%(variable)s is set, and the package %(package)s is not installed.")
                % {"variable": variable, "package": package},
                hint=_("Install it: pip install 'nearer[%(package)s]'") % {"package": package},
                id="nearer.E001",
            )


def databases() -> Findings:
    """Say of each database whether it answers and fits this version, and of the keys whether they are those of the records."""
    for alias, variable in VARIABLES.items():
        found = state.store(alias)
        if found is Store.SILENT:
            yield checks.Error(
                _("The database of %(variable)s does not answer, or is damaged.") % {"variable": variable},
                hint=_(
                    "See that it runs, and that the address, the name and the password are right. docs/operating/backup.md brings a damaged one back."
                ),
                id="nearer.E002",
            )
        elif found is Store.BEHIND:
            yield checks.Info(
                _("The database of %(variable)s is older than this version.") % {"variable": variable},
                hint=_("Nothing to do: `nearer serve` brings it up to date."),
                id="nearer.I001",
            )
        elif found is Store.LATER:
            yield checks.Error(
                _("The database of %(variable)s belongs to a later major version.") % {"variable": variable},
                hint=_("Install that version, or go back to a backup from before it."),
                id="nearer.E005",
            )
        elif found is Store.AHEAD:
            yield checks.Warning(
                _("The database of %(variable)s was written by a newer version.") % {"variable": variable},
                hint=_(
                    "Install the newer one. Within one major version this one goes on with it meanwhile: nearer serve --no-migrate"
                ),
                id="nearer.W005",
            )
    if state.keys() is Keys.MISSING:
        yield checks.Error(
            _("There are accounts, and the key store holds nothing: nobody can open anything."),
            hint=_(
                "Set NEARER_KEYS_DATABASE_URL to the store that belongs to these records, or restore it from a backup."
            ),
            id="nearer.E003",
        )


def room() -> Findings:
    """Say whether there is room on the disk, and whether it can be written."""
    left = state.left()
    if left == 0:
        yield checks.Error(
            _("Nothing can be written to the disk."),
            hint=_(
                "See who owns %(path)s, whether the disk is mounted for reading alone, and whether it is full."
            )
            % {"path": settings.CONFIG.data},
            id="nearer.E004",
        )
    elif state.is_short_of_room():
        yield checks.Warning(
            _("The disk has %(number)d MB left: soon nothing new can be stored.")
            % {"number": left // MEGABYTE},
            hint=_("Make room."),
            id="nearer.W006",
        )


def backups() -> Findings:
    """Warn where somebody could lose everything: no backup, none of tonight, or none that was ever restored for a test."""
    at, known = clock.now(), kept.known()
    if not kept.is_set_up():
        if settings.CONFIG.is_https:  # on one's own machine alone nobody has to
            yield checks.Warning(
                _("No backups are made."),
                hint=_("Make a key and say where to: docs/operating/backup.md has three lines for it."),
                id="nearer.W007",
            )
        return
    if known.is_late(at):
        yield checks.Warning(
            _("There is no backup of the last night."),
            hint=_("The log says why; `nearer backup` tries again now."),
            id="nearer.W008",
        )
    if known.shut:
        yield checks.Warning(
            _("In the last backup that was restored for a test there are rows that do not open."),
            hint=_("`nearer check --open` names them."),
            id="nearer.W009",
        )


def no_place_for_backups() -> Findings:
    """Warn where tonight's backup would find no place."""
    for told in (settings.CONFIG.backup_to, settings.CONFIG.backup_keys_to):
        if told and (missing := places.missing(told)):
            yield checks.Warning(
                _("Backups have no place: %(missing)s is not there.") % {"missing": missing},
                hint=_("Make the folder, mount its disk, or install the command."),
                id="nearer.W010",
            )


def wrong_clock() -> Findings:
    """Warn of a clock that is not believed: by the right one, nothing ends too early."""
    said, came = timezone.now(), clock.came_to(settings.CONFIG.data)
    if came and clock.is_leap(said - came):
        yield checks.Warning(
            _("The clock of this machine says %(said)s, and this copy had come to %(came)s.")
            % {"said": f"{said:%Y-%m-%d %H:%M} UTC", "came": f"{came:%Y-%m-%d %H:%M} UTC"},
            hint=_("Set the clock. If it is right, there is nothing to do: it is believed within a day."),
            id="nearer.W011",
        )


def new_keys() -> Findings:
    """Warn where a key of the server was missing as this process began, and had to be made anew for people who are there."""
    follows = {HOST: _("everybody logs in again"), NOTICES: _("nobody is called until they ask for it again")}
    for name in made_now if _is_somebody_here() else ():
        yield checks.Warning(
            _("%(name)s was missing, and another one was made: %(follows)s.")
            % {"name": name, "follows": follows[name]},
            hint=_("If you have a copy of it, such as in the rescue kit, stop, put it back, and start."),
            id="nearer.W012",
        )


def _is_somebody_here() -> bool:
    with suppress(DatabaseError):
        return User.objects.exists()
    return False


LOOKS = (
    open_to_others, unknown_variables, in_the_clear, nobody_named, missing_packages, databases, room, backups,
    no_place_for_backups, wrong_clock,
)  # fmt: skip
