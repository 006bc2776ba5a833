"""Prints the results as one table and keeps them as JSON."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.pages import CONNECTIONS, Speed

RESULTS = Path(__file__).parent / "results" / "latest.json"


def show(results: dict[str, Any]) -> str:
    """Return the table as text.

    Args:
        results: as `gather` made them.
    """
    lines = [
        f"Python {results['python']}, {results['cores']} cores, {CONNECTIONS} connections a page",
        "",
        f"{'page':<24}{'req/s':>9}{'CPU ms':>9}{'p50 ms':>9}{'p99 ms':>9}{'RSS MB':>9}{'queries':>9}",
    ]
    lines += [
        f"{p['name']:<24}{p['rate']:>9}{p['cpu_ms']:>9}{p['p50_ms']:>9}{p['p99_ms']:>9}{p['memory_mb']:>9}{p['queries']:>9}"
        for p in results["pages"]
    ]
    lines += ["", f"{'first view, gzip bytes':<24}{'html':>9}{'css':>9}{'html+css':>9}{'js':>9}"]
    lines += [
        f"{name:<24}{w['html']:>9}{w['css']:>9}{w['html_css']:>9}{w['js']:>9}"
        for name, w in results["weight"].items()
    ]
    lines.append("")
    lines += [f"{name.replace('_', ' '):<42}{value:>9}" for name, value in results["live"].items()]
    lines += [f"{name:<42}{value:>9}" for name, value in results["more"].items()]
    return "\n".join(lines)


def gather(
    pages: list[Speed], weight: dict[str, dict[str, int]], live: dict[str, float], more: dict[str, float]
) -> dict[str, Any]:
    """Put everything measured into one plain structure."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "pages": [asdict(page) for page in pages],
        "weight": weight,
        "live": live,
        "more": more,
    }


def keep(results: dict[str, Any]) -> None:
    """Write `bench/results/latest.json`."""
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
