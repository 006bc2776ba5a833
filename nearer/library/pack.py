"""A pack: a folder of articles with their authors, categories and pictures, and of decks. It is read, never run. PURE.

pack.toml               name, title, version, maker, licence, language; [[author]] and [[category]]
articles/<slug>.md      +++ TOML head +++ and Markdown
decks/<name>.toml       more cards, prompts, stems, ideas or questions for a practice
pictures/<name>.svg     drawings of shapes alone
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from nearer.content.deck import NotADeck, read_deck
from nearer.library.document import LINE_MOST, Document, NotAnArticle, Signed, check_slug
from nearer.library.pictures import NotAPicture, check_drawing

SCHEMA = 1
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# What no eye sees, as editors and archives leave it around a line.
BLANK = r"[\s\u200b\u200e\u200f\u2060\ufeff]*"
NOTHING, FENCE = re.compile(BLANK), re.compile(rf"{BLANK}\+\+\+{BLANK}")
# What an article or a deck is called by mistake. It would be passed over without a word.
STRAYS = {".md": (".md.txt", ".markdown", ".mdown", ".mkd"), ".toml": (".toml.txt",), ".svg": (".svg.txt",)}
AT_LINE = re.compile(r"at line (\d+)")
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
        decks: the text of each.
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
    decks: tuple[str, ...] = field(default=(), repr=False)

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
    pictures = {path.stem: _picture(path) for path in _named(folder / "pictures", ".svg")}
    paths = _named(folder / "articles", ".md")[: ARTICLES_MOST + 1]
    decks = tuple(map(_deck, _named(folder / "decks", ".toml")))
    if not (paths or decks) or len(paths) > ARTICLES_MOST:
        raise PackError(
            f"articles: a pack holds 1 to {ARTICLES_MOST} articles, as files that end in .md, or decks, as files in decks/ that end in .toml."
        )
    pack = _read(
        "pack.toml",
        Pack,
        about
        | {
            "writers": writers,
            "categories": categories,
            "pictures": pictures,
            "pieces": tuple(map(_piece, paths)),
            "decks": decks,
        },
    )
    _check(pack)
    return pack


def _piece(path: Path) -> Piece:
    where = f"articles/{path.name}"
    before, told, body = _halves(where, _text(path))
    head = _toml(path, told, before=before)
    try:
        slug, category = check_slug(path.stem), str(head.pop("category", ""))
        signed = Signed(**{name: head.pop(name) for name in SIGNED & set(head)})
        return Piece(
            slug=slug, category=category, signed=signed, document=Document.read(head | {"body": body})
        )
    except NotAnArticle as problem:
        raise PackError(f"{where}: {problem}") from None
    except TypeError:
        raise PackError(f"{where}: author and published_on are missing.") from None


def _halves(where: str, text: str) -> tuple[int, str, str]:
    """Return how many lines stand before a file's head, the head, and the text below it."""
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if not NOTHING.fullmatch(line)), 0)
    if not FENCE.fullmatch(lines[first]):
        raise PackError(f"{where}: line {first + 1} must be +++, where the head begins.")
    for number in range(first + 1, len(lines)):
        if FENCE.fullmatch(lines[number]):
            return first + 1, "\n".join(lines[first + 1 : number]), "\n".join(lines[number + 1 :])
    raise PackError(f"{where}: the head that begins in line {first + 1} has no end: a line of +++ below it.")


def _deck(path: Path) -> str:
    text = _text(path)
    try:
        read_deck(text)
    except NotADeck as problem:
        raise PackError(f"decks/{path.name}: {problem}") from None
    return text


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
        data = _whole(path).lstrip()
        check_slug(path.stem)
        check_drawing(data)
    except (NotAPicture, NotAnArticle) as problem:
        raise PackError(f"pictures/{path.name}: {problem}") from None
    return data


def _toml(path: Path, text: str, *, before: int = 0) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        said = AT_LINE.sub(lambda found: f"at line {int(found[1]) + before}", str(problem))
        raise PackError(f"{path.name}: {said}") from None


def _named(folder: Path, ending: str) -> list[Path]:
    """Return the files of a folder with this ending, but what other programs put beside each."""
    beside = [path for path in sorted(folder.glob("*")) if not path.name.startswith((".", "~$"))]
    for path in beside:
        if path.name.lower().endswith(STRAYS[ending]):
            raise PackError(
                f"{folder.name}/{path.name}: its name has to end in {ending}, and in nothing else."
            )
    return [path for path in beside if path.suffix.lower() == ending]


def _text(path: Path) -> str:
    data = _whole(path)
    if len(data) > FILE_MOST:
        raise PackError(f"{path.name}: longer than {FILE_MOST} bytes.")
    try:
        # Some editors begin a file with a mark, write two bytes for each sign, and end their lines with two signs.
        text = data.decode("utf-16" if data.startswith(UTF_16) else "utf-8")
    except UnicodeDecodeError as broken:
        line = len(re.findall(rb"\r\n|\r|\n", data[: broken.start])) + 1
        raise PackError(f"{path.name}: cannot be read as UTF-8 text: look at line {line}.") from None
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise PackError(f"{path.name}: there is a sign that no text holds (NUL) in line {line}.")
    return text


def _whole(path: Path) -> bytes:
    """Return what is in a file of the pack's own: what a link leads to may be anything on this machine."""
    if path.is_symlink():
        raise PackError(f"{path.name}: is a link. A pack holds files of its own.")
    if path.is_dir():
        raise PackError(f"{path.name}: is a folder, and has to be a file.")
    try:
        with path.open("rb") as file:
            return file.read(FILE_MOST + 1)
    except FileNotFoundError:
        inside = sorted(path.parent.glob(f"*/{path.name}"))
        found = (
            f" There is one in the folder {inside[0].parent.name}, which may be the pack." if inside else ""
        )
        raise PackError(f"{path.name}: there is none in this folder.{found}") from None
    except OSError as problem:
        raise PackError(f"{path.name}: cannot be read: {problem.strerror}.") from None


def _parts(pack: Pack) -> tuple[Any, ...]:  # Any: whatever a pack holds
    return tuple(getattr(pack, each.name) for each in fields(pack) if each.name != "pictures")
