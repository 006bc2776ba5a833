"""The keys of the sender of notices: what is sealed to it, and by what a push service knows this copy.

All of them come from one secret of this server, `notices.key`, which serves nothing else. It opens where somebody wants to be
called, and never a word of what anybody wrote.
"""

import secrets
from collections.abc import Buffer
from dataclasses import dataclass, field
from typing import Self
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec

from nearer.vault.derivation import derive
from nearer.vault.envelope import Document, Scope, open_record, seal
from nearer.vault.framing import whole
from nearer.vault.identity import SEALED_SIZE, open_from_sender, public_key_of, seal_to_sender

KEY_SIZE = 32
KIND, SCHEMA = "sender", 1
# The order of the curve P-256 (SP 800-186): private keys are numbers below it.
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


@dataclass(frozen=True)
class Sender:
    """The sender's keys.

    Attributes:
        public: to which pages seal an address.
        push: the private key with which messages to push services are signed (VAPID, RFC 8292).
    """

    public: bytes
    push: ec.EllipticCurvePrivateKey = field(repr=False)
    _private: bytes = field(repr=False)

    @classmethod
    def of(cls, secret: bytes) -> Self:
        """Derive them.

        Args:
            secret: 32 bytes.

        Raises:
            VaultError: it is not 32 bytes.
        """
        private = derive(whole(secret), b"", "notices", "addresses")
        number = int.from_bytes(derive(whole(secret), b"", "notices", "push")) % (ORDER - 1) + 1
        return cls(public_key_of(private), ec.derive_private_key(number, ec.SECP256R1()), private)

    def opened(self, blob: Buffer, *, row: UUID) -> Document:
        """Open what was sealed to it.

        Raises:
            VaultError: for anything else, whatever the cause.
        """
        sealed = bytes(blob)
        key = open_from_sender(self._private, sealed[:SEALED_SIZE], row=row)
        return open_record(key, sealed[SEALED_SIZE:], **_place(row))


def seal_for_sender(public: bytes, document: Document, *, row: UUID) -> bytes:
    """Seal a document so that only the sender of notices opens it.

    Args:
        public: its public key.
        document: values that JSON can hold.
        row: the id of the row that holds what is sealed.

    Raises:
        VaultError: the key or the document cannot be used.
    """
    key = secrets.token_bytes(KEY_SIZE)
    record = seal(key, key_version=1, document=document, **_place(row))
    return seal_to_sender(public, key, row=row) + record


def _place(row: UUID) -> Document:
    return {"scope": Scope.USER, "scope_id": row, "kind": KIND, "row": row, "author": row, "schema": SCHEMA}
