"""A message to a browser that is not here: sealed so that the push service between carries it and reads nothing.

The content coding is RFC 8188 with the keys of RFC 8291, in one record; who sends it is signed as RFC 8292 says. The message is
padded to one length. tests/unit/vault holds the example of RFC 8291, and opens what is sealed here with other people's code.
"""

import base64
import json
import secrets
import struct
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from nearer.vault.errors import VaultError, refusing

LENGTH = 1024
"""Every message is padded to so many bytes."""
POINT_SIZE, AUTH_SIZE, SALT_SIZE = 65, 16, 16
RECORD_SIZE = 4096
LAST = b"\x02"  # the delimiter of the last record
HOURS = timedelta(hours=12)  # how long a signature holds; RFC 8292 allows a day
NUMBER_SIZE = 32

CURVE = ec.SECP256R1()


def encrypt(
    message: bytes,
    *,
    to: bytes,
    auth: bytes,
    salt: bytes | None = None,
    private: ec.EllipticCurvePrivateKey | None = None,
    length: int = LENGTH,
) -> bytes:
    """Encrypt a message for one browser.

    Args:
        message: what it says.
        to: the browser's public key (`p256dh`), an uncompressed point of 65 bytes.
        auth: the secret it gave along, 16 bytes.
        salt: 16 bytes, made unless an example names them.
        private: the key of this one message, made unless an example names it.
        length: what it is padded to.

    Returns:
        The body for the push service, always as long.

    Raises:
        VaultError: the message is longer than that, or the browser's keys are none.
    """
    if len(message) > length or len(auth) != AUTH_SIZE:
        raise VaultError
    theirs = point_of(to)
    own, salt = private or ec.generate_private_key(CURVE), salt or secrets.token_bytes(SALT_SIZE)
    public = written(own.public_key())
    shared = own.exchange(ec.ECDH(), theirs)
    secret = _hkdf(shared, auth, b"WebPush: info\0" + to + public, 32)
    key = _hkdf(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _hkdf(secret, salt, b"Content-Encoding: nonce\0", 12)
    padded = message + LAST + bytes(length - len(message))
    head = salt + struct.pack(">IB", RECORD_SIZE, len(public)) + public
    return head + AESGCM(key).encrypt(nonce, padded, None)


def authorization(endpoint: str, *, private: ec.EllipticCurvePrivateKey, contact: str, at: datetime) -> str:
    """Return the header by which a push service knows that the same copy sends that was subscribed to.

    Args:
        endpoint: where the message goes.
        private: this copy's key.
        contact: an https or mailto address of whoever runs it.
        at: now.
    """
    parts = urlsplit(endpoint)
    claims = {
        "aud": f"{parts.scheme}://{parts.netloc}",
        "exp": int((at + HOURS).timestamp()),
        "sub": contact,
    }
    signed = f"{_json({'typ': 'JWT', 'alg': 'ES256'})}.{_json(claims)}"
    r, s = decode_dss_signature(private.sign(signed.encode(), ec.ECDSA(SHA256())))
    signature = r.to_bytes(NUMBER_SIZE) + s.to_bytes(NUMBER_SIZE)
    return f"vapid t={signed}.{text_of(signature)}, k={text_of(written(private.public_key()))}"


@refusing(ValueError)
def point_of(raw: bytes) -> ec.EllipticCurvePublicKey:
    """Read a browser's public key.

    Raises:
        VaultError: it is no point of the curve, written out in 65 bytes.
    """
    if len(raw) != POINT_SIZE:
        raise VaultError
    return ec.EllipticCurvePublicKey.from_encoded_point(CURVE, raw)


def written(public: ec.EllipticCurvePublicKey) -> bytes:
    """Return a public key as an uncompressed point of 65 bytes."""
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def text_of(raw: bytes) -> str:
    """Return bytes as base64url without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@refusing(ValueError)
def bytes_of(text: str) -> bytes:
    """Read base64url, padded or not.

    Raises:
        VaultError: it is none.
    """
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), b"-_", validate=True)


def _json(what: dict[str, object]) -> str:
    return text_of(json.dumps(what, separators=(",", ":")).encode())


def _hkdf(secret: bytes, salt: bytes, info: bytes, size: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=size, salt=salt, info=info).derive(secret)
