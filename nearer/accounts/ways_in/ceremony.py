"""The two ceremonies of passkeys: making one, and showing that one has it (WebAuthn level 3, with its PRF extension).

Every challenge is used once, lies in the sealed session and runs out. A passkey answers only where it was made:
its house is the name of this copy, and browsers take no number for a name.

`webauthn` takes its time to load: only whoever comes with a passkey waits for it.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils import timezone
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from nearer.accounts.models import User

SESSION, LASTS = "ceremony", timedelta(minutes=5)
# What a ceremony is for: an answer to one is none to another.
NEW, LOG_IN, AGAIN = "new", "log in", "again"
# The same for everybody and for ever: one ceremony then both logs in and gives the answer that opens the vault.
PRF_INPUT = hashlib.sha256(b"nearer/v1/prf").digest()
ANSWER_SIZE = 32
LOCALHOST, HTTPS_PORT = "localhost", 443
CHALLENGE_SIZE = 64


class Refused(Exception):
    """What came was no answer to what was asked here; why is not said."""


@dataclass(frozen=True)
class House:
    """Where passkeys of this copy belong.

    Attributes:
        id: its name, as browsers know it ("RP ID").
        origin: where its pages come from.
    """

    id: str
    origin: str


@dataclass(frozen=True, kw_only=True)
class Made:
    """A passkey that has just been made.

    Attributes:
        credential: its id.
        public: its public key.
        count: its counter.
        synced: whether it may be copied to other devices of the same account.
    """

    credential: bytes
    public: bytes = field(repr=False)
    count: int
    synced: bool


def house_of(request: HttpRequest) -> House | None:
    """Return the house as this request reaches it, or None where browsers make no passkeys."""
    name, _ = split_domain_port(request.get_host())
    if name == settings.CONFIG.host and settings.CONFIG.is_https and not is_number(name):
        port = urlsplit(settings.CONFIG.url).port
        return House(name, f"https://{name}" + (f":{port}" if port and port != HTTPS_PORT else ""))
    return House(name, f"http://{request.get_host()}") if name == LOCALHOST else None


def is_number(host: str) -> bool:
    """Say whether a host is an address and no name."""
    return host.startswith("[") or host.replace(".", "").isdigit()


def begin(request: HttpRequest, what: str) -> bytes:
    """Make a challenge for one ceremony; an earlier one of this session is over."""
    challenge = secrets.token_bytes(CHALLENGE_SIZE)
    until = (timezone.now() + LASTS).isoformat()
    request.session[SESSION] = {"what": what, "challenge": urlsafe_base64_encode(challenge), "until": until}
    return challenge


def ask_for_one(house: House, challenge: bytes) -> dict[str, Any]:
    """Return what a browser is asked so that somebody shows a passkey of this house, whichever they have."""
    import webauthn
    from webauthn.helpers.structs import UserVerificationRequirement

    options = webauthn.generate_authentication_options(
        rp_id=house.id, challenge=challenge, user_verification=UserVerificationRequirement.REQUIRED
    )
    return _with_prf(webauthn.helpers.options_to_json_dict(options))


def ask_for_a_new_one(house: House, challenge: bytes, user: User, known: list[bytes]) -> dict[str, Any]:
    """Return what a browser is asked so that somebody makes a passkey, on a device that has none of theirs yet."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_registration_options(
        rp_id=house.id, rp_name="Nearer", challenge=challenge, user_id=user.pk.bytes,
        user_name=user.username, user_display_name=user.username,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=each) for each in known],
    )  # fmt: skip
    return _with_prf(webauthn.helpers.options_to_json_dict(options))


def read_new_one(request: HttpRequest, sent: str) -> Made:
    """Check what a browser sent of a passkey that it has made.

    Raises:
        Refused: it does not answer what was asked.
    """
    import webauthn
    from webauthn.helpers.structs import CredentialDeviceType

    house, challenge = _begun(request, NEW)
    with _refusing():
        checked = webauthn.verify_registration_response(
            credential=sent, expected_challenge=challenge, expected_rp_id=house.id,
            expected_origin=house.origin, require_user_verification=True,
        )  # fmt: skip
    return Made(
        credential=checked.credential_id, public=checked.credential_public_key, count=checked.sign_count,
        synced=checked.credential_device_type is CredentialDeviceType.MULTI_DEVICE,
    )  # fmt: skip


def credential_in(sent: str) -> bytes:
    """Return the id of the passkey that a browser says it showed; nothing is checked yet.

    Raises:
        Refused: it says none.
    """
    import webauthn

    with _refusing():
        return webauthn.helpers.parse_authentication_credential_json(sent).raw_id


def read_one(request: HttpRequest, sent: str, what: str, public: bytes) -> tuple[int, bytes]:
    """Check what a browser sent of a passkey that somebody showed.

    Args:
        request: whose session holds the challenge; it is used up.
        sent: the browser's answer.
        what: which ceremony was begun.
        public: the passkey's public key.

    Returns:
        Its counter, and whose it says it is.

    Raises:
        Refused: it does not answer what was asked, or nobody was recognised by the device.
    """
    import webauthn

    house, challenge = _begun(request, what)
    with _refusing():
        answer = webauthn.helpers.parse_authentication_credential_json(sent)
        checked = webauthn.verify_authentication_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=house.id,
            expected_origin=house.origin, credential_public_key=public, credential_current_sign_count=0,
            require_user_verification=True,
        )  # fmt: skip
    return checked.new_sign_count, answer.response.user_handle or b""


def answer_in(sent: str) -> bytes:
    """Return the passkey's own answer ("PRF output"), or nothing where the device gives none.

    Raises:
        Refused: it is no such answer.
    """
    with _refusing():
        answer = urlsafe_base64_decode(sent)
    if sent and len(answer) != ANSWER_SIZE:
        raise Refused
    return answer


@contextmanager
def _refusing() -> Iterator[None]:
    """Refuse whatever cannot be read: what a browser sends can be wrong in every way, and the library says so in many."""
    from webauthn.helpers.exceptions import WebAuthnException

    wrong = (WebAuthnException, ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError)
    try:
        yield
    except wrong:
        raise Refused from None


def _begun(request: HttpRequest, what: str) -> tuple[House, bytes]:
    """Return where a ceremony was begun and with which challenge, and use that up."""
    house, begun = house_of(request), request.session.pop(SESSION, None)
    if (
        not house
        or not begun
        or begun["what"] != what
        or datetime.fromisoformat(begun["until"]) < timezone.now()
    ):
        raise Refused
    return house, urlsafe_base64_decode(begun["challenge"])


def _with_prf(options: dict[str, Any]) -> dict[str, Any]:
    return options | {"extensions": {"prf": {"eval": {"first": urlsafe_base64_encode(PRF_INPUT)}}}}
