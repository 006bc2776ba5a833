"""Double submits: every form of two people's evening is sent many times at once, and takes effect once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import httpx

from drills.crowd import PASSPHRASE, Crowd, Page, Person
from drills.figures import Figure, Ground, at_least, exactly, told
from drills.parallel import form_of, many
from drills.rows import Stores

BOTH = True
CHANGED = PASSPHRASE + " harbour"
SESSION = "s"


def drill(ground: Ground) -> list[Figure]:
    """Live an evening in which every form is sent many times, and count what each of them left."""
    times = ground.size(short=6, long=50)
    with ground.serving() as copy, Crowd(copy.url) as crowd:
        evening = Evening(times, Stores.of(copy), crowd.person("sam"), crowd.person("noor"))
        evening.live()
    return [
        told("times each form was sent at once", times),
        at_least("forms", evening.forms, 20),
        exactly("forms that took effect twice, or not at all", ", ".join(evening.wrong) or 0, 0),
        exactly("answers that were a failure of the server", ", ".join(evening.failures) or 0, 0),
    ]


@dataclass
class Evening:
    """Two people, from signing up to leaving.

    Attributes:
        times: how often each form is sent.
        stores: where the effects are counted.
        host: who invites.
        guest: who joins.
    """

    times: int
    stores: Stores
    host: Person
    guest: Person
    forms: int = 0
    failures: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    bond: str = ""

    def live(self) -> None:
        """Do everything there is a form for."""
        self._arrive(self.host)
        self._meet()
        self._sit()
        self._keep()
        self._write()
        self._settle()
        self._part()

    def send(
        self, who: Person, page: str, counts: str = "", by: int = 0, *, action: str = "", move: str = "",
        **fields: str,
    ) -> str:  # fmt: skip
        """Send a form of a page many times at once.

        Args:
            who: sends it.
            page: where the form is.
            counts: the table in which its effect is counted, with a condition after a colon.
            by: how many rows more there are afterwards.
            action: the end of the form's address, when the page has several.
            move: the form's move, in a sitting.
            fields: what is filled in.

        Returns:
            The address to which the last answer leads.
        """
        path, filled = form_of(who, page, action=action, move=move, **fields)
        table, _, condition = (counts or "accounts_user").partition(":")
        before = self.stores.records.count(table, condition or "1 = 1")
        answers = many(who, path, filled, times=self.times)
        grown = self.stores.records.count(table, condition or "1 = 1") - before
        self.forms += 1
        name = move or path.rstrip("/").rpartition("/")[2]
        self.failures += [name for answer in answers if answer.status_code >= 500]
        if grown != by:
            self.wrong.append(f"{name} {grown:+}")
        self._go_on(who, answers)
        return next((answer.headers["location"] for answer in answers if "location" in answer.headers), "")

    def _go_on(self, who: Person, answers: list[httpx.Response]) -> None:
        """Keep the session that lives, as a browser does that has got all these answers."""
        fresh = [answer.cookies[SESSION] for answer in answers if answer.cookies.get(SESSION)]
        for token in fresh:
            who.client.cookies.set(SESSION, token, domain="127.0.0.1")
            if who.client.get("/settings", follow_redirects=False).status_code == 200:
                return

    def _arrive(self, who: Person) -> None:
        self.send(who, "/signup", "accounts_user", 1, name="Sam", username=who.name, passphrase=PASSPHRASE)
        code = Page(who.see("/signup/recovery").text).kept["data-recovery-code"]
        self.send(who, "/signup/recovery", code=code)

    def _meet(self) -> None:
        self.send(self.host, "/invite", "bonds_bond", 1, kin="friend")
        self.bond = _bond_on(self.host.see("/").text)
        self.send(self.host, f"{self.bond}/invitation", "bonds_bond", -1, action="/take-back")
        link = Page(self.host.send("/invite", kin="friend", question="ten", answer="Climbing").text)
        secret = link.kept["data-invite-link"].partition("#")[2]
        self.guest.sign_up()
        self.send(self.guest, "/j/", action="/j/open", secret=secret)
        self.send(self.guest, "/j/", "bonds_member", 1, action="/j/join", answer="Boats")
        self.bond = _bond_on(self.host.see("/").text)
        self.send(
            self.host, f"{self.bond}/first", "bonds_bond:state = 'open'", 1, action="/confirm", answer="yes"
        )
        self.send(self.host, "/", action="/first", do="away")

    def _sit(self) -> None:
        path = self._start(self.host, "live")
        self.send(self.guest, path, move="Ready", counts="sittings_entry", by=1)
        self.send(self.host, path, move="SetTopic", topic="the drive home", counts="sittings_entry", by=1)
        self.send(self.guest, path, move="TakeTopic", counts="sittings_entry", by=1)
        self.send(self.host, path, move="Heat", level="easy", counts="sittings_entry", by=1)
        self.send(self.guest, path, move="Heat", level="easy", counts="sittings_entry", by=1)
        self.send(self.guest, path, move="Pause", counts="sittings_entry", by=1)
        self.send(self.guest, path, move="Resume", counts="sittings_entry", by=1)
        self.send(self.host, path, "records_record", 1, action="/park", text="the holidays")
        self.send(self.host, path, "sittings_sitting:is_over", 1, move="Leave")

    def _keep(self) -> None:
        records = "records_record"
        self.send(self.host, f"{self.bond}/plans", records, 1, cue="it is tidy", act="sit down")
        self.send(self.guest, "/us", records, 0, action="/plans/answer", answer="yes")
        self.send(self.guest, "/us", records, -1, action="/plans/answer", answer="go")
        # Of one's own words it stays to be seen that they were withdrawn.
        self.send(self.host, "/us", records, 0, action="/parked/let-go")

    def _write(self) -> None:
        path = self._start(self.guest, "async")
        self.guest.send(path, move="Leave")
        self._start(self.host, "one")
        self.send(self.host, "/together", passphrase=PASSPHRASE)

    def _start(self, who: Person, mode: str) -> str:
        return self.send(who, "/practise/listening", "sittings_sitting", 1, action="/start", mode=mode)

    def _settle(self) -> None:
        self.send(self.host, "/settings", name="Samir")
        passphrases = "vault_unlockmethod:kind = 'passphrase'"
        self.send(self.host, "/settings/passphrase", passphrases, passphrase=PASSPHRASE, new=CHANGED)
        self.send(self.host, "/settings/recovery", "vault_unlockmethod:kind = 'recovery'", passphrase=CHANGED)
        self.send(self.guest, "/settings", action="/logout")
        self.send(self.guest, "/login", username=self.guest.name, passphrase=PASSPHRASE)

    def _part(self) -> None:
        self.send(self.guest, f"{self.bond}/space", "bonds_member:has_left", 1)


def _bond_on(page: str) -> str:
    found = re.search(r"/b/[0-9a-f-]{36}", page)
    assert found, "no bond on the page"
    return found[0]
