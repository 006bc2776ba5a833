"""A power cut under load: the server is killed while three people write, again and again."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from itertools import count

from drills.crowd import PASSPHRASE, Crowd, Page, Pair, Person, Writer
from drills.figures import Figure, Ground, at_least, exactly, told
from drills.opening import Reader
from drills.rows import Stores
from drills.waiting import wait_until
from nearer.vault.errors import VaultError

MOST_SECONDS, PATIENCE = 0.05, 60


def drill(ground: Ground) -> list[Figure]:
    """Kill the server under load, and look after each time for what had been acknowledged."""
    times, chance = ground.size(short=3, long=300), random.Random(9)
    with ground.serving() as copy, Crowd(copy.url) as crowd:
        evening = Evening.of(crowd)
        for _ in range(times):
            writers = evening.writers()
            for writer in writers.values():
                writer.start()
            _wait_for(chance.randint(1, 12), list(writers.values()))
            time.sleep(chance.uniform(0, MOST_SECONDS))
            copy.kill()
            evening.note({name: writer.done() for name, writer in writers.items()})
            copy.start()
            evening.look(Stores.of(copy))
        evening.look_at_everybody(Stores.of(copy))
    return [
        told("kills", times),
        at_least("writes acknowledged", sum(map(len, evening.acknowledged.values())), times),
        exactly("acknowledged and lost", evening.lost, 0),
        exactly("there although nobody sent it", evening.too_many, 0),
        exactly("files that are out of order", evening.damaged, 0),
        exactly("changes of several rows that are there by half", evening.halves, 0),
        exactly("sealed things that do not open", evening.shut, 0),
    ]


def _wait_for(acknowledged: int, writers: list[Writer]) -> None:
    """Let so many writes be acknowledged, whatever that takes on this machine."""
    wait_until(
        lambda: sum(len(writer.acknowledged) for writer in writers) >= acknowledged,
        within=PATIENCE, look_every=0.002,
    )  # fmt: skip


@dataclass
class Evening:
    """Three who write: one makes moves, one changes their name on every card, and newcomers sign up.

    Attributes:
        url: the copy they use.
        movers: the pair whose host pauses and goes on.
        named: the pair whose guest is called something else each time.
    """

    url: str
    movers: Pair
    path: str
    named: Pair
    acknowledged: dict[str, list[int]] = field(
        default_factory=lambda: {"move": [], "name": [], "sign-up": []}
    )
    numbers: dict[str, count[int]] = field(default_factory=dict)
    lost: int = 0
    too_many: int = 0
    damaged: int = 0
    halves: int = 0
    shut: int = 0

    @classmethod
    def of(cls, crowd: Crowd) -> Evening:
        """Let two pairs meet, and one of them sit down."""
        movers = crowd.pair(1)
        evening = cls(crowd.url, movers, movers.sit_down(), crowd.pair(2))
        evening.numbers = {name: count() for name in evening.acknowledged}
        return evening

    def writers(self) -> dict[str, Writer]:
        """Return the three, ready to write."""
        how = {"move": self._move, "name": self._name, "sign-up": self._sign_up}
        return {name: Writer(write, self.numbers[name]) for name, write in how.items()}

    def note(self, writers: dict[str, Writer]) -> None:
        """Remember what the server acknowledged before it was killed."""
        for name, writer in writers.items():
            self.acknowledged[name] += writer.acknowledged

    def look(self, stores: Stores) -> None:
        """Compare what is there with what was acknowledged last."""
        self.damaged += not stores.are_whole()
        made = stores.records.count("sittings_entry") - 2
        self._compare(made, self.acknowledged["move"])
        newest = max(self.acknowledged["sign-up"], default=None)
        if newest is not None:
            self.lost += not stores.records.count("accounts_user", "username = ?", f"new{newest}")
        for person in (self.movers.host, self.movers.guest, self.named.host, self.named.guest):
            self._open(stores, person.name)
        self._read_name()

    def look_at_everybody(self, stores: Stores) -> None:
        """Open whatever belongs to whoever ever got an answer, and to those who were cut off."""
        for number in self.acknowledged["sign-up"]:
            self._open(stores, f"new{number}")
        wanted = ("accounts_profile", "vault_identity", "vault_unlockmethod")
        people = stores.records.count("accounts_user")
        self.halves += [stores.records.count(table) for table in wanted] != [people, people, 2 * people]

    def _compare(self, made: int, acknowledged: list[int]) -> None:
        sent = max(acknowledged, default=-1) + 1
        self.lost += max(0, len(acknowledged) - made)
        # What was under way when the server went may be there; what nobody sent may not.
        self.too_many += made > max(sent, len(acknowledged)) + 1 + self._cut_off(acknowledged)

    def _cut_off(self, acknowledged: list[int]) -> int:
        """Return how many were sent and never answered: at most one a kill."""
        return max(acknowledged, default=-1) + 1 - len(acknowledged)

    def _open(self, stores: Stores, username: str) -> None:
        try:
            self.shut += len(Reader(stores, username, PASSPHRASE).everything().shut)
        except (VaultError, LookupError):
            self.shut += 1

    def _read_name(self) -> None:
        """Their own name and the one on the other's page were changed together."""
        guest, host = self.named.guest, self.named.host
        own = guest.page("/settings").form().fields["name"]
        seen = host.see("/us").text
        number = int(own.removeprefix("Called ") if own.startswith("Called ") else -1)
        self.lost += number < max(self.acknowledged["name"], default=-1)
        self.halves += own not in seen

    def _move(self, number: int) -> None:
        page = self.movers.host.page(self.path)
        open_now = {form.move for form in page.forms}
        self.movers.host.send(self.path, move="Resume" if "Resume" in open_now else "Pause")

    def _name(self, number: int) -> None:
        self.named.guest.send("/settings", name=f"Called {number}")

    def _sign_up(self, number: int) -> None:
        with Person(self.url, f"new{number}") as person:
            answer = person.send("/signup", name="Newcomer", username=person.name, passphrase=PASSPHRASE)
            if "data-recovery-code" not in Page(answer.text).kept:
                raise RuntimeError("no code was shown")
