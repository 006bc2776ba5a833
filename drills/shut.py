"""What was shut or erased, hunted for byte by byte in every file of the data folder: databases, journals and all.

What protects things are the secrets of the key store. So each act is followed by a hunt for the bytes of every secret
that it erased; where they stand nowhere, nothing they locked opens, whoever has the cookie and all the files.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

from drills.crowd import Crowd, Pair, Person
from drills.figures import Figure, Ground, at_least, exactly
from drills.rows import Stores
from drills.waiting import wait_until
from nearer.testing.server import Copy
from nearer.vault.envelope import Scope, open_record
from nearer.vault.errors import VaultError
from nearer.vault.keys import open_drawer_key, session_key
from nearer.vault.tokens import hash_of, id_of

# As a session seals its open drawer.
DRAWER, SCHEMA = "drawer", 1
SWEEPS_WITHIN = 40.0  # seconds
DRAWERS = "SELECT token_hash, drawer FROM vault_sealedsession WHERE length(drawer) > 0"


def drill(ground: Ground) -> list[Figure]:
    """Shut and erase in every way there is, and hunt after each."""
    with ground.serving() as copy, Crowd(copy.url) as crowd:
        hunt, pair, parting = Hunt(copy), crowd.pair(1), crowd.pair(2)
        closes, leaves, goes = (crowd.person(name) for name in ("closes", "leaves", "goes"))
        for person in (closes, leaves, goes):
            person.sign_up()
        sitting, _ = pair.sit_down(), parting.sit_down()
        ways = {
            "the drawer is closed": lambda: closes.send("/settings/events", action="/drawer/close"),
            "somebody logs out": lambda: leaves.send("/settings", action="/logout"),
            "an account is deleted": lambda: goes.send("/settings/account", when="now", sure="yes"),
            "a sitting ends": lambda: pair.host.send(sitting, move="Leave"),
            "both leave their space": lambda: _leave(parting),
            "ten minutes went by without anybody": lambda: _ten_minutes(copy, hunt),
        }
        figures = [figure for what, act in ways.items() for figure in hunt.after(what, act)]
        opened = hunt.opens_with(closes, leaves, goes, pair.host, pair.guest)
    return [*figures, exactly("drawers that open with the cookie and all the files", opened, 0)]


class Hunt:
    """Looks for what should be gone.

    Args:
        copy: the server whose files are read while it runs.
    """

    def __init__(self, copy: Copy) -> None:
        self._copy = copy
        self._stores = Stores.of(copy)
        self._seen: dict[str, bytes] = {}  # drawers that were open, by the hash of their session's token

    @property
    def secrets(self) -> set[bytes]:
        """Every secret of the key store."""
        return {bytes(secret) for (secret,) in self._stores.keys.rows("SELECT secret FROM vault_storedkey")}

    @property
    def drawers(self) -> dict[str, bytes]:
        """Every drawer that is open: what is sealed, by the hash of its session's token."""
        return {token: bytes(sealed) for token, sealed in self._stores.records.rows(DRAWERS)}

    def after(self, what: str, act: Callable[[], object]) -> list[Figure]:
        """Do something, and hunt for the secrets that it erased.

        Args:
            what: it is, in words.
            act: does it.
        """
        before = self.secrets
        self._seen |= self.drawers
        act()
        gone = before - self.secrets
        found = sum(secret in content for content in self._files() for secret in gone)
        return [
            at_least(f"secrets erased when {what}", len(gone), 1),
            exactly("places in the files where one of them still stands", found, 0),
        ]

    def opens_with(self, *people: Person) -> int:
        """Return how many of the drawers that were open still open, for a thief with these people's cookies."""
        tokens = {cookie.value for person in people for cookie in person.client.cookies.jar if cookie.value}
        return sum(self._opens(token) for token in tokens)

    def _opens(self, token: str) -> bool:
        hashed = hash_of(token)
        row = id_of(hashed)
        about: dict[str, Any] = {
            "scope": Scope.SESSION,
            "scope_id": row,
            "row": row,
            "author": row,
            "schema": SCHEMA,
        }
        for key in (session_key(token), *(open_drawer_key(token, secret) for secret in self.secrets)):
            with suppress(VaultError):
                return bool(open_record(key, self._seen.get(hashed, b""), kind=DRAWER, **about))
        return False

    def _files(self) -> list[bytes]:
        return [path.read_bytes() for path in self._copy.data.rglob("*") if path.is_file()]


def _ten_minutes(copy: Copy, hunt: Hunt) -> None:
    """Let the drawer's time run out; nobody comes back, so the house has to see to it."""
    copy.wait(timedelta(minutes=11))
    wait_until(lambda: not hunt.drawers, within=SWEEPS_WITHIN, look_every=0.5)


def _leave(pair: Pair) -> None:
    for person in (pair.host, pair.guest):
        bond = re.search(r"/b/[0-9a-f-]{36}/space", person.see("/us").text)
        assert bond, "there is no way to leave"
        person.send(bond[0])
