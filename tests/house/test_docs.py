"""The papers are true: every dependency has its reason, every link leads somewhere."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from tests.house.tree import ROOT, files, name, report

MOST_DEPENDENCIES = 25
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
ENTRY = re.compile(r"^- \*\*([a-z0-9-]+)\*\*", re.MULTILINE)
PACKAGE = re.compile(r"^[A-Za-z0-9-]+")
# Folders of somebody's own machine have no place in a project that runs anywhere.
MACHINE = re.compile(r"""(?<![\w.:}])/(?:home|root|Users|work|mnt)/[a-z]""")


def test_every_dependency_has_its_line() -> None:
    paper = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    reasons = ENTRY.findall(paper)

    assert sorted(reasons) == sorted(_runtime() | _tools())


def test_dependencies_stay_few() -> None:
    assert len(_runtime()) <= MOST_DEPENDENCIES


def test_every_link_leads_somewhere() -> None:
    found = []
    for path in _papers():
        for target in LINK.findall(path.read_text(encoding="utf-8")):
            place = target.partition("#")[0]
            ours = place and "://" not in place and not place.startswith("mailto:")
            if ours and not (path.parent / place).exists():
                found.append(f"{name(path)} links to {target}")

    assert not found, report(found)


def test_every_make_word_in_the_papers_exists() -> None:
    made = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    spoken = {
        (path, word)
        for path in files(".md")
        for word in re.findall(r"`make ([a-z]+)", path.read_text(encoding="utf-8"))
    }

    missing = [f"{name(path)}: make {word}" for path, word in sorted(spoken) if word not in made]

    assert not missing, report(missing)


def test_no_file_names_a_folder_of_one_machine() -> None:
    found = []
    for path in files(".md", ".py", ".html", ".css", ".js", ".toml", ".txt", ".lock"):
        if path != Path(__file__):
            hits = MACHINE.findall(path.read_text(encoding="utf-8"))
            found += [f"{name(path)}: {hit}…" for hit in hits]

    assert not found, report(found)


def _papers() -> list[Path]:
    # Articles link to addresses of the running program; the library's own linter follows those.
    return [path for path in files(".md") if "articles" not in path.parts]


def _project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def _names(requirements: list[str]) -> set[str]:
    return {match.group().lower() for text in requirements if (match := PACKAGE.match(text))}


def _runtime() -> set[str]:
    project = _project()["project"]
    extras = project.get("optional-dependencies", {}).values()
    return _names(project["dependencies"]).union(*(_names(extra) for extra in extras))


def _tools() -> set[str]:
    return _names(_project()["dependency-groups"]["dev"]) - _runtime()
