"""`make pictures`: takes the README's pictures from the demo. Needs the tools of this project, and a Chromium."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Frame, Locator, Page, ViewportSize, sync_playwright

from nearer.testing.server import Copy, three_ports
from tests.browser.conftest import BROWSERS, FLAGS, SHELL

TO = Path(__file__).parents[1] / "docs/screenshots"
WIDE: ViewportSize = {"width": 1280, "height": 800}
NARROW: ViewportSize = {"width": 840, "height": 960}  # each window is about as wide as a phone
STILL = 400  # milliseconds, in which pictures arrive
BOND = re.compile(r"/us/([0-9a-f-]{36})/")


@contextmanager
def demo(data: Path) -> Iterator[Copy]:
    """Run a demo as `nearer demo` does, until the block ends.

    Args:
        data: a folder that is not there yet.
    """
    copy = Copy(data=data, port=three_ports(), module="nearer")
    command = [sys.executable, "-m", "nearer", "demo"]
    with subprocess.Popen(command, env=copy.environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        next(line for line in process.stdout if "windows" in line)
        yield copy
        process.send_signal(signal.SIGTERM)


def main() -> None:
    """Take all of them."""
    found = next((path for name in (SHELL, *BROWSERS) if (path := shutil.which(name))), None)
    with (
        tempfile.TemporaryDirectory() as folder,
        demo(Path(folder) / "demo") as copy,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        page = browser.new_context(viewport=WIDE, reduced_motion="reduce").new_page()
        page.goto(f"{copy.url}/demo")
        for name in ("Sam", "Noor"):
            page.frame_locator(f"[name=at-{name.lower()}]").get_by_role(
                "heading", name=f"Hello, {name}"
            ).wait_for()
        noor = page.frame("at-noor")
        assert noor
        _windows(page, noor)
        page.set_viewport_size(NARROW)
        _phones(page, noor)
        browser.close()


def _windows(page: Page, noor: Frame) -> None:
    """Both windows, as a letter is opened."""
    noor.get_by_role("button", name="Open the letter").click()
    noor.get_by_text("counted out").first.wait_for()
    _take(page, "windows")


def _phones(page: Page, noor: Frame) -> None:
    """What there is in Noor's own window."""
    url = noor.url.partition("/s/")[0]
    noor.goto(f"{url}/us")
    bond = BOND.search(noor.content())
    assert bond
    window = page.locator("[name=at-noor]")
    for name, path, what in (
        ("curve", f"/us/{bond[1]}/closeness", "svg.trend:visible"),
        ("book", f"/b/{bond[1]}/keepsakes", "img"),
        ("mirror", "/mirror/maps", "h1"),
    ):
        noor.goto(f"{url}{path}")
        noor.locator(what).first.scroll_into_view_if_needed()
        _take(page, name, window)


def _take(page: Page, name: str, what: Locator | None = None) -> None:
    page.wait_for_timeout(STILL)
    (what or page).screenshot(path=TO / f"{name}.png")
    sys.stdout.write(f"docs/screenshots/{name}.png\n")


if __name__ == "__main__":
    main()
