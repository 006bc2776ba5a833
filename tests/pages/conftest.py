"""Pages in this process: cheap locks, no hashed static names, and the cast."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from pytest_django import Settings

from nearer.accounts import forms
from nearer.accounts.slowing import limits
from nearer.accounts.ways_in import unlock
from nearer.sittings.models import Sitting
from nearer.testing import clock
from nearer.testing.cast import Pair, Person, make_pair, make_person, start_floor
from nearer.vault import keys
from tests.pages.authenticator import Device, add
from tests.pages.keeping_backups import Keeper, keeper
from tests.pages.prepared import prepared


@pytest.fixture(autouse=True)
def _quick_pages(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    """Make passphrases cheap to open and suggested ones the same, static files plain, and forget every count."""
    monkeypatch.setattr(forms, "suggestion", lambda: "six words that are always these")
    monkeypatch.setattr(unlock, "WORK", keys.Argon2(m=8, t=1, p=1))
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**django_settings.STORAGES, "staticfiles": plain}
    limits.reset()
    yield
    limits.reset()


@pytest.fixture
def kept(
    transactional_db: None, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Keeper:
    """A copy that keeps its backups in a folder of this test."""
    return keeper(tmp_path, settings, monkeypatch)


class Cast:
    """Who plays in a test: each is made when first asked for.

    Alice is the host of both bonds, Bob her partner, Dana her friend, Charlie a stranger.
    """

    def __init__(self) -> None:
        self._people: dict[str, Person] = {}
        self._pairs: dict[str, Pair] = {}

    def person(self, name: str) -> Person:
        """Return somebody by the name of their fixture."""
        if name not in self._people:
            self._people[name] = make_person(name.capitalize(), ink=INKS.get(name, "lagoon"))
        return self._people[name]

    def pair(self, guest: str) -> Pair:
        """Return Alice with the guest of one of her bonds."""
        if guest not in self._pairs:
            host, other = self.person("alice"), self.person(guest)
            self._pairs[guest] = make_pair(host, other, kin="partner" if guest == "bob" else "friend")
        return self._pairs[guest]


INKS = {"bob": "marigold", "dana": "fig"}
PEOPLE = ("alice", "bob", "charlie", "dana")
PAIRS = {"pair": "bob", "other_pair": "dana", "floor": "bob"}


def made_once[T](key: Hashable, make: Callable[[], T], request: pytest.FixtureRequest) -> T:
    """Return what `make` returns, put back rather than made anew where the clock allows it."""
    mark = request.node.get_closest_marker("begins")
    begun = clock.begins(*mark.args if mark else ())
    is_set_on = not timedelta() <= timezone.now() - begun < timedelta(minutes=1)
    return make() if is_set_on else prepared(key, make, at=begun)


@pytest.fixture
def cast(request: pytest.FixtureRequest, db: None) -> Cast:
    """Whoever the test names among its arguments, put back rather than made anew where the clock allows it."""
    people = [name for name in PEOPLE if name in request.fixturenames]
    guests = sorted({guest for name, guest in PAIRS.items() if name in request.fixturenames})

    def make() -> Cast:
        made = Cast()
        for name in people:
            made.person(name)
        for guest in guests:
            made.pair(guest)
        return made

    return made_once((*people, "and", *guests), make, request)


@pytest.fixture
def alice(cast: Cast) -> Person:
    """The host of both bonds."""
    return cast.person("alice")


@pytest.fixture
def bob(cast: Cast) -> Person:
    """Alice's partner."""
    return cast.person("bob")


@pytest.fixture
def charlie(cast: Cast) -> Person:
    """A stranger with an account."""
    return cast.person("charlie")


@pytest.fixture
def dana(cast: Cast) -> Person:
    """Alice's friend, in a bond of their own."""
    return cast.person("dana")


@pytest.fixture
def pair(cast: Cast) -> Pair:
    """Alice and Bob."""
    return cast.pair("bob")


@pytest.fixture
def other_pair(cast: Cast) -> Pair:
    """Alice and Dana."""
    return cast.pair("dana")


@pytest.fixture
def floor(pair: Pair) -> Sitting:
    """Alice and Bob on The Floor, both ready."""
    return start_floor(pair)


@pytest.fixture
def device(alice: Person) -> Device:
    """A device with a passkey of Alice's that opens her vault."""
    device = Device()
    assert add(alice, device)["Location"] == "/settings/passkeys"
    return device
