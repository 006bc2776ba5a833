"""Every name and every word somebody wrote stands by itself on every page: in its own direction, names never translated."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest

from nearer.testing.cast import Pair, open_drawer
from tests.doors.crawl import everywhere
from tests.doors.lived import live

pytestmark = pytest.mark.django_db

MARK = "Isolatedwords"
VOID = {"meta", "link", "input", "br", "img", "hr", "source", "path", "circle", "col", "wbr"}
# Their content is a text of its own anyway.
APART = {"bdi", "textarea", "option", "title", "text"}


class Strays(HTMLParser):
    """Finds what is not isolated.

    Attributes:
        found: the text around each stray.
    """

    def __init__(self, words: str, names: tuple[str, ...]) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._words, self._names = words, names
        self._open: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [f"{tag} {name}={value}" for name, value in attrs if "<bdi" in (value or "")]
        if tag not in VOID:
            self._open.append((tag, dict(attrs)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing stands in it."""

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, text: str) -> None:
        apart = any(tag in APART or attrs.get("dir") == "auto" for tag, attrs in self._open)
        kept = any(attrs.get("translate") == "no" or tag in APART - {"bdi"} for tag, attrs in self._open)
        is_words, is_name = self._words in text, any(name in text for name in self._names)
        if (is_words or is_name) and not (apart and (kept or is_words)):
            self.found.append(" ".join(text.split())[:90])


def test_nothing_anybody_wrote_touches_what_stands_around_it(pair: Pair) -> None:
    live(pair, MARK)
    found: dict[str, list[str]] = {}
    for person in (pair.host, pair.guest):
        open_drawer(person)
        for address, answer in everywhere(person.client).items():
            if not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            strays = Strays(MARK, (pair.host.name, pair.guest.name))
            strays.feed(answer.content.decode())
            if strays.found:
                found[f"{person.name} {address.partition('?')[0]}"] = strays.found

    assert not found, "\n".join(f"{where}: {what}" for where, what in found.items())
