"""The two things the sender does, as Django's tasks."""

from __future__ import annotations

from uuid import UUID

from django.tasks import task
from django.utils import timezone

from nearer.notices import channels, wishes
from nearer.notices.models import Channel
from nearer.notices.muting import link_for
from nearer.notices.queue import Later, sender
from nearer.notices.sending import mail, push, services
from nearer.notices.sending.words import Gone
from nearer.vault import damage

SENDING = {"push": push.send, "mail": mail.send, "service": services.send}


@task()
def tell(channel: str, mark: str) -> None:
    """Send the notice by one channel; a place that is gone is forgotten, and with the last one notices are off.

    Args:
        channel: the id of its row.
        mark: of this notice.

    Raises:
        Later: it was not taken.
    """
    row = Channel.objects.filter(pk=UUID(channel)).first()
    where = damage.opened("channel", row.pk, lambda: sender().opened(row.sealed, row=row.pk)) if row else None
    if row is None or where is None:
        return
    # What was not taken at first may come up again in the midst of a time together.
    if (chosen := wishes.chosen_by(row.user_id)) and timezone.now() < chosen.together:
        raise Later
    try:
        SENDING[where["kind"]]({**where, "mute": link_for(row)}, mark)
    except Gone:
        channels.remove(row.user_id, pk=row.pk)


@task()
def confirm(address: str, code: str) -> None:
    """Send the code with which an address is confirmed; one that does not exist gets none.

    Raises:
        Later: it was not taken.
    """
    try:
        mail.send_code(address, code)
    except Gone:
        return
