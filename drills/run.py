"""Finds the drills, holds them, prints one table, and writes `drills/results/latest.json`."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import platform
import tempfile
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType

import drills
from drills.figures import Figure, Ground

RESULTS = Path(__file__).parent / "results" / "latest.json"
SERVED = "nearer.testing.served"
DATABASES = ("sqlite", "postgres")


def every_drill() -> dict[str, ModuleType]:
    """Return each drill's module by its name: whatever in this folder has a function `drill`."""
    found = {name: importlib.import_module(f"drills.{name}") for name in _modules()}
    return {name: module for name, module in found.items() if hasattr(module, "drill")}


def ground_for(module: ModuleType, folder: Path, *, is_long: bool) -> Ground:
    """Return the ground a drill is held on."""
    program = "nearer" if getattr(module, "REAL", False) else getattr(module, "MODULE", SERVED)
    name = module.__name__.rpartition(".")[2]
    return Ground(is_long=is_long, folder=folder, name=f"drill_{name}", module=program)


def main() -> int:
    """Hold the drills that were asked for, all by default.

    Returns:
        The exit code: 1 when a figure does not keep what is promised.
    """
    options = _options()
    found = every_drill()
    results: dict[str, list[Figure]] = {}
    for database in DATABASES:
        with _on(database):
            for name in options.names or found:
                module = found[name]
                if database == "sqlite" or getattr(module, "BOTH", False):
                    title = name if database == "sqlite" else f"{name}, on PostgreSQL"
                    results[title] = _hold(title, module, is_long=not options.short)
    _keep(results)
    missed = [figure for figures in results.values() for figure in figures if not figure.is_met]
    print(f"\n{'Everything held.' if not missed else f'{len(missed)} figures do not keep what is promised.'}")
    return 1 if missed else 0


def _modules() -> list[str]:
    return [info.name for info in pkgutil.iter_modules(drills.__path__) if not info.name.startswith("_")]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m drills", description="Hold the drills on temporary copies of Nearer."
    )
    parser.add_argument("names", nargs="*", metavar="name", choices=[*every_drill(), []], help="which; all")
    parser.add_argument("--short", action="store_true", help="the short form, as the suite runs it")
    return parser.parse_args()


def _hold(title: str, module: ModuleType, *, is_long: bool) -> list[Figure]:
    begun = time.monotonic()
    print(f"\n{title}: {(module.__doc__ or '').partition(':')[0]}", flush=True)
    with tempfile.TemporaryDirectory(prefix="nearer-drill-") as folder:
        try:
            figures = module.drill(ground_for(module, Path(folder), is_long=is_long))
        except Exception as problem:  # noqa: BLE001 - one drill that breaks must not hide the others
            traceback.print_exception(problem)
            figures = [Figure(what="the drill itself", asked="runs", seen=repr(problem), is_met=False)]
    for figure in figures:
        print(f"  {'ok' if figure.is_met else 'NO':<4}{figure.what:<62}{figure.asked:>12}{figure.seen:>14}")
    print(f"      {time.monotonic() - begun:.0f} s", flush=True)
    return list(figures)


@contextmanager
def _on(database: str) -> Iterator[None]:
    """Name a fresh PostgreSQL in the environment, or nothing, for what is held in the block."""
    for name in [name for name in os.environ if name.startswith("NEARER_") and "_TEST_" not in name]:
        del os.environ[name]
    if database == "sqlite":
        yield
        return
    from nearer.testing.postgres import Cluster

    cluster = Cluster.start()
    os.environ["NEARER_DATABASE_URL"] = f"{cluster.url}/nearer"
    try:
        yield
    finally:
        del os.environ["NEARER_DATABASE_URL"]
        cluster.stop()


def _keep(results: dict[str, list[Figure]]) -> None:
    told = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "python": platform.python_version(),
        "drills": {title: [asdict(figure) for figure in figures] for title, figures in results.items()},
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")
