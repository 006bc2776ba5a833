"""Counts and timings for Prometheus, for whoever holds the token: of the program and of the whole copy, of nobody and no pair."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from functools import cache
from math import nan

from django.conf import settings
from django.db import DatabaseError

from nearer.live.messages import Message, Receive, Scope, Send
from nearer.operating import figures

type Endpoint = Callable[[Scope, Receive, Send], Awaitable[None]]

# Among fewer, how much is asked for tells one of two when the other is here: whoever runs a copy may be one of them.
FEWEST = 20
# Where a request leaves the name of the lane that answers it.
LANE = "nearer.lane"
# From a page out of memory to a photo that waits for its turn, in seconds.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60, 200)


class Meter:
    """What this process has answered since it began."""

    def __init__(self) -> None:
        # Imported here: a copy without a token starts without it.
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

        self.use, self.copy = CollectorRegistry(), CollectorRegistry()
        self.answers = Counter(
            "nearer_answers", "Requests answered, by the first digit of the status", ["lane", "status"],
            registry=self.use,
        )  # fmt: skip
        self.seconds = Histogram(
            "nearer_answer_seconds", "From the head of a request to its whole answer", ["lane"], buckets=BUCKETS,
            registry=self.use,
        )  # fmt: skip
        self.streams = Gauge("nearer_streams", "Pages that listen for news now", registry=self.use)
        for name, (about, look) in figures.GAUGES.items():
            Gauge(f"nearer_{name}", about, registry=self.copy).set_function(_known(look))

    def timed(self, pages: Endpoint) -> Endpoint:
        """Return the same pages, each of their answers counted and timed."""

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            begun, status = time.perf_counter(), 0

            async def watched(message: Message) -> None:
                nonlocal status
                status = message.get("status", status)
                await send(message)

            try:
                await pages(scope, receive, watched)
            finally:
                lane = scope.get(LANE, "none")
                self.answers.labels(lane, f"{status // 100}xx").inc()
                self.seconds.labels(lane).observe(time.perf_counter() - begun)

        return answer

    def counted(self, streams: Endpoint) -> Endpoint:
        """Return the same streams, counted while they are open."""

        async def stream(scope: Scope, receive: Receive, send: Send) -> None:
            with self.streams.track_inprogress():
                await streams(scope, receive, send)

        return stream

    def written(self) -> bytes:
        """Return in the form that Prometheus reads how the copy is, and how it is used where that tells of nobody."""
        from prometheus_client import generate_latest

        is_told = figures.accounts() >= FEWEST
        return generate_latest(self.copy) + (generate_latest(self.use) if is_told else b"")


def _known(look: Callable[[], float]) -> Callable[[], float]:
    """Return the same look, with no number where the database does not answer: all others are still told."""

    def known() -> float:
        try:
            return look()
        except DatabaseError:
            return nan

    return known


@cache
def meter() -> Meter | None:
    """Return the meter of this process; none where nobody holds a token."""
    return Meter() if settings.CONFIG.metrics_token else None
