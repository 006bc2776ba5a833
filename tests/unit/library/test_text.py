"""What becomes of an article's Markdown, also of Markdown that was written to do harm."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.library.text import TAGS, clean, plain_of, sections

HOSTILE = (
    "<script>alert(1)</script>",
    "## <img src=x onerror=alert(1)>\n\ntext",
    "<svg onload=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java&#115;cript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "[a](//evil.example/x 'onmouseover=alert(1)')",
    "![x](https://evil.example/huge.png)",
    "![x](data:image/svg+xml;base64,AAAA)",
    "<iframe src=https://evil.example></iframe>",
    "<a href=x onclick=alert(1)>y</a>",
    "<style>*{display:none}</style>",
    "<math><mtext><script>alert(1)</script></mtext></math>",
    "<form action=/logout method=post><button>x</button></form>",
    "<base href=https://evil.example>",
    "<meta http-equiv=refresh content=0;url=https://evil.example>",
    "`<script>`",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    ">" * 5000 + " deep",
    "- " * 2000 + "deep",
    "[" * 5000,
    "*" * 9999,
    "#" * 500 + " heading",
    "[x]: https://evil.example 'y'\n[x][x]",
    "<https://evil.example/?q=<script>>",
    "\0<b>",
    "| a |\n|---|\n| <script>x</script> |",
)
TAG = re.compile(r"<\s*([a-zA-Z][\w-]*)([^>]*)>")


def harmless(html: str) -> bool:
    found = TAG.findall(html)
    return (
        {name.lower() for name, _ in found} <= TAGS
        and not any(
            re.search(r"\bon\w+\s*=|\bsrc\s*=|\bstyle\s*=|\bclass\s*=", rest, re.IGNORECASE)
            for _, rest in found
        )
        and all(
            re.match(r"https?://|/|#|[\w%.-]*$", address)
            for _, rest in found
            for address in re.findall(r'href="([^"]*)"', rest)
        )
    )


@pytest.mark.parametrize("body", HOSTILE, ids=range(len(HOSTILE)))
def test_what_was_written_to_do_harm_does_none(body: str) -> None:
    for section in sections(f"{body}\n\n## After\n\n{body}"):
        assert harmless(section.html), section.html[:200]


@given(st.text(alphabet="<>()[]!#*_`\"'&;:/=\\ \nabjscriptdatonx", max_size=120))
def test_nothing_anybody_types_does_harm(body: str) -> None:
    assert all(harmless(section.html) for section in sections(body))


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing(html: str) -> None:
    assert clean(clean(html)) == clean(html)


def test_second_level_headings_begin_numbered_sections() -> None:
    found = sections("Lead\n\n## One\n\n*a*\n\n### Deeper\n\n## Two *and* more\n\nb")

    assert [(each.number, each.anchor, each.title) for each in found] == [
        (0, "part-0", ""),
        (1, "part-1", "One"),
        (2, "part-2", "Two and more"),
    ]
    assert found[1].html == "<p><em>a</em></p>\n<h3>Deeper</h3>\n"


def test_without_a_lead_there_is_none() -> None:
    assert [each.number for each in sections("## One\n\na")] == [1]


def test_links_lead_out_without_telling_from_where() -> None:
    html = sections("[a](https://example.org/x?y=1&z=2)")[0].html

    assert 'rel="noopener noreferrer"' in html
    assert 'href="https://example.org/x?y=1&amp;z=2"' in html


def test_plain_text_has_the_words_and_no_marks() -> None:
    html = sections("- one\n- two & three\n\n> four < five")[0].html

    assert plain_of(html).split() == ["one", "two", "&", "three", "four", "<", "five"]
