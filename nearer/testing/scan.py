"""Looks for words in files and databases, in every disguise in which a program might have left them there."""

from __future__ import annotations

import base64
import json
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path
from urllib.parse import quote, quote_plus

import numpy as np

# A deflated stream may begin anywhere: in a file of its own, in a log, in a database page.
STREAMS = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
GZIP = 31
ZLIB = 15
HEAD = 8
MOST = 4 * 1024 * 1024
DEEPEST = 3


@cache
def disguises(word: str | bytes) -> frozenset[bytes]:
    """Return the bytes by which a word, or a key, would be recognised."""
    return frozenset(_disguises(word))


def _disguises(word: str | bytes) -> set[bytes]:
    if isinstance(word, bytes):
        return _of_bytes(word)
    plain = {
        word,
        word.upper(),
        word.lower(),
        word[::-1],
        quote(word),
        quote_plus(word),
        json.dumps(word)[1:-1],
    }
    wide = {word.encode(encoding) for encoding in ("utf-16-le", "utf-16-be", "utf-32-le")}
    return wide.union(*(_of_bytes(text.encode()) for text in plain), *(_of_bytes(text) for text in wide))


def findings(blob: bytes, words: Mapping[str, str | bytes], *, deep: int = 0) -> set[str]:
    """Return the names of the words that are in a blob, also inside what is compressed in it."""
    forms = {name: disguises(word) for name, word in words.items()}
    likely = _likely(blob, set().union(*forms.values()))
    found = {name for name, alike in forms.items() if any(form in blob for form in alike & likely)}
    if deep < DEEPEST:
        for inner in _inflated(blob):
            found |= findings(inner, words, deep=deep + 1)
    return found


def findings_in(blobs: Iterable[tuple[str, bytes]], words: Mapping[str, str | bytes]) -> dict[str, set[str]]:
    """Return where which words are; empty when none is anywhere."""
    return {where: found for where, blob in blobs if (found := findings(blob, words))}


def files_under(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Return every file under a folder with its bytes, and its name as bytes of its own."""
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder))
        if path.is_file() and not path.is_symlink():
            yield name, name.encode() + b"\0" + path.read_bytes()


def rows_of(path: Path) -> Iterator[tuple[str, bytes]]:
    """Return every table of an SQLite file with its values, which the file itself may hold in pieces."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        listed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (name,) in listed:
            rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608 - its own names
            yield f"{path.name}:{name}", b"\0".join(_stored(value) for row in rows for value in row)


def tables_of(url: str) -> Iterator[tuple[str, bytes]]:
    """Return every table of a PostgreSQL database with its bytes, as a dump would hold them."""
    import psycopg
    from psycopg import sql

    with psycopg.connect(url) as connection:
        listed = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (name,) in listed:
            query = sql.SQL("COPY {} TO STDOUT (FORMAT binary)").format(sql.Identifier(name))
            with connection.cursor() as cursor, cursor.copy(query) as copied:
                yield name, b"".join(bytes(part) for part in copied)


def _likely(blob: bytes, forms: set[bytes]) -> set[bytes]:
    """Return the forms that begin as something in the blob does: all in one pass, since there are thousands."""
    by_head = {int.from_bytes(form[:HEAD], "little"): form[:HEAD] for form in forms if len(form) >= HEAD}
    heads = np.array(sorted(by_head), dtype="<u8")
    seen: set[bytes] = set()
    for shift in range(min(HEAD, len(blob)) if by_head else 0):
        windows = np.frombuffer(blob, "<u8", count=(len(blob) - shift) // HEAD, offset=shift)
        places = np.minimum(np.searchsorted(heads, windows), len(heads) - 1)
        seen |= {by_head[int(head)] for head in np.unique(windows[heads[places] == windows])}
    return {form for form in forms if len(form) < HEAD or form[:HEAD] in seen}


def _stored(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _of_bytes(raw: bytes) -> set[bytes]:
    hexed = raw.hex().encode()
    return {raw, hexed, hexed.upper(), *_in_base64(raw)}


def _in_base64(raw: bytes) -> Iterator[bytes]:
    # Where a word begins within three bytes changes how it looks; the ends depend on its neighbours.
    for before in range(3):
        whole = base64.b64encode(bytes(before) + raw)
        start = (before * 8 + 5) // 6
        end = (before + len(raw)) * 8 // 6
        inner = whole[start:end]
        yield inner
        yield inner.translate(bytes.maketrans(b"+/", b"-_"))


def _inflated(blob: bytes) -> Iterator[bytes]:
    for match in STREAMS.finditer(blob):
        inflate = zlib.decompressobj(GZIP if match[0].startswith(b"\x1f") else ZLIB)
        try:
            inner = inflate.decompress(blob[match.start() :], MOST)
        except zlib.error:
            continue
        if inner:
            yield inner
