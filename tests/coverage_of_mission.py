"""Prints which behaviours of docs/mission-ids.txt which test shows, and which nobody shows yet.

The tests say so themselves: `@pytest.mark.shows("L3", "L5")`. They are read, not run.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "docs" / "mission-ids.txt"
LINE = re.compile(r"^([A-Z]\d*) (.+)$")


def behaviours() -> dict[str, str]:
    """Return each line's id and name in order; a single letter heads a chapter."""
    lines = LIST.read_text(encoding="utf-8").splitlines()
    return {match[1]: match[2] for line in lines if (match := LINE.match(line))}


def shown() -> dict[str, list[str]]:
    """Return the tests that show each id, as "file::test"."""
    tests = defaultdict(list)
    for path in sorted([*ROOT.glob("tests/**/*.py"), *ROOT.glob("nearer/**/tests/**/*.py")]):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                for behaviour in _marks(node):
                    tests[behaviour].append(f"{path.relative_to(ROOT)}::{node.name}")
    return tests


def _marks(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> Iterator[str]:
    for mark in node.decorator_list:
        if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr == "shows":
            yield from (str(word.value) for word in mark.args if isinstance(word, ast.Constant))


def main() -> int:
    """Print the table; fail when a test names an id that does not exist."""
    names, tests = behaviours(), shown()
    wanted = [key for key in names if len(key) > 1]
    for key, words in names.items():
        if len(key) == 1:
            print(f"\n{key}. {words}")
        else:
            print(f"  {key:<4}{words}")
            for test in tests.get(key, ["(not shown yet)"]):
                print(f"        {test}")
    missing = [key for key in wanted if key not in tests]
    print(f"\n{len(wanted) - len(missing)} of {len(wanted)} behaviours are shown by a test.")
    if missing:
        print(f"Not yet: {' '.join(missing)}")
    unknown = sorted(set(tests) - set(wanted))
    if unknown:
        print(f"Tests name ids that do not exist: {' '.join(unknown)}")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
