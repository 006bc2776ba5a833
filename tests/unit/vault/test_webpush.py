"""A message to a browser is what RFC 8291 says, always as long, and opens with other people's code."""

from __future__ import annotations

import base64
import json
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

import http_ece
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from nearer.vault.errors import VaultError
from nearer.vault.sender import Sender, seal_for_sender
from nearer.vault.webpush import CURVE, LENGTH, authorization, bytes_of, encrypt, text_of, written

# RFC 8291, appendix A.
MESSAGE = b"When I grow up, I want to be a watermelon"
TO = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
BROWSER = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
AUTH = "BTBZMqHH6r4Tts7J_aSIgg"
SERVER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
SALT = "DGv6ra1nlYgDCS1FRnbzlw"
BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
ENDPOINT = "https://push.example.net:8443/send/abc?x=1"
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def private(text: str) -> ec.EllipticCurvePrivateKey:
    return ec.derive_private_key(int.from_bytes(bytes_of(text)), CURVE)


def test_the_example_of_the_standard() -> None:
    body = encrypt(
        MESSAGE, to=bytes_of(TO), auth=bytes_of(AUTH), salt=bytes_of(SALT), private=private(SERVER), length=len(MESSAGE)
    )  # fmt: skip

    assert text_of(body) == BODY


def test_another_implementation_opens_it_and_every_message_is_as_long() -> None:
    browser = ec.generate_private_key(CURVE)
    to, auth = written(browser.public_key()), b"a" * 16
    bodies = [encrypt(message, to=to, auth=auth) for message in (b"", MESSAGE, b"x" * LENGTH)]

    assert {len(body) for body in bodies} == {86 + LENGTH + 1 + 16}
    opened = [
        http_ece.decrypt(body, private_key=browser, auth_secret=auth, version="aes128gcm") for body in bodies
    ]
    assert opened == [b"", MESSAGE, b"x" * LENGTH]


@pytest.mark.parametrize(
    ("message", "to", "auth"),
    [
        (b"x" * (LENGTH + 1), bytes_of(TO), bytes_of(AUTH)),
        (MESSAGE, bytes_of(TO)[:-1], bytes_of(AUTH)),
        (MESSAGE, b"\4" + bytes(64), bytes_of(AUTH)),
        (MESSAGE, bytes_of(TO), b"short"),
    ],
    ids=["long", "cut", "no point", "no secret"],
)
def test_what_cannot_be_used_is_refused(message: bytes, to: bytes, auth: bytes) -> None:
    with pytest.raises(VaultError):
        encrypt(message, to=to, auth=auth)


def test_a_push_service_can_check_who_sends() -> None:
    key = Sender.of(bytes(32)).push
    scheme, _space, rest = authorization(
        ENDPOINT, private=key, contact="https://nearer.example.org", at=AT
    ).partition(" ")
    said = dict(part.strip().split("=", 1) for part in rest.split(","))
    signed, _dot, signature = said["t"].rpartition(".")
    raw = bytes_of(signature)
    head, claims = (json.loads(bytes_of(part)) for part in signed.split("."))

    assert scheme == "vapid"
    assert head == {"typ": "JWT", "alg": "ES256"}
    where = urlsplit(ENDPOINT)
    assert claims["aud"] == f"{where.scheme}://{where.netloc}"
    assert claims["sub"] == "https://nearer.example.org"
    assert 0 < claims["exp"] - AT.timestamp() <= 24 * 3600
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, bytes_of(said["k"]))
    both = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public.verify(both, signed.encode(), ec.ECDSA(SHA256()))
    with pytest.raises(InvalidSignature):
        public.verify(both, b"else", ec.ECDSA(SHA256()))


def test_only_the_sender_opens_what_was_sealed_to_it_and_only_in_its_place() -> None:
    sender, row = Sender.of(b"k" * 32), UUID(int=7)
    sealed = seal_for_sender(sender.public, {"address": "someone@example.org"}, row=row)

    assert b"someone" not in sealed
    assert sender.opened(sealed, row=row) == {"address": "someone@example.org"}
    assert b"k" * 8 not in repr(sender).encode()
    for other, where in ((Sender.of(b"l" * 32), row), (sender, UUID(int=8))):
        with pytest.raises(VaultError):
            other.opened(sealed, row=where)
    assert (
        len({len(seal_for_sender(sender.public, {"address": "a" * n}, row=row)) for n in (1, 60, 120)}) == 1
    )


@pytest.mark.parametrize("text", ["*", "a", "é"])
def test_what_is_no_base64_is_refused(text: str) -> None:
    with pytest.raises(VaultError):
        bytes_of(text)


def test_it_reads_what_browsers_write_either_way() -> None:
    assert bytes_of("-_8") == bytes_of("-_8=") == base64.b64decode("+/8=")
