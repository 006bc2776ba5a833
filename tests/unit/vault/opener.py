"""A second, small reader of everything the vault writes, made from the specifications and not from our code.

If this opens what the vault sealed, then so can anyone with the keys and docs/crypto.md.
"""

import hashlib
import hmac
import json
import struct
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.ciphers.algorithms import ChaCha20
from cryptography.hazmat.primitives.poly1305 import Poly1305

WORD = 0xFFFFFFFF
# RFC 9180: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20Poly1305.
KEM_ID = b"KEM" + struct.pack(">H", 0x20)
HPKE_ID = b"HPKE" + struct.pack(">HHH", 0x20, 1, 3)


def counted(*parts: bytes) -> bytes:
    return b"".join(struct.pack(">I", len(part)) + part for part in parts)


def extract(salt: bytes, ikm: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), ikm, "sha256")


def expand(prk: bytes, info: bytes, length: int) -> bytes:
    out, block = b"", b""
    for counter in range(1, -(-length // 32) + 1):
        block = hmac.digest(prk, block + info + bytes([counter]), "sha256")
        out += block
    return out[:length]


def hkdf(ikm: bytes, salt: bytes, info: bytes, length: int = 32) -> bytes:
    return expand(extract(salt, ikm), info, length)


def hpke_open(private: bytes, sealed: bytes, info: bytes, aad: bytes = b"") -> bytes:
    """Open a base-mode HPKE message at sequence number 0, as RFC 9180 sections 4.1 and 5.1 say."""
    enc, ciphertext = sealed[:32], sealed[32:]
    key = X25519PrivateKey.from_private_bytes(private)
    dh = key.exchange(X25519PublicKey.from_public_bytes(enc))
    prk = _labeled_extract(KEM_ID, b"", b"eae_prk", dh)
    context = enc + key.public_key().public_bytes_raw()
    shared = _labeled_expand(KEM_ID, prk, b"shared_secret", context, 32)
    psk_id_hash = _labeled_extract(HPKE_ID, b"", b"psk_id_hash", b"")
    info_hash = _labeled_extract(HPKE_ID, b"", b"info_hash", info)
    schedule = b"\0" + psk_id_hash + info_hash
    secret = _labeled_extract(HPKE_ID, shared, b"secret", b"")
    nonce = _labeled_expand(HPKE_ID, secret, b"base_nonce", schedule, 12)
    return ChaCha20Poly1305(_labeled_expand(HPKE_ID, secret, b"key", schedule, 32)).decrypt(
        nonce, ciphertext, aad
    )


def _labeled_extract(suite: bytes, salt: bytes, label: bytes, ikm: bytes) -> bytes:
    return extract(salt, b"HPKE-v1" + suite + label + ikm)


def _labeled_expand(suite: bytes, prk: bytes, label: bytes, info: bytes, length: int) -> bytes:
    return expand(prk, struct.pack(">H", length) + b"HPKE-v1" + suite + label + info, length)


def hchacha20(key: bytes, nonce: bytes) -> bytes:
    """Derive a subkey as draft-irtf-cfrg-xchacha section 2.2 says."""
    state = [
        *struct.unpack("<4I", b"expand 32-byte k"),
        *struct.unpack("<8I", key),
        *struct.unpack("<4I", nonce),
    ]
    columns = [(0, 4, 8, 12), (1, 5, 9, 13), (2, 6, 10, 14), (3, 7, 11, 15)]
    diagonals = [(0, 5, 10, 15), (1, 6, 11, 12), (2, 7, 8, 13), (3, 4, 9, 14)]
    for _ in range(10):
        for quarter in columns + diagonals:
            _quarter_round(state, *quarter)
    return struct.pack("<8I", *state[:4], *state[12:])


def _quarter_round(state: list[int], a: int, b: int, c: int, d: int) -> None:
    for first, second, third, turn in ((a, b, d, 16), (c, d, b, 12), (a, b, d, 8), (c, d, b, 7)):
        state[first] = (state[first] + state[second]) & WORD
        mixed = state[third] ^ state[first]
        state[third] = (mixed << turn | mixed >> 32 - turn) & WORD


def xchacha_open(key: bytes, nonce: bytes, ciphertext: bytes, aad: bytes) -> bytes:
    return ChaCha20Poly1305(hchacha20(key, nonce[:16])).decrypt(b"\0\0\0\0" + nonce[16:], ciphertext, aad)


def record_open(
    key: bytes, blob: bytes, *, scope: int, scope_id: UUID, kind: str, row: UUID, author: UUID, schema: int
) -> dict[str, Any]:
    """Open a record of format 1, suite 1."""
    header, nonce, ciphertext = blob[:9], blob[9:33], blob[33:]
    assert header[:5] == b"NR\x01\x01" + bytes([scope])
    aad = counted(header, kind.encode(), row.bytes, scope_id.bytes, author.bytes, struct.pack(">I", schema))
    padded = xchacha_open(key, nonce, ciphertext, aad)
    (length,) = struct.unpack(">I", padded[:4])
    assert not any(padded[4 + length :])
    document: dict[str, Any] = json.loads(padded[4 : 4 + length])
    return document


def sha256(text: bytes) -> bytes:
    return hashlib.sha256(text).digest()


def chacha20(key: bytes, nonce: bytes, counter: int, text: bytes) -> bytes:
    """RFC 8439 section 2.4, by way of a library's block function."""
    cipher = Cipher(ChaCha20(key, struct.pack("<I", counter) + nonce), mode=None)
    return cipher.encryptor().update(text)


def file_open(key: bytes, blob: bytes, file: UUID) -> bytes:
    """Open a file of format 1, suite 4: libsodium's secretstream, as its documentation gives the construction."""
    head, start, body = blob[:9], blob[9:33], blob[33:]
    assert head == b"NR\x01\x04\x06\0\0\0\x01"
    aad, subkey, chain = counted(head, b"file", file.bytes), hchacha20(key, start[:16]), start[16:]
    padded = b""
    pieces = [body[at : at + 65_553] for at in range(0, len(body), 65_553)]
    for number, piece in enumerate(pieces, start=1):
        nonce = struct.pack("<I", number) + chain
        sealed_tag, ciphertext, mac = piece[:1], piece[1:-16], piece[-16:]
        tag_block = chacha20(subkey, nonce, 1, sealed_tag + bytes(63))
        # What is authenticated holds the tag as it was sealed, and its 63 zeros as they were enciphered.
        covered = aad.ljust(-(-len(aad) // 16) * 16, b"\0") + sealed_tag + tag_block[1:] + ciphertext
        covered += bytes(len(ciphertext) % 16) + struct.pack("<QQ", len(aad), 64 + len(ciphertext))
        Poly1305.verify_tag(chacha20(subkey, nonce, 0, bytes(32)), covered, mac)
        assert tag_block[0] == (3 if number == len(pieces) else 0)
        padded += chacha20(subkey, nonce, 2, ciphertext)
        chain = bytes(one ^ other for one, other in zip(chain, mac[:8], strict=True))
    (length,) = struct.unpack(">I", padded[:4])
    assert not any(padded[4 + length :])
    return padded[4 : 4 + length]
