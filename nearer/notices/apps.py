"""Notices as a Django app."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_delete

from nearer import clock


class NoticesConfig(AppConfig):
    """Names the app."""

    name = "nearer.notices"
    label = "notices"

    def ready(self) -> None:
        """Let a browser in which somebody was signed out no longer be called, whichever way they were."""
        post_delete.connect(_ended, sender="vault.SealedSession")


def _ended(instance: Any, **_kwargs: Any) -> None:
    from nearer.notices import channels
    from nearer.vault.models import SealedSession

    # Whoever was away for so long that their session ran out is called back all the same.
    if instance.user_id is None or instance.expires_on < clock.now().date():
        return
    # Under a fresh token it is the same session.
    if not SealedSession.objects.filter(ref=instance.ref).exists():
        channels.remove(instance.user_id, device=channels.device_of(instance.ref))
