"""Pages in this process: cheap locks, no hashed static names, and the cast."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from nearer.accounts import forms, limits, unlock
from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, Person, make_pair, make_person, start_floor
from nearer.vault import keys
from tests.pages.authenticator import Device, add


@pytest.fixture(autouse=True)
def _quick_pages(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Iterator[None]:
    """Make passphrases cheap to open and suggested ones the same, static files plain, and forget every count."""
    monkeypatch.setattr(forms, "suggestion", lambda: "six words that are always these")
    monkeypatch.setattr(unlock, "WORK", keys.Argon2(m=8, t=1, p=1))
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**django_settings.STORAGES, "staticfiles": plain}
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    limits.reset()
    yield
    limits.reset()


@pytest.fixture
def alice(db: None) -> Person:
    """The host of both bonds."""
    return make_person("Alice")


@pytest.fixture
def bob(db: None) -> Person:
    """Alice's partner."""
    return make_person("Bob", ink="marigold")


@pytest.fixture
def charlie(db: None) -> Person:
    """A stranger with an account."""
    return make_person("Charlie")


@pytest.fixture
def dana(db: None) -> Person:
    """Alice's friend, in a bond of their own."""
    return make_person("Dana", ink="fig")


@pytest.fixture
def pair(alice: Person, bob: Person) -> Pair:
    """Alice and Bob."""
    return make_pair(alice, bob)


@pytest.fixture
def other_pair(alice: Person, dana: Person) -> Pair:
    """Alice and Dana."""
    return make_pair(alice, dana, kin="friend")


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
