"""From Markdown to the sections of an article. PURE.

Markdown is read by markdown-it without HTML; what comes out is cut down once more by nh3 to what an
article needs. So nothing that anybody writes here can run, load from elsewhere, or change the page around it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import nh3

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

TAGS = {
    "a", "blockquote", "br", "code", "em", "h3", "h4", "hr", "li", "ol", "p", "pre", "strong", "table", "tbody", "td",
    "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"*": set[str](), "a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https"}
DEEPEST = 20


@dataclass(frozen=True, kw_only=True)
class Section:
    """One numbered part of an article.

    Attributes:
        number: from 1; 0 for what comes before the first heading.
        anchor: its part of the address.
        title: its heading as plain text; "" for what comes before the first.
        html: its text, safe to show.
        plain: its text without marks.
    """

    number: int
    anchor: str
    title: str
    html: str
    plain: str


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt  # only where somebody reads: it takes its time to load

    reader = MarkdownIt("commonmark", {"html": False, "linkify": False, "maxNesting": DEEPEST})
    return reader.enable("table").disable("image")


@lru_cache(maxsize=256)
def sections(body: str) -> tuple[Section, ...]:
    """Return an article's sections.

    Args:
        body: Markdown. A second-level heading begins a section; first-level ones are read as second.
    """
    tokens = _markdown().parse(body)
    starts = [n for n, token in enumerate(tokens) if _begins(token)]
    found = [_section(0, None, tokens[: starts[0] if starts else None])] if starts != [0] else []
    for number, (start, end) in enumerate(
        zip(starts, [*starts[1:], None][: len(starts)], strict=True), start=1
    ):
        found.append(_section(number, tokens[start + 1], tokens[start + 3 : end]))
    return tuple(section for section in found if section.number or section.html)


def clean(html: str) -> str:
    """Return HTML with nothing in it but what an article needs; links lead out without telling from where."""
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
        clean_content_tags={"script", "style"},
    )


def plain_of(html: str) -> str:
    """Return the words of some HTML, a line for each block."""
    spaced = re.sub(r"</(?:p|li|h3|h4|tr|blockquote|pre)>", "\n\n", html)
    text = nh3.clean(spaced, tags=set())
    for entity, sign in (("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&amp;", "&")):
        text = text.replace(entity, sign)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def anchors(body: str) -> Collection[str]:
    """Return the anchors of an article's sections."""
    return [section.anchor for section in sections(body)]


def _begins(token: Token) -> bool:
    return token.type == "heading_open" and token.tag in {"h1", "h2"} and token.level == 0


def _section(number: int, heading: Token | None, tokens: Sequence[Token]) -> Section:
    html = clean(_markdown().renderer.render(tokens, _markdown().options, {}))
    title = _title(heading) if heading else ""
    return Section(number=number, anchor=f"part-{number}", title=title, html=html, plain=plain_of(html))


def _title(heading: Token) -> str:
    return "".join(child.content for child in heading.children or [] if child.type in {"text", "code_inline"})
