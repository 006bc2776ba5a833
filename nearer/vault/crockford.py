"""Codes that people read aloud and type: Crockford's base 32, written plainly and read forgivingly."""

import unicodedata

from nearer.vault.errors import VaultError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 5
GROUP = 4
VALUES = {letter: value for value, letter in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
# Spaces of every kind, dashes of every kind, and the invisible marks that copying brings along.
IGNORED = frozenset({"Zs", "Zl", "Zp", "Pd", "Cc", "Cf"})


def write(secret: bytes) -> str:
    """Write bytes as letters and digits, most significant first, without I, L, O and U."""
    number = int.from_bytes(secret, "big")
    count = letters_for(len(secret))
    return "".join(ALPHABET[number >> BITS * place & 31] for place in reversed(range(count)))


def write_checked(secret: bytes) -> str:
    """Write bytes as letters and digits, and one more by which a wrong letter, or two that changed places, is noticed."""
    code = write(secret)
    return code + ALPHABET[_doubled(_remainder(code))]


def grouped(code: str, *, by: int = GROUP) -> str:
    """Put a hyphen after every few letters, to keep one's place."""
    return "-".join(code[start : start + by] for start in range(0, len(code), by))


def read(text: str, size: int) -> bytes:
    """Read a code as somebody typed it.

    Case, spaces and dashes do not matter; O is read as 0, I and L as 1.

    Args:
        text: what was typed.
        size: how many bytes the code stands for.

    Returns:
        The bytes.

    Raises:
        VaultError: it is no such code.
    """
    letters = _letters(text)
    if len(letters) != letters_for(size) or not VALUES.keys() >= set(letters):
        raise VaultError
    number = 0
    for letter in letters:
        number = number << BITS | VALUES[letter]
    if number >> size * 8:
        raise VaultError
    return number.to_bytes(size, "big")


def read_checked(text: str, size: int) -> bytes:
    """Read what `write_checked` wrote, as forgivingly as `read`.

    Raises:
        VaultError: it is no such code, or a letter of it is wrong.
    """
    letters = "".join(_letters(text))
    if not VALUES.keys() >= set(letters) or _remainder(letters):
        raise VaultError
    return read(letters[:-1], size)


def same_end(typed: str, code: str) -> bool:
    """Say whether somebody typed a written code, or its last group, forgiven as in `read`.

    Args:
        typed: what they typed.
        code: the code as `grouped` wrote it.
    """
    spelled = [VALUES.get(letter) for letter in _letters(typed)]
    whole = [VALUES[letter] for letter in _letters(code)]
    group = [VALUES[letter] for letter in code.rpartition("-")[2]]
    return spelled in (whole, group)


def _letters(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text).upper()
    return [letter for letter in plain if unicodedata.category(letter) not in IGNORED]


def letters_for(size: int) -> int:
    """Say how many letters stand for so many bytes."""
    return -(-size * 8 // BITS)


def _remainder(letters: str) -> int:
    """Return what is left of a code as a polynomial over the field of 32 elements; nothing is left of a checked one."""
    left = 0
    for letter in letters:
        left = _doubled(left) ^ VALUES[letter]
    return left


def _doubled(value: int) -> int:
    """Multiply in the field of 32 elements, made with x⁵ + x² + 1, by x: of which no power up to 31 is another's."""
    return value << 1 ^ 0b100101 if value & 16 else value << 1
