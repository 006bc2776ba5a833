"""The rescue kit: one page of plain text to keep away from the machine, with which a copy stands again elsewhere."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from urllib.parse import urlsplit

from django.template.loader import render_to_string

from nearer.config import Config

NAME = "nearer-rescue-kit.txt"


def text(config: Config, *, host_key: bytes, notices_key: bytes, version: str, today: date) -> str:
    """Return the kit.

    Args:
        config: of this copy.
        host_key: the server's own key, 32 bytes.
        notices_key: what opens where people want to be called, 32 bytes.
        version: of the program.
        today: the day on which it was made.
    """
    return render_to_string(
        "firstrun/kit.txt",
        {
            "config": config, "version": version, "today": today.isoformat(),
            "host_key": b64encode(host_key).decode(), "notices_key": b64encode(notices_key).decode(),
            "records": where(config.database_url), "keys": where(config.keys_database_url),
        },
    )  # fmt: skip


def where(url: str) -> str:
    """Return where a database is, without the password that opens it."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return url.removeprefix("sqlite:///")
    return f"{parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}{parts.path}"
