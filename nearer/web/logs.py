"""Keeps logs discreet: code and counts, never what anybody typed."""

from __future__ import annotations

import logging
import re
import time

PATH_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}", re.IGNORECASE)
# What could end a line or colour a terminal: one event is one line.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


class Plain(logging.Formatter):
    """Begins each line with its time in UTC."""

    converter = time.gmtime  # type: ignore[assignment] # the stubs give the function no argument


class Discreet(logging.Filter):
    """Cuts a log record down to what names nobody.

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
        return True


def _places(record: logging.LogRecord) -> str:
    places, trace = [], record.exc_info[2] if record.exc_info else None
    while trace is not None:
        places.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}")
        trace = trace.tb_next
    return " > ".join(places[-8:])
