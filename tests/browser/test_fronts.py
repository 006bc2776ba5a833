"""Behind nginx and behind Caddy, as the docs put them there: a name below another, a port of its own, TLS, HTTP/2."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from nearer.testing import clock
from nearer.testing.fronts import Front, front, program
from nearer.testing.people import bond, newcomer, sit_down
from nearer.testing.server import Copy, free_port
from tests.browser.test_keepsakes import add_photo
from tests.browser.test_passkeys import give_device, log_out, say_it_is_you

PROTOCOL = "performance.getEntriesByType('navigation')[0].nextHopProtocol"
TOPIC = "the drive home"


@pytest.fixture(params=["nginx", "caddy"])
def before(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Front]:
    """A copy with one of the two in front."""
    if not (program(request.param) and program("openssl")):
        pytest.skip(f"{request.param} is not installed")
    copy = Copy(data=tmp_path / "data", port=free_port())
    copy.at(clock.noon_today())
    with front(request.param, copy.port, tmp_path / "proxy") as found:
        copy.databases["NEARER_URL"] = found.url
        copy.start()
        yield found
        copy.stop()


def test_an_evening_behind_a_proxy(before: Front, browser: Browser) -> None:
    sam, noor = (newcomer(browser, before.url, name, ignore_https_errors=True) for name in ("Sam", "Noor"))
    bond(sam, noor)
    assert sam.page.evaluate(PROTOCOL) == "h2"

    sit_down(sam, noor)
    sam.play("SetTopic", topic=TOPIC)
    noor.sees(TOPIC)  # live: nobody asked again

    noor.go("/us")
    add_photo(noor)

    give_device(sam, prf=True)
    sam.go("/settings/passkeys")
    say_it_is_you(sam, "Add a passkey")
    sam.press("Add a passkey on this device")
    sam.sees("Logs you in and opens your words.")
    log_out(sam)
    sam.press("Log in with a passkey")
    sam.page.wait_for_url(f"{sam.url}/")
    for person in (sam, noor):
        person.page.context.close()
