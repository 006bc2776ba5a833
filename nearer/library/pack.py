"""A pack: a folder of articles with their authors, categories and pictures. It is read, never run. PURE.

pack.toml               name, title, version, maker, licence, language; [[author]] and [[category]]
articles/<slug>.md      +++ TOML head +++ and Markdown
pictures/<name>.svg     drawings of shapes alone
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from nearer.library.document import LINE_MOST, Document, NotAnArticle, Signed, check_slug
from nearer.library.pictures import NotAPicture, check_drawing

SCHEMA = 1
HEAD = re.compile(r"\A\+\+\+\n(.*?)\n\+\+\+\n(.*)\Z", re.DOTALL)
FILE_MOST, ARTICLES_MOST = 200_000, 2_000
VERSION = re.compile(r"\d+(?:\.\d+){0,2}")
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
SIGNED = frozenset(each.name for each in fields(Signed))


class PackError(ValueError):
    """A pack cannot be used. The message names the file and says what to write instead."""


@dataclass(frozen=True, kw_only=True)
class Writer:
    """Somebody who stands for articles.

    Attributes:
        slug: their part of the address.
        name: as it is shown.
        role: what they are, such as "couples therapist".
        about: a few sentences.
        credentials: what qualifies them, a line each.
    """

    slug: str
    name: str
    role: str = ""
    about: str = ""
    credentials: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shelfmark:
    """A category: where an article stands.

    Attributes:
        slug: its part of the address.
        name: as it is shown.
        about: one sentence.
    """

    slug: str
    name: str
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One article of a pack."""

    slug: str
    category: str
    document: Document
    signed: Signed


@dataclass(frozen=True, kw_only=True)
class Pack:
    """Everything a folder holds.

    Attributes:
        slug: the pack's name in addresses.
        title: as it is shown.
        version: such as "1.2".
        maker: who made it.
        licence: under which terms.
        language: of its articles, such as "en".
        writers: who stands for them.
        categories: in their order.
        pieces: the articles.
        pictures: name to SVG.
        practices: slugs that its articles may lead into, also where they are not installed.
    """

    slug: str
    title: str
    version: str
    maker: str
    licence: str
    language: str
    writers: tuple[Writer, ...]
    categories: tuple[Shelfmark, ...]
    pieces: tuple[Piece, ...]
    pictures: dict[str, bytes] = field(repr=False)
    practices: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """A hash of everything in it."""
        return hashlib.sha256(repr((*_parts(self), sorted(self.pictures.items()))).encode()).hexdigest()


def read_pack(folder: Path) -> Pack:
    """Read a pack from its folder.

    Raises:
        PackError: something in it is missing, unknown or not allowed.
    """
    about = _toml(folder / "pack.toml", _text(folder / "pack.toml"))
    if about.pop("schema", None) != SCHEMA:
        raise PackError(f"pack.toml: this program reads packs with schema = {SCHEMA}.")
    writers = tuple(_read("pack.toml: writers", Writer, each) for each in about.pop("writers", ()))
    categories = tuple(
        _read("pack.toml: categories", Shelfmark, each) for each in about.pop("categories", ())
    )
    pictures = {path.stem: _picture(path) for path in sorted((folder / "pictures").glob("*.svg"))}
    paths = sorted((folder / "articles").glob("*.md"))[: ARTICLES_MOST + 1]
    if not paths or len(paths) > ARTICLES_MOST:
        raise PackError(f"articles: a pack holds 1 to {ARTICLES_MOST} articles, as files that end in .md.")
    pack = _read(
        "pack.toml",
        Pack,
        about
        | {
            "writers": writers,
            "categories": categories,
            "pictures": pictures,
            "pieces": tuple(map(_piece, paths)),
        },
    )
    _check(pack)
    return pack


def _piece(path: Path) -> Piece:
    where = f"articles/{path.name}"
    parts = HEAD.match(_text(path))
    if parts is None:
        raise PackError(f"{where}: begins with a head between two lines of +++, then the text.")
    head = _toml(path, parts[1])
    try:
        slug, category = check_slug(path.stem), str(head.pop("category", ""))
        signed = Signed(**{name: head.pop(name) for name in SIGNED & set(head)})
        return Piece(
            slug=slug, category=category, signed=signed, document=Document.read(head | {"body": parts[2]})
        )
    except NotAnArticle as problem:
        raise PackError(f"{where}: {problem}") from None
    except TypeError:
        raise PackError(f"{where}: author and published_on are missing.") from None


def _check(pack: Pack) -> None:
    _check_words(pack)
    writers, categories = {each.slug for each in pack.writers}, {each.slug for each in pack.categories}
    for piece in pack.pieces:
        named = {piece.signed.author, piece.signed.editor, piece.signed.reviewer} - {""}
        for what, missing in (
            ("author", named - writers),
            ("category", {piece.category} - categories),
            ("picture", {piece.document.picture} - {"", *pack.pictures}),
            ("article", set(piece.document.more) - {each.slug for each in pack.pieces}),
        ):
            if missing:
                raise PackError(f"articles/{piece.slug}.md: there is no {what} {min(missing)!r} in the pack.")


def _check_words(pack: Pack) -> None:
    named = [(each.slug, each.name) for each in pack.writers] + [
        (each.slug, each.name) for each in pack.categories
    ]
    try:
        for slug in (pack.slug, *(slug for slug, _ in named)):
            check_slug(slug)
    except NotAnArticle as problem:
        raise PackError(f"pack.toml: {problem}") from None
    lines = [pack.title, pack.maker, pack.licence, *(name for _, name in named)]
    if not all(str(line).strip() and len(str(line)) <= LINE_MOST for line in lines):
        raise PackError("pack.toml: title, maker, licence and every name are one line of text.")
    if not (VERSION.fullmatch(str(pack.version)) and LANGUAGE.fullmatch(str(pack.language))):
        raise PackError('pack.toml: version looks like "1.2" and language like "en".')
    if len({each.slug for each in pack.writers}) != len(pack.writers):
        raise PackError("pack.toml: two writers have the same slug.")


def _read[T](where: str, shape: type[T], values: dict[str, Any]) -> T:
    known = {each.name for each in fields(shape)}  # type: ignore[arg-type]
    odd = sorted(set(values) - known)
    if odd:
        raise PackError(f"{where}: nobody knows what {odd[0]!r} means.")
    try:
        return shape(
            **{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
        )
    except TypeError as missing:
        names = re.findall(r"'(\w+)'", str(missing))
        raise PackError(f"{where}: {', '.join(names)} missing.") from None


def _picture(path: Path) -> bytes:
    try:
        data = path.read_bytes()
        check_slug(path.stem)
        check_drawing(data)
    except (NotAPicture, NotAnArticle) as problem:
        raise PackError(f"pictures/{path.name}: {problem}") from None
    return data


def _toml(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise PackError(f"{path.name}: {problem}") from None


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > FILE_MOST:
            raise PackError(f"{path.name}: longer than {FILE_MOST} bytes.")
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        raise PackError(f"{path.name}: cannot be read as UTF-8 text.") from None


def _parts(pack: Pack) -> tuple[Any, ...]:  # Any: whatever a pack holds
    return tuple(getattr(pack, each.name) for each in fields(pack) if each.name != "pictures")
