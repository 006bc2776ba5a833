"""What can be an article, a drawing and a step with one."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest

from nearer.library.document import BODY_MOST, RESERVED, Document, NotAnArticle, Signed, check_slug
from nearer.library.pictures import MOST_BYTES, NotAPicture, check_drawing
from nearer.library.stages import AFTER, Step, steps

GOOD = {"title": "A title", "summary": "A sentence.", "body": "## One\n\nText"}


def test_a_document_comes_back_as_it_was() -> None:
    source = {"text": "Somebody (2000). Something.", "evidence": "trials"}
    document = Document.read(GOOD | {"short": ["a", "b"], "sources": [source], "practices": ["needs"]})

    assert Document.read(document.plain()) == document
    assert document.short == ("a", "b")


@pytest.mark.parametrize(
    "parts",
    [
        {"title": ""}, {"title": "two\nlines"}, {"title": "x" * 91}, {"title": 7}, {"summary": " "}, {"body": " \n"},
        {"body": "x" * (BODY_MOST + 1)}, {"evidence": "sure"}, {"short": ["x" * 241]}, {"short": "text"},
        {"sources": [{"text": "x"}]}, {"sources": [{"text": "x", "evidence": "gossip"}]}, {"picture": "a"},
        {"colour": "red"}, {"behaviours": [1]}, {"more": [["a"]]}, {"practices": ["x"] * 25},
    ],
    ids=str,
)  # fmt: skip
def test_what_is_no_article_is_refused_with_what_to_write(parts: dict[str, Any]) -> None:
    with pytest.raises(NotAnArticle) as refused:
        Document.read(GOOD | parts)

    assert len(str(refused.value)) > 10


def test_a_part_that_is_missing_is_named() -> None:
    with pytest.raises(NotAnArticle, match="summary"):
        Document.read({"title": "A", "body": "b"})


@pytest.mark.parametrize("slug", ["", "A", "a_b", "a--b", "-a", "a/b", "../a", "x" * 61, *sorted(RESERVED)])
def test_an_address_is_small_letters_digits_and_single_dashes(slug: str) -> None:
    with pytest.raises(NotAnArticle):
        check_slug(slug)


@pytest.mark.parametrize(
    "who",
    [{"reviewer": "ada"}, {"checked_on": date(2026, 1, 1)}, {"published_on": "2026-01-01"},
     {"reviewer": "ada", "checked_on": "soon"}],
    ids=str,
)  # fmt: skip
def test_nobody_is_said_to_have_checked_without_a_name_and_a_day(who: dict[str, Any]) -> None:
    with pytest.raises(NotAnArticle):
        Signed(**{"author": "us", "published_on": date(2026, 1, 1), **who})


def drawing(inside: str, about: str = "") -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"{about}>{inside}</svg>'.encode()


def test_shapes_are_a_drawing() -> None:
    check_drawing(
        drawing('<g transform="rotate(3)"><circle cx="1" cy="2" r="3" fill="#5DBFAF" opacity="0.5"/></g>')
    )


@pytest.mark.parametrize(
    "data",
    [
        drawing("<script>alert(1)</script>"), drawing("", ' onload="alert(1)"'), drawing("<style>*{}</style>"),
        drawing('<a href="https://evil.example"><rect/></a>'), drawing('<image href="x.png"/>'),
        drawing("<foreignObject><p/></foreignObject>"), drawing('<use href="#a"/>'), drawing("<animate/>"),
        drawing('<rect fill="url(https://evil.example/#a)"/>'), drawing('<rect style="x"/>'),
        b'<!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<?xml-stylesheet href="x"?><svg xmlns="http://www.w3.org/2000/svg"/>', b"GIF89a", b"", b"<svg>",
        drawing(" " * MOST_BYTES), drawing('<rect fill="&lt;x"/>'), drawing("", ' xmlns:x="y"'),
        b'<svg xmlns="evil"/>', drawing("<text>words</text>"),
    ],
    ids=range(20),
)  # fmt: skip
def test_what_could_act_is_no_drawing(data: bytes) -> None:
    with pytest.raises(NotAPicture):
        check_drawing(data)


STATES = ("draft", "edited", "reviewed", "published")
ROLES = ((), ("author",), ("editor",), ("reviewer",), ("moderator",), ("author", "editor", "reviewer"))


def test_nobody_edits_or_checks_what_they_wrote() -> None:
    for state, roles, wrote, is_read in product(STATES, ROLES, (True, False), (True, False)):
        found = steps(state=state, roles=roles, wrote=wrote, is_read=is_read)

        assert not (wrote and found & {Step.EDIT, Step.REVIEW})
        assert Step.PUBLISH not in found or (state == "reviewed" and "editor" in roles)
        assert Step.REVIEW not in found or (state == "edited" and "reviewer" in roles)
        assert Step.EDIT not in found or (state == "draft" and "editor" in roles)
        assert not found or set(roles) - {"moderator"}


def test_the_only_way_to_readers_leads_through_an_editor_and_a_reviewer() -> None:
    reached, ways = {"draft"}, []
    for _ in STATES:
        for state in sorted(reached):
            for step in steps(
                state=state, roles=("author", "editor", "reviewer"), wrote=False, is_read=False
            ):
                ways.append((state, step, AFTER.get(step)))
                reached.add(AFTER.get(step, state))

    assert {before for before, step, _ in ways if step is Step.PUBLISH} == {"reviewed"}
    assert {before for before, step, _ in ways if step is Step.REVIEW} == {"edited"}
    assert {before for before, step, _ in ways if step is Step.EDIT} == {"draft"}
