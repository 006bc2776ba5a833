"""A search that finds nothing proves something only if it would have found it."""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from nearer.testing.scan import files_under, findings, findings_in

WORD = "kestrel ünder glass 4d1f"
KEY = bytes(range(100, 132))


def in_base64(before: int) -> Callable[[bytes], bytes]:
    return lambda raw: base64.b64encode(b"x" * before + raw + b"yz")


HIDDEN: dict[str, Callable[[bytes], bytes]] = {
    "raw": lambda raw: raw,
    "hex": lambda raw: raw.hex().encode(),
    "HEX": lambda raw: raw.hex().upper().encode(),
    "base64": in_base64(0),
    "base64 one on": in_base64(1),
    "base64 two on": in_base64(2),
    "base64 for addresses": lambda raw: base64.urlsafe_b64encode(b"x" + raw),
    "gzip": gzip.compress,
    "zlib": zlib.compress,
    "zlib, fast": lambda raw: zlib.compress(raw, 1),
    "zlib, best": lambda raw: zlib.compress(raw, 9),
    "gzip in zlib": lambda raw: zlib.compress(b"page" + gzip.compress(b"text" + raw)),
    "hex in gzip": lambda raw: gzip.compress(raw.hex().encode()),
}
WRITTEN: dict[str, bytes] = {
    "utf-8": WORD.encode(),
    "utf-16-le": WORD.encode("utf-16-le"),
    "utf-16-be": WORD.encode("utf-16-be"),
    "utf-32": WORD.encode("utf-32-le"),
    "address": quote(WORD).encode(),
    "json": json.dumps(WORD).encode(),
    "capitals": WORD.upper().encode(),
    "backwards": WORD[::-1].encode(),
}


@pytest.mark.parametrize("hide", HIDDEN.values(), ids=HIDDEN)
def test_a_word_and_a_key_are_found_in_every_disguise(hide: Callable[[bytes], bytes]) -> None:
    for name, raw in {"word": WORD.encode(), "key": KEY}.items():
        blob = bytes(4096) + b"before" + hide(raw) + b"after" + bytes(4096)

        assert findings(blob, {"word": WORD, "key": KEY}) == {name}


@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_a_word_is_found_however_it_is_written(written: bytes) -> None:
    assert findings(b"<<" + written + b">>", {"word": WORD}) == {"word"}
    assert findings(b"<<" + base64.b64encode(b"." + written) + b">>", {"word": WORD}) == {"word"}
    assert findings(zlib.compress(written), {"word": WORD}) == {"word"}


def test_what_is_not_there_is_not_found() -> None:
    blob = b"kestrel under glass 4d1f" + gzip.compress(b"kestrel") + b"\x1f\x8b\x08 no stream \x78\x9c"

    assert findings(blob, {"word": WORD, "key": KEY}) == set()


def test_files_are_searched_by_name_and_by_content(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.log").write_bytes(b"said: " + WORD.encode())
    (tmp_path / "named-4d1f-glass").write_bytes(b"")

    found = findings_in(files_under(tmp_path), {"word": WORD, "name": "4d1f-glass"})

    assert found == {"deep/a.log": {"word"}, "named-4d1f-glass": {"name"}}
