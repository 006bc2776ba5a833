"""How several values become one string of bytes that can mean nothing else, and how lengths are hidden."""

from uuid import UUID

from nearer.vault.errors import VaultError, refusing

KEY_SIZE = 32
COUNT_SIZE = 4
BUCKETS = (256, 512, 1024, 2048, 4096)

type Part = str | bytes | int | UUID


@refusing(UnicodeEncodeError, OverflowError)
def lp(*parts: Part) -> bytes:
    """Join parts so that no other list of parts gives the same bytes.

    Each part is its length as four big-endian bytes, then itself: text as UTF-8, a UUID as its 16 bytes,
    a whole number as four big-endian bytes.

    Args:
        parts: in an order the caller fixes.

    Returns:
        The joined bytes.

    Raises:
        VaultError: for text that UTF-8 cannot hold, numbers outside 0 to 2**32 - 1, and anything else.
    """
    joined: list[bytes] = []
    for part in parts:
        octets = part.encode() if isinstance(part, str) else _octets(part)
        joined += (len(octets).to_bytes(COUNT_SIZE, "big"), octets)
    return b"".join(joined)


def whole(key: bytes) -> bytes:
    """Return a key unchanged if it has exactly 32 bytes.

    Raises:
        VaultError: for any other length.
    """
    if len(key) != KEY_SIZE:
        raise VaultError
    return key


def padded_length(length: int) -> int:
    """Say how long a text of this length is after padding.

    Small texts fill the next bucket. Above the largest bucket PADMÉ applies: only the first few binary
    digits of a length stay visible, for an overhead that shrinks as the text grows.

    Args:
        length: in bytes, the four count bytes included.

    Returns:
        The padded length, never smaller.
    """
    for bucket in BUCKETS:
        if length <= bucket:
            return bucket
    exponent = length.bit_length() - 1
    hidden_bits = exponent - exponent.bit_length()
    mask = (1 << hidden_bits) - 1
    return (length + mask) & ~mask


def pad(text: bytes) -> bytes:
    """Put the length before a text and zero bytes after it, up to its padded length."""
    counted = _counted(text)
    return counted.ljust(padded_length(len(counted)), b"\0")


def unpad(padded: bytes) -> bytes:
    """Take a text out of its padding.

    Raises:
        VaultError: the length points outside, or the padding is not all zero.
    """
    end = COUNT_SIZE + int.from_bytes(padded[:COUNT_SIZE], "big")
    if end > len(padded) or padded[end:].strip(b"\0"):
        raise VaultError
    return padded[COUNT_SIZE:end]


def _counted(octets: bytes) -> bytes:
    return len(octets).to_bytes(COUNT_SIZE, "big") + octets


def _octets(part: Part) -> bytes:
    match part:
        case bytes():
            return part
        case str():
            return part.encode()
        case UUID():
            return part.bytes
        case int():
            return part.to_bytes(COUNT_SIZE, "big")
        case _:
            raise VaultError
