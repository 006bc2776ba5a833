"""Words on screen are plain and kind, can be translated, and carry no code."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house import wording
from tests.house.tree import files, name, report

TEMPLATES = files(".html", under="nearer")
MODULES = files(".py", under="nearer")

# Shouting, grovelling, blame, score-keeping, and words that take one kind of pair for granted.
BANNED = re.compile(
    r"!|\b(?:please|sorry|oops|simply|obviously|streaks?|ignored|your partner|partner left|left you|"
    r"has not answered|hasn['’]t|overdue|hurry up|deadline|last chance|running out|still waiting|"
    r"don['’]t forget|time is up|you failed|you missed|last seen|read receipt)\b",
    re.IGNORECASE,
)
# Telling one of two when the other came, wrote or read, what they did not do, and who it was that ended something.
TELLS = re.compile(
    r"\b(?:unanswered|unread|not answered|no answer from|last active|active now|is (?:typing|online|offline)|"
    r"opened at|read at|response time|replied|took \S+ (?:minutes|hours|days)|gave up|declined|rejected|"
    r"turned (?:it|you) down|backed out|skipped by|ended by|left by|cancelled by|whose fault|to blame)\b|"
    rf"{wording.SOMEBODY} (?:has |have |had |did |does |was |is )?(?:not |still |just |finally |already )*"
    r"(?:skip|left|leav|declin|refus|reject|ignor|mute|export|delete|log|sign|cancel|miss|forg|fail|stop|end(?:ed|s) (?:it|the s))\w*",
    re.IGNORECASE,
)
# Setting two people against each other, or one on the other's heels.
CONTROLS = re.compile(
    r"\b(?:(?<!no )scores?|points|ranks?|ranking|badges?|levels? up|per ?cent|leader|better than|prove (?:it|that|you)|proof|check (?:on|up)|"
    r"(?:their|his|her) (?:phone|messages|location|password|passphrase)|where (?:they|he|she) (?:is|are)|spy|track)\b|\d ?%",
    re.IGNORECASE,
)
# What is called something else everywhere: one word for one thing, also on a button.
RENAMED = re.compile(
    r"^seal\b|\b(?:put (?:it|this|that) forward|(?:a|your|this) space|(?:this|the) session has ended|ways in|made small and sure)\b",
    re.IGNORECASE,
)
# Modules whose markup is drawn from numbers and our own files, never from what somebody wrote.
CLEANED = {"nearer/library/templatetags/library.py"}  # what nh3 has cut down to an article's marks
DRAWINGS = {"nearer/bonds/qr.py", "nearer/web/pictures.py", "nearer/web/samples.py"}
# The kit shows makers every part of a page with made-up words; it is not part of the product.
# A page that stands alone on somebody's own device brings its looks along.
TAKEN_ALONG = ("nearer/leaving/templates/leaving/export", "nearer/keepsakes/templates/keepsakes/whole")
KIT = "nearer/web/templates/web/kit"
CODE_IN_PAGES = {
    "|safe": re.compile(r"\|\s*safe\b|\{%\s*autoescape\s+off"),
    "an inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc\s*=)[^>]*>", re.IGNORECASE),
    "an on… handler": re.compile(r"\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
}


@pytest.mark.rule("R3", "R5", "R7", "R14")
@pytest.mark.parametrize(
    "said", [BANNED, TELLS, CONTROLS, RENAMED], ids=["shouts or blames", "tells on", "controls", "renamed"]
)
def test_no_page_shouts_blames_tells_or_keeps_score(said: re.Pattern[str]) -> None:
    texts = [
        (path, text) for path in TEMPLATES for text in wording.translated(path.read_text(encoding="utf-8"))
    ]
    texts += [
        (path, text)
        for path in MODULES
        for call in wording.gettext_calls(path)
        for text in wording.said(call)
    ]
    if said is RENAMED:
        texts += [(path, path.read_text(encoding="utf-8")) for path in files(".md", under="nearer")]

    found = [
        f"{name(path)}: {hit.group()!r} in {text!r}" for path, text in texts if (hit := said.search(text))
    ]

    assert not found, report(found)


@pytest.mark.rule("R3", "R5", "R14")
@pytest.mark.parametrize(
    "text",
    [
        "{{ name }} has not answered", "{{ you }} skipped this one", "{{ name }} is typing", "{{ other }} left",
        "{{ name }} just signed in", "{{ name }} ended the sitting", "Unread", "Opened at 14:10", "It was ended by Sam",
    ],
)  # fmt: skip
def test_the_lint_itself_hears_what_tells_on_somebody(text: str) -> None:
    (said,) = wording.translated(f"{{% blocktranslate %}}{text}{{% endblocktranslate %}}")

    assert TELLS.search(said)


@pytest.mark.parametrize("what", CODE_IN_PAGES)
def test_no_template_carries_code(what: str) -> None:
    found = []
    for path in TEMPLATES:
        text = wording.without_notes(path.read_text(encoding="utf-8"))
        found += [
            f"{name(path)}:{text.count('\n', 0, hit.start()) + 1} {what}"
            for hit in CODE_IN_PAGES[what].finditer(text)
            if not name(path).startswith(TAKEN_ALONG)
        ]

    assert not found, report(found)


def test_only_drawings_are_marked_as_safe() -> None:
    called = re.compile(r"\b(?:mark_safe|SafeString)\(")

    found = {name(path) for path in MODULES if called.search(path.read_text(encoding="utf-8"))}

    assert found <= DRAWINGS | CLEANED, report(sorted(found - DRAWINGS - CLEANED))


def test_every_gettext_text_is_a_plain_one() -> None:
    found = []
    for path in MODULES:
        for call in wording.gettext_calls(path):
            built = [argument for argument in call.args[:1] if not isinstance(argument, ast.Constant)]
            found += [f"{name(path)}:{argument.lineno} builds the text it marks" for argument in built]

    assert not found, report(found)


def test_every_visible_word_can_be_translated() -> None:
    found = []
    for path in TEMPLATES:
        if not name(path).startswith(KIT):
            words = wording.untranslated(path.read_text(encoding="utf-8"))
            found += [f"{name(path)}: {text!r}" for text in words]

    assert not found, report(found)


@pytest.mark.parametrize(
    ("template", "seen"),
    [
        ("<p>Bare words</p>", ["Bare words"]),
        ('<p>{% translate "Fine" %}</p>', []),
        ("<p>{% blocktranslate with n=a.b %}Fine {{ n }}{% endblocktranslate %}</p>", []),
        ('<img alt="a picture">', ["a picture"]),
        ('<img alt="{{ picture.alt }}">', []),
        ("{# a note #}<title>Nearer</title>", []),
    ],
    ids=["bare", "translate", "blocktranslate", "attribute", "variable", "name"],
)
def test_the_lint_itself_sees_bare_words(template: str, seen: list[str]) -> None:
    assert wording.untranslated(template) == seen
