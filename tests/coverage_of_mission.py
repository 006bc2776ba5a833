"""Prints which behaviours of the mission, and which abuse-aware rules, are shown by which test.

The tests say so themselves: `@pytest.mark.shows("L3", "L5")`, `@pytest.mark.rule("R9")`. They are read, not run.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BEHAVIOURS, RULES = "shows", "rule"
LISTS = {BEHAVIOURS: ROOT / "docs" / "mission-ids.txt", RULES: ROOT / "docs" / "rule-ids.txt"}
LINE = re.compile(r"^([A-Z]\d*) (.+)$")


def named(mark: str) -> dict[str, str]:
    """Return each id that a mark may name, with its words, in order; a single letter heads a chapter."""
    lines = LISTS[mark].read_text(encoding="utf-8").splitlines()
    return {match[1]: match[2] for line in lines if (match := LINE.match(line))}


def wanted(mark: str) -> list[str]:
    """Return the ids that tests are wanted for."""
    return [key for key in named(mark) if len(key) > 1]


def shown(mark: str) -> dict[str, list[str]]:
    """Return the tests that carry a mark for each id, as "file::test"; a mark on a whole file counts as the file."""
    tests = defaultdict(list)
    for path in sorted([*ROOT.glob("tests/**/*.py"), *ROOT.glob("nearer/**/tests/**/*.py")]):
        text = path.read_text(encoding="utf-8")
        for where, marks in _marked(ast.parse(text)) if f"mark.{mark}(" in text else []:
            for each in _named_by(marks, mark):
                tests[each].append(f"{path.relative_to(ROOT)}{where}")
    return tests


def _marked(tree: ast.Module) -> Iterator[tuple[str, list[ast.expr]]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield f"::{node.name}", node.decorator_list
        elif isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            yield "", node.value.elts if isinstance(node.value, ast.List) else [node.value]


def _named_by(marks: list[ast.expr], name: str) -> Iterator[str]:
    for mark in marks:
        if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr == name:
            yield from (str(word.value) for word in mark.args if isinstance(word, ast.Constant))


def _table(names: Mapping[str, str], tests: Mapping[str, list[str]]) -> None:
    for key, words in names.items():
        if len(key) == 1:
            print(f"\n{key}. {words}")
        else:
            print(f"  {key:<4}{words}")
            for test in tests.get(key, ["(not shown yet)"]):
                print(f"        {test}")


def main() -> int:
    """Print both tables; fail when a test names an id that does not exist."""
    unknown: list[str] = []
    for mark in LISTS:
        tests, ids = shown(mark), wanted(mark)
        _table(named(mark), tests)
        missing = [key for key in ids if key not in tests]
        print(f"\n{len(ids) - len(missing)} of {len(ids)} are shown by a test.")
        if missing:
            print(f"Not yet: {' '.join(missing)}")
        unknown += sorted(set(tests) - set(ids))
    if unknown:
        print(f"Tests name ids that do not exist: {' '.join(unknown)}")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
