"""Finds the words that people see: in templates, and in gettext calls of Python files."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

GETTEXT = {
    "_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy",
    "pgettext", "pgettext_lazy",
}  # fmt: skip
SPOKEN_ATTRIBUTES = {"alt", "aria-description", "aria-label", "aria-roledescription", "placeholder", "title"}
# The name of the house is the same in every language; so are letters that stand for a key or a unit.
UNTRANSLATED = {"Nearer", "QR"}

_NOTE = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?endcomment\s*%\}|<!--.*?-->", re.DOTALL)
_BLOCK = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?%\}(.*?)\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
_LINE = re.compile(r"""\{%\s*trans(?:late)?\s+(?:"([^"]*)"|'([^']*)')""")
# Blocks that fill an attribute, such as {% block main_class %}.
_ATTRIBUTE_BLOCK = re.compile(r"\{%\s*block\s+\w*(?:class|attrs)\s*%\}[^<]*?\{%\s*endblock\b.*?%\}")
# Where a text names one of the two, a lint reads this instead.
SOMEBODY = "Somebody"
_PERSON = re.compile(r"\{\{\s*(?:name|you|other|me)\s*\}\}")
_TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{2,}")


def without_notes(template: str) -> str:
    """Return a template without its comments, line for line."""
    return _NOTE.sub(lambda note: "\n" * note.group().count("\n"), template)


def translated(template: str) -> Iterator[str]:
    """Yield the translatable texts of a template."""
    text = without_notes(template)
    for block in _BLOCK.finditer(text):
        yield _TAG.sub(" ", _PERSON.sub(SOMEBODY, block.group(1)))
    for line in _LINE.finditer(text):
        yield line.group(1) or line.group(2) or ""


def untranslated(template: str) -> list[str]:
    """Return the words a person would see or hear that no translator is ever shown."""
    bare = _TAG.sub("", _ATTRIBUTE_BLOCK.sub("", _BLOCK.sub("", without_notes(template))))
    reader = _Visible()
    reader.feed(bare)
    reader.close()
    return [text for text in reader.texts if set(_WORD.findall(text)) - UNTRANSLATED]


class _Visible(HTMLParser):
    """Collects text between tags, and the attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"script", "style"}
        self.texts += [value for attribute, value in attrs if attribute in SPOKEN_ATTRIBUTES and value]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self._silent and data.strip():
            self.texts.append(" ".join(data.split()))


def gettext_calls(path: Path) -> Iterator[ast.Call]:
    """Yield the calls that mark a text for translation."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func
            label = called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
            if label in GETTEXT:
                yield node


def said(call: ast.Call) -> Iterator[str]:
    """Yield the texts of one such call."""
    for argument in call.args:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value
