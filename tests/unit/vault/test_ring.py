"""The ring a session holds, whole or cut: one takes the other's place, and neither shows its keys."""

from __future__ import annotations

from uuid import UUID

from django.contrib.sessions.backends.base import SessionBase

from nearer.vault.ring import CutRing, Ring
from nearer.vault.sessions import SessionStore

IDENTITY, PROFILE, PRIVATE, SLOT, KEY = b"i" * 32, b"p" * 32, b"v" * 32, b"s" * 32, b"k" * 32
BOND = UUID("7b1c7a52-0f0e-4d0b-9a53-3f1f6f0c9a11")


def session_with(ring: Ring | CutRing) -> SessionBase:
    session = SessionStore()
    ring.put_into(session)
    return session


def whole() -> Ring:
    return Ring(identity=IDENTITY, profile=PROFILE, private=PRIVATE, slot=SLOT)


def cut() -> CutRing:
    return CutRing(bond=BOND, key=KEY, version=2)


def test_each_comes_out_as_it_went_in() -> None:
    assert Ring.of(session_with(whole())) == whole()
    assert CutRing.of(session_with(cut())) == cut()


def test_a_session_without_a_ring_has_neither() -> None:
    assert Ring.of(SessionStore()) is None
    assert CutRing.of(SessionStore()) is None


def test_a_cut_ring_leaves_nothing_of_the_whole_one() -> None:
    session = session_with(whole())
    stored = [*session["ring"].values()]

    cut().put_into(session)

    assert Ring.of(session) is None
    assert not [value for value in stored if value in str(dict(session.items()))]


def test_the_whole_ring_takes_the_cut_ones_place() -> None:
    session = session_with(cut())

    whole().put_into(session)

    assert CutRing.of(session) is None
    assert Ring.of(session) == whole()


def test_neither_shows_its_keys() -> None:
    assert not [
        key for key in (IDENTITY, PROFILE, PRIVATE, SLOT, KEY) if key.decode() in f"{whole()!r} {cut()!r}"
    ]
    assert str(BOND) in repr(cut())
