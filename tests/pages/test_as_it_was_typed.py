"""Whatever is typed as an appreciation, or at the end of a season, stands as it was typed."""

from __future__ import annotations

from html import escape, unescape

import pytest

from nearer.testing.cast import Pair
from tests.doors.strings import as_received, plain, strings
from tests.doors.world import undone
from tests.pages.reading import html
from tests.pages.rhythm import over

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("page", "field"), [("thanks", "words"), ("season", "keep"), ("season", "change")])
def test_whatever_is_typed_stands_as_it_was_typed(pair: Pair, page: str, field: str) -> None:
    over(pair)
    here, lost = f"/us/{pair.bond.pk}/{page}", []
    for text in [text for text in strings() if text.strip().isprintable()][::20]:
        received = plain(as_received(text))
        with undone(pair.host.client):
            shown = html(pair.host.client.post(here, {field: text}, follow=True))
        if received not in plain(unescape(shown)) and escape(received) not in plain(shown):
            lost.append(ascii(text)[:60])

    assert lost == []
