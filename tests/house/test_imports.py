"""Which file imports which."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

import grimp
import pytest


def test_no_files_import_each_other_in_a_circle() -> None:
    # Also through imports inside functions, and those that only a type needs.
    graph = grimp.build_graph("nearer", "drills", "bench", "tests", cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}

    try:
        TopologicalSorter(imports).prepare()
    except CycleError as found:
        pytest.fail(" -> ".join(found.args[1]))
