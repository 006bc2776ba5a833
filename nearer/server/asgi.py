"""The ASGI `application`: pages through Django in lanes, `/live/` as streams."""

from __future__ import annotations

import os
import re

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nearer.settings")
django.setup(set_prefix=False)

from nearer.live.gate import Gate, may_watch  # noqa: E402 -- Django must be ready first.
from nearer.live.hub import hub  # noqa: E402
from nearer.live.stream import Streams  # noqa: E402
from nearer.operating.metrics import meter  # noqa: E402
from nearer.server.application import Application  # noqa: E402
from nearer.server.pages import Pages  # noqa: E402

# Posts that bring a photo, a voice note or a calendar, have one fetched, or bind a whole book: one at a time.
UPLOAD_PATHS = re.compile(
    r"/b/[0-9a-f-]{36}/keepsakes/(?:photo|voice|whole)|/times/(?:file|address|again|fresh)|/setup/restore"
)
# Posts that stretch a passphrase, pack somebody's words, or wait for another server.
SLOW_PATHS = (
    "/again",
    "/login",
    "/operator/",
    "/signup",
    "/recover",
    "/together",
    "/settings/copy",
    "/settings/passphrase",
    "/settings/recovery",
)

application = Application(
    pages=Pages(
        WSGIHandler(),
        body_limit=settings.BODY_LIMIT,
        slow_paths=SLOW_PATHS,
        upload_limit=settings.UPLOAD_LIMIT,
        upload_paths=UPLOAD_PATHS,
    ),
    streams=Streams(hub(), Gate(may_watch)),
    hub=hub(),
    meter=meter(),
)
