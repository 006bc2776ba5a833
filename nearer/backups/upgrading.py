"""Before databases are brought up to date: how they were is kept."""

from __future__ import annotations

import logging
from datetime import datetime

from nearer.backups import points, schema, state
from nearer.backups.errors import BackupError
from nearer.backups.files import HERE, Stores
from nearer.backups.making import back_up

logger = logging.getLogger(__name__)


def before_migrating(at: datetime, *, stores: Stores = HERE) -> points.Point | None:
    """Keep both databases as they are, if they hold anything and are about to change.

    A restore point has to succeed. A sealed backup is made as well, where one is set up; that its place does not
    take it is no reason not to start.

    Returns:
        The restore point, if there was anything to keep.

    Raises:
        NotStored: there is no room.
    """
    known = [alias for alias in stores.both() if schema.applied(alias)]
    if len(known) < len(stores.both()) or not any(map(schema.is_behind, known)):
        return None
    point = points.make(at, stores=stores)
    if state.is_set_up():
        try:
            back_up(at, stores=stores)
        except BackupError as problem:
            logger.warning("Before the update no backup was made, only a restore point: %s", problem)
    return point
