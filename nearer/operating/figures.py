"""The few numbers that whoever runs a copy may know of all that is in it."""

from __future__ import annotations

from collections.abc import Callable

from django.utils import timezone

from nearer.accounts.models import User
from nearer.notices.models import Job
from nearer.operating import state


def accounts() -> int:
    """Return how many accounts there are; those that are being deleted are none."""
    return User.objects.filter(deleted_on=None).count()


def waiting() -> int:
    """Return how many notices are due and not sent yet."""
    return Job.objects.filter(due__lte=timezone.now()).count()


def size() -> int:
    """Return how many bytes the databases take that are files."""
    return sum(path.stat().st_size for path in state.files())


# By the end of their names, for Prometheus; asked for whenever somebody reads them.
GAUGES: dict[str, tuple[str, Callable[[], float]]] = {
    "accounts": ("Accounts", accounts),
    "notices_waiting": ("Notices that are due and not sent yet", waiting),
    "database_bytes": ("What databases that are files take on the disk", size),
    "disk_left_bytes": ("Room on the disk where there is least", state.left),
}
