"""A device with passkeys, made of software: it answers as WebAuthn level 3 says, and can be told to misbehave."""

from __future__ import annotations

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from django.test import Client
from django.utils import timezone
from webauthn.helpers import encode_cbor

from nearer.accounts.again import SURE, SURE_FOR
from nearer.testing.cast import Person, open_drawer

HERE: dict[str, Any] = {"headers": {"host": "localhost"}}
OK = 200
PRESENT, VERIFIED, MAY_SYNC, SYNCED, NEW = 0x01, 0x04, 0x08, 0x10, 0x40


def b64(data: bytes) -> str:
    return urlsafe_b64encode(data).decode().rstrip("=")


def unb64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass
class Device:
    """A device that holds one passkey.

    Attributes:
        prf: whether it can give an answer of its own.
        synced: whether the passkey may be copied to other devices.
        origin: which page it believes to be on.
        house: which house it believes that page to be of.
        count: how often it was used.
        recognises: whether it makes sure who holds it.
    """

    prf: bool = True
    synced: bool = False
    origin: str = "http://localhost"
    house: str = "localhost"
    count: int = 0
    recognises: bool = True
    name: bytes = b"a credential of this device"
    owner: bytes = b""
    key: Any = field(default_factory=lambda: generate_private_key(SECP256R1()))

    def make(self, options: dict[str, Any]) -> dict[str, str]:
        """Make the passkey, and return what the page sends."""
        self.owner = unb64(options["user"]["id"])
        point = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: point.x.to_bytes(32, "big"), -3: point.y.to_bytes(32, "big")}
        held = bytes(16) + len(self.name).to_bytes(2, "big") + self.name + encode_cbor(public)
        attested = {"fmt": "none", "attStmt": {}, "authData": self._data(NEW) + held}
        response = {
            "clientDataJSON": self._client("webauthn.create", options),
            "attestationObject": b64(encode_cbor(attested)),
        }
        return self._sent(response, options)

    def show(self, options: dict[str, Any]) -> dict[str, str]:
        """Show the passkey, and return what the page sends."""
        self.count += 1
        client, data = self._client("webauthn.get", options), self._data()
        signed = self.key.sign(data + hashlib.sha256(unb64(client)).digest(), ECDSA(SHA256()))
        response = {
            "clientDataJSON": client,
            "authenticatorData": b64(data),
            "signature": b64(signed),
            "userHandle": b64(self.owner),
        }
        return self._sent(response, options)

    def copy(self) -> Device:
        """Return a copy of it as it is now, as a thief would make it."""
        return replace(self)

    def _data(self, more: int = 0) -> bytes:
        flags = (
            PRESENT | more | (VERIFIED if self.recognises else 0) | (MAY_SYNC | SYNCED if self.synced else 0)
        )
        return hashlib.sha256(self.house.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, options: dict[str, Any]) -> str:
        said = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return b64(json.dumps(said).encode())

    def _sent(self, response: dict[str, str], options: dict[str, Any]) -> dict[str, str]:
        whole = {"id": b64(self.name), "rawId": b64(self.name), "type": "public-key", "response": response}
        asked = unb64(options["extensions"]["prf"]["eval"]["first"])
        secret = self.key.private_numbers().private_value.to_bytes(32, "big")
        answer = b64(hmac.digest(secret, asked, "sha256")) if self.prf else ""
        return {"credential": json.dumps(whole), "prf": answer}


def options(client: Client, path: str = "/passkey/ask") -> Any:
    """Begin a ceremony from a browser."""
    asked = client.post(path, **HERE)
    assert asked.status_code == OK
    return asked.json()


def make_sure(person: Person, path: str = "/settings/passkeys") -> None:
    """Let somebody have just shown, for one address, that it is them."""
    open_drawer(person)
    session = person.client.session
    session[SURE] = (path, (timezone.now() + SURE_FOR).isoformat())
    session.save()


def remove(person: Person, ref: str) -> Any:
    """Let somebody remove a passkey, having shown for it that it is them."""
    make_sure(person, "/settings/passkeys/remove")
    return person.client.post("/settings/passkeys/remove", {"passkey": ref})


def add(person: Person, device: Device) -> Any:
    """Let somebody add the device's passkey, as the page does it."""
    make_sure(person)
    sent = device.make(options(person.client, "/settings/passkeys/ask"))
    return person.client.post("/settings/passkeys", sent, **HERE)


def log_in(device: Device, client: Client | None = None, **more: str) -> tuple[Client, Any]:
    """Log a browser in with the device's passkey, as the page does it."""
    client = client or Client()
    sent = device.show(options(client))
    return client, client.post("/passkey/login", {**sent, **more}, **HERE)
