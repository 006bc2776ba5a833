"""A page that is looked at for long: its stream stands through nginx and through Caddy, and something comes through it all the time.

The long form waits eleven minutes beside each, longer than any time-out that either of them begins with.
"""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import httpx

from bench.people import Person
from drills.figures import Figure, Ground, at_least, at_most, told
from nearer.testing.fronts import NAME, Front, front, program

MINUTES = 11
SECONDS = 60.0
GAP = 30.0  # twice as long as a stream is silent at most
NEWS = re.compile(r'data-news="([^"]+)"')


def drill(ground: Ground) -> list[Figure]:
    """Let somebody look at Today behind each proxy that is installed here."""
    kinds = [kind for kind in ("nginx", "caddy") if program(kind) and program("openssl")]
    kinds = kinds if ground.is_long else kinds[:1]
    with ThreadPoolExecutor(max(len(kinds), 1)) as pool:
        found = pool.map(lambda kind: _behind(kind, ground), kinds)
    return [
        told("proxies that are installed here", len(kinds)),
        *(figure for each in found for figure in each),
    ]


def _behind(kind: str, ground: Ground) -> list[Figure]:
    copy = ground.copy(kind)
    with front(kind, copy.port, ground.folder / f"front-{kind}") as found:
        copy.databases["NEARER_URL"] = found.url
        copy.start()
        try:
            beats = _listen(found, MINUTES * SECONDS if ground.is_long else 0.0)
        finally:
            copy.stop()
    gaps = [after - before for before, after in pairwise(beats)]
    return [
        at_least(f"minutes that a stream stood through {kind}", round(beats[-1] / SECONDS, 1), MINUTES - 1 if ground.is_long else 0),
        at_least(f"times that something came through {kind}", len(beats), 2),
        at_most(f"longest silence through {kind}", round(max(gaps), 1), GAP, " s"),
    ]  # fmt: skip


def _listen(found: Front, seconds: float) -> list[float]:
    """Sign up, look at Today, and return after how many seconds each sign came; twice at least."""
    person = Person(found.url, "sam")
    person.client = httpx.Client(
        base_url=f"https://127.0.0.1:{found.port}", transport=_Named(verify=False), follow_redirects=True, timeout=GAP,
        headers={"host": found.url.removeprefix("https://"), "origin": found.url},
    )  # fmt: skip
    begun, came = time.monotonic(), list[float]()
    with person:
        person.sign_up()
        news = NEWS.search(person.see("/").text)
        if news is None:
            raise RuntimeError("Today listens to nothing")
        with person.client.stream("GET", f"/live/{news[1]}") as stream:
            for _words in stream.iter_text():
                came.append(time.monotonic() - begun)
                if len(came) > 1 and came[-1] > seconds:
                    return came
    raise RuntimeError(f"the stream ended after {came}")


class _Named(httpx.HTTPTransport):
    """Asks this machine by the name that people use."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Say the name before anything else, as a browser does."""
        request.extensions = {**request.extensions, "sni_hostname": NAME}
        return super().handle_request(request)
