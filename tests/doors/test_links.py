"""Every link on every page leads somewhere; and no field for words is left to the browser's own memory of forms."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest

pytestmark = pytest.mark.django_db

# A form's address is no page: whoever comes back to it by a link reads so.
LEADS = {200, 302, 303, 405}


# What a browser writes into its profile as it was typed, to fill it in again.
REMEMBERED = re.compile(
    r'<(?:textarea|input(?=[^>]*type="(?:text|search)"|(?![^>]*type=)))(?![^>]*autocomplete=)[^>]*>'
)


def test_no_link_is_dead_and_no_field_for_words_is_remembered(
    walked: Mapping[str, Mapping[str, Any]],
) -> None:
    for answers in walked.values():
        dead = {address for address, answer in answers.items() if answer.status_code not in LEADS}
        assert not dead
        pages = [a for a in answers.values() if a["Content-Type"].startswith("text/html") and not a.streaming]
        assert not {field for page in pages for field in REMEMBERED.findall(page.content.decode())}
