"""Keys come from their secret, their salt and their purpose, and a passphrase from its words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.vault.derivation import Argon2, derive, stretch
from nearer.vault.errors import VaultError

from . import opener
from .made_up import KEY, STEADY, keys

QUICK = Argon2(m=8, t=1, p=1)
SALT = bytes(range(16))


@STEADY
@given(st.binary(min_size=1, max_size=64), st.binary(max_size=64), st.lists(st.text(), max_size=4))
def test_a_key_is_plain_hkdf_with_our_name_in_front(ikm: bytes, salt: bytes, info: list[str]) -> None:
    named = opener.counted(b"nearer", b"v1", *(part.encode() for part in info))

    assert derive(ikm, salt, *info) == opener.hkdf(ikm, salt, named)


@STEADY
@given(keys, keys.filter(any))
def test_every_part_matters(ikm: bytes, salt: bytes) -> None:
    assert (
        len({derive(ikm, salt, "a"), derive(ikm, salt, "b"), derive(ikm, salt), derive(ikm, b"", "a")}) == 4
    )


def test_nothing_is_derived_from_nothing() -> None:
    with pytest.raises(VaultError):
        derive(b"", KEY, "entry")


def test_the_work_is_64_mib_three_passes_one_lane() -> None:
    assert Argon2().as_dict() == {"m": 65536, "t": 3, "p": 1}


def test_the_work_survives_being_stored() -> None:
    assert Argon2(**QUICK.as_dict()) == QUICK


@pytest.mark.parametrize(
    "numbers",
    [
        {"m": 7}, {"m": 1024 * 1024 + 1}, {"t": 0}, {"t": 17}, {"p": 0}, {"p": 17}, {"m": 15, "p": 2},
        {"m": -8, "p": -1}, {"m": 0, "p": 0},
    ],
    ids=str,
)  # fmt: skip
def test_work_out_of_bounds_is_refused(numbers: dict[str, int]) -> None:
    with pytest.raises(VaultError):
        Argon2(**numbers)


@pytest.mark.parametrize(
    "numbers", [{"m": 8}, {"m": 1024 * 1024}, {"t": 1}, {"t": 16}, {"p": 16}, {"m": 16, "p": 2}], ids=str
)
def test_work_at_the_bounds_is_taken(numbers: dict[str, int]) -> None:
    assert Argon2(**numbers).as_dict().items() >= numbers.items()


@pytest.mark.parametrize(
    ("one", "two"),
    [
        pytest.param("caf\u00e9 noir", "cafe\u0301 noir", id="accent"),
        pytest.param("\uff4e\uff45\uff41\uff52", "near", id="full width"),
        pytest.param("\ufb01nd", "find", id="ligature"),
        pytest.param("two\u00a0words", "two words", id="space"),
    ],
)
def test_the_same_words_from_another_keyboard_are_the_same(one: str, two: str) -> None:
    assert stretch(one, SALT, QUICK) == stretch(two, SALT, QUICK)


def test_every_part_of_a_stretch_matters() -> None:
    base = stretch("words", SALT, QUICK)

    assert len(base) == 32
    assert base == stretch("words", SALT, QUICK)
    assert base != stretch("Words", SALT, QUICK)
    assert base != stretch("words ", SALT, QUICK)
    assert base != stretch("words\0", SALT, QUICK)
    assert base != stretch("words", SALT[::-1], QUICK)
    assert base != stretch("words", SALT, Argon2(m=16, t=1, p=1))
    assert base != stretch("words", SALT, Argon2(m=8, t=2, p=1))
    assert stretch("words", SALT, Argon2(m=16, t=1, p=2)) != stretch("words", SALT, Argon2(m=16, t=1, p=1))


@pytest.mark.parametrize("size", [0, 15])
def test_a_short_salt_is_refused(size: int) -> None:
    with pytest.raises(VaultError):
        stretch("words", bytes(size), QUICK)


def test_a_long_passphrase_in_any_script_is_taken() -> None:
    assert len(stretch("אהבה 愛 🌱 " * 200, SALT, QUICK)) == 32
