"""Guessing from many addresses: few guesses reach the lock, and the owner still comes in."""

from __future__ import annotations

import asyncio
import re
from collections import Counter

import httpx

from drills.counted import MARKS
from drills.crowd import PASSPHRASE, Page
from drills.figures import Figure, Ground, at_most, exactly, told
from nearer.testing.server import Copy

MODULE = "drills.counted"
GUESSES_EACH, MOST, TOGETHER = 20, 40, 20


def drill(ground: Ground) -> list[Figure]:
    """Guess one person's passphrase from hundreds of addresses; in the middle of it they log in."""
    addresses = ground.size(short=15, long=500)
    copy = ground.copy()
    copy.databases = {**copy.databases, "NEARER_URL": f"https://127.0.0.1:{copy.port}"}
    copy.start()
    try:
        owner = _sign_up(copy)
        marks = copy.data / MARKS
        before = marks.stat().st_size
        answers, came_in = asyncio.run(_attack(copy, owner, addresses))
    finally:
        copy.stop()
    return [
        told("guesses, and addresses they came from", f"{addresses * GUESSES_EACH}, {addresses}"),
        at_most("guesses that reached the lock", marks.stat().st_size - before - came_in[302], MOST),
        exactly("guesses that opened it", answers[302], 0),
        exactly("answers that were a failure of the server", answers[500] + answers[503], 0),
        exactly("log-ins of the owner's own browser meanwhile that failed", came_in[429] + came_in[422], 0),
    ]


class Browser:
    """A browser behind the proxy, at an address of its own."""

    def __init__(self, copy: Copy, address: str, client: httpx.AsyncClient) -> None:
        self.url, self.client = copy.url, client
        self.cookies: dict[str, str] = {}
        self.headers = {"X-Forwarded-For": address, "X-Forwarded-Proto": "https"}

    async def post(self, path: str, **fields: str) -> httpx.Response:
        """Open a page and send its form."""
        page = await self.ask("GET", path)
        filled = Page(page.text).form().fields | fields if page.status_code == 200 else fields
        return await self.ask("POST", path, filled)

    async def ask(self, method: str, path: str, fields: dict[str, str] | None = None) -> httpx.Response:
        """Ask for one address, with what the browser keeps."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {
            **self.headers,
            "Cookie": cookies,
            "Referer": f"https{self.url.removeprefix('http')}{path}",
        }
        answer = await self.client.request(method, f"{self.url}{path}", data=fields, headers=headers)
        for header in answer.headers.get_list("set-cookie"):
            if found := re.match(r"([^=]+)=([^;]*)", header):
                self.cookies[found[1]] = found[2].strip('"')
        return answer


def _sign_up(copy: Copy) -> dict[str, str]:
    async def made() -> dict[str, str]:
        async with httpx.AsyncClient(timeout=60) as client:
            owner = Browser(copy, "198.51.100.7", client)
            answer = await owner.post("/signup", name="Sam", username="sam", passphrase=PASSPHRASE)
            if answer.status_code != 302:
                raise RuntimeError(f"the owner could not sign up: {answer.status_code}")
            # The session goes; what is left is the browser that has been here before.
            return {name: value for name, value in owner.cookies.items() if not name.endswith("-s")}

    return asyncio.run(made())


async def _attack(copy: Copy, owner: dict[str, str], addresses: int) -> tuple[Counter[int], Counter[int]]:
    answers: Counter[int] = Counter()
    came_in: Counter[int] = Counter()
    async with httpx.AsyncClient(timeout=120, limits=httpx.Limits(max_connections=TOGETHER)) as client:
        for first in range(0, addresses, TOGETHER):
            crowd = range(first, min(first + TOGETHER, addresses))
            await asyncio.gather(*[_guess(copy, client, number, answers) for number in crowd])
            browser = Browser(copy, "198.51.100.7", client)
            browser.cookies = dict(owner)
            came_in[(await browser.post("/login", username="sam", passphrase=PASSPHRASE)).status_code] += 1
    return answers, came_in


async def _guess(copy: Copy, client: httpx.AsyncClient, number: int, answers: Counter[int]) -> None:
    """Guess from one address, with a form fetched once, as a script would."""
    browser = Browser(copy, f"203.0.{113 + number // 250}.{number % 250 + 1}", client)
    page = await browser.ask("GET", "/login")
    fields = Page(page.text).form().fields | {"username": "sam"}
    for guess in range(GUESSES_EACH):
        sent = fields | {"passphrase": f"guess number {number} {guess}"}
        answers[(await browser.ask("POST", "/login", sent)).status_code] += 1
