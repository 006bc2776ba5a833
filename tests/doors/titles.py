"""What the title of a page may be: it names the place, never the matter."""

from __future__ import annotations

import re

from tests.doors.authz import NOBODY, Role, Route

TITLE = re.compile(r"<title>([^<]*)</title>")
PLACES = {"Today", "Practise", "Us", "Library", "Settings", "Help"}
OWN = {"Nearer", *(f"{place} · Nearer" for place in PLACES)}
# Before anybody is signed in, on help, and where something went wrong: nobody's own pages do not name the house.
NOBODYS = {*PLACES, "Welcome", "Log in", "Create account", "Page", "New tab", "No connection"}


def title_of(page: bytes) -> str:
    """Return the title of a page, or "" where there is none."""
    found = TITLE.search(page.decode(errors="replace"))
    return found[1] if found else ""


def tells(route: Route, role: Role, page: bytes) -> bool:
    """Say whether the title of an answer tells anything beside the place."""
    # The library is public; who has no account may keep a page of it under its own name.
    is_public = role in NOBODY and route.name == "library:article"
    return b"<title>" in page and not is_public and title_of(page) not in OWN | NOBODYS
