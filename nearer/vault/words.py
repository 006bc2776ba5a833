"""Short words for two uses: to compare a key by voice, and to make a passphrase of.

The list is our own: 512 words, none of which begins with the same four letters as another, so that a word half
heard or half typed is still told apart. Nine bits a word; six words are 54.
"""

import secrets
from importlib import resources
from uuid import UUID

from nearer.vault.derivation import derive
from nearer.vault.framing import whole

WORDS = tuple(resources.files("nearer.vault").joinpath("words.txt").read_text(encoding="ascii").split())
BITS = 9
COUNT = 6


def words_of(number: int) -> tuple[str, ...]:
    """Write a number as six words, the most significant first; what does not fit is left out."""
    return tuple(WORDS[number >> BITS * place & (1 << BITS) - 1] for place in reversed(range(COUNT)))


def check_words(secret: bytes, public: bytes, request: UUID) -> tuple[str, ...]:
    """Return the six words by which two people compare a public key, each on their own screen.

    Whoever swaps the key on its way, but does not have the link's secret, cannot even search for one that
    gives the same words.

    Args:
        secret: the link's, 16 bytes.
        public: the public key, 32 bytes, of whoever asks.
        request: what they ask with.

    Raises:
        VaultError: there is no secret, or the public key is not 32 bytes.
    """
    digest = derive(secret, b"", "check-words", request, whole(public))
    return words_of(int.from_bytes(digest, "big") >> len(digest) * 8 - BITS * COUNT)


def suggestion() -> str:
    """Make a passphrase of six words drawn at random: 54 bits, kept nowhere."""
    return " ".join(secrets.choice(WORDS) for _ in range(COUNT))
