"""A bond's key opens for the member it was sealed to, as that version of that bond, and for nobody else."""

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from hypothesis import given

from nearer.vault.errors import VaultError
from nearer.vault.identity import (
    SUITE,
    fingerprint,
    new_identity,
    open_bond_key,
    public_key_of,
    seal_bond_key,
)

from . import opener
from .made_up import BOND, KEY, NOOR, ROW, SAM, STEADY, flipped, keys, numbers

NOORS, SAMS = new_identity(), new_identity()
LOW_ORDER = [bytes(32), b"\x01" + bytes(31)]


def sealed_to_noor() -> bytes:
    return seal_bond_key(NOORS[1], KEY, bond=BOND, member=NOOR, version=2)


def test_a_key_pair_is_fresh_and_belongs_together() -> None:
    private, public = new_identity()

    assert len({private, public, *NOORS, *SAMS}) == 6
    assert len(private) == len(public) == 32
    assert public_key_of(private) == public


@STEADY
@given(keys, numbers)
def test_a_bond_key_comes_back_and_the_second_reader_opens_it_too(bond_key: bytes, version: int) -> None:
    sealed = seal_bond_key(NOORS[1], bond_key, bond=BOND, member=NOOR, version=version)
    info = opener.counted(
        b"nearer", b"v1", b"hpke", b"bondkey", BOND.bytes, NOOR.bytes, version.to_bytes(4, "big")
    )

    assert len(sealed) == 80
    assert open_bond_key(NOORS[0], sealed, bond=BOND, member=NOOR, version=version) == bond_key
    assert opener.hpke_open(NOORS[0], sealed, info) == bond_key


def test_sealing_twice_gives_different_bytes() -> None:
    assert sealed_to_noor() != sealed_to_noor()


def test_it_opens_only_for_its_member_bond_and_version() -> None:
    attempts: list[Callable[[], bytes]] = [
        lambda: open_bond_key(SAMS[0], sealed_to_noor(), bond=BOND, member=NOOR, version=2),
        lambda: open_bond_key(NOORS[0], sealed_to_noor(), bond=ROW, member=NOOR, version=2),
        lambda: open_bond_key(NOORS[0], sealed_to_noor(), bond=BOND, member=SAM, version=2),
        lambda: open_bond_key(NOORS[0], sealed_to_noor(), bond=NOOR, member=BOND, version=2),
        lambda: open_bond_key(NOORS[0], sealed_to_noor(), bond=BOND, member=NOOR, version=1),
        lambda: open_bond_key(NOORS[0], sealed_to_noor(), bond=BOND, member=NOOR, version=2**32),
    ]
    for attempt in attempts:
        with pytest.raises(VaultError):
            attempt()


def test_every_flipped_bit_is_refused() -> None:
    sealed = sealed_to_noor()

    for bit in range(len(sealed) * 8):
        # X25519 ignores the top bit of a point, but HPKE hashes the point as it was sent.
        with pytest.raises(VaultError):
            open_bond_key(NOORS[0], flipped(sealed, bit), bond=BOND, member=NOOR, version=2)


def test_every_truncation_and_any_addition_is_refused() -> None:
    sealed = sealed_to_noor()

    for altered in [*(sealed[:end] for end in range(80)), sealed + b"\0"]:
        with pytest.raises(VaultError):
            open_bond_key(NOORS[0], altered, bond=BOND, member=NOOR, version=2)


@pytest.mark.parametrize("point", LOW_ORDER)
def test_a_point_that_gives_no_secret_is_refused(point: bytes) -> None:
    with pytest.raises(VaultError):
        seal_bond_key(point, KEY, bond=BOND, member=NOOR, version=2)
    with pytest.raises(VaultError):
        open_bond_key(NOORS[0], point + sealed_to_noor()[32:], bond=BOND, member=NOOR, version=2)


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_key_of_another_length_is_refused(size: int) -> None:
    for attempt in (
        lambda: public_key_of(bytes(size)),
        lambda: fingerprint(bytes(size)),
        lambda: seal_bond_key(bytes(size), KEY, bond=BOND, member=NOOR, version=2),
        lambda: seal_bond_key(NOORS[1], bytes(size), bond=BOND, member=NOOR, version=2),
        lambda: open_bond_key(bytes(size), sealed_to_noor(), bond=BOND, member=NOOR, version=2),
    ):
        with pytest.raises(VaultError):
            attempt()


def test_something_sealed_that_is_no_key_is_refused() -> None:
    info = opener.counted(b"nearer", b"v1", b"hpke", b"bondkey", BOND.bytes, NOOR.bytes, b"\0\0\0\2")
    sealed = SUITE.encrypt(b"too short", X25519PublicKey.from_public_bytes(NOORS[1]), info)

    with pytest.raises(VaultError):
        open_bond_key(NOORS[0], sealed, bond=BOND, member=NOOR, version=2)


def test_a_fingerprint_is_the_documented_hash() -> None:
    expected = opener.sha256(opener.counted(b"nearer", b"v1", b"fingerprint", NOORS[1])).hex()

    assert fingerprint(NOORS[1]) == expected
    assert fingerprint(SAMS[1]) != expected
