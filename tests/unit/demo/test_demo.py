"""The demo's own rules: whose folder it is, whose cookies, which forms, and that its story can be read."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from nearer.config import ConfigError
from nearer.demo import making, serving
from nearer.demo.folder import MARK, own_folder
from nearer.demo.making import MADE
from nearer.demo.pages import NoSuchForm, form_in
from nearer.demo.serving import Standing, next_hour, wait_until
from nearer.demo.sides import Sides
from nearer.demo.story import STORY, people, scenes
from nearer.sittings.practice import practices

PAGE = """
<form method="post" data-move="Speak"><input type="hidden" name="seq" value="7"><textarea name="words">dra</textarea></form>
<form action="/us/thanks" method="post"><input name="words" value="as it was"><input type="radio" name="day" value="mon">
<input type="radio" name="day" value="tue" checked><select name="by"><option value="a">A<option value="b">B</select>
<button name="way" value="yes">Yes</button><input name="off" disabled></form>
"""


def test_it_never_lives_in_a_folder_that_holds_anything(tmp_path: Path) -> None:
    (tmp_path / "nearer.sqlite3").write_bytes(b"a life")

    with (
        pytest.raises(ConfigError, match="may hold somebody's life"),
        own_folder({"NEARER_DATA": str(tmp_path)}),
    ):
        pytest.fail("it began")

    assert [path.name for path in tmp_path.iterdir()] == ["nearer.sqlite3"]


def test_it_comes_back_to_its_own_folder_and_leaves_no_temporary_one(tmp_path: Path) -> None:
    environ = {"NEARER_DATA": str(tmp_path / "demo"), "NEARER_BIND": "127.0.0.1:9000"}
    for _ in range(2):
        with own_folder(environ) as folder:
            assert (folder / MARK).exists()
    with own_folder({}) as folder:
        assert folder.exists()

    assert environ["NEARER_BIND"] == "127.0.0.1:9000"
    assert not folder.exists()


def test_it_forgets_whose_databases_an_operator_named(tmp_path: Path) -> None:
    environ = {
        "NEARER_DATABASE_URL": "postgres://a/life",
        "NEARER_KEYS_DATABASE_URL_FILE": "/keys",
        "LANG": "C",
    }
    with own_folder(environ):
        assert environ.keys() == {"LANG", "NEARER_DATA", "NEARER_BIND"}


def test_a_form_is_filled_as_a_browser_would() -> None:
    form = form_in(PAGE, "/thanks", {"words": ""}, at="/us")

    assert form.filled({"words": "new", "by": "#1"}) == {"words": ["new"], "day": ["tue"], "by": ["b"]}
    assert form_in(PAGE, "Speak", {}, at="/").filled({}) == {"seq": ["7"], "words": ["dra"]}
    with pytest.raises(NoSuchForm):
        form.filled({"off": "x"})
    with pytest.raises(NoSuchForm):
        form_in(PAGE, "Speak", {"nothing": ""}, at="/")


def test_each_side_has_cookies_of_its_own_and_the_third_address_has_those_of_the_product() -> None:
    sent = b"s=plain; sam-s=hers; noor-s=theirs; sam-c=token"

    assert _asked(8011, sent) == (b"s=hers; c=token", b"sam", b"sam-s=fresh; Path=/")
    assert _asked(8012, sent) == (b"s=theirs", b"noor", b"noor-s=fresh; Path=/")
    assert _asked(8010, sent) == (sent, None, b"s=fresh; Path=/")


def _asked(port: int, cookie: bytes) -> tuple[bytes, bytes | None, bytes]:
    seen: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append(dict(scope["headers"]))
        await send({"type": "http.response.start", "headers": [(b"set-cookie", b"s=fresh; Path=/")]})

    async def send(message: Any) -> None:
        seen.append(dict(message["headers"])[b"set-cookie"])

    headers = [(b"cookie", cookie), (b"x-demo-side", b"forged")]
    scope = {"type": "http", "server": ("127.0.0.1", port), "headers": headers}
    asyncio.run(Sides(app, "127.0.0.1:8010")(scope, asyncio.Queue[Any]().get, send))
    return seen[0][b"cookie"], seen[0].get(b"x-demo-side"), seen[1]


def test_the_story_names_its_two_and_every_room_that_stands() -> None:
    told = scenes(STORY.glob("[0-9]*.toml"), today=date(2026, 6, 17), zone=UTC)
    two = {each["username"] for each in people()["person"]}

    assert {step.who for scene in told for step in scene.steps} == two
    assert {scene.room for scene in told} >= {room.where for room in practices()}
    assert told[-1].at - told[0].at > timedelta(weeks=11)
    assert told[-1].at.date() < date(2026, 6, 17), "whenever it is made, all of it has happened"


def test_it_is_set_back_each_hour_and_told_anew_each_day_by_the_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = datetime(2026, 6, 17, 9, 40, tzinfo=UTC)
    now, seen, broken = begun, list[tuple[str, datetime]](), {datetime(2026, 6, 18, 10, tzinfo=UTC)}

    def make(folder: Path) -> Path:
        seen.append(("told", now))
        if now in broken:
            raise OSError
        return folder / MADE

    def pause(seconds: float) -> None:
        nonlocal now
        assert 0 < seconds <= serving.LOOK_SECONDS, "a machine that slept is not an hour late"
        now += timedelta(seconds=seconds)

    monkeypatch.setattr(timezone, "now", lambda: now)
    monkeypatch.setattr(making, "make", make)
    monkeypatch.setattr(making, "put_in_place", lambda *_folders: seen.append(("set back", now)))
    standing = Standing(tmp_path, begun)
    for _ in range(26):
        standing.set_back(wait_until(next_hour(now), pause=pause))

    told = [at for what, at in seen if what == "told"]
    back = [at for what, at in seen if what == "set back"]
    hours = [datetime(2026, 6, 17, 10, tzinfo=UTC) + timedelta(hours=hour) for hour in range(26)]
    assert back == [hour for hour in hours if hour not in broken]
    assert told == [*broken, hours[25]], (
        "what fails is tried again in an hour, and then not before a day is over"
    )


def test_it_begins_anew_at_the_full_hour() -> None:
    assert next_hour(datetime(2026, 6, 17, 23, 59, 59, tzinfo=UTC)) == datetime(2026, 6, 18, tzinfo=UTC)
