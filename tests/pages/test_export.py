"""One's own copy: all that one said and was shown, nothing of the other's own, and never on a disk."""

from __future__ import annotations

import builtins
import io
import json
import os
import tempfile
from html.parser import HTMLParser
from typing import Any
from zipfile import ZipFile

import pytest
from django.utils import timezone

from nearer.leaving import copies
from nearer.plans import lines, parking
from nearer.practices.listening.moves import Note
from nearer.pulse import readings
from nearer.pulse.readings import Reading
from nearer.records.shelf import Shelf
from nearer.testing.cast import Pair, Person, play
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.copying import take
from tests.pages.letters import NOTING, letters
from tests.pages.reading import html

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R18")]


@pytest.fixture(name="lived")
def _lived(pair: Pair, django_capture_on_commit_callbacks: Any) -> Pair:
    """Both have said, planned, parked, kept and sealed something of their own."""
    now = timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        keep_it(pair, play_to_the_end(pair, said="I felt left out <b>"))
    sitting = letters(pair, NOTING)
    play(pair.host, sitting, Note(words="sealed by Alice"))
    for person in (pair.host, pair.guest):
        place, shelf = person.at(pair.bond), Shelf.of_person(person.user.pk, person.ring)
        lines.propose(place, cue=f"cue of {person.name}", act="we act", at=now)
        parking.park(place, f"parked by {person.name}", at=now)
        readings.give(shelf, Reading(bond=str(pair.bond.pk), name=f"felt by {person.name}", close=9), at=now)
        copies.keep(place, shelf, "sitting", sitting.pk, at=now)
    return pair


@pytest.mark.parametrize("who", ["host", "guest"])
def test_it_holds_what_one_said_and_was_shown_and_nothing_of_the_others_own(lived: Pair, who: str) -> None:
    person: Person = getattr(lived, who)
    other = lived.guest if person is lived.host else lived.host

    data, page, _ = take(person)

    packed = json.dumps(data)
    opened = ("I heard you", "my note", "a second letter", "the drive home", "cue of Alice", "cue of Bob")
    own = (person.username, f"parked by {person.name}", f"felt by {person.name}")
    for text in (*opened, *own, f"parked by {other.name}"):
        assert text in packed, text
        assert text in page, text
    assert "I felt left out &lt;b&gt;" in page
    for secret in (other.username, f"felt by {other.name}", "sealed by Alice" if who == "guest" else "-"):
        assert secret == "-" or secret not in packed + page
    assert ("sealed by Alice" in packed) == (who == "host")
    assert len(data["kept_for_me"]) == len(data["readings"]) == 1
    assert (data["format"], data["version"]) == ("nearer-export", 2)


def test_what_the_other_withdrew_is_not_in_it(lived: Pair) -> None:
    page = html(lived.host.client.get("/us"))
    sitting = page.split('href="/s/')[1].split('"')[0]
    said = html(lived.host.client.get(f"/s/{sitting}/words"))
    spot = said.split("I felt left out")[1].split('name="where" value="')[1].split('"')[0]
    lived.host.client.post(f"/s/{sitting}/words", {"where": spot, "do": "take"})

    for person in (lived.guest, lived.host):
        data, shown, _ = take(person)
        kept = json.dumps(data["spaces"])
        assert "I felt left out" not in kept
        assert '"withdrawn": true' in kept
        assert "I felt left out" not in shown


def test_the_page_stands_alone_and_is_in_order(lived: Pair) -> None:
    class Reader(HTMLParser):
        tags: list[str] = []
        outside: list[str] = []
        levels: list[int] = []

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            self.tags.append(tag)
            self.outside += [
                value or "" for name, value in attrs if name in {"src", "href", "action", "style"}
            ]
            if tag in {"h1", "h2", "h3"}:
                self.levels.append(int(tag[1]))

    _, page, _ = take(lived.host)
    reader = Reader()
    reader.feed(page)

    assert not {"script", "img", "link", "iframe", "form"} & set(reader.tags)
    assert reader.outside == []
    assert "url(" not in page
    assert "@import" not in page
    assert page.startswith("<!doctype html>")
    assert 'lang="en"' in page
    steps = zip(reader.levels, reader.levels[1:], strict=False)
    assert reader.levels[0] == 1
    assert all(after - before <= 1 for before, after in steps)


def test_it_is_dull_from_outside_and_asks_for_the_drawer(lived: Pair) -> None:
    assert lived.host.client.post("/settings/copy").status_code == 403
    before = [html(lived.guest.client.get(path)) for path in ("/", "/us", "/settings")]

    _, _, answer = take(lived.host)

    assert answer["Content-Disposition"] == 'attachment; filename="words.zip"'
    assert "no-store" in answer["Cache-Control"]
    with ZipFile(io.BytesIO(answer.content)) as packed:
        assert {each.date_time for each in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert [html(lived.guest.client.get(path)) for path in ("/", "/us", "/settings")] == before


def test_no_file_is_written_on_the_way(lived: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    take(lived.host)  # what is read once, such as templates, is in memory now
    real, real_os = builtins.open, os.open
    made: list[object] = []

    def opened(file: Any, mode: str = "r", *args: Any, **more: Any) -> Any:
        made.extend([file] if set(mode) & set("wax+") else [])
        return real(file, mode, *args, **more)

    def opened_low(path: Any, flags: int, *args: Any, **more: Any) -> int:
        made.extend([path] if flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) else [])
        return real_os(path, flags, *args, **more)

    monkeypatch.setattr(builtins, "open", opened)
    monkeypatch.setattr(io, "open", opened)
    monkeypatch.setattr(os, "open", opened_low)
    for name in ("TemporaryFile", "NamedTemporaryFile", "SpooledTemporaryFile", "mkstemp", "mkdtemp"):
        monkeypatch.setattr(tempfile, name, lambda *_, **__: made.append("tempfile"))
    take(lived.host)

    assert made == []
    with open(os.devnull, "w"):  # noqa: PTH123 - shows that what is made would be seen
        assert made == [os.devnull]
