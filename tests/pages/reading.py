"""Reading pages in tests: what is on them, without what is new on every answer."""

from __future__ import annotations

import re
from datetime import datetime
from html import unescape
from typing import Any

import pytest
from django.apps import apps
from django.http import HttpResponse

from nearer.testing.cast import Person

TOKEN = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]+"|data-token="[^"]+"|name="once" value="[^"]+"|data-drafts="[^"]*"'
)
COUNT = re.compile(r'(data-seq|name="seq" value)="\d+"')
TAGS = re.compile(r"<[^>]+>")
LOT = re.compile(r'<ul class="ideas".*?</ul>', re.DOTALL)
APART = re.compile(r"</?bdi\b[^>]*>")


def html(response: Any) -> str:
    """Return a page's HTML, without its form tokens."""
    content: bytes = response.content
    return TOKEN.sub("", content.decode())


def uncounted(response: Any) -> str:
    """Return a page's HTML without the count of moves, which only tells a page to look again."""
    return COUNT.sub("", html(response))


def unlotted(response: Any) -> str:
    """Return a page's HTML without the ideas that are drawn by lot for each sitting."""
    return LOT.sub("", html(response))


def words(response: Any) -> str:
    """Return what a person reads on a page, in one line."""
    return unescape(" ".join(TAGS.sub(" ", APART.sub("", html(response))).split()))


def text_of(page: str) -> str:
    """Return what a person reads in some HTML, in one line, with stops and commas where they belong."""
    return re.sub(r" ([.,])", r"\1", unescape(" ".join(TAGS.sub(" ", APART.sub("", page)).split())))


def nameless(response: Any, *people: Person) -> str:
    """Return what a person reads on a page, whoever the two are."""
    text = words(response)
    for person in people:
        text = text.replace(person.name, "…")
    return text


def marked(response: Any, mark: str) -> str:
    """Return the text of the element with a data mark."""
    found = re.search(rf"<(\w+)[^>]*\b{mark}\b[^>]*>(.*?)</\1>", html(response), re.DOTALL)
    assert found, f"nothing is marked {mark}"
    return unescape(found[2]).strip()


def moves_on(response: Any) -> set[str]:
    """Return the kinds of move a page offers."""
    return set(re.findall(r'<form[^>]*\bdata-move="(\w+)"', html(response)))


def is_signed_in(client: Any) -> bool:
    """Say whether a browser is still somebody's."""
    answer: HttpResponse = client.get("/settings")
    return answer.status_code == 200


def everything_stored() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of both databases."""
    return {
        model._meta.label: sorted(
            (tuple(_plain(value) for value in row) for row in model._base_manager.values_list()), key=repr
        )
        for model in apps.get_models()
    }


def at(monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    """Stop the product's clock at a moment."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
