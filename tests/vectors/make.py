"""Make the frozen examples, once: `python -m tests.vectors.make` from the repository's root.

Each file is a promise: what is in it must open for ever. So this refuses to write over one; what comes later
gets a new file beside it.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import UUID

from nearer.vault import crockford, envelope, keys
from nearer.vault.envelope import Scope, padded_size, seal
from nearer.vault.framing import lp

FOLDER = Path(__file__).parent
# Lengths of text at both edges of every bucket, then of PADMÉ.
LENGTHS = [240, 241, 496, 497, 1008, 1009, 2032, 2033, 4080, 4081, 4336, 4337, 20_000]
TEXTS = {
    "empty": "",
    "accents": "Ça va, chérie? Où es-tu, Zoë",
    "accents, decomposed": "cafe\u0301",
    "emoji": "🌱 👩🏽‍🤝‍👨🏻 ❤️‍🔥 🏳️‍🌈",
    "right to left": "אני כאן. أنا هنا \u202eabc\u202c",
    "other scripts": "愛している · ขอบคุณ · मैं सुन रहा हूँ · Привет",
    "controls": "a\0b\tc\r\nd\x7f\u2028\ufeff",
    "quotes": "\"'`\\/</script>{{ x }}",
    "outside the first plane": "\U0001d52b\U0001d522 \U0010ffff",
}

type Json = dict[str, Any]


def fixed(name: str, size: int = 32) -> bytes:
    """Make bytes that look random and are the same every time."""
    return hashlib.sha256(b"nearer vector: " + name.encode()).digest()[:size]


def person(name: str) -> UUID:
    """Make an id that is the same every time."""
    return UUID(bytes=fixed(f"id {name}", 16), version=4)


def record(name: str, document: Json, *, scope: Scope = Scope.BOND, **changed: Any) -> Json:
    """Seal one document with a known key and nonce."""
    key, nonce = fixed(f"key {name}"), fixed(f"nonce {name}", 24)
    place: Json = {"kind": "entry", "schema": 1, "key_version": 1} | changed
    ids: Json = {"scope_id": person("bond"), "row": person(name), "author": person("noor")}
    with patch.object(envelope, "_new_nonce", lambda: nonce):
        blob = seal(key, scope=scope, document=document, **ids, **place)
    return {
        "name": name, "key": key.hex(), "nonce": nonce.hex(), "scope": int(scope),
        **{field: str(value) for field, value in ids.items()}, **place,
        "document": document, "padded": padded_size(blob), "blob": base64.b64encode(blob).decode(),
    }  # fmt: skip


def records() -> list[Json]:
    """Every scope, every bucket, many scripts, and the edges of the numbers."""
    made = [record(f"scope {s.name.lower()}", {"words": "here"}, scope=s, kind=s.name.lower()) for s in Scope]
    made += [record(f"length {length}", {"words": "a" * length}) for length in LENGTHS]
    made += [record(f"text {name}", {"words": text}) for name, text in TEXTS.items()]
    made.append(record("no fields", {}))
    made.append(record("largest numbers", {"n": 1}, schema=2**32 - 1, key_version=2**32 - 1))
    made.append(record("smallest numbers", {"n": 0}, schema=0, key_version=0))
    made.append(record("kind in another script", {"n": 1}, kind="разговор"))
    every: Json = {
        "z": None,
        "a": [True, False, 0, -1, 2**53, 1.5, 1e-9],
        "m": {"ключ": {"": []}},
        "aa": "\u00e9",
    }
    made.append(record("every kind of value, keys unsorted", every))
    return made


def derivation(function: str, arguments: list[Any], ikm: bytes, salt: bytes, info: bytes) -> Json:
    """Call one function of the hierarchy and write down what it must equal."""
    result: bytes = getattr(keys, function)(*arguments)
    return {
        "function": function, "arguments": [written(argument) for argument in arguments],
        "ikm": ikm.hex(), "salt": salt.hex(), "info": info.hex(), "result": result.hex(),
    }  # fmt: skip


def written(argument: bytes | UUID | str) -> dict[str, str]:
    """Write an argument with its type."""
    if isinstance(argument, bytes):
        return {"hex": argument.hex()}
    return {"uuid": str(argument)} if isinstance(argument, UUID) else {"text": argument}


def derivations() -> list[Json]:
    """Each derivation, with the HKDF inputs that anyone can check it by."""
    secret, shred, noor = fixed("secret"), fixed("shred"), person("noor")
    n, v = "nearer", "v1"
    made = [
        derivation("key_encryption_key", [s, shred, m, noor], s, shred, lp(n, v, "kek", m, noor))
        for m, s in [("passphrase", secret), ("passkey", fixed("prf")), ("recovery", fixed("code", 16))]
    ]
    for function, level, purposes in [
        ("private_key_from", "user", ["identity", "profile", "private"]),
        ("bond_subkey", "bond", ["card", "file", "label", "roster"]),
        ("host_subkey", "host", ["django", "email", "short-code"]),
    ]:
        key = fixed(level)
        made += [derivation(function, [key, p], key, b"", lp(n, v, level, p)) for p in purposes]
    bond, sitting, link, code = fixed("bond"), fixed("sitting"), fixed("link", 16), fixed("short", 5)
    token = fixed("token").hex()
    made.append(derivation("sitting_key", [bond, sitting], bond, sitting, lp(n, v, "entry")))
    made.append(derivation("session_key", [token], token.encode(), b"", lp(n, v, "session")))
    made.append(derivation("invite_key", [link], link, b"", lp(n, v, "invite")))
    made.append(derivation("short_code_key", [code, shred], code, shred, lp(n, v, "short-code")))
    return made


def stretches() -> list[Json]:
    """Passphrases and what they become; the last one is at full strength."""
    cases = [
        ("correct horse battery staple", {"m": 8, "t": 1, "p": 1}),
        ("cafe\u0301 \ufb01nd \uff4eear", {"m": 64, "t": 2, "p": 2}),
        ("אהבה 愛 🌱", {"m": 32, "t": 3, "p": 4}),
        ("four plain words here", keys.Argon2().as_dict()),
    ]
    salt = fixed("salt", 16)
    return [
        {
            "passphrase": words, "salt": salt.hex(), "params": params,
            "result": keys.stretch(words, salt, keys.Argon2(**params)).hex(),
        }
        for words, params in cases
    ]  # fmt: skip


def wraps() -> list[Json]:
    """Keys locked with keys."""
    made = []
    for purpose, scope in [
        ("master", Scope.UNLOCK), ("identity", Scope.UNLOCK), ("bond", Scope.INVITE), ("ring", Scope.SESSION),
    ]:  # fmt: skip
        key, secret, owner = fixed(f"kek {purpose}"), fixed(f"inner {purpose}"), person(f"owner {purpose}")
        nonce = fixed(f"wrap nonce {purpose}", 24)
        with patch.object(envelope, "_new_nonce", lambda nonce=nonce: nonce):
            blob = keys.wrap(key, secret, purpose=purpose, owner=owner, scope=scope)
        made.append({
            "purpose": purpose, "scope": int(scope), "owner": str(owner), "key": key.hex(),
            "secret": secret.hex(), "nonce": nonce.hex(), "blob": base64.b64encode(blob).decode(),
        })  # fmt: skip
    return made


def bond_keys() -> list[Json]:
    """Bond keys sealed to people; HPKE draws its own randomness, so these were made once and only open."""
    made = []
    for version, name in enumerate(["noor", "sam", "noor", "sam"], start=1):
        private, bond_key = fixed(f"identity {name}"), fixed(f"bond key {version}")
        public, about = keys.public_key_of(private), {"bond": person("bond"), "member": person(name)}
        number = 2**32 - 1 if version == 4 else version
        sealed = keys.seal_bond_key(public, bond_key, version=number, **about)
        made.append({
            "private": private.hex(), "public": public.hex(), "fingerprint": keys.fingerprint(public),
            **{field: str(value) for field, value in about.items()}, "version": number,
            "bond_key": bond_key.hex(), "sealed": sealed.hex(),
        })  # fmt: skip
    return made


def codes() -> list[Json]:
    """Recovery codes, and other ways people type them."""
    made = []
    for secret in [bytes(16), b"\xff" * 16, fixed("code", 16), fixed("another code", 16)]:
        code = crockford.grouped(crockford.write(secret))
        bare = code.replace("-", "")
        typed = [bare.lower(), code.replace("-", " \u2013 "), bare.replace("0", "O").replace("1", "l")]
        made.append({"code": code, "typed": typed, "secret": secret.hex()})
    return made


def invitations() -> list[Json]:
    """What invitations are found by."""
    link, code, host = fixed("link", 16), fixed("short", 5), fixed("host")
    return [
        {
            "text": keys.write_invite_secret(link), "secret": link.hex(),
            "selector": keys.invite_selector(link).hex(),
        },
        {
            "text": crockford.grouped(crockford.write(code)), "secret": code.hex(), "host_key": host.hex(),
            "selector": keys.short_code_selector(host, code).hex(),
        },
    ]  # fmt: skip


def drawer_derivations() -> list[Json]:
    """The keys of what a person keeps for themselves alone."""
    master, secret, writing = fixed("user"), fixed("own secret"), fixed("writing")
    private, n, v = fixed("private"), "nearer", "v1"
    made = [derivation("drawer_key", [master], master, b"", lp(n, v, "user", "drawer"))]
    made += [
        derivation("private_subkey", [private, p], private, b"", lp(n, v, "private", p))
        for p in ("record", "label", "drawer")
    ]
    made.append(derivation("drawer_record_key", [secret, writing], secret, writing, lp(n, v, "drawer")))
    return made


def drawers() -> list[Json]:
    """Records in drawers, whole: the sealed secret and the record behind it; they only open."""
    made = []
    for name in ("noor", "sam"):
        master, writing, secret = fixed(f"master {name}"), fixed(f"writing {name}"), fixed(f"own {name}")
        owner, row = person(name), person(f"row {name}")
        public = keys.public_key_of(keys.drawer_key(master))
        sealed = keys.seal_into_drawer(public, secret, person=owner, row=row)
        document: Json = {"words": f"for {name} alone"}
        place: Json = {"kind": "pulse", "schema": 1}
        blob = seal(
            keys.drawer_record_key(secret, writing), scope=Scope.USER, scope_id=owner, row=row, author=owner,
            key_version=1, document=document, **place,
        )  # fmt: skip
        made.append({
            "master": master.hex(), "writing": writing.hex(), "public": public.hex(), "person": str(owner),
            "row": str(row), **place, "document": document,
            "stored": base64.b64encode(sealed + blob).decode(),
        })  # fmt: skip
    return made


def marks() -> list[Json]:
    """What records are found by."""
    key, subject = fixed("labels"), str(person("sitting"))
    return [
        {
            "key": key.hex(), "kind": kind, "label": keys.label_of(key, kind).hex(), "subject": subject,
            "row": str(keys.row_about(key, kind, subject)),
        }
        for kind in ("pulse", "разговор")
    ]  # fmt: skip


def first() -> Json:
    """Everything of format v1."""
    return {
        "format": "nearer vault v1", "records": records(), "derivations": derivations(),
        "stretches": stretches(), "wraps": wraps(), "bond_keys": bond_keys(), "recovery_codes": codes(),
        "invitations": invitations(),
    }  # fmt: skip


def second() -> Json:
    """What the drawer added."""
    return {"derivations": drawer_derivations(), "drawers": drawers(), "marks": marks()}


def main() -> None:
    """Write the files that are not there yet."""
    for name, make in (("v1.json", first), ("v2.json", second)):
        target = FOLDER / name
        if target.exists():
            sys.stdout.write(f"{name} is frozen and was not touched.\n")
        else:
            target.write_text(json.dumps(make(), indent=1, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    main()
