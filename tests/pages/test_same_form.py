"""A page that is loaded again has the same forms: what tells them apart is not new each time, or unsent words would not find back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, open_drawer
from tests.doors.crawl import everywhere

pytestmark = pytest.mark.django_db

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
PASSING = re.compile(r"const PASSING = (\[[^\]]*\]);")


def test_what_differs_from_one_load_to_the_next_names_no_form(pair: Pair, floor: Sitting) -> None:
    script = Path(str(finders.find("web/js/words.js"))).read_text(encoding="utf-8")
    found = PASSING.search(script)
    assert found
    passing, differing = set(json.loads(found[1])), set()
    open_drawer(pair.host)
    for address in everywhere(pair.host.client):
        if not address.startswith("/library") and "(" not in address:
            first, second = (
                HIDDEN.findall(pair.host.client.get(address).content.decode(errors="replace"))
                for _ in range(2)
            )
            differing |= {name for name, _ in set(first) ^ set(second)}

    assert "once" in differing, "such forms are among them"
    assert differing <= passing
