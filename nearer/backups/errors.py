"""Why a backup was not made, or not restored: each with a sentence for whoever runs the copy."""

from __future__ import annotations


class BackupError(Exception):
    """It was not done, and nothing was changed. The message is a plain sentence that says what to do."""


class NotSetUp(BackupError):
    """Nobody said to whom backups are sealed, or where they go."""


class NotStored(BackupError):
    """The place for backups, or the disk, did not take it."""


class DoesNotOpen(BackupError):
    """It is cut, changed or no backup, or the key is another one."""


class TooNew(BackupError):
    """It comes from a newer version of the program."""


class DoesNotFit(BackupError):
    """The records and the key store do not belong together."""


class Occupied(BackupError):
    """Somebody else's life is where it should go, or somebody is at it already."""
