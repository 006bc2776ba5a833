"""Nobody else learns that somebody uses Nearer: no page, style or script names another host."""

from __future__ import annotations

import re

from tests.house.tree import files, name, report

# Names of vocabularies, which no browser fetches.
ALLOWED = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink", "https://schema.org/")
ADDRESS = re.compile(r"""(?:https?:)?//[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)+[^\s"'<>)]*""", re.IGNORECASE)
COMMENT = re.compile(r"/\*.*?\*/|^\s*//.*?$|\{#.*?#\}", re.DOTALL | re.MULTILINE)


def test_no_page_style_or_script_names_another_host() -> None:
    found = []
    for path in files(".html", ".css", ".js", ".svg", ".json", under="nearer"):
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        found += [f"{name(path)}: {hit}" for hit in ADDRESS.findall(text) if not hit.startswith(ALLOWED)]

    assert not found, report(found)
