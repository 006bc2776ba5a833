"""Sessions whose rows are useless to a thief: the pk is a hash of the cookie's token, the data is sealed under it.

Django's own store keeps the raw token, so a stolen database could be replayed as cookies.
"""

from __future__ import annotations

from collections.abc import Buffer, Callable, Collection
from contextlib import nullcontext
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError
from django.db import DatabaseError, IntegrityError, connection
from django.db.models import CharField, DateField
from django.dispatch import Signal
from django.utils import timezone

from nearer import clock
from nearer.database import cannot_store, writing
from nearer.prepared import Prepared
from nearer.vault import store, unstored
from nearer.vault.drawer import Drawer
from nearer.vault.envelope import Scope, open_record, seal
from nearer.vault.errors import VaultError
from nearer.vault.keys import open_drawer_key, session_key
from nearer.vault.models import SealedSession
from nearer.vault.tokens import hash_of, id_of

SCHEMA = 1
DATA, DRAWER = "session", "drawer"
BORN = "born"
EXPIRY = "_session_expiry"  # Django's own name for it
# On a shared device: when it was last used, inside the sealed data, so that the row tells nobody.
USED = "used"
REST = timedelta(minutes=10)
STEP = timedelta(minutes=1)
ENDED_ELSEWHERE = Signal()  # somebody has ended every session of theirs but this one; says `user_id`
ONE_DAY = timedelta(days=1)
NOBODYS = timedelta(days=4)  # longer than an invitation, which may wait in it
# With whose it is, and how their pages look: every page of theirs asks for these three.
ALIVE = Prepared(
    lambda hashes, day: SealedSession.objects.filter(token_hash__in=hashes, expires_on__gte=day).select_related(
        "user__profile"
    ),
    CharField(), DateField(),
)  # fmt: skip


class SessionStore(SessionBase):
    """Django's session interface over sealed rows; beside its data a session may hold an open drawer."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._row = SealedSession()
        self._drawer: Drawer | None = None
        self._unread = ""  # the token that opens the row's drawer, until somebody asks for that
        self._moved = False  # whether the drawer is to be written with the rest
        self.rested = False  # whether it has just ended because nobody was there, on a shared device

    @property
    def ref(self) -> UUID:
        """The name of this session among its owner's; it stays when the token changes."""
        self._session  # type: ignore[attr-defined]  # noqa: B018 - loads the row
        return self._row.ref

    @property
    def owner(self) -> Any | None:  # Any: a person, of a layer above this one
        """Whose it is, where the row beside the data says the same as the data; None where it does not."""
        known = self.get(SESSION_KEY)
        return self._row.user if known and str(self._row.user_id) == known else None

    def describe(self, about: bytes) -> None:
        """Keep what its owner reads of this session in the list of where they are signed in."""
        self._row.about = about
        self.modified = True

    @property
    def drawer(self) -> Drawer | None:
        """The drawer, unless it has run out."""
        self._session  # type: ignore[attr-defined]  # noqa: B018 - loads the row
        drawer = self._read_drawer()
        return drawer if drawer and drawer.is_open(timezone.now()) else None

    @drawer.setter
    def drawer(self, drawer: Drawer | None) -> None:
        self._session  # type: ignore[attr-defined]  # noqa: B018 - what is loaded later would take its place
        self._drawer, self._unread = drawer, ""
        self._moved = self.modified = True

    def load(self) -> dict[str, Any]:
        """Return the session's data, or start an empty one when the token opens nothing."""
        token = self.session_key or ""
        row = next(iter(self._alive([token])), None)
        data = _opened(token, row.blob, DATA) if row else None
        if row is None or data is None or _rests(data):
            if data is not None:
                self.rested = True
                self.delete(token)
            self._session_key = None
            return {}
        self._row = row
        self._drawer, self._unread = None, token if row.drawer else ""
        self._moved = bool(unstored.among([row.token_hash]))
        return data

    @classmethod
    def load_each(cls, tokens: Collection[str]) -> dict[str, dict[str, Any]]:
        """Open many sessions in one query.

        Returns:
            Token to data, without the tokens that open nothing.
        """
        hashes = {hash_of(token): token for token in tokens if token}
        rows = [(hashes[row.token_hash], row.blob) for row in cls._alive(tokens)]
        opened = {token: _opened(token, blob, DATA) for token, blob in rows}
        return {token: data for token, data in opened.items() if data is not None and not _rests(data)}

    @staticmethod
    def _alive(tokens: Collection[str]) -> list[SealedSession]:
        hashes = {hash_of(token) for token in tokens if token} - unstored.ended()
        found = ALIVE(list(hashes), clock.now().date())
        return list(({row.token_hash: row for row in found} | unstored.among(hashes)).values())

    def exists(self, session_key: str) -> bool:
        """Say whether a token is in use."""
        known = hash_of(session_key)
        return bool(unstored.among([known])) or SealedSession.objects.filter(token_hash=known).exists()

    def create(self) -> None:
        """Take a fresh token and store the session under it; an open drawer stays with the old one."""
        self._drawer, self._unread, self._moved = None, "", True
        while True:
            self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - as Django calls it
        """Seal and store the data; where nothing can be stored, keep it in memory.

        Raises:
            CreateError: the token is taken (`must_create`).
            UpdateError: the session was ended meanwhile.
        """
        if self.session_key is None:
            return self.create()
        token = self.session_key
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        data.setdefault(BORN, clock.now().date().isoformat())
        fields = {
            "blob": _sealed(token, data, DATA),
            "user_id": data.get(SESSION_KEY),
            "expires_on": self._last_day(data),
            "ref": self._row.ref,
            "about": self._row.about,
        }
        try:
            # One transaction, and only where a drawer moves a second one around it.
            with writing() if self._moved else nullcontext():
                drawer = self._drawer_stored(token) if self._moved else {}
                _store(hash_of(token), fields | drawer, must_create=must_create)
        except DatabaseError as problem:
            if not cannot_store(problem) or connection.in_atomic_block:
                raise
            drawer = self._drawer_columns(token, unstored.secret_for)
            unstored.keep(SealedSession(token_hash=hash_of(token), **fields, **drawer))
        else:
            unstored.forget([hash_of(token)])
        self._moved = False
        return None

    def _drawer_stored(self, token: str) -> dict[str, Any]:
        # The row is held while its secret is looked for: see `close_drawers`.
        list(SealedSession.objects.select_for_update().filter(token_hash=hash_of(token)).values_list("ref"))
        return self._drawer_columns(token, store.secret_for)

    def _drawer_columns(self, token: str, secret_for: Callable[[UUID], bytes]) -> dict[str, Any]:
        drawer = self._read_drawer()
        if drawer is None:
            if self._row.drawer and secret_for is store.secret_for:
                store.erase([self._row.ref])
            return {"drawer": b"", "drawer_until": None}
        key = open_drawer_key(token, secret_for(self._row.ref))
        sealed = seal(key, key_version=0, document=drawer.as_document(), **_about(token, DRAWER))
        self._row.drawer = sealed
        return {"drawer": sealed, "drawer_until": drawer.until}

    def _read_drawer(self) -> Drawer | None:
        if self._unread:
            self._drawer, self._unread = _open_drawer(self._unread, self._row), ""
        return self._drawer

    def _last_day(self, data: dict[str, Any]) -> date:
        today = clock.now().date()
        rolling = today + timedelta(seconds=settings.SESSION_COOKIE_AGE)
        absolute = date.fromisoformat(data[BORN]) + timedelta(seconds=settings.SESSION_ABSOLUTE_AGE)
        if SESSION_KEY not in data:
            return min(rolling, today + NOBODYS)
        return min(rolling, absolute, *([today + ONE_DAY] if USED in data else []))

    def use(self) -> None:
        """Note that somebody is there, once a minute at most; only a shared device asks."""
        used, now = self.get(USED), clock.now()
        if used and now - datetime.fromisoformat(used) >= STEP:
            self[USED] = now.isoformat()

    def share(self) -> None:
        """Let this be a session on a shared device: it ends with the browser, and when nobody is there."""
        self.set_expiry(0)
        self[USED] = clock.now().isoformat()

    @property
    def is_shared(self) -> bool:
        """Whether this is a session on a shared device."""
        return USED in self

    def flush(self) -> None:
        """End the session; whatever follows is another one."""
        super().flush()
        self._row, self._drawer, self._unread = SealedSession(), None, ""

    def delete(self, session_key: str | None = None) -> None:
        """Remove a session; unknown tokens are passed over."""
        token = session_key or self.session_key
        if token:
            unstored.remove(hash_of(token))

    @classmethod
    def clear_expired(cls) -> None:
        """Remove sessions past their last day."""
        SealedSession.objects.filter(expires_on__lt=clock.now().date()).delete()
        cls.close_drawers(timezone.now())

    @staticmethod
    def close_drawers(at: datetime) -> int:
        """Close every drawer that has run out by `at`, its secret first; return how many.

        What ended while nothing could be stored goes with them.
        """
        unstored.close_drawers(at)
        unstored.remove_ended()
        past = SealedSession.objects.filter(drawer_until__lt=at)
        if not past.exists():
            return 0
        # Whoever opens one of them in the same moment does it before or after, never in between.
        with writing():
            refs = list(past.select_for_update().values_list("ref", flat=True))
            store.erase(refs)
            return SealedSession.objects.filter(ref__in=refs).update(drawer=b"", drawer_until=None)


def _store(token_hash: str, fields: dict[str, Any], *, must_create: bool) -> None:
    with writing():
        if not must_create and SealedSession.objects.filter(token_hash=token_hash).update(**fields):
            return
        if not must_create and not unstored.among([token_hash]):
            raise UpdateError
        try:
            SealedSession.objects.create(token_hash=token_hash, **fields)
        except IntegrityError as taken:
            raise CreateError from taken


def _open_drawer(token: str, row: SealedSession) -> Drawer | None:
    secret = unstored.secret_of(row.ref) or store.secrets_of([row.ref]).get(row.ref, b"")
    try:
        key = open_drawer_key(token, secret)
        return Drawer.of(open_record(key, bytes(row.drawer), **_about(token, DRAWER)))
    except VaultError:
        return None  # its secret was erased


def _about(token: str, kind: str) -> dict[str, Any]:
    row = id_of(hash_of(token))
    return {
        "scope": Scope.SESSION,
        "scope_id": row,
        "kind": kind,
        "row": row,
        "author": row,
        "schema": SCHEMA,
    }


def _rests(data: dict[str, Any]) -> bool:
    return USED in data and clock.now() - datetime.fromisoformat(data[USED]) >= REST


def _sealed(token: str, document: dict[str, Any], kind: str) -> bytes:
    return seal(session_key(token), key_version=0, document=document, **_about(token, kind))


def _opened(token: str, blob: Buffer, kind: str) -> dict[str, Any] | None:
    try:
        return open_record(session_key(token), bytes(blob), **_about(token, kind))
    except VaultError:
        return None
