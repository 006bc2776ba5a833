"""A worker as a process of its own, which lets a push service on this machine through: `python -m tests.pages.calling`."""

from __future__ import annotations

import os
from datetime import datetime

import django

NOW = "CALLING_NOW"
"""The moment that its clock stands at."""

if __name__ == "__main__":
    django.setup(set_prefix=False)
    from django.utils import timezone

    from nearer import outward
    from nearer.notices import turn
    from nearer.notices.sending import push

    now = datetime.fromisoformat(os.environ[NOW])
    timezone.now = lambda: now
    outward.is_public = lambda text: text == "127.0.0.1"
    push.SCHEMES = ("http",)
    turn.SECONDS = 0.05
    turn.run()
