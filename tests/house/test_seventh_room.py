"""A seventh room is one folder: no migration, no settings line, no address, no registry, no line of lint."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import nearer
from nearer.testing.server import Copy, databases_for

HERE = Path(__file__).parent / "seventh_room"


@pytest.mark.slow
def test_adding_one_folder_adds_a_room(tmp_path: Path, worker_id: str) -> None:
    house = tmp_path / "house"
    copy = Copy(data=tmp_path / "data", port=8000, databases=databases_for(f"seventh_{worker_id}"))
    left_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(nearer.__file__).parent, house / "nearer", ignore=left_out)

    shutil.copytree(HERE / "harbour", house / "nearer" / "practices" / "harbour", ignore=left_out)
    script = shutil.copy(HERE / "evening.py", house)
    ran = subprocess.run(
        [sys.executable, script],
        cwd=house,
        env=copy.environment | {"PYTHONPATH": str(house)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.stdout == "played to the end\n", ran.stderr
    assert ran.returncode == 0


def test_the_copy_without_the_folder_has_no_such_room() -> None:
    assert not (Path(nearer.__file__).parent / "practices" / "harbour").exists()
