"""Firefox and WebKit, driven as they are installed: by the protocols that they speak themselves."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
from websockets.sync.client import connect

from nearer.testing.server import free_port

PATIENCE = 60.0
PAUSE = 0.15

TAP = """(where, text) => {
  const found = [...document.querySelectorAll(where)].find((each) => each.textContent.includes(text) && !each.closest('[hidden]'));
  found?.click();
  return Boolean(found);
}"""
FILL = """(where, value) => {
  const field = document.querySelector(where);
  if (!field) return false;
  field.closest('details')?.setAttribute('open', '');
  if (field.matches('[type=radio], [type=checkbox]')) field.click();
  else field.value = value;
  for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, {bubbles: true}));
  return true;
}"""


# A microphone that hums, a device for passkeys that cannot tell who holds it, and what is written down is written soon.
PREFERENCES = {
    "media.navigator.streams.fake": "true",
    "media.navigator.permission.disabled": "true",
    "security.webauth.webauthn_enable_softtoken": "true",
    "security.webauth.webauthn_enable_usbtoken": "false",
    "browser.sessionstore.interval": "500",
    "ui.prefersReducedMotion": "1",
}


class Gone(Exception):
    """The page a script was meant for is being replaced."""


class Window(ABC):
    """One person's window."""

    @abstractmethod
    def go(self, address: str) -> None:
        """Open an address, and wait until it is there or cannot be."""

    @abstractmethod
    def back(self) -> None:
        """Press the browser's own Back."""

    @abstractmethod
    def run(self, script: str, *values: str) -> Any:
        """Call a function in the page and return what it answers, as plain data.

        Raises:
            Gone: the page is being replaced.
        """

    def until(self, script: str, *values: str) -> Any:
        """Call a function until it answers something that counts, and return that."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if answer := self.run(script, *values):
                    return answer
            except Gone:
                pass
            time.sleep(PAUSE)
        shown = self.run("() => location.href + ' ' + document.body.innerText.slice(0, 900)")
        raise AssertionError(f"never so: {script} {values}\n{shown}")

    def sees(self, text: str) -> None:
        """Wait until a text is on the page."""
        self.until("(text) => document.querySelector('main')?.innerText.includes(text)", text)

    def tap(self, text: str, where: str = "button, a") -> None:
        """Press what bears a text, once it is there."""
        self.until(TAP, where, text)

    def fill(self, where: str, value: str = "") -> None:
        """Write into a field, or choose it, once it is there."""
        self.until(FILL, where, value)

    def play(self, kind: str, button: str = "", **fields: str) -> None:
        """Make a move with its form, and wait until the stage is another."""
        form = f'form[data-move="{kind}"]'
        seq = self.until(
            f"() => document.querySelector('{form}') && document.querySelector('#stage').dataset.seq + ' '"
        )
        for name, value in fields.items():
            chosen = f'{form} [name="{name}"][type="radio"][value="{value}"]'
            is_choice = self.run("(where) => Boolean(document.querySelector(where))", chosen)
            self.fill(chosen if is_choice else f'{form} [name="{name}"]', value)
        # What can be said aloud is written under a fold, and sent from there.
        written = self.run("(where) => Boolean(document.querySelector(where))", f"{form} details.write[open]")
        sends = "details.write button" if written else "button:not([type=button])"
        self.tap("", f'{form} button[value="{button}"]' if button else f"{form} {sends}")
        self.until("(seq) => document.querySelector('#stage')?.dataset.seq + ' ' !== seq", seq)


class FirefoxWindow(Window):
    """A tab of Firefox in a container of its own."""

    def __init__(self, call: Any) -> None:  # Any: a call of the protocol, whatever it takes.
        self._call = call
        container = call("browser.createUserContext")["userContext"]
        self._tab = call("browsingContext.create", type="window", userContext=container)["context"]

    def go(self, address: str) -> None:
        """Open an address; one that cannot be reached shows the browser's own page."""
        with suppress(Gone):
            self._call("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def back(self) -> None:
        """Press the browser's own Back."""
        self._call("browsingContext.traverseHistory", context=self._tab, delta=-1)

    def run(self, script: str, *values: str) -> Any:
        """Call a function in the tab."""
        whole = f"async (...values) => JSON.stringify(await ({script})(...values) ?? null)"
        given = [{"type": "string", "value": value} for value in values]
        answer = self._call(
            "script.callFunction", functionDeclaration=whole, arguments=given, awaitPromise=True,
            target={"context": self._tab}, userActivation=True,
        )  # fmt: skip
        if answer["type"] != "success":
            raise Gone(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])


@contextmanager
def firefox(profile: Path) -> Iterator[list[Window]]:
    """Start Firefox and yield two windows of it that share nothing.

    Args:
        profile: an empty folder for its profile.
    """
    found = firefox_path()
    assert found
    profile.mkdir(parents=True)
    (profile / "user.js").write_text(
        "".join(f'user_pref("{name}", {value});\n' for name, value in PREFERENCES.items())
    )
    command = [found, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        assert process.stderr
        said = (re.search(r"WebDriver BiDi listening on (ws://\S+)", line) for line in process.stderr)
        try:
            address = next(match[1] for match in said if match)
            with connect(f"{address}/session", max_size=None) as line:
                call = _Bidi(line)
                call("session.new", capabilities={})
                yield [FirefoxWindow(call), FirefoxWindow(call)]
        finally:
            process.terminate()
            process.stderr.close()


class _Bidi:
    """WebDriver BiDi: numbered commands over one line, and the answers among what the browser tells by itself."""

    def __init__(self, line: Any) -> None:
        self._line = line
        self._count = 0

    def __call__(self, method: str, **params: Any) -> Any:
        self._count += 1
        self._line.send(json.dumps({"id": self._count, "method": method, "params": params}))
        while (answer := json.loads(self._line.recv(PATIENCE))).get("id") != self._count:
            pass
        if answer["type"] == "error":
            raise Gone(f"{method}: {answer['message']}")
        return answer["result"]


class WebKitWindow(Window):
    """A window of WebKitGTK's little browser, with a profile that is forgotten."""

    def __init__(self, driver: httpx.Client) -> None:
        self._driver = driver
        options = {"browserName": "MiniBrowser", "webkitgtk:browserOptions": {"args": ["--automation"]}}
        made = driver.post("/session", json={"capabilities": {"alwaysMatch": options}})
        self._session = f"/session/{made.json()['value']['sessionId']}"

    def go(self, address: str) -> None:
        """Open an address."""
        with suppress(Gone):
            self._post("url", url=address)

    def back(self) -> None:
        """Press the browser's own Back."""
        self._post("back")

    def run(self, script: str, *values: str) -> Any:
        """Call a function in the window."""
        whole = (
            "const done = arguments[arguments.length - 1];"
            f"Promise.resolve(({script})(...[...arguments].slice(0, -1))).then((answer) => done(JSON.stringify(answer ?? null)), () => done('null'));"
        )
        return json.loads(self._post("execute/async", script=whole, args=list(values)) or "null")

    def close(self) -> None:
        """Close the window."""
        self._driver.delete(self._session)

    def _post(self, what: str, **params: Any) -> Any:
        answer = self._driver.post(f"{self._session}/{what}", json=params).json()["value"]
        if isinstance(answer, dict) and "error" in answer:
            raise Gone(f"{answer['error']}: {answer.get('message', '')}")
        return answer


@contextmanager
def webkit(_profile: Path) -> Iterator[list[Window]]:
    """Start WebKit twice, since each of its drivers knows one browser, on a screen that nobody sees."""
    with ExitStack() as stack:
        screen = stack.enter_context(_running("Xvfb", "-displayfd", "1", "-screen", "0", "800x900x24"))
        assert screen.stdout
        number = screen.stdout.readline().strip()
        yield [stack.enter_context(_webkit_window(f":{number}")) for _ in range(2)]


@contextmanager
def _webkit_window(display: str) -> Iterator[Window]:
    port = free_port()
    # Layers without a graphics card cost twice as much as all the rest.
    command = [
        "env", f"DISPLAY={display}", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS=1", "WEBKIT_DISABLE_COMPOSITING_MODE=1",
        "WEBKIT_DISABLE_DMABUF_RENDERER=1", "WebKitWebDriver", f"--port={port}",
    ]  # fmt: skip
    # One client: each new one would read all certificates of this machine.
    line = httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE, trust_env=False)
    with _running(*command), line as driver:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                driver.get("/status")
                break
            except httpx.TransportError:
                time.sleep(PAUSE)
        window = WebKitWindow(driver)
        try:
            yield window
        finally:
            window.close()


@contextmanager
def _running(*command: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            yield process
        finally:
            process.terminate()


def firefox_path() -> str | None:
    """Return where Firefox is, or None."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


def webkit_path() -> str | None:
    """Return where WebKit's driver is, if there is a screen for it, too; or None."""
    return shutil.which("WebKitWebDriver") if shutil.which("Xvfb") else None
