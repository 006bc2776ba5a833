"""Makes a data folder in which the two have lived for twelve weeks."""

from __future__ import annotations

from datetime import UTC, timedelta

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from nearer.demo.hand import Hand
from nearer.demo.story import STORY, people, scenes
from nearer.demo.telling import Clock, Telling


def build() -> None:
    """Make the databases of this folder, and tell the story into them.

    Raises:
        StoryBroken: a page does not take what the story says.
    """
    for alias in settings.DATABASES:
        call_command("migrate", database=alias, interactive=False, verbosity=0)
    call_command("content", "load", verbosity=0)
    ends = timezone.now()
    story = scenes(STORY.glob("[0-9]*.toml"), today=ends.date(), zone=UTC)
    clock, who = Clock(), people()
    clock.wait(story[0].at - timedelta(hours=3) - ends)
    hands = {
        each["username"]: Hand.of(**{name: each[name] for name in ("username", "passphrase", "name", "ink")})
        for each in who["person"]
    }
    telling = Telling(hands, clock)
    host, guest = hands
    telling.meet(host, guest, who["kin"])
    telling.tell(scene for scene in story if scene.at < ends)
    clock.move_to(ends)
    telling.end()
