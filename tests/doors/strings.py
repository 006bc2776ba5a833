"""What could stand in a field: hundreds of strings that have broken programs, or look as if they could."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote_from_bytes

LIST = Path(__file__).with_name("strings.json")
MEGABYTE = 1_000_000


def strings() -> list[str]:
    """Return the list, then long ones."""
    found = [text for texts in json.loads(LIST.read_text(encoding="ascii")).values() for text in texts]
    return [*found, *long_ones()]


def long_ones() -> list[str]:
    """Return strings that are too long for a list, up to a megabyte."""
    return [
        "a long day " * 40, "m" * 4_097, "שלום " * 500, "🧡" * 1_000, "\u0301" * 2_000, "<b>" * 2_000,
        "&" * 2_000, "\n" * 3_000, "(" * 3_000, "{{" * 2_000, "x\r\n" * 2_000, "=1+1," * 1_000,
        "word" * (MEGABYTE // 4), "👩‍👩‍👧‍👦" * (MEGABYTE // 25), "<script>" * (MEGABYTE // 8),
    ]  # fmt: skip


def as_sent(text: str) -> bytes:
    """Return a value as a browser, or something worse, would send it: also half of a character."""
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="").encode()


def as_received(text: str) -> str:
    """Return what arrives of it: what was no character is marked as such."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def plain(text: str) -> str:
    """Return a text with every run of white space as one space, in which two that say the same are equal."""
    return " ".join(text.split())
