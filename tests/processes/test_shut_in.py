"""The process that reads a file is shut in before it reads: whatever the bytes make it do, it is refused."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
# The workbench as it is, with a trade that has been taken over and does what whoever took it over wants.
TAKEN_OVER = """
import sys, types
sys.path.insert(0, {root!r})
from nearer.files import workbench
from nearer.files.rewritten import Rewritten

def rewrite(raw):
    out = []
    try:
        {wish}
        out.append("done")
    except BaseException as refused:
        out.append(type(refused).__name__)
    return Rewritten(content=out[0].encode())

trade = types.ModuleType("taken_over")
trade.rewrite, trade.warm_up = rewrite, lambda: None
sys.modules["taken_over"] = trade
workbench.TRADES["photo"] = ("taken_over", 1, 1024 * workbench.MEGABYTE)
sys.argv = ["workbench", "photo"]
import socket, subprocess, os
workbench.main()
"""


# Asked in a process of its own: whoever puts the fence up is behind it.
HAS_FENCE = [sys.executable, "-c", "import sys; from nearer.files import fence; sys.exit(not fence.put_up())"]
is_fenced = subprocess.run(HAS_FENCE, cwd=ROOT, check=False).returncode == 0
fenced = pytest.mark.skipif(not is_fenced, reason="this system has no Landlock")


def wishes(wish: str) -> subprocess.CompletedProcess[bytes]:
    program = TAKEN_OVER.format(root=str(ROOT), wish=wish)
    command = [sys.executable, "-I", "-c", program]
    return subprocess.run(command, input=b"a file", capture_output=True, timeout=60, check=False)


def answer_of(done: subprocess.CompletedProcess[bytes]) -> str:
    facts, _, content = done.stdout.partition(b"\n")
    assert json.loads(facts) == {"width": 0, "height": 0, "seconds": 0}, done.stderr[-300:]
    return content.decode()


def test_what_wants_nothing_is_answered() -> None:
    assert answer_of(wishes("pass")) == "done"


@pytest.mark.parametrize(
    ("wish", "refused"),
    [
        ("open('/etc/passwd').read()", {"OSError"}),
        ("os.listdir('/')", {"OSError"}),
        ("socket.create_connection(('127.0.0.1', 9), 1)", {"OSError", "gaierror"}),
        ("socket.socket(socket.AF_UNIX)", {"OSError"}),
        ("os.pipe()", {"OSError"}),
        ("subprocess.run(['true'])", {"OSError"}),
        ("os.open('/tmp/left-behind', os.O_CREAT | os.O_WRONLY)", {"OSError"}),
        (
            "1 / sys.modules['resource'].getrlimit(sys.modules['resource'].RLIMIT_FSIZE)[1]",
            {"ZeroDivisionError"},
        ),
        pytest.param("os.truncate({left!r}, 0)", {"PermissionError"}, marks=fenced),
        pytest.param("os.unlink({left!r})", {"PermissionError"}, marks=fenced),
        pytest.param("os.rename({left!r}, {left!r} + '-moved')", {"PermissionError"}, marks=fenced),
        pytest.param("os.mkdir({left!r} + '-made')", {"PermissionError"}, marks=fenced),
        pytest.param("os.symlink('/', {left!r} + '-leads')", {"PermissionError"}, marks=fenced),
        pytest.param("os.kill(os.getppid(), 0)", {"PermissionError"}, marks=fenced),
        ("bytearray(2 * 1024 ** 3)", {"MemoryError"}),
        (
            "1 / sys.modules['resource'].getrlimit(sys.modules['resource'].RLIMIT_CORE)[1]",
            {"ZeroDivisionError"},
        ),
    ],
)
def test_what_reading_a_file_does_not_need_is_refused(wish: str, refused: set[str], tmp_path: Path) -> None:
    left = tmp_path / "left"
    left.touch()

    assert answer_of(wishes(wish.format(left=str(left)))) in refused


def test_what_never_ends_is_ended() -> None:
    done = wishes("exec('while True: pass')")

    assert done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}
    assert done.stdout == b""
