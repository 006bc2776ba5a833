"""Sends the same form many times at once, as an impatient thumb, a slow network or a script does."""

from __future__ import annotations

import asyncio

import httpx

from drills.crowd import Person


def form_of(
    person: Person, page: str, *, action: str = "", move: str = "", **fields: str
) -> tuple[str, dict[str, str]]:
    """Open a page and fill in one of its forms; return where it goes and what it carries."""
    form = person.page(page).form(action=action, move=move)
    return form.action or page, form.fields | fields


def all_at_once(requests: list[tuple[Person, str, dict[str, str]]]) -> list[httpx.Response]:
    """Send every request at the same time, and return the answers in the order in which they were asked for."""
    return asyncio.run(_all(requests))


def many(person: Person, path: str, fields: dict[str, str], *, times: int) -> list[httpx.Response]:
    """Send one person's form many times at once."""
    return all_at_once([(person, path, fields)] * times)


async def _all(requests: list[tuple[Person, str, dict[str, str]]]) -> list[httpx.Response]:
    limits = httpx.Limits(max_connections=None)
    async with httpx.AsyncClient(limits=limits, timeout=120) as client:
        return await asyncio.gather(*[_send(client, *request) for request in requests])


async def _send(
    client: httpx.AsyncClient, person: Person, path: str, fields: dict[str, str]
) -> httpx.Response:
    # The cookies are given by hand: what one answer sets must not travel with the next.
    url = person.client.base_url.join(path)
    return await client.post(url, data=fields, headers={"Cookie": person.cookies})
