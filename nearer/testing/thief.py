"""A thief with a copy of the records: everything that is sealed, and every key that can be made from the rest."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.contrib.auth import password_validation
from django.db.models import QuerySet

from nearer.accounts.models import Profile
from nearer.bonds.models import Bond, FirstQuestion, Invitation, Member, Return
from nearer.files.models import SealedFile
from nearer.keepsakes.items import KEEPSAKE
from nearer.library.bookmarks import BOOKMARKS
from nearer.plans.lines import PLAN
from nearer.plans.parking import PARKED
from nearer.pulse.readings import READING
from nearer.records.events import EVENT
from nearer.records.keeping import sealed_as
from nearer.records.models import Record
from nearer.sittings.letters import reminders
from nearer.sittings.models import Entry, Sitting
from nearer.sittings.run.drawn import DRAWN
from nearer.vault import keys
from nearer.vault.envelope import MAGIC, Scope, open_by_one_of, open_record
from nearer.vault.errors import VaultError
from nearer.vault.models import Identity, SealedSession, StoredKey, UnlockMethod
from nearer.vault.streams import open_file

KEY = 32
PURPOSES = (
    "django",
    "short-code",
    "entry",
    "card",
    "sitting",
    "invitation",
    "first",
    "record",
    "label",
    "roster",
    "return",
)

# Kinds of records by their names: the thief has read the code. Tests put one of each before them.
KINDS = (
    PLAN.name,
    PARKED.name,
    READING.name,
    KEEPSAKE.name,
    reminders.WISH.name,
    BOOKMARKS.name,
    EVENT.name,
    DRAWN.name,
)


@dataclass(frozen=True)
class Locked:
    """One sealed value in the records.

    Attributes:
        what: which column it is in.
        open: raises VaultError unless given its key.
    """

    what: str
    open: Callable[[bytes], object] = field(repr=False)

    def opens_with(self, candidates: Iterable[bytes]) -> bool:
        """Say whether one of the candidates is its key."""
        return any(self._tried(candidate) for candidate in candidates)

    def _tried(self, candidate: bytes) -> bool:
        try:
            self.open(candidate)
        except VaultError:
            return False
        return True


def everything_locked() -> list[Locked]:
    """Return every sealed value in the records, each knowing its place: the thief knows the code."""
    return [*_of_people(), *_of_bonds(), *_of_sittings(), *_of_records(), *_of_files()]


def some_of_every_kind(most: int = 2) -> list[Locked]:
    """Return a few locked things of each kind: they are all locked alike."""
    found: dict[str, list[Locked]] = {}
    for each in everything_locked():
        found.setdefault(each.what, []).append(each)
    return [each for alike in found.values() for each in alike[:most]]


def of_kind(what: str) -> list[Locked]:
    """Return the sealed values of one kind, such as "entry": what people said."""
    return [found for found in everything_locked() if found.what == what]


def values(*, key_store: bool = True) -> set[bytes]:
    """Return every value of every column as bytes, in each form it can be read in.

    Args:
        key_store: whether the thief has that, too, or only the records.
    """
    found: set[bytes] = set()
    for model in apps.get_models():
        if key_store or model is not StoredKey:
            for row in QuerySet(model).values_list():
                found.update(form for value in row for form in _forms(value))
    return found


def host_secrets() -> set[bytes]:
    """Return what the server knows without anybody signed in: its key, and what it derives."""
    host = settings.HOST_KEY
    derived = {keys.host_subkey(host, purpose) for purpose in PURPOSES}
    return {host, settings.SECRET_KEY.encode(), bytes.fromhex(settings.SECRET_KEY), *derived}


def common_passphrases(count: int) -> list[str]:
    """Return the passwords that thieves try first."""
    path = Path(password_validation.__file__).parent / "common-passwords.txt.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line.strip() for _, line in zip(range(count), lines, strict=False)]


def derived_from(seeds: Iterable[bytes]) -> set[bytes]:
    """Return every key that the product, or a naive programmer, would make of these seeds."""
    found: set[bytes] = set()
    for seed in seeds:
        found.add(hashlib.sha256(seed).digest())
        if seed:
            found |= {keys.derive(seed, b"", purpose) for purpose in ("session", "invite")}
        if len(seed) == KEY:
            found |= {seed, *_subkeys(seed)}
    return found


def guessed(passphrases: Iterable[str], shreds: Iterable[bytes]) -> set[bytes]:
    """Return the keys that these passphrases give with every person's salt and each of these shreds."""
    found: set[bytes] = set()
    tries, pieces = list(passphrases), [shred for shred in shreds if len(shred) == KEY]
    for method in UnlockMethod.objects.exclude(salt=b""):
        for passphrase in tries:
            stretched = keys.stretch(passphrase, bytes(method.salt), keys.Argon2(**method.params))
            locks = {
                keys.key_encryption_key(stretched, shred, method.kind, method.user_id) for shred in pieces
            }
            found |= {stretched, *locks}
    return found


def _subkeys(seed: bytes) -> Iterator[bytes]:
    yield from (keys.bond_subkey(seed, purpose) for purpose in PURPOSES[2:])
    yield from (
        keys.private_key_from(seed, purpose) for purpose in ("identity", "profile", "private", "drawer")
    )
    yield from (
        keys.private_subkey(seed, purpose) for purpose in ("record", "label", "drawer", "return-link")
    )
    yield keys.sitting_key(seed, seed)
    yield keys.record_key(seed, seed)
    yield keys.file_key(seed, seed)
    yield keys.drawer_record_key(seed, seed)


def _forms(value: Any) -> Iterator[bytes]:  # Any: whatever a column holds
    if isinstance(value, UUID):
        yield from (value.bytes, str(value).encode(), value.hex.encode())
    elif isinstance(value, bytes | memoryview):
        blob = bytes(value)
        yield blob
        yield from (blob[start : start + KEY] for start in (0, 9, 33, len(blob) - KEY) if start >= 0)
    elif value is not None:
        yield json.dumps(value, default=str).encode()
        yield str(value).encode()


def _of_people() -> Iterator[Locked]:
    for method in UnlockMethod.objects.all():
        yield Locked("master key", partial(_unwrap, bytes(method.wrap), "master", method.user_id))
    for identity in Identity.objects.all():
        yield Locked(
            "identity", partial(_unwrap, bytes(identity.wrapped_private), "identity", identity.user_id)
        )
    for profile in Profile.objects.all():
        user = profile.user_id
        yield Locked(
            "profile", partial(_record, bytes(profile.sealed), Scope.USER, "profile", user, user, user)
        )
    for session in SealedSession.objects.all():
        row = UUID(session.token_hash[:KEY])
        for what, blob in (("session", session.blob), ("drawer", session.drawer)):
            if blob:
                yield Locked(what, partial(_record, bytes(blob), Scope.SESSION, what, row, row, row))


def _of_bonds() -> Iterator[Locked]:
    for member in Member.objects.select_related("bond"):
        bond = member.bond
        yield Locked(
            "bond key", partial(_bond_key, bytes(member.sealed_key), bond.pk, member.pk, bond.key_version)
        )
        about = (Scope.BOND, "card", bond.pk, member.pk, member.user_id)
        yield Locked("card", partial(_record, bytes(member.card), *about))
    for bond in Bond.objects.all():
        about = (Scope.BOND, "roster", bond.pk, bond.pk, bond.pk)
        yield Locked("roster", partial(_record, bytes(bond.roster), *about))
    for row in Invitation.objects.all():
        yield Locked("invitation", partial(_unwrap, bytes(row.wrap), "invitation", row.bond_id))
        yield Locked("invitation code", partial(_unwrap, bytes(row.code_wrap), "code", row.pk))
        for author in _members(row.bond_id):
            about = (Scope.BOND, "invitation", row.bond_id, row.pk, author)
            yield Locked("kept invitation", partial(_record, bytes(row.kept), *about))
    for asking in Return.objects.all():
        ref, own = asking.pk, (asking.pk, asking.pk, asking.pk)
        yield Locked("request", partial(_record, bytes(asking.card), Scope.INVITE, "return", *own))
        yield Locked("request's code", partial(_unwrap, bytes(asking.code_wrap), "return", ref))
        yield Locked("kept request", partial(_record, bytes(asking.kept), Scope.USER, "return-link", *own))
        bond_id = asking.bond_id or ref
        for author in _members(bond_id):
            about = (Scope.BOND, "return", bond_id, ref, author)
            yield Locked("promise", partial(_record, bytes(asking.vouched), *about))
    for asked in FirstQuestion.objects.all():
        about = (Scope.BOND, "first", asked.bond_id, asked.pk, asked.bond_id)
        yield Locked("first question", partial(_record, bytes(asked.sealed), *about))


def _of_sittings() -> Iterator[Locked]:
    for sitting in Sitting.objects.all():
        about = (Scope.BOND, "sitting", sitting.bond_id, sitting.pk, sitting.bond_id)
        yield Locked("header", partial(_record, bytes(sitting.header), *about))
    for entry in Entry.objects.select_related("sitting"):
        yield Locked("entry", partial(_entry, entry, _members(entry.sitting.bond_id)))


def _of_records() -> Iterator[Locked]:
    for row in Record.objects.all():
        if row.bond_id:
            about = (Scope.BOND, row.bond_id, _members(row.bond_id))
            yield Locked("bond's record", partial(_any_kind, row, *about))
        elif row.user_id:
            about = (Scope.USER, row.user_id, [row.user_id])
            yield Locked("own record", partial(_any_kind, row, *about))
            if not bytes(row.sealed).startswith(MAGIC):
                secret = bytes(row.sealed)[: keys.SEALED_SIZE]
                yield Locked("own record's secret", partial(_secret, secret, row.user_id, row.pk))


def _of_files() -> Iterator[Locked]:
    for row in SealedFile.objects.all():
        yield Locked("file", partial(_file, bytes(row.sealed), row.pk))


def _file(sealed: bytes, file: UUID, key: bytes) -> object:
    return open_file(key, sealed, file=file)


def _any_kind(row: Record, scope: Scope, owner: UUID, authors: list[UUID], key: bytes) -> object:
    sealed = bytes(row.sealed)
    record = sealed if sealed.startswith(MAGIC) else sealed[keys.SEALED_SIZE :]
    for author in authors:
        with suppress(VaultError):
            return _record(record, scope, sealed_as(row.label), owner, row.pk, author, key)
    raise VaultError


def _secret(sealed: bytes, owner: UUID, row: UUID, key: bytes) -> object:
    return keys.open_from_drawer(key, sealed, person=owner, row=row)


def _members(bond: UUID) -> list[UUID]:
    return list(Member.objects.filter(bond_id=bond).values_list("user_id", flat=True))


def _unwrap(blob: bytes, purpose: str, owner: UUID, key: bytes) -> object:
    return keys.unwrap(key, blob, purpose=purpose, owner=owner)


def _record(
    blob: bytes, scope: Scope, kind: str, scope_id: UUID, row: UUID, author: UUID, key: bytes
) -> object:
    return open_record(key, blob, scope=scope, scope_id=scope_id, kind=kind, row=row, author=author, schema=1)


def _bond_key(sealed: bytes, bond: UUID, member: UUID, version: int, key: bytes) -> object:
    return keys.open_bond_key(key, sealed, bond=bond, member=member, version=version)


def _entry(entry: Entry, authors: list[UUID], key: bytes) -> object:
    kind, scope_id = f"entry:{entry.sitting_id}:{entry.seq}", entry.sitting.bond_id
    return open_by_one_of(
        authors,
        key,
        bytes(entry.sealed),
        scope=Scope.BOND,
        scope_id=scope_id,
        kind=kind,
        row=entry.pk,
        schema=1,
    )
