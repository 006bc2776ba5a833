"""The gate asks about many streams together, and newcomers do not wait for them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError

from nearer.live import gate
from nearer.live.gate import Gate, GateShut, may_watch
from tests.unit.waiting import until

REF = uuid4()


def seq_of(token: str, ref: UUID) -> int | None:
    """Answer one question, as a setting may name it."""
    return int(token) if ref == REF else None


def seqs_of(questions: Sequence[tuple[str, UUID]]) -> list[int | None]:
    """Answer many questions, as a setting may name it."""
    return [seq_of(token, ref) for token, ref in questions]


class Rule:
    """Notes how many were asked together; waits for `go` when it is shut."""

    def __init__(self) -> None:
        self.batches: list[int] = []
        self.go = threading.Event()
        self.go.set()

    def __call__(self, questions: Sequence[tuple[str, UUID]]) -> list[int | None]:
        self.batches.append(len(questions))
        self.go.wait(5)
        return seqs_of(questions)


def test_open_streams_are_asked_about_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "PATIENCE", 0.02)
    rule = Rule()

    async def story() -> list[int | None]:
        asked = Gate(rule)
        return await asyncio.gather(*[asked.ask_again(str(number), REF) for number in range(250)])

    assert asyncio.run(story()) == list(range(250))
    assert sorted(rule.batches) == [50, 100, 100]


def test_a_newcomer_is_answered_at_once() -> None:
    rule = Rule()

    async def story() -> None:
        asked = Gate(rule)
        again = asyncio.create_task(asked.ask_again("7", REF))
        await asyncio.sleep(0)
        assert await asyncio.wait_for(asked.ask_first("8", REF), gate.PATIENCE / 2) == 8
        assert await again == 7

    asyncio.run(story())
    assert rule.batches == [2]


def test_newcomers_who_come_while_the_gate_is_busy_are_answered_together() -> None:
    rule = Rule()
    rule.go.clear()

    async def story() -> None:
        asked = Gate(rule)
        tasks = [asyncio.create_task(asked.ask_first("7", REF)) for _ in range(12)]
        await until(lambda: len(rule.batches) == 2)
        rule.go.set()
        assert await asyncio.gather(*tasks) == [7] * 12

    asyncio.run(story())
    assert rule.batches == [1, 1, 10]


def test_a_stream_that_ends_while_it_asks_spoils_nothing_for_the_others() -> None:
    rule = Rule()
    rule.go.clear()

    async def story() -> None:
        asked = Gate(rule)
        first, second = (asyncio.create_task(asked.ask_first("7", REF)) for _ in range(2))
        await until(lambda: len(rule.batches) == 2)
        first.cancel()
        rule.go.set()
        assert await second == 7

    asyncio.run(story())


@pytest.mark.parametrize(("problem", "raised"), [(OperationalError(), GateShut), (KeyError("x"), KeyError)])
def test_a_database_that_does_not_answer_shuts_the_gate(problem: Exception, raised: type[Exception]) -> None:
    def rule(questions: Sequence[Any]) -> list[int | None]:
        raise problem

    with pytest.raises(raised):
        asyncio.run(Gate(rule).ask_first("7", REF))


def test_the_settings_name_the_rule(settings: Any) -> None:
    questions = [("7", REF), ("8", uuid4())]

    settings.LIVE_GATE = f"{__name__}.seqs_of"
    assert may_watch(questions) == [7, None]
