"""An invitation is found by one value and opened by another, and neither leads to the other."""

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.vault.envelope import Scope
from nearer.vault.errors import VaultError
from nearer.vault.keys import (
    host_subkey,
    invite_key,
    invite_selector,
    new_invite_secret,
    new_short_code,
    read_invite_secret,
    read_short_code,
    short_code_key,
    short_code_selector,
    unwrap,
    wrap,
    write_invite_secret,
)

from . import opener
from .made_up import BOND, KEY, OTHER_KEY, STEADY

SECRET = bytes(range(16))
CODE = bytes(range(5))


def test_a_link_carries_128_random_bits_in_27_letters() -> None:
    secrets = {new_invite_secret() for _ in range(100)}

    assert len(secrets) == 100
    assert {len(secret) for secret in secrets} == {16}
    assert {len(write_invite_secret(secret)) for secret in secrets} == {27}
    assert all(write_invite_secret(secret).isalnum() for secret in secrets)


@STEADY
@given(st.binary(min_size=16, max_size=16))
def test_a_link_is_read_back(secret: bytes) -> None:
    assert read_invite_secret(write_invite_secret(secret)) == secret
    assert read_invite_secret(write_invite_secret(secret).lower()) == secret


@STEADY
@given(st.binary(min_size=16, max_size=16))
def test_selector_and_key_of_a_link_are_the_documented_ones(secret: bytes) -> None:
    assert invite_selector(secret) == opener.sha256(
        opener.counted(b"nearer", b"v1", b"invite-selector", secret)
    )
    assert invite_key(secret) == opener.hkdf(secret, b"", opener.counted(b"nearer", b"v1", b"invite"))


def test_the_selector_of_a_link_is_not_its_key() -> None:
    assert invite_selector(SECRET) != invite_key(SECRET)


def test_a_short_code_has_nine_letters_in_three_groups() -> None:
    codes = {new_short_code() for _ in range(100)}

    assert len(codes) == 100
    assert all([len(group) for group in code.split("-")] == [3, 3, 3] for code in codes)
    assert {len(read_short_code(code)) for code in codes} == {5}


@pytest.mark.parametrize("typed", ["000-410-61Y", "00041061Y", "ooo 4lo 6iy", " 000\u201341 0 6L Y "])
def test_a_short_code_is_read_however_it_is_typed(typed: str) -> None:
    assert read_short_code(typed) == read_short_code("000-410-61Y")


@pytest.mark.parametrize(
    "typed", ["", "000-410-61", "000-410-61YY", "000-410-61U", "000-410-61Z", "000-401-61Y", "0" * 26]
)
def test_what_is_no_short_code_is_refused(typed: str) -> None:
    with pytest.raises(VaultError):
        read_short_code(typed)


@STEADY
@given(st.binary(min_size=5, max_size=5))
def test_selector_and_key_of_a_short_code_are_the_documented_ones(code: bytes) -> None:
    host = host_subkey(KEY, "short-code")

    assert short_code_selector(KEY, code) == hmac.digest(host, code, "sha256")
    assert short_code_key(code, OTHER_KEY) == opener.hkdf(
        code, OTHER_KEY, opener.counted(b"nearer", b"v1", b"short-code")
    )


def test_a_short_code_alone_neither_finds_nor_opens() -> None:
    assert short_code_selector(KEY, CODE) != short_code_selector(OTHER_KEY, CODE)
    assert short_code_key(CODE, KEY) != short_code_key(CODE, OTHER_KEY)


def test_a_bond_key_travels_through_either_door() -> None:
    for door in (invite_key(SECRET), short_code_key(CODE, OTHER_KEY)):
        blob = wrap(door, KEY, purpose="bond", owner=BOND, scope=Scope.INVITE)

        assert unwrap(door, blob, purpose="bond", owner=BOND, scope=Scope.INVITE) == KEY


@pytest.mark.parametrize("size", [0, 4, 6, 15, 17, 32])
def test_a_secret_of_another_length_is_refused(size: int) -> None:
    wrong = bytes(size)
    for attempt in (
        lambda: write_invite_secret(wrong),
        lambda: invite_selector(wrong),
        lambda: invite_key(wrong),
        lambda: short_code_selector(KEY, wrong),
        lambda: short_code_key(wrong, KEY),
    ):
        with pytest.raises(VaultError):
            attempt()


def test_a_host_key_or_shred_of_another_length_is_refused() -> None:
    with pytest.raises(VaultError):
        short_code_selector(bytes(31), CODE)
    with pytest.raises(VaultError):
        short_code_key(CODE, b"")
