"""A file is one thought: it has an end that can be seen from its beginning."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, name, report

PYTHON, PAGES, FUNCTION = 400, 150, 40
# Lines of code, without docstrings and comments: see docs/adr/0016.
ROOM, BESIDE = 1700, 600
PRACTICES = ROOT / "nearer" / "practices"


@pytest.mark.parametrize(
    ("suffixes", "most"),
    [((".py",), PYTHON), ((".html", ".css", ".js"), PAGES)],
    ids=["python", "pages"],
)
def test_no_file_grows_too_long(suffixes: tuple[str, ...], most: int) -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files(*suffixes)}

    too_long = [f"{name(path)} has {length} lines" for path, length in lengths.items() if length > most]

    assert not too_long, report(too_long)


def test_no_function_grows_too_long() -> None:
    modules = [*files(".py", under="nearer"), *files(".py", under="tests"), ROOT / "bootstrap.py"]

    too_long = [line for path in modules if "migrations" not in path.parts for line in _long_functions(path)]

    assert not too_long, report(too_long)


def test_a_room_and_each_kind_of_pages_beside_it_can_be_read_in_one_go() -> None:
    folders: Counter[Path] = Counter()
    for path in files(".py", under="nearer/practices"):
        folders[Path(*path.parent.relative_to(PRACTICES).parts[:2])] += _lines_of_code(path)

    too_long = [
        f"{folder} has {lines} lines of code"
        for folder, lines in folders.items()
        if lines > (ROOM if len(folder.parts) < 2 else BESIDE)
    ]

    assert len(folders) > 6, "no rooms were found"
    assert not too_long, report(too_long)


def _lines_of_code(path: Path) -> int:
    """Return how many lines of a module are neither empty, nor a comment, nor within a docstring."""
    source = path.read_text(encoding="utf-8")
    said = {
        line
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
        for line in range(node.lineno, (node.end_lineno or node.lineno) + 1)
    }
    lines = enumerate(map(str.strip, source.splitlines()), start=1)
    return sum(bool(text) and not text.startswith("#") and line not in said for line, text in lines)


def _long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION:
                yield f"{name(path)}:{node.lineno} {node.name} has {length} lines"
