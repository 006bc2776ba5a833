"""A file is one thought: it has an end that can be seen from its beginning."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.tree import ROOT, files, name, report

PYTHON, PAGES, FUNCTION = 400, 150, 40


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


def _long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > FUNCTION:
                yield f"{name(path)}:{node.lineno} {node.name} has {length} lines"
