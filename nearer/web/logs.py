"""Keeps logs discreet: code and counts, never what anybody typed. Lines of one request carry the same short id."""

from __future__ import annotations

import json
import logging
import re
import secrets
import time
from contextvars import ContextVar

PATH_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}", re.IGNORECASE)
# What could end a line or colour a terminal: one event is one line.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
NONE = "-"  # what is not about one request

_request_id = ContextVar("request_id", default=NONE)


def begin_request() -> None:
    """Give the request that begins here an id: made anew, never taken from what was sent, and kept nowhere else."""
    _request_id.set(secrets.token_hex(4))


def request_id() -> str:
    """Return the id of the request that is being answered, or "-"."""
    return _request_id.get()


class Plain(logging.Formatter):
    """Begins each line with its time in UTC."""

    converter = time.gmtime  # type: ignore[assignment] # the stubs give the function no argument


class Structured(Plain):
    """Writes each event as one JSON object with the keys `time`, `level`, `logger`, `request` and `message`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        return json.dumps({
            "time": self.formatTime(record, self.datefmt), "level": record.levelname, "logger": record.name,
            "request": getattr(record, "request_id", NONE), "message": record.getMessage(),
        }, ensure_ascii=False)  # fmt: skip


class Discreet(logging.Filter):
    """Cuts a log record down to what names nobody, and notes which request it belongs to.

    An exception's own text may quote a value, so only its type and the places in the code are written.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the record in place; it is always kept."""
        status = getattr(record, "status_code", None)
        # Django's own line quotes the address, and an address can be mistyped words or a lost secret.
        message = f"answered {status}" if status else PATH_ID.sub("…", record.getMessage())
        if record.exc_info and record.exc_info[0] is not None:
            message = f"{message} {record.exc_info[0].__name__} at {_places(record)}"
        message = CONTROL.sub("·", message)
        record.msg, record.args, record.exc_info, record.exc_text = message, (), None, None
        record.request_id = request_id()
        return True


def _places(record: logging.LogRecord) -> str:
    places, trace = [], record.exc_info[2] if record.exc_info else None
    while trace is not None:
        places.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(places[-8:])
