"""What was ever sealed opens for ever: with our code, and with a second reader."""

import base64
import hashlib
import hmac
import json
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest

from nearer.vault import envelope, keys, recovery
from nearer.vault.envelope import Scope, key_version_of, open_record, padded_size, seal

from . import opener

FOLDER = Path(__file__).parents[2] / "vectors"
FROZEN = {
    "v1.json": "828eaa3f1d244a6f870028500524beaf62221091fe32a717423406cd5e619a4e",
    "v2.json": "5d489398212774598594720757b1e0bc386c26c684afde40c3030ea17e95b954",
}
VECTORS, LATER = (json.loads((FOLDER / name).read_text()) for name in FROZEN)

type Json = dict[str, Any]


def each(part: str) -> pytest.MarkDecorator:
    cases = [*VECTORS.get(part, []), *LATER.get(part, [])]
    return pytest.mark.parametrize("case", cases, ids=[f"{part}-{place}" for place in range(len(cases))])


def place_of(case: Json) -> Json:
    ids = {field: UUID(case[field]) for field in ("scope_id", "row", "author")}
    return {"scope": Scope(case["scope"]), "kind": case["kind"], "schema": case["schema"], **ids}


def test_no_file_has_changed_by_one_byte() -> None:
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in FOLDER.glob("v*.json")}

    assert found == FROZEN


def test_the_file_covers_every_scope_every_bucket_and_more_than_thirty_cases() -> None:
    records = VECTORS["records"]

    assert {record["scope"] for record in records} == {int(scope) for scope in Scope}
    assert {256, 512, 1024, 2048, 4096, 4352, 4608, 20_480} <= {record["padded"] for record in records}
    assert sum(len(part) for part in VECTORS.values() if isinstance(part, list)) >= 60


@each("records")
def test_a_record_opens(case: Json) -> None:
    key, blob = bytes.fromhex(case["key"]), base64.b64decode(case["blob"])

    assert open_record(key, blob, **place_of(case)) == case["document"]
    assert opener.record_open(key, blob, **place_of(case)) == case["document"]
    assert key_version_of(blob) == case["key_version"]
    assert padded_size(blob) == case["padded"]


@each("records")
def test_a_record_is_still_written_with_the_same_bytes(case: Json) -> None:
    with patch.object(envelope, "_new_nonce", lambda: bytes.fromhex(case["nonce"])):
        blob = seal(
            bytes.fromhex(case["key"]),
            document=case["document"],
            key_version=case["key_version"],
            **place_of(case),
        )

    assert base64.b64encode(blob).decode() == case["blob"]


def argument(written: dict[str, str]) -> bytes | UUID | str:
    ((kind, value),) = written.items()
    return {"hex": bytes.fromhex, "uuid": UUID, "text": str}[kind](value)  # type: ignore[operator,no-any-return]


@each("derivations")
def test_a_key_is_derived(case: Json) -> None:
    result = getattr(keys, case["function"])(*map(argument, case["arguments"]))
    ikm, salt, info = (bytes.fromhex(case[part]) for part in ("ikm", "salt", "info"))
    by_hand = opener.hkdf(ikm, salt, info)

    assert result.hex() == by_hand.hex() == case["result"]


@each("stretches")
def test_a_passphrase_is_stretched(case: Json) -> None:
    result = keys.stretch(case["passphrase"], bytes.fromhex(case["salt"]), keys.Argon2(**case["params"]))

    assert result.hex() == case["result"]


@each("wraps")
def test_a_wrapped_key_opens_and_is_still_written_the_same(case: Json) -> None:
    key, secret, blob = (
        bytes.fromhex(case["key"]),
        bytes.fromhex(case["secret"]),
        base64.b64decode(case["blob"]),
    )
    about: Json = {"purpose": case["purpose"], "owner": UUID(case["owner"]), "scope": Scope(case["scope"])}

    with patch.object(envelope, "_new_nonce", lambda: bytes.fromhex(case["nonce"])):
        assert keys.wrap(key, secret, **about) == blob

    assert keys.unwrap(key, blob, **about) == secret


@each("bond_keys")
def test_a_sealed_bond_key_opens(case: Json) -> None:
    private, public, sealed = (bytes.fromhex(case[part]) for part in ("private", "public", "sealed"))
    bond, member, version = UUID(case["bond"]), UUID(case["member"]), case["version"]
    info = opener.counted(
        b"nearer", b"v1", b"hpke", b"bondkey", bond.bytes, member.bytes, version.to_bytes(4, "big")
    )

    opened = keys.open_bond_key(private, sealed, bond=bond, member=member, version=version)

    assert opened.hex() == opener.hpke_open(private, sealed, info).hex() == case["bond_key"]
    assert keys.public_key_of(private) == public
    assert keys.fingerprint(public) == case["fingerprint"]


@each("drawers")
def test_what_lies_in_a_drawer_opens(case: Json) -> None:
    master, writing, stored = (
        bytes.fromhex(case["master"]), bytes.fromhex(case["writing"]), base64.b64decode(case["stored"]),
    )  # fmt: skip
    owner, row = UUID(case["person"]), UUID(case["row"])
    place: Json = {"scope": Scope.USER, "scope_id": owner, "row": row, "author": owner}
    place |= {"kind": case["kind"], "schema": case["schema"]}
    sealed, blob = stored[:80], stored[80:]

    private = keys.drawer_key(master)
    secret = keys.open_from_drawer(private, sealed, person=owner, row=row)

    assert keys.public_key_of(private).hex() == case["public"]
    assert open_record(keys.drawer_record_key(secret, writing), blob, **place) == case["document"]
    info = opener.counted(b"nearer", b"v1", b"hpke", b"drawer", owner.bytes, row.bytes)
    by_hand = opener.hpke_open(
        opener.hkdf(master, b"", opener.counted(b"nearer", b"v1", b"user", b"drawer")), sealed, info
    )
    key = opener.hkdf(by_hand, writing, opener.counted(b"nearer", b"v1", b"drawer"))
    assert opener.record_open(key, blob, **place) == case["document"]


@each("marks")
def test_a_record_is_found(case: Json) -> None:
    key, kind, subject = bytes.fromhex(case["key"]), case["kind"], case["subject"]
    label = opener.counted(b"nearer", b"v1", b"label", kind.encode())
    row = opener.counted(b"nearer", b"v1", b"row", kind.encode(), subject.encode())

    assert keys.label_of(key, kind).hex() == case["label"]
    assert hmac.digest(key, label, "sha256")[:8].hex() == case["label"]
    assert str(keys.row_about(key, kind, subject)) == case["row"]
    assert str(UUID(bytes=hmac.digest(key, row, "sha256")[:16], version=4)) == case["row"]


@each("recovery_codes")
def test_a_recovery_code_is_read(case: Json) -> None:
    for typed in [case["code"], *case["typed"]]:
        assert recovery.read_code(typed).hex() == case["secret"]


def test_an_invitation_link_is_found() -> None:
    link = VECTORS["invitations"][0]

    secret = keys.read_invite_secret(link["text"])

    assert secret.hex() == link["secret"]
    assert keys.write_invite_secret(secret) == link["text"]
    assert keys.invite_selector(secret).hex() == link["selector"]


def test_a_short_code_is_found() -> None:
    short = VECTORS["invitations"][1]

    code = keys.read_short_code(short["text"])

    assert code.hex() == short["secret"]
    assert keys.short_code_selector(bytes.fromhex(short["host_key"]), code).hex() == short["selector"]
