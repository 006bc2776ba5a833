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


def grouped(code: str) -> str:
    """Put a hyphen after every fourth letter, to keep one's place."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


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
    typed = unicodedata.normalize("NFKC", text).upper()
    letters = [letter for letter in typed if unicodedata.category(letter) not in IGNORED]
    if len(letters) != letters_for(size) or not VALUES.keys() >= set(letters):
        raise VaultError
    number = 0
    for letter in letters:
        number = number << BITS | VALUES[letter]
    if number >> size * 8:
        raise VaultError
    return number.to_bytes(size, "big")


def letters_for(size: int) -> int:
    """Say how many letters stand for so many bytes."""
    return -(-size * 8 // BITS)
