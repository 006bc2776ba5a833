"""Damage: every sealed value with a flipped byte, then an older one, then yesterday's records beside today's keys."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile, is_zipfile

import httpx

from drills.crowd import PASSPHRASE, Crowd, Page, Pair, Person
from drills.figures import Figure, Ground, at_least, exactly, told
from drills.rows import KEYS, RECORDS
from drills.thief import WORDS, speak
from nearer.testing.server import Copy
from tests.doors.crawl import everywhere

THEIRS, ERASED = "Zirconia", "Obsidian"
# What everybody comes by; all of the short form.
ALWAYS = ("/", "/us", "/spaces", "/settings", "/help")
type Values = dict[int, bytes]


@dataclass(frozen=True)
class Column:
    """A column of bytes, which is what everything sealed lies in, whatever comes to be sealed one day.

    Attributes:
        file: the database.
        table: the table.
        name: the column.
    """

    file: Path
    table: str
    name: str

    def __str__(self) -> str:
        return f"{self.table}.{self.name}"

    def values(self) -> Values:
        """Return what each row holds there, of rows that hold something."""
        with closing(sqlite3.connect(self.file, timeout=20)) as store:
            found = store.execute(f"SELECT rowid, {self.name} FROM {self.table}").fetchall()
        return {row: bytes(value) for row, value in found if value}

    def put(self, values: Values) -> None:
        """Write other values into rows, past everything that checks."""
        apart = {row: row.to_bytes(8) for row in values}  # what is unique cannot change places in one step
        with closing(sqlite3.connect(self.file, timeout=20)) as store, store:
            for step in (apart, values):
                store.executemany(
                    f"UPDATE {self.table} SET {self.name} = ? WHERE rowid = ?",
                    [(value, row) for row, value in step.items()],
                )


@dataclass
class Walk:
    """What two people met.

    Attributes:
        copy: where.
        pair: the two.
        is_long: whether they open every page there is.
    """

    copy: Copy
    pair: Pair
    is_long: bool
    broken: list[str] = field(default_factory=list)
    held: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    addresses: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for person in (self.pair.host, self.pair.guest):
            self.addresses[person.name] = self._own(person)

    def as_both(self, what: str, *, never: tuple[str, ...] = (THEIRS,)) -> None:
        """Open every page, take the copy, leave the bond and go, as both."""
        self.counts["kinds of damage"] += 1
        for person in (self.pair.host, self.pair.guest):
            for address in [*self.addresses[person.name], *ALWAYS]:
                self._look(person.client.get(address), f"{what}: {address} as {person.name}", never)
            self._copy(person, what, never)
        for person in (self.pair.host, self.pair.guest):
            self._leave(person, what)

    def _own(self, person: Person) -> list[str]:
        browser: Any = person.client  # it is asked as a test's client is
        found = everywhere(browser) if self.is_long else {}
        return [
            address
            for address, answer in found.items()
            if answer.status_code == httpx.codes.OK and "(" not in address
        ]

    def _look(self, answer: httpx.Response, what: str, never: tuple[str, ...]) -> None:
        self.counts["pages"] += 1
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            self.broken.append(f"{what} {answer.status_code}")
        self.shown += [f"{what} {word}" for word in never if word in answer.text]

    def _copy(self, person: Person, what: str, never: tuple[str, ...]) -> None:
        page = person.client.get("/settings/copy")
        token = Page(page.text).forms[-1].fields if page.status_code == httpx.codes.OK else {}
        answer = person.client.post("/settings/copy", data=token)
        if not is_zipfile(BytesIO(answer.content)):
            # What opens the drawer may be what is damaged; then the page that asks comes, and nothing breaks.
            return self._look(answer, f"{what}: the copy as {person.name}", never)
        self.counts["copies"] += 1
        try:
            with ZipFile(BytesIO(answer.content)) as packed:
                whole = b"".join(packed.read(name) for name in packed.namelist()).decode(errors="replace")
        except BadZipFile:
            self.broken.append(f"{what}: the copy as {person.name}")
        else:
            self.shown += [f"{what}: the copy {word}" for word in never if word in whole]
        return None

    def _leave(self, person: Person, what: str) -> None:
        forms = [form for form in person.page("/spaces").forms if form.action.endswith("/space")]
        if not forms and not self._enter(person):
            self.counts["who cannot come in"] += 1  # the damage is in what opens their vault
            return
        forms = forms or [form for form in person.page("/spaces").forms if form.action.endswith("/space")]
        for form in forms:
            answer = person.client.post(form.action, data=form.fields)
            if answer.status_code >= httpx.codes.BAD_REQUEST:
                self.held.append(f"{what}: {person.name} {answer.status_code}")
        if any(form.action.endswith("/space") for form in person.page("/spaces").forms):
            self.held.append(f"{what}: {person.name} is still there")
        self.counts["times somebody left"] += 1

    def _enter(self, person: Person) -> bool:
        form = next((form for form in person.page("/login").forms if form.action in {"", "/login"}), None)
        fields = {**(form.fields if form else {}), "username": person.name, "passphrase": PASSPHRASE}
        answer = person.client.post("/login", data=fields)
        if answer.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            self.broken.append(f"the log-in of {person.name} {answer.status_code}")
        return any(cookie.name.endswith("s") for cookie in person.client.cookies.jar) and answer.is_success


def drill(ground: Ground) -> list[Figure]:
    """Let two people live, damage one kind of value at a time, and walk."""
    with ground.serving() as copy, Crowd(copy.url) as crowd:
        pair, others = crowd.pair(1), crowd.pair(2)
        path = speak(
            pair, {name: f"{words} {ERASED}" for name, words in WORDS.items() if name != "passphrase"}
        )
        speak(others, {name: f"{words} {THEIRS}" for name, words in WORDS.items()})
        yesterday = Snapshot.of(copy, ground.folder / "yesterday")
        pair.host.send(path, move="Leave")
        back = Pair(pair.guest, pair.host)  # the host looks at another bond by now
        pair.guest.send(back.sit_down(), move="SetTopic", topic=WORDS["topic"])
        today, walk = Snapshot.of(copy, ground.folder / "today"), Walk(copy, pair, ground.is_long)
        names = {person.name: dict(person.client.cookies) for person in (pair.host, pair.guest)}

        def undo() -> None:
            today.put_back(RECORDS)
            today.put_back(KEYS)
            for person in (pair.host, pair.guest):
                person.client.cookies = httpx.Cookies(names[person.name])

        columns = [column for column in columns_of(copy) if column.values()]
        for number, column in enumerate(columns):
            if number % ground.size(short=6, long=1):
                continue
            for fault in (flipped, yesterday.older):
                column.put(fault(column))
                walk.as_both(f"{fault.__name__} {column}")
                undo()
        yesterday.put_back(RECORDS)
        walk.as_both("yesterday's records beside today's keys", never=(THEIRS, f"{WORDS['words']} {ERASED}"))
    return [
        told("kinds of sealed values", len(columns)),
        *(told(name, count) for name, count in sorted(walk.counts.items())),
        at_least(
            "times somebody left, of the times they could come in", walk.counts["times somebody left"], 1
        ),
        exactly("pages that broke", walk.broken, []),
        exactly("people who could not leave", walk.held, []),
        exactly("pages with words of others, or with erased ones", walk.shown, []),
    ]


def columns_of(copy: Copy) -> Iterator[Column]:
    """Yield every column of bytes in both databases."""
    for name in (RECORDS, KEYS):
        with closing(sqlite3.connect(copy.data / name)) as store:
            tables = [row[0] for row in store.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            for table in sorted(tables):
                for _id, column, kind, *_more in store.execute(f"PRAGMA table_info({table})"):
                    if kind == "BLOB":
                        yield Column(copy.data / name, table, column)


def flipped(column: Column) -> Values:
    """Return the values of a column with one byte changed in each."""
    return {row: value[:-1] + bytes([value[-1] ^ 1]) for row, value in column.values().items()}


@dataclass(frozen=True)
class Snapshot:
    """Both databases as they were.

    Attributes:
        data: where they belong.
        folder: where the copies are.
    """

    data: Path
    folder: Path

    @classmethod
    def of(cls, copy: Copy, folder: Path) -> Snapshot:
        """Keep both as they are now, while the program runs."""
        folder.mkdir()
        for name in (RECORDS, KEYS):
            with closing(sqlite3.connect(copy.data / name, timeout=20)) as store:
                store.execute("VACUUM INTO ?", [str(folder / name)])
        return cls(copy.data, folder)

    def put_back(self, name: str) -> None:
        """Put one of them back, while the program runs."""
        with (
            closing(sqlite3.connect(self.folder / name)) as kept,
            closing(sqlite3.connect(self.data / name, timeout=20)) as store,
        ):
            kept.backup(store)

    def older(self, column: Column) -> Values:
        """Return what the rows of a column held then, of rows that were there."""
        then = Column(self.folder / column.file.name, column.table, column.name).values()
        return {row: value for row, value in then.items() if row in column.values()}
