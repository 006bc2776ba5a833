"""Taking somebody's copy of their words in tests, and reading it."""

from __future__ import annotations

import io
import json
from typing import Any
from zipfile import ZipFile

from nearer.testing.cast import Person, open_drawer


def take(person: Person) -> tuple[dict[str, Any], str, Any]:
    """Return the JSON, the page and the whole answer."""
    open_drawer(person)
    answer = person.client.post("/settings/copy")
    assert answer.status_code == 200
    with ZipFile(io.BytesIO(answer.content)) as packed:
        return json.loads(packed.read("words.json")), packed.read("words.html").decode(), answer


def names_in(person: Person) -> list[str]:
    """Return the names of the files in somebody's copy."""
    _, _, answer = take(person)
    with ZipFile(io.BytesIO(answer.content)) as packed:
        return packed.namelist()
