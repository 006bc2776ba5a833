"""Every link on every page leads somewhere."""

from __future__ import annotations

import pytest
from django.test import Client

from nearer.testing.cast import Pair
from tests.doors.crawl import everywhere
from tests.doors.lived import live

pytestmark = pytest.mark.django_db

# A form's address is no page: whoever comes back to it by a link reads so.
LEADS = {200, 302, 303, 405}


def test_no_link_is_dead(pair: Pair) -> None:
    live(pair, "together")

    for browser in (pair.host.client, pair.guest.client, Client()):
        dead = {address for address, answer in everywhere(browser).items() if answer.status_code not in LEADS}
        assert not dead
