"""Between two writes: the server ends itself before each single thing it writes, in the records and in the key store."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import httpx

from drills.crowd import PASSPHRASE, Crowd, Page, Pair, Person
from drills.dying import FUSE
from drills.figures import Figure, Ground, at_least, exactly
from drills.opening import Reader
from drills.rows import Stores
from nearer.testing.server import Copy
from nearer.vault.errors import VaultError

MODULE = "drills.dying"
BOTH = True
MOST = 60
# Whose secret a secret of the key store may be.
OWNERS = (
    "SELECT shred FROM vault_identity", "SELECT id FROM bonds_bond", "SELECT id FROM bonds_invitation",
    "SELECT id FROM bonds_firstquestion", "SELECT id FROM sittings_sitting", "SELECT id FROM files_sealedfile",
)  # fmt: skip


def drill(ground: Ground) -> list[Figure]:
    """Let every act of two people be cut off at every point, and open what is left each time."""
    with ground.serving() as copy, Crowd(copy.url) as crowd:
        evening = Evening(copy, crowd, crowd.pair(1), ground.size(short=17, long=1))
        for act in (evening.sign_up, evening.rename, evening.start, evening.invite, evening.join):
            evening.cut_off(act)
        left_over = _after_a_week(copy)
    return [
        at_least("ends of the server", evening.ends, ground.size(short=2, long=30)),
        exactly("sealed things that do not open afterwards", evening.shut, 0),
        exactly("acts that cannot be done again", evening.stuck, 0),
        exactly("people who are there by half", evening.halves, 0),
        exactly("secrets of nobody in the key store a week later", left_over, 0),
    ]


def _after_a_week(copy: Copy) -> int:
    """Let a week pass and what has run out be forgotten; return how many secrets belong to nothing."""
    copy.wait(timedelta(days=7))
    copy.run("prune")
    stores = Stores.of(copy)
    needed = {owner for query in OWNERS for (owner,) in stores.records.rows(query)}
    return sum(owner not in needed for (owner,) in stores.keys.rows("SELECT owner FROM vault_storedkey"))


@dataclass
class Evening:
    """Two people whose server ends at the worst of moments.

    Attributes:
        copy: the server.
        crowd: their browsers.
        pair: the two.
        stride: how many points are passed over between two ends.
    """

    copy: Copy
    crowd: Crowd
    pair: Pair
    stride: int
    ends: int = 0
    shut: int = 0
    stuck: int = 0
    halves: int = 0
    number: int = 0

    def cut_off(self, act: Callable[[], None]) -> None:
        """Do something again and again, each time cut off one point later, until it is done before that."""
        fuse = self.copy.data / FUSE
        for point in range(1, MOST, self.stride):
            self.number += 1
            fuse.write_text(str(point), encoding="ascii")
            try:
                act()
            except httpx.TransportError:
                self._begin_again()
            else:
                fuse.unlink(missing_ok=True)
                return
        self.stuck += 1

    def sign_up(self) -> None:
        """Somebody new makes an account."""
        with Person(self.copy.url, f"new{self.number}") as person:
            person.send("/signup", name="Newcomer", username=person.name, passphrase=PASSPHRASE)

    def invite(self) -> None:
        """The host invites one more person."""
        self.pair.host.send("/invite", kin="friend", question="ten", answer="Climbing")

    def join(self) -> None:
        """The guest joins somebody else's invitation."""
        with Person(self.copy.url, f"host{self.number}") as other:
            fuse = self.copy.data / FUSE
            left = fuse.read_text(encoding="ascii")
            fuse.unlink()
            other.sign_up()
            page = Page(other.send("/invite", kin="friend").text)
            fuse.write_text(left, encoding="ascii")
            secret = page.kept["data-invite-link"].partition("#")[2]
            # Whoever was cut off while joining is told once that this invitation is over.
            self.pair.guest.client.get("/j/")
            self.pair.guest.send("/j/", action="/j/open", secret=secret)
            self.pair.guest.send("/j/", action="/j/join")

    def rename(self) -> None:
        """The guest is called something else."""
        self.pair.guest.send("/settings", name=f"Called {self.number}")

    def start(self) -> None:
        """The host begins a sitting and leaves it."""
        self.pair.host.send(self.pair.begin(), move="Leave")

    def _begin_again(self) -> None:
        self.ends += 1
        self.copy.kill()
        self.copy.start()
        stores = Stores.of(self.copy)
        for person in (self.pair.host, self.pair.guest):
            self._open(stores, person.name)
        people = stores.records.count("accounts_user")
        kept = [stores.records.count(table) for table in ("accounts_profile", "vault_identity")]
        self.halves += kept != [people, people]
        for name in (f"new{self.number}", f"host{self.number}"):
            if stores.records.count("accounts_user", "username = ?", name):
                self._open(stores, name)

    def _open(self, stores: Stores, name: str) -> None:
        try:
            self.shut += len(Reader(stores, name, PASSPHRASE).everything().shut)
        except (VaultError, LookupError):
            self.shut += 1
