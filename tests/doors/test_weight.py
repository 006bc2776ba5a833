"""No page is heavier than its first flight: whatever two people with a life behind them can look at, with its styles."""

from __future__ import annotations

import gzip
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from nearer.library import loading
from nearer.library.models import Article
from nearer.web.storage import StaticFilesInMemory
from tests.doors.crawl import is_html

pytestmark = pytest.mark.django_db

DAY = date(2026, 1, 1)
MOST = 14 * 1024
SHEETS = re.compile(r'<link rel="stylesheet" href="([^"]+)"')


@cache
def sizes() -> dict[str, int]:
    """Return the compressed size of each static file as it is sent, in bytes, by its address."""
    files = StaticFilesInMemory(base_url=settings.STATIC_URL).files
    return {f"{settings.STATIC_URL}{name}": len(gzip.compress(body)) for name, body in files.items()}


def weight(page: Any) -> int:
    """Return the compressed size of a page with its styles, in bytes."""
    sheets = set(SHEETS.findall(page.content.decode()))
    return len(gzip.compress(page.content)) + sum(sizes()[sheet] for sheet in sheets)


def test_no_page_is_heavier_than_its_first_flight(walked: Mapping[str, Mapping[str, Any]]) -> None:
    pages = {
        (who, path): weight(answer)
        for who, answers in walked.items()
        for path, answer in answers.items()
        if is_html(answer) and b"<html" in answer.content
    }
    assert {page: size for page, size in pages.items() if size > MOST} == {}


def test_no_article_of_the_starter_pack_is(client: Client) -> None:
    assert loading.load(loading.STARTER, on=DAY)

    paths = [f"/library/{slug}" for slug in Article.objects.values_list("slug", flat=True)]
    pages = {path: weight(client.get(path)) for path in ["/library/", *paths]}
    assert {path: size for path, size in pages.items() if size > MOST} == {}
