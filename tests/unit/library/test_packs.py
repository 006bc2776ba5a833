"""Reading a pack from a folder, and what is said of one that is not right."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from nearer.content import reading
from nearer.library.check import check_pack, words_of
from nearer.library.loading import STARTER
from nearer.library.management.commands.content import behaviours, rooms
from nearer.library.pack import PackError, read_pack
from nearer.library.text import sections
from nearer.testing.library import DRAWING
from tests.house.tree import ROOT

PACK = """schema = 1
slug = "tiny"
title = "Tiny"
version = "1.0"
maker = "us"
licence = "CC0"
language = "en"
[[writers]]
slug = "ada"
name = "Ada"
[[categories]]
slug = "start"
name = "Start"
"""
ARTICLE = """+++
title = "A"
summary = "B."
category = "start"
author = "ada"
published_on = 2026-01-01
+++
## One

We ask. We wait.
"""
PRACTICES = {"N": "needs", "L": "listening", "V": "closer", "Q": "time", "S": "support", "C": "conflict"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pack.toml").write_text(PACK)
    (tmp_path / "articles/first.md").write_text(ARTICLE)
    (tmp_path / "pictures/dot.svg").write_text(DRAWING)
    return tmp_path


def test_a_small_pack_is_read_and_fine(folder: Path) -> None:
    pack = read_pack(folder)

    assert [piece.slug for piece in pack.pieces] == ["first"]
    assert check_pack(folder, rooms=rooms(), behaviours=behaviours()) == []
    assert read_pack(folder).digest == pack.digest


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("pack.toml", "schema = 1", "schema = 2", "schema = 1"),
        ("pack.toml", 'maker = "us"\n', "", "maker"),
        ("pack.toml", 'version = "1.0"', 'version = "new"', "version"),
        ("pack.toml", 'slug = "ada"', 'slug = "Ada L"', "address"),
        ("pack.toml", 'name = "Ada"', 'name = "Ada"\nshoe = 7', "shoe"),
        ("pack.toml", "[[writers]]", "[[writers", "pack.toml"),
        ("articles/first.md", "+++\ntitle", "title", "head"),
        ("articles/first.md", 'author = "ada"', 'author = "bob"', "no author 'bob'"),
        ("articles/first.md", 'category = "start"', 'category = "end"', "no category 'end'"),
        ("articles/first.md", 'title = "A"', 'title = "A"\npicture = "dog"\npicture_alt = "x"\npicture_credit = "y"', "no picture"),
        ("articles/first.md", 'title = "A"', 'title = "A"\nmore = ["second"]', "no article"),
        ("articles/first.md", 'author = "ada"\n', "", "author"),
        ("articles/first.md", 'title = "A"', 'title = "A"\nreviewer = "ada"', "checked_on"),
        ("articles/first.md", "We ask", "\udcff", "UTF-8"),
        ("pictures/dot.svg", "<circle", "<script", "shapes"),
    ],
    ids=range(15),
)  # fmt: skip
def test_what_is_not_right_is_named(folder: Path, file: str, old: str, new: str, says: str) -> None:
    path = folder / file
    path.write_bytes(path.read_text().replace(old, new).encode(errors="surrogateescape"))

    with pytest.raises(PackError, match=re.escape(says)):
        read_pack(folder)
    assert [finding.stops for finding in check_pack(folder, rooms=rooms(), behaviours=behaviours())] == [True]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"", b"\xef\xbb\xbf"), (b"\n", b"\r\n"), (b"\n", b"\r"), (b"+++\ntitle", b"\n\n+++\ntitle"),
        (b"+++\n", b"+++ \t\n"), (b"+++\ntitle", b"\xef\xbb\xbf\r\n+++  \r\ntitle"),
        (b"", b"\xef\xbb\xbf\xef\xbb\xbf"), (b"+++\ntitle", b"\n\xef\xbb\xbf+++\ntitle"), (b"+++\n", b"  +++\xc2\xa0\n"),
        (b"+++\n", b"+++\xe2\x80\x8b\n"),
    ],
    ids=[
        "a mark", "Windows", "an old Mac", "blank lines", "blanks after", "all at once", "two marks", "a mark below",
        "blanks before", "a blank nobody sees",
    ],
)  # fmt: skip
def test_what_other_programs_make_of_a_file_is_read_the_same(folder: Path, old: bytes, new: bytes) -> None:
    plain = read_pack(folder)
    for path in (folder / "articles/first.md", folder / "pack.toml"):
        path.write_bytes(path.read_bytes().replace(old, new, 1 if not old or b"title" in old else -1))

    assert read_pack(folder).pieces == plain.pieces


@pytest.mark.parametrize("order", ["utf-16-le", "utf-16-be"])
def test_a_file_that_an_editor_saved_with_two_bytes_a_sign_is_read_the_same(folder: Path, order: str) -> None:
    plain = read_pack(folder)
    for path in (folder / "articles/first.md", folder / "pack.toml"):
        path.write_bytes(("\ufeff" + path.read_text()).encode(order))

    assert read_pack(folder).pieces == plain.pieces


def test_a_sign_that_no_text_holds_is_named_with_its_line(folder: Path) -> None:
    path = folder / "articles/first.md"
    path.write_text(f"{path.read_text()}\nOne more\0 word\n")
    line = path.read_text().count("\n")

    with pytest.raises(PackError, match=rf"first.md: .*NUL.* in line {line}\."):
        read_pack(folder)


def test_a_byte_that_is_no_text_is_named_with_its_line(folder: Path) -> None:
    path = folder / "articles/first.md"
    path.write_bytes(path.read_bytes().replace(b"We ask", "Grüße".encode("latin-1")))

    with pytest.raises(PackError, match=r"first\.md: cannot be read as UTF-8 text: look at line 10\."):
        read_pack(folder)


def test_endings_in_capitals_and_a_blank_first_line_of_a_drawing_are_read_the_same(folder: Path) -> None:
    plain = read_pack(folder)
    (folder / "articles/first.md").rename(folder / "articles/first.MD")
    (folder / "pictures/dot.svg").write_text(f'\n<?xml version="1.0"?>\n{DRAWING}')

    read = read_pack(folder)
    assert read.pieces == plain.pieces
    assert read.pictures["dot"].startswith(b"<?xml")


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("articles/second.md.txt", "articles/second.md.txt: its name has to end in .md"),
        ("articles/second.markdown", "has to end in .md"),
        ("decks/one.toml.txt", "has to end in .toml"),
    ],
)
def test_a_file_that_would_be_passed_over_by_its_name_is_named(folder: Path, name: str, says: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(ARTICLE)

    with pytest.raises(PackError, match=re.escape(says)):
        read_pack(folder)


def test_a_folder_in_a_folder_and_a_folder_for_a_file_are_said(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "unpacked/tiny").mkdir(parents=True)
    (tmp_path / "unpacked/tiny/pack.toml").write_text(PACK)
    with pytest.raises(PackError, match=r"there is none in this folder\. There is one in the folder tiny"):
        read_pack(tmp_path / "unpacked")

    (folder / "articles/second.md").mkdir()
    with pytest.raises(PackError, match=r"second\.md: is a folder"):
        read_pack(folder)


@pytest.mark.parametrize("name", ["articles/first.md", "pictures/dot.svg", "pack.toml"])
def test_a_link_to_a_file_outside_is_not_followed(folder: Path, tmp_path: Path, name: str) -> None:
    path, outside = folder / name, tmp_path / "outside"
    outside.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(outside)

    with pytest.raises(PackError, match=f"{path.name}: is a link"):
        read_pack(folder)


def test_what_other_systems_put_into_an_archive_is_passed_over(folder: Path) -> None:
    plain = read_pack(folder)
    (folder / "decks").mkdir()
    (folder / "__MACOSX/articles").mkdir(parents=True)
    for name in (
        "__MACOSX/articles/._first.md",
        "articles/Thumbs.db",
        "articles/desktop.ini",
        "articles/._first.md",
        "articles/.DS_Store",
        "articles/~$first.md",
        "pictures/._dot.svg",
        "decks/._one.toml",
        "._pack.toml",
    ):
        (folder / name).write_bytes(b"\x00\x05\x16\x07\xff")

    assert read_pack(folder).digest == plain.digest


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("+++\ntitle", "\nSome words\n+++\ntitle", "line 2 must be +++"),
        ("+++\n## One", "## One", "begins in line 1 has no end"),
        ('category = "start"', "category = start", "at line 4"),
        ("+++\ntitle", "\n\n+++\ntitle =", "at line 4"),
    ],
)
def test_what_is_wrong_with_a_head_names_the_line(folder: Path, old: str, new: str, says: str) -> None:
    path = folder / "articles/first.md"
    path.write_text(path.read_text().replace(old, new))

    with pytest.raises(PackError, match=re.escape(says)):
        read_pack(folder)


def test_an_empty_folder_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(PackError):
        read_pack(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("## One\n", "", "sections"),
        ("We ask.", "Perspective acquisition necessitates considerable deliberation.", "grade"),
        ("We ask.", "We ask!", "quietly"),
        ("We ask.", "[We](/library/nowhere) ask.", "leads nowhere"),
        ("We ask.", "[We](/library/first#part-9) ask.", "leads nowhere"),
        ('title = "A"', 'title = "A"\npractices = ["sauna"]', "no practice"),
        ('title = "A"', 'title = "A"\nbehaviours = ["Z1"]', "no behaviour"),
        ('title = "A"', 'title = "A"\nevidence = "trials"', "sources"),
    ],
    ids=range(8),
)  # fmt: skip
def test_the_linter_says_what_could_be_better(folder: Path, old: str, new: str, says: str) -> None:
    path = folder / "articles/first.md"
    path.write_text(path.read_text().replace(old, new))

    found = check_pack(folder, rooms=rooms(), behaviours=behaviours())

    assert any(says in finding.what for finding in found), found


def test_our_own_pack_is_fine() -> None:
    assert check_pack(STARTER, rooms=rooms(), behaviours=behaviours()) == []


def test_our_own_articles_read_at_grade_seven_or_below() -> None:
    hard = {
        p.slug: g
        for p in read_pack(STARTER).pieces
        if (g := reading.grade(words_of(p))) > reading.GRADE_AT_MOST
    }

    assert not hard


def test_our_own_pack_has_what_was_promised() -> None:
    pieces = {piece.slug: piece for piece in read_pack(STARTER).pieces}
    long = [slug for slug, piece in pieces.items() if len(reading.words_in(words_of(piece))) > 480]

    assert len(long) >= 9
    assert len(pieces) >= 9 + 12
    assert {"what-emotional-intimacy-is", "is-this-safe-for-me", "what-a-program-can-and-cannot-do"} <= set(
        pieces
    )
    assert all(piece.document.picture and piece.document.picture_credit for piece in pieces.values())


def test_nobody_is_said_to_have_checked_our_own_articles() -> None:
    assert not any(piece.signed.reviewer or piece.signed.editor for piece in read_pack(STARTER).pieces)


def test_each_practices_article_names_every_behaviour_of_its_part_of_the_mission() -> None:
    ids = re.findall(r"^([FNLVQSCP]\d+)", (ROOT / "docs/mission-ids.txt").read_text(), re.MULTILINE)
    asked = defaultdict(set)
    for each in ids:
        asked[each[0]].add(each)
    assert set(ids) == behaviours()

    for letter, practice in PRACTICES.items():
        named = [
            set(piece.document.behaviours)
            for piece in read_pack(STARTER).pieces
            if piece.document.practices[:1] == (practice,)
        ]
        assert asked[letter] in named, letter


def test_every_section_of_our_own_articles_has_something_in_it() -> None:
    for piece in read_pack(STARTER).pieces:
        assert all(section.plain for section in sections(piece.document.body)), piece.slug
