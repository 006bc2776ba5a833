"""What a running copy says of itself: lines of one request belong together, answers are counted; nothing names anybody."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any

import pytest

from nearer.live.hub import Hub
from nearer.live.stream import Streams
from nearer.operating import figures, metrics
from nearer.operating.metrics import Meter
from nearer.server.application import Application
from nearer.web import logs


def line(message: str, *args: object, formatter: logging.Formatter) -> str:
    record = logging.LogRecord("nearer.x", logging.WARNING, "x.py", 1, message, args, None)
    logs.Discreet().filter(record)
    return formatter.format(record)


def test_a_line_can_be_an_object() -> None:
    formatter = logs.Structured(datefmt="%Y-%m-%dT%H:%M:%SZ")

    told = json.loads(line("A row\ndoes not open: %s", "0" * 8 + "-" + "0" * 27, formatter=formatter))

    assert set(told) == {"time", "level", "logger", "request", "message"}
    assert told["message"] == "A row·does not open: …"
    assert told["request"] == "-"


def test_each_request_has_an_id_of_its_own_that_nobody_sends(pages: Any, visit: Any, site: Any) -> None:
    seen: list[str] = []
    inner = site.__call__

    class Noting:
        def __call__(self, environ: Any, start_response: Any) -> Any:
            seen.append(logs.request_id())
            seen.append(logs.request_id())
            return inner(environ, start_response)

    pages._pages._app = Noting()
    application = Application(pages=pages, streams=Streams(Hub(), None), hub=Hub())  # type: ignore[arg-type]

    async def two() -> None:
        sent = [(b"x-request-id", b"mine")]
        await asyncio.gather(*[visit(b"/", headers=sent).go(application) for _ in range(2)])

    asyncio.run(two())

    assert len(seen) == 4
    assert len(set(seen)) == 2
    assert not {"mine", "-"} & set(seen)
    assert logs.request_id() == "-"


@pytest.mark.django_db
def test_answers_are_counted_by_lane_and_kind(
    pages: Any, visit: Any, site: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.go.set()
    meter = Meter()
    application = Application(pages=pages, streams=Streams(Hub(), None), hub=Hub(), meter=meter)  # type: ignore[arg-type]
    for path, method in ((b"/s/3f2a?q=canary", "GET"), (b"/login", "POST"), (b"/broken", "GET")):
        asyncio.run(visit(path, method=method).go(application))

    assert "nearer_answer" not in meter.written().decode(), "of a few people it would tell when they are here"
    monkeypatch.setattr(figures, "accounts", lambda: metrics.FEWEST)
    told = meter.written().decode()

    assert 'nearer_answers_total{lane="page",status="2xx"} 1.0' in told
    assert 'nearer_answers_total{lane="slow",status="2xx"} 1.0' in told
    assert 'nearer_answers_total{lane="page",status="5xx"} 1.0' in told
    assert 'nearer_answer_seconds_count{lane="page"} 2.0' in told
    assert "3f2a" not in told
    assert "canary" not in told
