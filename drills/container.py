"""The container: built by buildah as `Containerfile` says, and a sitting played in it. In the long form, where it can be built.

It is built for this machine on the base that the file names, or on `NEARER_TEST_BASE`: an image, or a folder that holds a Debian's root;
and for arm64, where the kernel runs its programs (`qemu-user-static`), on `NEARER_TEST_BASE_ARM64`, another such folder. Without podman nothing here has a network or a root of its own: whether all is written to the volume alone is looked up afterwards.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from drills.figures import Figure, Ground, exactly, told
from drills.install import first_words
from nearer.testing.server import free_port

REAL = True
ROOT = Path(__file__).parents[1]
BASE, OTHER_BASE = "NEARER_TEST_BASE", "NEARER_TEST_BASE_ARM64"
IMAGE = "localhost/nearer"
RUNS_ARM64 = Path("/proc/sys/fs/binfmt_misc/qemu-aarch64")
ACCOUNT = "10001:10001"
# Written by the tool itself, or in memory where a container has a root that can only be read.
NOT_KEPT = {"proc", "sys", "dev", "run", "tmp", "data"}
MINUTE, PAUSE = 60.0, 0.2
ARM = "aarch64"


def drill(ground: Ground) -> list[Figure]:
    """Build the image, look at what it promises, and let two people sit down in it."""
    where = shutil.which("buildah") or ""
    if not (ground.is_long and where):
        return [told("the container is built in the long form alone, with buildah", where or "missing")]
    ours = Tool(where, ground.folder / "store", os.environ.get(BASE, ""))
    theirs = os.environ.get(OTHER_BASE, "")
    if not (theirs and (RUNS_ARM64.exists() or platform.machine() == ARM)):
        return [*_built(ours, ground), told("the container for arm64 was not built", "no base, or no qemu")]
    other = Tool(where, ground.folder / "store-arm64", theirs, arch="arm64", patience=10 * MINUTE)
    return [*_built(ours, ground), *_built(other, ground)]


def _built(tool: Tool, ground: Ground) -> list[Figure]:
    try:
        tool.build()
    except subprocess.CalledProcessError as problem:
        print(problem.stderr.strip()[-1000:])
        return [told(f"the container could not be built here{tool.named}", "see above")]
    promised = tool.config()
    with tool.serving(ground.folder / f"said{tool.arch}") as (url, root):
        heard = first_words(url)
        written = [path for path in owned_in(root) if path.relative_to(root).parts[0] not in NOT_KEPT]
    return [
        exactly(f"machine it runs on{tool.named}", promised["arch"], tool.arch or promised["arch"]),
        exactly("whose account it runs as", promised["User"], ACCOUNT),
        exactly("volumes", [*promised["Volumes"]], ["/data"]),
        exactly("a health check", promised["Healthcheck"]["Test"][0], "CMD"),
        exactly("what one said stands on the other's page", heard, True),
        exactly("files written outside of the volume", written, []),
    ]


@dataclass(frozen=True)
class Tool:
    """Buildah, with a store of its own that nothing is left of.

    Attributes:
        program: where it is.
        store: a folder for its images.
        base: what it builds on; nothing for what the file names.
        arch: for another machine than this one.
        patience: how many seconds a copy may take to begin.
    """

    program: str
    store: Path
    base: str
    arch: str = ""
    patience: float = MINUTE

    def run(self, *words: str) -> str:
        """Run one of its commands and return what it printed.

        Raises:
            CalledProcessError: it failed; `stderr` says why.
        """
        command = [*self.command, *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    @property
    def command(self) -> list[str]:
        """How it is called: it shares kernel and network with this machine, and needs nothing else of it."""
        places = ["--root", str(self.store), "--runroot", f"{self.store}-run"]
        return [self.program, *places]

    def build(self) -> None:
        """Build the image."""
        base = self.base
        if base and Path(base).is_dir():
            root = self.run("from", *self._kind, "scratch")
            self.run("copy", "--quiet", root, base, "/")
            base = f"localhost/{BASE.lower()}"
            self.run("commit", "--quiet", root, base)
        named = ["--build-arg", f"BASE={base}"] if base else []
        form = [
            *self._kind,
            "--format",
            "docker",
            "--isolation",
            "chroot",
            "--file",
            str(ROOT / "Containerfile"),
        ]
        self.run("build", "--quiet", *form, *named, "--tag", IMAGE, str(ROOT))

    def config(self) -> dict[str, Any]:
        """Return what the image promises to whatever runs it, and for which machine it is."""
        found: dict[str, Any] = json.loads(self.run("inspect", "--type", "image", IMAGE))
        return {**found["Docker"]["config"], "arch": found["OCIv1"]["architecture"]}

    @property
    def named(self) -> str:
        """The end of what its figures say."""
        return f", {self.arch}" if self.arch else ""

    @property
    def _kind(self) -> list[str]:
        return ["--arch", self.arch] if self.arch else []

    @contextmanager
    def serving(self, said: Path) -> Iterator[tuple[str, Path]]:
        """Run what the image runs until the block ends.

        Args:
            said: a file for what it says.

        Returns:
            Its address, and its root as a folder of this machine.
        """
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        here = self.run("from", IMAGE)
        root = Path(self.run("mount", here))
        variables = ["--env", f"NEARER_BIND=127.0.0.1:{port}", "--env", f"NEARER_URL={url}"]
        words = [*self.command, "run", "--isolation", "chroot", *variables, here, "--", "nearer", "serve"]
        with said.open("wb") as out:
            serving = subprocess.Popen(words, stdout=out, stderr=out, start_new_session=True)
        try:
            until_ready(url, lambda: serving.poll() is None, self.patience)
            yield url, root
        finally:
            os.killpg(serving.pid, signal.SIGTERM)
            serving.wait(30)
            self.run("umount", here)
            self.run("rm", here)


def until_ready(url: str, is_alive: Callable[[], bool], patience: float = MINUTE) -> None:
    """Wait until a copy can work.

    Raises:
        RuntimeError: it ended, or took too long.
    """
    until = time.monotonic() + patience
    while is_alive() and time.monotonic() < until:
        try:
            if httpx.get(f"{url}/readyz").status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            time.sleep(PAUSE)
    raise RuntimeError("it did not become ready")


def owned_in(root: Path) -> list[Path]:
    """Return the files in a container's root that its own account has written."""
    uid = int(ACCOUNT.partition(":")[0])
    return [path for path in root.rglob("*") if not path.is_dir() and path.lstat().st_uid == uid]
