"""Who plays in the tests of pages: Alice and Bob are a pair, Charlie is a stranger, Dana is Alice's other bond.

Everything is made in this process, through the same functions the pages call.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.test import Client
from django.utils import timezone

from nearer.accounts.models import User
from nearer.accounts.profile import Face
from nearer.accounts.sessions.door import BACKEND
from nearer.accounts.ways_in import unlock
from nearer.bonds import actions, invitations
from nearer.bonds.models import Bond
from nearer.bonds.place import Place, place_in
from nearer.protocol import Mode, Move, Ready, Seat
from nearer.sittings.models import Entry, Sitting
from nearer.sittings.practice import practice
from nearer.sittings.run import actions as sitting_actions
from nearer.sittings.run.log import Run, heard, lapsed, open_run
from nearer.vault import store
from nearer.vault.drawer import Drawer
from nearer.vault.errors import VaultError
from nearer.vault.ring import Ring

FLOOR = "listening"


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody with an account and a signed-in browser.

    Attributes:
        name: what they are called.
        username: how they log in.
        passphrase: theirs.
        code: their recovery code.
        user: their row.
        ring: what their session holds.
        client: their browser.
    """

    name: str
    username: str
    passphrase: str = field(repr=False)
    code: str = field(repr=False)
    user: User
    ring: Ring = field(repr=False)
    client: Client

    @property
    def token(self) -> str:
        """The value of their session cookie."""
        return str(self.client.cookies[settings.SESSION_COOKIE_NAME].value)

    @property
    def drawer(self) -> Drawer:
        """Their drawer, opened just now; no session holds it."""
        master = unlock.by_passphrase(self.username, self.passphrase).master
        return Drawer.opened(master, at=timezone.now())

    def at(self, bond: Bond) -> Place:
        """Return their place in a bond, as it is now.

        Raises:
            Http404: they have none there.
        """
        return place_in(bond.pk, self.user.pk, ring=self.ring)


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two people and their bond.

    Attributes:
        host: who invited.
        guest: who joined.
        bond: theirs; the row as it was when they were paired.
    """

    host: Person
    guest: Person
    bond: Bond


def make_person(name: str, *, ink: str = "lagoon") -> Person:
    """Sign somebody up and log their browser in."""
    username, passphrase = f"u-{name.casefold()}", f"{name} lantern orbit willow"
    opened, code = unlock.sign_up(username=username, passphrase=passphrase, face=Face(name=name, ink=ink))
    person = Person(
        name=name, username=username, passphrase=passphrase, code=code, user=opened.user, ring=opened.ring,
        client=Client(),
    )  # fmt: skip
    sign_in(person)
    return person


def sign_in(person: Person, client: Client | None = None) -> Client:
    """Log a browser in with the person's ring, theirs unless another is given, and return it.

    Their drawer stays closed: see `open_drawer`.
    """
    browser = client or person.client
    person.user.refresh_from_db()  # what a change to the ways in raised
    browser.force_login(person.user, backend=BACKEND)
    session = browser.session
    person.ring.put_into(session)
    session.save()
    return browser


def open_drawer(person: Person, client: Client | None = None) -> None:
    """Open the person's drawer in a browser that is logged in, theirs unless another is given."""
    session: Any = (client or person.client).session
    session.drawer = person.drawer
    session.save()


def make_invitation(person: Person, *, kin: str = "partner") -> tuple[Bond, invitations.Shown]:
    """Make a waiting bond, and return it with its link's secret and short code."""
    bond = invitations.invite(
        person.user.pk, face=Face(name=person.name), kin=kin, public=person.ring.public, at=timezone.now()
    )
    shown = invitations.shown(person.at(bond))
    assert shown is not None
    return bond, shown


def make_joined(host: Person, guest: Person, *, kin: str = "partner") -> Pair:
    """Let the guest join by a fresh invitation, as far as `accept` goes."""
    _, shown = make_invitation(host, kin=kin)
    return accept(host, guest, shown)


def accept(host: Person, guest: Person, shown: invitations.Shown) -> Pair:
    """Let the guest join by an invitation; the host has not said yet that it is who they meant."""
    now = timezone.now()
    found, key = invitations.find_by_secret(shown.secret, at=now)
    face = Face(name=guest.name, ink="marigold")
    bond = actions.join(found, key=key, user_id=guest.user.pk, face=face, ring=guest.ring, at=now)
    store.erase([found.pk])
    return Pair(host=host, guest=guest, bond=bond)


def make_pair(host: Person, guest: Person, *, kin: str = "partner") -> Pair:
    """Bond two people, confirmed and open."""
    return confirmed(make_joined(host, guest, kin=kin))


def confirmed(pair: Pair) -> Pair:
    """Let the host say that it is who they meant."""
    actions.confirm(pair.host.at(pair.bond))
    pair.bond.refresh_from_db()
    return pair


def start_sitting(pair: Pair, slug: str = FLOOR, *, mode: Mode = Mode.LIVE, **facts: Any) -> Sitting:
    """Let the host begin a sitting; nobody is ready yet."""
    room = practice(slug)
    return sitting_actions.start(pair.host.at(pair.bond), room, facts=facts, mode=mode)


def start_floor(pair: Pair, **facts: Any) -> Sitting:
    """Begin The Floor with both of them ready: the topic comes next."""
    sitting = start_sitting(pair, **facts)
    for person in (pair.host, pair.guest):
        play(person, sitting, Ready())
    return fresh(sitting)


def play(person: Person, sitting: Sitting, move: Move, *, seat: Seat | None = None) -> None:
    """Play a move directly, on the newest page; on one phone for the seat that is named.

    Raises:
        TooLate, IllegalMove: it was refused.
    """
    place, seq = person.at(sitting.bond), newest(person, sitting)
    sitting_actions.play(ref=sitting.pk, place=place, move=move, seq=seq, at=timezone.now(), seat=seat)


def post_move(
    person: Person, sitting: Sitting, kind: str, *, seq: int | str | None = None, **fields: Any
) -> HttpResponse:
    """Send a move's form from the person's browser, on the newest page unless another is named."""
    sent = {"move": kind, "seq": newest(person, sitting) if seq is None else seq, **fields}
    return person.client.post(f"/s/{sitting.pk}", sent)  # type: ignore[return-value]


def newest(person: Person, sitting: Sitting) -> int:
    """Return the number that a person's newest page of a sitting carries; for strangers, any."""
    try:
        run = run_of(person, sitting)
    except (Http404, VaultError):
        return fresh(sitting).seq
    return heard(lapsed(run, timezone.now())) if run.log else run.sitting.seq


def arrive(pair: Pair, sitting: Sitting) -> None:
    """Let the time pass that words in letters wait."""
    later = timezone.now() + timedelta(minutes=10)
    place, how = pair.host.at(sitting.bond), sitting_actions._lapsed  # noqa: SLF001 - the next move does it
    sitting_actions._change(sitting.pk, place, lambda run: how(run, later), at=later)  # noqa: SLF001


def fresh(sitting: Sitting) -> Sitting:
    """Return the sitting's row as it is now."""
    return Sitting.objects.select_related("bond").get(pk=sitting.pk, bond=sitting.bond_id)


def run_of(person: Person, sitting: Sitting) -> Run:
    """Open a sitting as a person's page would.

    Raises:
        VaultError: something in it does not open.
    """
    row = fresh(sitting)
    return open_run(row, person.at(row.bond))


def rows_of(sitting: Sitting) -> tuple[Any, ...]:
    """Return everything stored about a sitting, to see whether it changed."""
    row = fresh(sitting)
    entries: list[tuple[UUID, int, bytes]] = [
        (entry.pk, entry.seq, bytes(entry.sealed)) for entry in Entry.objects.filter(sitting=row)
    ]
    return (row.seq, row.is_over, bytes(row.header), tuple(entries))
