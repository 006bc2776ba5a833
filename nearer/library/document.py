"""What an article is, whether it came in a file or was written in the browser. PURE."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from typing import Any, Self

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_MOST, TITLE_MOST, SUMMARY_MOST, LINE_MOST, BODY_MOST, LINES_MOST = 60, 90, 240, 240, 60_000, 24
RESERVED = frozenset(
    {
        "author",
        "bookmarks",
        "category",
        "comments",
        "desk",
        "feed",
        "picture",
        "practice",
        "search",
        "voice",
        "worker",
    }
)
EVIDENCE = ("trials", "studies", "early", "practice")
"""How firm the ground is: several trials; studies that agree; first findings; what practitioners do."""


class NotAnArticle(ValueError):
    """The document cannot be an article. The message says where and what to write instead."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where a fact comes from.

    Attributes:
        text: authors, year, title and journal.
        evidence: one of `EVIDENCE`.
    """

    text: str
    evidence: str

    def __post_init__(self) -> None:
        """Check it."""
        _line("sources.text", self.text, LINE_MOST * 2)
        _one_of("sources.evidence", self.evidence, EVIDENCE)


@dataclass(frozen=True, kw_only=True)
class Document:
    """An article's words and what stands beside them.

    Attributes:
        title: up to 90 characters.
        summary: one sentence for lists.
        short: what to take along in two minutes, a few sentences.
        body: Markdown; each second-level heading begins a numbered section.
        practices: slugs of the practices it leads into, best first; the first that is installed counts.
        behaviours: ids of the mission that it explains.
        picture: a picture of its pack, or "".
        picture_alt: what the picture shows, for those who cannot see it.
        picture_credit: who made it.
        evidence: how firm the ground is, one of `EVIDENCE`.
        sources: where its facts come from.
        more: slugs of articles to read next.
    """

    title: str
    summary: str
    body: str
    short: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()
    behaviours: tuple[str, ...] = ()
    picture: str = ""
    picture_alt: str = ""
    picture_credit: str = ""
    evidence: str = EVIDENCE[-1]
    sources: tuple[Source, ...] = field(default=())
    more: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check every part.

        Raises:
            NotAnArticle: one of them is missing, too long or of another kind.
        """
        _line("title", self.title, TITLE_MOST)
        _line("summary", self.summary, SUMMARY_MOST)
        if not str(self.body).strip():
            raise NotAnArticle("The article has no text.")
        if len(self.body) > BODY_MOST:
            raise NotAnArticle(f"The text is longer than {BODY_MOST} characters.")
        _one_of("evidence", self.evidence, EVIDENCE)
        for name in ("short", "practices", "behaviours", "more"):
            _lines(name, getattr(self, name))
        for name in ("picture", "picture_alt", "picture_credit"):
            if getattr(self, name):
                _line(name, getattr(self, name), LINE_MOST)
        if self.picture and not (self.picture_alt and self.picture_credit):
            raise NotAnArticle("A picture needs picture_alt, which says what it shows, and picture_credit.")

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, ready for JSON."""
        return asdict(self)

    @classmethod
    def read(cls, stored: dict[str, Any]) -> Self:
        """Return the document that `plain` wrote, or that a file's head and text say.

        Raises:
            NotAnArticle: it is none.
        """
        known = {each.name for each in fields(cls)}
        if odd := sorted(set(stored) - known):
            raise NotAnArticle(f"Nobody knows what {', '.join(odd)} means.")
        # Any: a file may hold anything; __post_init__ looks at each part.
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in stored.items()
        }
        try:
            values["sources"] = tuple(Source(**each) for each in values.get("sources", ()))
            return cls(**values)
        except TypeError as missing:
            raise NotAnArticle(f"A part is missing or unknown: {_named(missing)}.") from None


@dataclass(frozen=True, kw_only=True)
class Signed:
    """Who stands for an article.

    Attributes:
        author: the slug of who wrote it.
        editor: the slug of who edited it, or "".
        reviewer: the slug of the expert who checked it, or "".
        checked_on: when they did, or None.
        published_on: when it came out.
    """

    author: str
    published_on: date
    editor: str = ""
    reviewer: str = ""
    checked_on: date | None = None

    def __post_init__(self) -> None:
        """Check it.

        Raises:
            NotAnArticle: a date without a reviewer, a reviewer without a date, or not a date.
        """
        if bool(self.reviewer) != (self.checked_on is not None):
            raise NotAnArticle(
                "reviewer and checked_on go together: a real person, and the day they checked it."
            )
        for name in ("published_on", "checked_on"):
            value = getattr(self, name)
            if value is not None and type(value) is not date:
                raise NotAnArticle(f"{name} must be a day, such as 2026-11-25.")


def check_slug(slug: str) -> str:
    """Return a slug that may be part of an address.

    Raises:
        NotAnArticle: it may not.
    """
    if not SLUG.fullmatch(slug) or len(slug) > SLUG_MOST or slug in RESERVED:
        raise NotAnArticle(
            f"{slug[:SLUG_MOST]!r} cannot be an address: use small letters, digits and single dashes."
        )
    return slug


def _line(name: str, value: object, most: int) -> None:
    if not isinstance(value, str) or not value.strip() or "\n" in value:
        raise NotAnArticle(f"{name} must be one line of text.")
    if len(value) > most:
        raise NotAnArticle(f"{name} is longer than {most} characters.")


def _lines(name: str, values: object) -> None:
    if not isinstance(values, tuple) or len(values) > LINES_MOST:
        raise NotAnArticle(f"{name} must be a list of at most {LINES_MOST}.")
    for value in values:
        _line(name, value, LINE_MOST)


def _one_of(name: str, value: object, choices: tuple[str, ...]) -> None:
    if value not in choices:
        raise NotAnArticle(f"{name} must be one of {', '.join(choices)}.")


def _named(error: TypeError) -> str:
    return ", ".join(re.findall(r"'([A-Za-z_]\w*)'", str(error))) or "see the handbook"
