"""Notices as a Django app."""

from typing import Any
from uuid import UUID

from django.apps import AppConfig
from django.contrib.auth import user_logged_in
from django.db.models.signals import post_delete

from nearer import clock

CALLED_BEFORE = "called_before"
"""In a session: that there is a browser in which its owner is called and not signed in, so it may be this one."""


class NoticesConfig(AppConfig):
    """Names the app."""

    name = "nearer.notices"
    label = "notices"

    def ready(self) -> None:
        """Let a browser in which somebody was signed out no longer be called, whichever way they were.

        One whose session ran out is called on, and goes with the next session that is opened in it; it is not once
        its owner signs out everywhere else.
        """
        post_delete.connect(_ended, sender="vault.SealedSession")
        user_logged_in.connect(_entered)

        from nearer.vault.sessions import ENDED_ELSEWHERE

        ENDED_ELSEWHERE.connect(_left)


def _ended(instance: Any, **_kwargs: Any) -> None:
    from nearer.notices import channels
    from nearer.vault.models import SealedSession

    # Whoever was away for so long that their session ran out is called back all the same.
    if instance.user_id is None or instance.expires_on < clock.now().date():
        return
    # Under a fresh token it is the same session.
    if not SealedSession.objects.filter(ref=instance.ref).exists():
        channels.remove(instance.user_id, device=channels.device_of(instance.ref))


def _entered(request: Any, user: Any, **_kwargs: Any) -> None:
    from nearer.notices import channels

    # Which of them this browser is, only a page that is open in it can find out.
    if channels.lost(user.pk):
        request.session[CALLED_BEFORE] = True


def _left(user_id: UUID, **_kwargs: Any) -> None:
    from nearer.notices import channels

    channels.forget_lost(user_id)
