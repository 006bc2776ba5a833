"""News goes to a person's streams, now or when something arrives, and not at all when it is gone by then."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID, uuid4

import pytest

from nearer.live import hub as hubs
from nearer.live import news


def test_what_arrives_later_is_told_then_unless_it_is_gone(
    room: Any, client: Any, ref: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def story() -> None:
        hub, streams = room()
        monkeypatch.setattr(news, "hub", lambda: hub)
        monkeypatch.setattr(hubs, "hub", lambda: hub)
        stays, goes = client().open(streams), client(ref=uuid4()).open(streams)
        await stays.until(lambda: '"seq": 7' in stays.text and '"seq": 7' in goes.text)

        news.tell_later([goes.ref], -1, lambda: False)
        news.tell_later([ref], -1, lambda: True)
        await stays.until(lambda: stays.text.count("event: at") == 2)
        news.tell([goes.ref])
        await goes.until(lambda: goes.text.count("event: at") == 2)

        for each in (stays, goes):
            each.left.set()
            await each.task

    asyncio.run(story())
