"""A recovery code that was written down is read back, however it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.vault import crockford
from nearer.vault.errors import VaultError
from nearer.vault.recovery import new_code, read_code

from .made_up import STEADY

ONE = bytes(range(16))


def test_a_code_has_26_letters_in_groups_of_four() -> None:
    code = new_code()

    assert [len(group) for group in code.split("-")] == [4, 4, 4, 4, 4, 4, 2]
    assert set(code) <= set(crockford.ALPHABET) | {"-"}


def test_no_two_codes_are_the_same() -> None:
    assert len({new_code() for _ in range(200)}) == 200


def test_a_new_code_reads_as_16_bytes() -> None:
    code = new_code()

    assert crockford.grouped(crockford.write(read_code(code))) == code
    assert len(read_code(code)) == 16


@STEADY
@given(st.integers(0, 24).flatmap(lambda size: st.binary(min_size=size, max_size=size)))
def test_bytes_of_any_length_come_back(secret: bytes) -> None:
    assert crockford.read(crockford.grouped(crockford.write(secret)), len(secret)) == secret


@pytest.mark.parametrize(
    ("secret", "letters"),
    [
        (b"", ""),
        (b"\x00", "00"),
        (b"\xff", "7Z"),
        (b"\xff" * 5, "ZZZZZZZZ"),
        (b"\x00\x00\x00\x00\x01", "00000001"),
        (b"\x01\x23\x45\x67\x89\xab\xcd\xef", "028T5CY4TQKFF"),
        (ONE, "00041061050R3GG28A1C60T3GF"),
    ],
)
def test_letters_are_those_of_crockford(secret: bytes, letters: str) -> None:
    assert crockford.write(secret) == letters


def test_the_alphabet_leaves_out_what_looks_alike() -> None:
    assert len(set(crockford.ALPHABET)) == 32
    assert not set("ILOU") & set(crockford.ALPHABET)
    assert sorted(crockford.ALPHABET) == list(crockford.ALPHABET)


def typed_differently(code: str) -> list[str]:
    bare = code.replace("-", "")
    return [
        bare,
        bare.lower(),
        code.replace("-", " "),
        code.replace("-", "\u2013"),
        code.replace("-", "\u00a0\u2014 "),
        f"  {code}\r\n",
        "\u200b".join(bare),
        code.replace("0", "o").replace("1", "l"),
        code.replace("0", "O").replace("1", "I"),
        "".join(chr(ord(c) + 0xFEE0) for c in bare),
    ]


@STEADY
@given(st.binary(min_size=16, max_size=16))
def test_a_code_is_read_however_it_is_typed(secret: bytes) -> None:
    for typed in typed_differently(crockford.grouped(crockford.write(secret))):
        assert read_code(typed) == secret


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "-",
        "0" * 25,
        "0" * 27,
        "U" + "0" * 25,
        "0" * 25 + "!",
        "0" * 25 + "\u0660",
        "8" + "0" * 25,
        "Z" * 26,
        "\ud800" + "0" * 25,
        "0" * 25 + "_",
    ],
)
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(VaultError):
        read_code(typed)


def test_the_largest_code_is_read() -> None:
    assert read_code("7" + "Z" * 25) == b"\xff" * 16


@STEADY
@given(st.binary(min_size=16, max_size=16), st.integers(0, 25), st.sampled_from(crockford.ALPHABET))
def test_another_letter_is_another_code_or_none(secret: bytes, at: int, letter: str) -> None:
    bare = crockford.write(secret)
    changed = bare[:at] + letter + bare[at + 1 :]

    try:
        read = read_code(changed)
    except VaultError:
        assert changed[0] > "7"
    else:
        assert (read == secret) is (changed == bare)
