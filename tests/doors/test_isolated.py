"""Every name and every word somebody wrote stands by itself on every page: in its own direction, names never translated."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

import pytest

from nearer.testing.cast import Pair
from tests.doors.lived import OURS

pytestmark = pytest.mark.django_db

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


def test_nothing_anybody_wrote_touches_what_stands_around_it(
    lived: Pair, walked: Mapping[str, Mapping[str, Any]]
) -> None:
    found: dict[str, list[str]] = {}
    for person in (lived.host, lived.guest):
        for address, answer in walked[person.name].items():
            if not answer.headers.get("Content-Type", "").startswith("text/html"):
                continue
            strays = Strays(OURS, (lived.host.name, lived.guest.name))
            strays.feed(answer.content.decode())
            if strays.found:
                found[f"{person.name} {address.partition('?')[0]}"] = strays.found

    assert not found, "\n".join(f"{where}: {what}" for where, what in found.items())
