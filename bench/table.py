"""Prints the results as one table and keeps them as JSON."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.pages import CONNECTIONS, Speed

RESULTS = Path(__file__).parent / "results"
NOBODY, SOMEBODY, BOOK = "bare view, nobody", "bare view, signed in", "a book of 500 pages"


def show(results: dict[str, Any]) -> str:
    """Return the table as text.

    Args:
        results: as `gather` made them.
    """
    lines = [
        f"Nearer {results['version']} on {results['machine']}, {CONNECTIONS} connections a page",
        "",
        f"{'page':<24}{'req/s':>9}{'CPU ms':>9}{'x nobody':>9}{'x signed':>9}{'p50 ms':>9}{'p99 ms':>9}{'RSS MB':>9}{'queries':>9}",
    ]
    lines += [
        f"{p['name']:<24}{p['rate']:>9}{p['cpu_ms']:>9}{_times(results, p, NOBODY):>9}{_times(results, p, SOMEBODY):>9}{p['p50_ms']:>9}{p['p99_ms']:>9}{p['memory_mb']:>9}{p['queries']:>9}"
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


def machine() -> str:
    """Describe the machine: without a description a figure says nothing."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    names = [
        line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")
    ]
    return (
        f"{names[0] if names else platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )


def _lines(path: str) -> list[str]:
    file = Path(path)
    return file.read_text(encoding="utf-8").splitlines() if file.exists() else []


def _times(results: dict[str, Any], page: dict[str, Any], name: str) -> float:
    """Return how many times as much processor time a page takes as a bare one, measured in the same run."""
    bare = next(each["cpu_ms"] for each in results["pages"] if each["name"] == name)
    return round(page["cpu_ms"] / bare, 1)


def gather(
    pages: list[Speed], weight: dict[str, dict[str, int]], live: dict[str, float], more: dict[str, float]
) -> dict[str, Any]:
    """Put everything measured into one plain structure."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": version("nearer"),
        "machine": machine(),
        "load": round(os.getloadavg()[0], 1),  # above the number of cores somebody else was at work as well
        "pages": [asdict(page) for page in pages],
        "weight": weight,
        "live": live,
        "more": more,
    }


def keep(results: dict[str, Any], *, is_release: bool) -> None:
    """Write `bench/results/latest.json`, or the file of this release, which stays."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{results['version'] if is_release else 'latest'}.json").write_text(
        json.dumps(results, indent=2) + "\n", encoding="utf-8"
    )
