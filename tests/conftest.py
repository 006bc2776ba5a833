"""What all tests share: both databases, no network, steady examples."""

from __future__ import annotations

import ipaddress
import os
import socket
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from hypothesis import settings

HERE = Path(__file__).parent
BROWSER = HERE / "browser"
# What meets no database, only looks at pages, or is shown with PostgreSQL by the page tests anyway:
# it runs with SQLite, and not again.
ONCE = (
    "doors",
    "unit/listening", "unit/protocol", "unit/testing", "unit/vault", "unit/test_config.py",
    "house/test_clock.py", "house/test_docs.py", "house/test_mission.py", "house/test_no_third_party.py",
    "house/test_partners.py", "house/test_sizes.py", "house/test_words.py",
    "browser/test_canary.py", "browser/test_every_page.py", "browser/test_floor_variants.py",
    "browser/test_door_and_bonds.py", "browser/test_invitation.py", "browser/test_keepsakes.py", "unit/files",
    "browser/test_one_phone.py::test_every_step", "browser/test_one_phone.py::test_the_phone_chimes",
    "browser/test_one_phone.py::test_the_table_works_without",
    "browser/test_practice_partner.py", "drills/test_drills.py::test_the_drill_holds[torn]",
    "drills/test_drills.py::test_the_drill_holds[kills]",
)  # fmt: skip

settings.register_profile("nearer", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("nearer")


def pytest_configure() -> None:
    """Serve static files by their own names: nothing collects them before unit and page tests."""
    django_settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    django_settings.STATIC_ROOT.mkdir(exist_ok=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give every test both databases, which are never used apart, and put the browsers' tests last.

    Once Playwright has started in a process, an event loop runs there, in which neither Django's
    queries nor `asyncio.run` may be used.
    """
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark and "databases" not in mark.kwargs:
            item.add_marker(pytest.mark.django_db(**mark.kwargs, databases="__all__"), append=False)
        if BROWSER in item.path.parents:
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: BROWSER in item.path.parents)
    if os.environ.get("NEARER_TEST_DATABASE") == "postgres":
        again = [item for item in items if _meets_the_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in again])
        items[:] = again


def _meets_the_database(item: pytest.Item) -> bool:
    where = item.nodeid.removeprefix("tests/")
    law = where.startswith("house/test_rooms.py") and not item.get_closest_marker("django_db")
    return not (law or where.startswith(ONCE) or item.get_closest_marker("slow"))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections that would leave this machine."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not _is_here(address[0]):
            pytest.fail(f"a test reached for {address[0]}")
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
