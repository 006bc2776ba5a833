"""The bridge carries requests and answers whole, whatever they look like."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from nearer.server.bodies import Bodies, TooSlow
from nearer.server.pages import UPLOADS_TOGETHER
from tests.unit.waiting import until

MEGABYTE = 1024 * 1024


def lengths(body: list[bytes]) -> list[tuple[bytes, bytes]]:
    return [(b"content-length", str(sum(map(len, body))).encode())]


def test_an_answer_comes_back_whole(pages: Any, visit: Any, site: Any) -> None:
    answer = asyncio.run(visit(b"/").go(pages))

    assert (answer.status, answer.answer) == (200, b"hello there")
    assert answer.values(b"content-length") == [b"11"]
    assert answer.values(b"set-cookie") == [b"a=1", b"b=2"]
    assert site.closed == 1


def test_a_head_request_gets_the_headers_alone(pages: Any, visit: Any, site: Any) -> None:
    answer = asyncio.run(visit(b"/", method="HEAD").go(pages))

    assert (answer.status, answer.answer) == (200, b"")
    assert answer.values(b"content-length") == [b"11"]
    assert site.closed == 1


def test_an_unchanged_file_has_neither_body_nor_length(pages: Any, visit: Any) -> None:
    answer = asyncio.run(visit(b"/unchanged").go(pages))

    assert (answer.status, answer.answer, answer.values(b"content-length")) == (304, b"", [])


def test_a_megabyte_in_parts_arrives(pages: Any, visit: Any, site: Any) -> None:
    parts = [bytes([number % 256]) * 65_536 for number in range(16)]

    answer = asyncio.run(visit(b"/", method="POST", body=parts, headers=lengths(parts)).go(pages))

    assert answer.status == 200
    assert site.bodies == [b"".join(parts)]
    assert site.asked[0]["CONTENT_LENGTH"] == str(MEGABYTE)


def test_a_body_without_a_length_arrives(pages: Any, visit: Any, site: Any) -> None:
    chunked = [(b"transfer-encoding", b"chunked")]

    asyncio.run(visit(b"/", method="POST", body=[b"a=1", b"&b=2"], headers=chunked).go(pages))

    assert site.bodies == [b"a=1&b=2"]
    assert site.asked[0]["CONTENT_LENGTH"] == "7"
    assert "HTTP_TRANSFER_ENCODING" not in site.asked[0]


def test_a_body_that_says_it_is_too_large_is_not_even_read(pages: Any, visit: Any, site: Any) -> None:
    parts = [b"x" * MEGABYTE] * 3

    answer = asyncio.run(visit(b"/", method="POST", body=parts, headers=lengths(parts)).go(pages))

    assert (answer.status, answer.received) == (413, 0)
    assert site.asked == []


def test_a_body_that_turns_out_too_large_is_given_up(pages: Any, visit: Any, site: Any) -> None:
    parts = [b"x" * MEGABYTE] * 5

    answer = asyncio.run(
        visit(b"/", method="POST", body=parts, headers=[(b"transfer-encoding", b"chunked")]).go(pages)
    )

    assert (answer.status, answer.received) == (413, 3)
    assert site.asked == []


def test_only_an_upload_may_be_larger_than_a_page_form(pages: Any, visit: Any, site: Any) -> None:
    def sent(path: bytes, size: int, method: str = "POST") -> int:
        body = [b"x" * MEGABYTE] * size
        status: int = asyncio.run(
            visit(path, method=method, body=body, headers=lengths(body)).go(pages)
        ).status
        return status

    assert sent(b"/photo", 4) == 200
    assert site.bodies == [b"x" * 4 * MEGABYTE]
    refused = [(b"/photo", 5, "POST"), (b"/photo", 3, "GET"), (b"/", 3, "POST"), (b"/photo/", 3, "POST")]
    assert [sent(*each) for each in refused] == [413] * 4
    assert len(site.asked) == 1


def test_uploads_wait_for_each_other_and_not_for_pages_nor_pages_for_them(
    pages: Any, visit: Any, site: Any
) -> None:
    body = [b"x" * MEGABYTE] * 4

    def upload() -> Any:
        return visit(b"/photo", method="POST", body=body, headers=lengths(body))

    async def story() -> None:
        site.slow_path = "/photo"
        first, second = (asyncio.create_task(upload().go(pages)) for _ in range(2))
        await until(lambda: len(site.asked) == 1)
        others = [asyncio.create_task(upload().go(pages)) for _ in range(15)]

        page = await asyncio.wait_for(visit(b"/").go(pages), 1)
        # Whoever waits has sent nothing: only the first one's file is in memory.
        assert pages._upload_bodies._left == UPLOADS_TOGETHER - 4 * MEGABYTE
        assert not any(task.done() for task in others)
        assert page.status == 200
        assert [environ["PATH_INFO"] for environ in site.asked] == ["/photo", "/"]
        site.go.set()

        answers = await asyncio.gather(first, second, *others)
        assert [answer.status for answer in answers] == [200] * 17
        assert pages._upload_bodies._left == UPLOADS_TOGETHER

    asyncio.run(story())


def test_all_bodies_together_are_bounded_and_give_their_room_back(visit: Any) -> None:
    async def story() -> None:
        bodies = Bodies(limit=MEGABYTE, together=MEGABYTE, seconds=1)
        large = visit(method="POST", body=[b"x" * MEGABYTE], headers=[(b"content-length", b"1048576")])
        scope = {"headers": large.headers}

        held = await bodies.read(scope, large._receive)
        assert bodies._left == 0
        small = visit(body=[b"a=1"])
        assert await bodies.read({"headers": [(b"content-length", b"3")]}, small._receive) == b"a=1"
        bodies.release(held)

        assert bodies._left == MEGABYTE

    asyncio.run(story())


def test_a_body_that_never_ends_is_not_waited_for(visit: Any) -> None:
    async def story() -> None:
        bodies = Bodies(limit=MEGABYTE, together=MEGABYTE, seconds=0.02)
        with pytest.raises(TooSlow):
            await bodies.read({"headers": [(b"content-length", b"9")]}, visit(body=[b"a", b"b"])._stuck)
        assert bodies._left == MEGABYTE

    async def stuck(self: Any) -> dict[str, Any]:
        await asyncio.sleep(60)
        return {}

    visit._stuck = stuck
    asyncio.run(story())


def test_a_client_that_leaves_in_the_middle_of_its_body_reaches_nobody(
    pages: Any, visit: Any, site: Any
) -> None:
    half = visit(b"/", method="POST", body=[b"a", b"b"], headers=[(b"content-length", b"2")], leaves_after=1)

    asyncio.run(half.go(pages))

    assert site.asked == []


def test_a_client_that_leaves_the_queue_takes_no_thread(pages: Any, visit: Any, site: Any) -> None:
    async def story() -> None:
        busy = [asyncio.create_task(visit(b"/wait").go(pages)) for _ in range(2)]
        await until(lambda: len(site.asked) == 2)

        impatient = visit(b"/never")
        waiting = asyncio.create_task(impatient.go(pages))
        await asyncio.sleep(0.01)
        impatient.left.set()
        await waiting
        site.go.set()
        await asyncio.gather(*busy)

    asyncio.run(story())

    assert [environ["PATH_INFO"] for environ in site.asked] == ["/wait", "/wait"]


def test_a_client_that_leaves_while_a_thread_works_does_not_stop_the_work(
    pages: Any, visit: Any, site: Any
) -> None:
    async def story() -> None:
        leaving = visit(b"/wait", method="POST", body=[b"a=1"], headers=[(b"content-length", b"3")])
        task = asyncio.create_task(leaving.go(pages))
        await until(lambda: bool(site.asked))
        leaving.left.set()
        site.go.set()
        await task

    asyncio.run(story())

    assert site.closed == 1


def test_a_broken_application_is_a_500_page(pages: Any, visit: Any) -> None:
    answer = asyncio.run(visit(b"/broken").go(pages))

    assert answer.status == 500
    assert answer.values(b"content-type") == [b"text/html; charset=utf-8"]


def test_odd_headers_come_through_as_wsgi_has_them(pages: Any, visit: Any, site: Any) -> None:
    headers = [
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"x-thing", b"one"),
        (b"x-thing", b"two"),
        (b"x-latin", b"caf\xe9"),
        (b"x_forwarded_proto", b"https"),
        (b"proxy", b"http://evil.example"),
        (b"content-type", b"text/plain"),
        (b"content-length", b"0"),
    ]

    asyncio.run(visit(b"/", headers=headers).go(pages))

    [environ] = site.asked
    assert environ["HTTP_COOKIE"] == "a=1; b=2"
    assert environ["HTTP_X_THING"] == "one,two"
    assert environ["HTTP_X_LATIN"] == "café"
    assert environ["CONTENT_TYPE"] == "text/plain"
    assert (
        not {"HTTP_X_FORWARDED_PROTO", "HTTP_PROXY", "HTTP_CONTENT_LENGTH", "HTTP_CONTENT_TYPE"}
        & environ.keys()
    )
    assert (environ["REMOTE_ADDR"], environ["SERVER_PORT"]) == ("127.0.0.9", "8000")


@pytest.mark.parametrize(
    ("raw", "path", "query"),
    [
        (b"/caf%C3%A9", "/cafÃ©", ""),
        (b"/caf%E9", "/café", ""),
        (b"/a%2Fb%00c", "/a/b\0c", ""),
        (b"/100%", "/100%", ""),
        (b"/?q=%C3%A9&\xff", "/", "q=%C3%A9&ÿ"),
    ],
)
def test_paths_are_bytes_read_as_latin_1(
    pages: Any, visit: Any, site: Any, raw: bytes, path: str, query: str
) -> None:
    asyncio.run(visit(raw).go(pages))

    assert (site.asked[0]["PATH_INFO"], site.asked[0]["QUERY_STRING"]) == (path, query)


@pytest.mark.parametrize("raw", [b"*", b"http://other.example/", b""])
def test_a_target_that_is_no_path_is_refused(pages: Any, visit: Any, site: Any, raw: bytes) -> None:
    assert asyncio.run(visit(raw).go(pages)).status == 400
    assert site.asked == []


def test_a_flood_of_log_ins_is_turned_away_and_the_pages_stay_open(pages: Any, visit: Any, site: Any) -> None:
    async def story() -> None:
        flood = [asyncio.create_task(visit(b"/login", method="POST").go(pages)) for _ in range(40)]
        await until(lambda: len(site.asked) == 2)

        page = await asyncio.wait_for(visit(b"/").go(pages), 1)
        turned_away = [task.result() for task in flood if task.done()]
        site.go.set()
        answered = await asyncio.gather(*flood)

        assert page.status == 200
        assert [each.status for each in turned_away] == [429] * 18
        assert turned_away[0].values(b"retry-after") == [b"5"]
        assert sum(each.status == 200 for each in answered) == 22

    asyncio.run(story())
    assert len(site.asked) == 23


def test_reading_the_log_in_page_is_not_slow_work(pages: Any, visit: Any, site: Any) -> None:
    async def story() -> None:
        flood = [asyncio.create_task(visit(b"/login", method="POST").go(pages)) for _ in range(22)]
        await until(lambda: len(site.asked) == 2)

        form = await asyncio.wait_for(visit(b"/login").go(pages), 1)
        site.go.set()
        await asyncio.gather(*flood)

        assert form.status == 200

    asyncio.run(story())
