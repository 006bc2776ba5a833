"""Every link on every page leads somewhere; and no field for words is left to the browser's own memory of forms."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from nearer.testing.cast import Pair
from tests.doors.crawl import everywhere
from tests.doors.lived import live

pytestmark = pytest.mark.django_db

# A form's address is no page: whoever comes back to it by a link reads so.
LEADS = {200, 302, 303, 405}


# What a browser writes into its profile as it was typed, to fill it in again.
REMEMBERED = re.compile(
    r'<(?:textarea|input(?=[^>]*type="(?:text|search)"|(?![^>]*type=)))(?![^>]*autocomplete=)[^>]*>'
)


def test_no_link_is_dead_and_no_field_for_words_is_remembered(pair: Pair) -> None:
    live(pair, "together")

    for browser in (pair.host.client, pair.guest.client, Client()):
        answers = everywhere(browser)
        dead = {address for address, answer in answers.items() if answer.status_code not in LEADS}
        assert not dead
        pages = [a for a in answers.values() if a["Content-Type"].startswith("text/html") and not a.streaming]
        assert not {field for page in pages for field in REMEMBERED.findall(page.content.decode())}
