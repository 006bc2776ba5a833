"""The stream tells a number, and ends when it must."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings

from nearer.live.hub import CHANGED, LOOK_AGAIN
from nearer.live.mailbox import ROOM
from nearer.live.stream import PER_SESSION
from nearer.vault.tokens import hash_of, id_of

from .conftest import ALICE

AT_7 = 'event: at\ndata: {"seq": 7}\n\n'
LOOK = "event: look\ndata: {}\n\n"
BEAT = "event: beat\ndata: {}\n\n"
AT_8 = 'event: at\ndata: {"seq": 8}\n\n'


def test_alice_opens_the_stream_and_hears_where_the_sitting_is(room: Any, client: Any) -> None:
    async def story() -> None:
        _hub, streams = room()

        alice = client().open(streams)
        await alice.until(lambda: alice.text == AT_7)

        assert alice.status == 200
        assert alice.answer_headers[b"content-type"] == b"text/event-stream"
        assert alice.answer_headers[b"cache-control"] == b"no-store"
        assert alice.answer_headers[b"x-accel-buffering"] == b"no"
        assert alice.answer_headers[b"x-content-type-options"] == b"nosniff"
        assert not alice.ended
        alice.left.set()
        await alice.task

    asyncio.run(story())


def test_a_move_is_announced_from_another_thread_and_everybody_there_hears_it(
    room: Any, client: Any, ref: UUID
) -> None:
    async def story() -> None:
        hub, streams = room()
        alice, bob, elsewhere = (
            client().open(streams),
            client().open(streams),
            client(ref=uuid4()).open(streams),
        )
        await alice.until(lambda: alice.text == bob.text == elsewhere.text == AT_7)

        threading.Thread(target=hub.pass_on, args=(ref, "8")).start()
        await alice.until(lambda: alice.text == bob.text == AT_7 + AT_8)

        assert elsewhere.text == AT_7
        for each in (alice, bob, elsewhere):
            each.left.set()
            await each.task
        assert hub.count() == 0

    asyncio.run(story())


def test_what_reads_otherwise_under_the_same_number_has_every_page_there_look(
    room: Any, client: Any, ref: UUID
) -> None:
    async def story() -> None:
        hub, streams = room()
        alice, elsewhere = client().open(streams), client(ref=uuid4()).open(streams)
        await alice.until(lambda: alice.text == elsewhere.text == AT_7)

        hub.pass_on(ref, CHANGED)
        await alice.until(lambda: alice.text == AT_7 + LOOK + AT_7)

        assert elsewhere.text == AT_7
        for each in (alice, elsewhere):
            each.left.set()
            await each.task

    asyncio.run(story())


def test_a_session_that_has_ended_ends_its_own_streams_at_once_and_no_others(
    room: Any, client: Any, ref: UUID, door: Any
) -> None:
    async def story() -> None:
        hub, streams = room()
        here, there = client().open(streams), client(ref=uuid4()).open(streams)
        await here.until(lambda: here.text == there.text == AT_7)

        door.seq = None
        hub.pass_on(id_of(hash_of("bob-token")), LOOK_AGAIN)
        hub.pass_on(id_of(hash_of(ALICE)), LOOK_AGAIN)

        await here.until(lambda: here.ended and there.ended)
        assert door.asked == 4, "somebody else's session is no reason to ask"
        assert hub.count() == 0

    asyncio.run(story())


def test_an_old_number_says_nothing(room: Any, client: Any, ref: UUID) -> None:
    async def story() -> None:
        hub, streams = room()
        alice = client().open(streams)
        await alice.until(lambda: alice.text == AT_7)

        hub.pass_on(ref, "6")
        hub.pass_on(ref, "7")
        hub.pass_on(ref, "8")
        await alice.until(lambda: alice.text == AT_7 + AT_8)

        alice.left.set()
        await alice.task

    asyncio.run(story())


def test_a_move_made_while_the_gate_looks_is_not_lost(room: Any, client: Any, ref: UUID, door: Any) -> None:
    looking, looked = threading.Event(), threading.Event()

    def slow_door(questions: Sequence[Any]) -> list[int | None]:
        looking.set()
        looked.wait(5)
        return [7 for _ in questions]

    async def story() -> None:
        hub, streams = room()
        streams._gate._rule = slow_door
        alice = client().open(streams)
        await alice.until(looking.is_set)

        hub.pass_on(ref, "8")
        await asyncio.sleep(0)
        looked.set()
        await alice.until(lambda: alice.text == AT_8)

        alice.left.set()
        await alice.task

    asyncio.run(story())


@pytest.mark.parametrize(
    "changes",
    [
        {"token": "charlie-token"},
        {"token": ""},
        {"path": "/live/"},
        {"path": "/live/not-a-sitting"},
        {"path": f"/live/{{{uuid4()}}}"},
        {"path": f"/live/{uuid4().hex}"},
    ],
)
def test_what_is_not_yours_looks_like_what_never_was(room: Any, client: Any, changes: dict[str, str]) -> None:
    async def story() -> list[dict[str, Any]]:
        hub, streams = room()
        charlie = client(**changes).open(streams)
        await charlie.task
        assert hub.count() == 0
        sent: list[dict[str, Any]] = charlie.sent
        return sent

    sent = asyncio.run(story())

    assert (sent[0]["status"], sent[1]["body"]) == (404, b"")
    assert dict(sent[0]["headers"])[b"cache-control"] == b"no-store"


@pytest.mark.parametrize(
    "headers",
    [
        [(b"origin", b"https://evil.example")],
        [(b"origin", b"null")],
        [(b"origin", b"http://localhost:9999")],
        [(b"origin", b"http://localhost"), (b"origin", b"https://evil.example")],
        [(b"sec-fetch-site", b"cross-site")],
        [(b"sec-fetch-site", b"same-site")],
        [(b"host", b"evil.example")],
        [(b"host", b"localhost"), (b"host", b"evil.example")],
    ],
)
def test_another_site_is_refused_before_anything_is_asked(
    room: Any, client: Any, door: Any, headers: list[tuple[bytes, bytes]]
) -> None:
    async def story() -> int:
        _hub, streams = room()
        stranger = client(headers=headers).open(streams)
        await stranger.task
        status: int = stranger.status
        return status

    assert asyncio.run(story()) == 403
    assert door.asked == 0


def test_our_own_page_may_say_where_it_comes_from(room: Any, client: Any) -> None:
    own = [(b"origin", b"http://localhost"), (b"sec-fetch-site", b"same-origin")]

    async def story() -> None:
        _hub, streams = room()
        alice = client(headers=own).open(streams)
        await alice.until(lambda: alice.text == AT_7)
        alice.left.set()
        await alice.task

    asyncio.run(story())


def test_only_reading_is_possible(room: Any, client: Any) -> None:
    async def story() -> int:
        alice = client(method="POST").open(room()[1])
        await alice.task
        status: int = alice.status
        return status

    assert asyncio.run(story()) == 405


def test_a_browser_that_was_left_by_quick_exit_is_refused_and_its_session_ended(
    room: Any, client: Any, door: Any
) -> None:
    async def story() -> int:
        left = client(also=f"; {settings.EXIT_COOKIE_NAME}=1").open(room()[1])
        await left.task
        status: int = left.status
        return status

    assert asyncio.run(story()) == 404
    assert (door.ended, door.asked) == ([ALICE], 0)


def test_a_reader_that_does_not_read_is_ended(room: Any, client: Any, ref: UUID) -> None:
    async def story() -> None:
        hub, streams = room()
        alice = client().open(streams)
        await alice.until(lambda: alice.text == AT_7)

        alice.reading.clear()
        for seq in range(8, 8 + ROOM + 5):
            hub.pass_on(ref, str(seq))
            await asyncio.sleep(0)
        alice.reading.set()
        await alice.until(lambda: alice.ended)

        assert alice.text.count("event: at") == 2
        assert "event: bye\nretry: " in alice.text
        await alice.task
        assert hub.count() == 0

    asyncio.run(story())


def test_the_beat_repeats_the_number_and_asks_the_gate(room: Any, client: Any, door: Any) -> None:
    async def story() -> None:
        _hub, streams = room(beat=0.02)
        alice = client().open(streams)
        await alice.until(lambda: alice.text.startswith(AT_7 + AT_7))

        door.seq = 8
        await alice.until(lambda: AT_8 in alice.text)

        assert door.asked >= 3
        alice.left.set()
        await alice.task

    asyncio.run(story())


def test_a_page_hears_that_the_stream_is_there_and_nobody_is_asked_for_that(
    room: Any, client: Any, door: Any
) -> None:
    async def story() -> None:
        _hub, streams = room(breath=0.01)
        alice = client().open(streams)
        await alice.until(lambda: alice.text.startswith(AT_7 + BEAT + BEAT))

        assert door.asked == 1
        alice.left.set()
        await alice.task

    asyncio.run(story())


def test_an_ex_loses_the_stream_at_the_next_beat(room: Any, client: Any, door: Any) -> None:
    async def story() -> None:
        hub, streams = room(beat=0.02)
        ex = client().open(streams)
        await ex.until(lambda: AT_7 in ex.text)

        door.seq = None
        await ex.until(lambda: ex.ended)

        assert "bye" not in ex.text
        assert hub.count() == 0

    asyncio.run(story())


def test_an_ex_loses_the_stream_at_once_when_the_gate_is_to_be_asked_again(
    room: Any, client: Any, ref: UUID, door: Any
) -> None:
    async def story() -> None:
        hub, streams = room()
        ex = client().open(streams)
        await ex.until(lambda: ex.text == AT_7)

        door.seq = None
        hub.pass_on(ref, "?")
        await ex.until(lambda: ex.ended)

        assert ex.text == AT_7

    asyncio.run(story())


def test_the_end_of_the_server_is_said_to_every_stream_and_to_late_ones(room: Any, client: Any) -> None:
    async def story() -> None:
        hub, streams = room()
        alice = client().open(streams)
        await alice.until(lambda: alice.text == AT_7)

        hub.say_bye()
        await alice.until(lambda: alice.ended)
        late = client().open(streams)
        await late.until(lambda: late.ended)

        assert "event: bye\nretry: " in alice.text
        assert "event: bye\nretry: " in late.text

    asyncio.run(story())


def test_one_session_has_a_bounded_number_of_streams(room: Any, client: Any) -> None:
    async def story() -> None:
        hub, streams = room()
        many = [client().open(streams) for _ in range(PER_SESSION)]
        await many[0].until(lambda: all(each.text == AT_7 for each in many))

        one_more = client().open(streams)
        await one_more.task
        assert one_more.status == 429

        many[0].left.set()
        await many[0].task
        again = client().open(streams)
        await again.until(lambda: again.text == AT_7)
        assert hub.count() == PER_SESSION
        for each in [*many, again]:
            each.left.set()
            await each.task

    asyncio.run(story())


def test_a_crowd_at_the_gate_is_told_to_come_back(room: Any, client: Any) -> None:
    async def story() -> None:
        _hub, streams = room(queue=0)
        alice = client().open(streams)
        await alice.task
        assert alice.status == 503
        assert alice.answer_headers[b"retry-after"] == b"5"

    asyncio.run(story())


def test_a_note_that_cannot_be_passed_on_never_stops_a_move(
    ref: UUID, caplog: pytest.LogCaptureFixture, room: Callable[..., Any]
) -> None:
    class Broken:
        def tell(self, note: str) -> None:
            raise ConnectionError("words that belong in no log")

    async def story() -> None:
        hub, _streams = room()
        hub.courier = Broken()
        hub.pass_on(ref, "8")
        hub._hear("nonsense")

    asyncio.run(story())

    assert "ConnectionError" in caplog.text
    assert "words" not in caplog.text
