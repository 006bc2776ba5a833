"""Whatever stretches a passphrase does it in the lane where two at a time are stretched and twenty may wait."""

from __future__ import annotations

from typing import Any

import pytest

from nearer.accounts.slowing import limits
from nearer.server.asgi import SLOW_PATHS
from nearer.server.pages import SLOW_QUEUE, SLOW_THREADS
from nearer.vault import keys
from tests.doors.authz import Role, routes
from tests.doors.world import World, undone

pytestmark = pytest.mark.django_db

# What the forms of this house call a passphrase, a new one, and what has to stand beside them.
FILLED_IN = {
    "name": "Sam", "username": "u-alice", "passphrase": "Alice lantern orbit willow", "new": "harbour pebble violin",
    "secret": "", "answer": "", "do": "",
}  # fmt: skip


# Making a copy of everything somebody said takes as long, and so does asking a mail server.
AS_LONG = {"/settings/copy", "/operator/"}


def test_whatever_stretches_a_passphrase_waits_in_its_own_lane(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where something is filled in; that nothing is stretched for an empty form, the matrix shows."""
    stretched: list[str] = []
    real, path = keys.stretch, ""

    def stretch(*given: Any) -> bytes:
        stretched.append(path)
        return real(*given)

    monkeypatch.setattr(keys, "stretch", stretch)
    for role in (Role.ANONYMOUS, Role.ALICE, Role.TOGETHER):
        for route in routes():
            path = world.path(route, role)
            limits.reset()
            with undone(world.browsers[role]):
                world.browsers[role].post(path, {**FILLED_IN, "code": world.pair.host.code})

    outside = {path for path in stretched if not path.startswith(SLOW_PATHS)}
    assert not outside, f"add to SLOW_PATHS in nearer/server/asgi.py: {outside}"
    unused = {
        path
        for path in SLOW_PATHS
        if path not in AS_LONG and not any(other.startswith(path) for other in stretched)
    }
    assert not unused, f"nothing is stretched there: {unused}"


def test_the_lane_is_narrow() -> None:
    assert (SLOW_THREADS, SLOW_QUEUE) == (2, 20)
