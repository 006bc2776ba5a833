"""Words that break pages which are not careful, put into everything that two people may write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import cycle
from urllib.parse import urldefrag, urljoin

from playwright.sync_api import Dialog

from nearer.testing.people import Person
from tests.browser.cases import get
from tests.browser.test_every_page import Watch

# Each begins with a mark that stands nowhere else, by which a page is asked whether it shows all of it.
MARK = "¤"
STRINGS = tuple(
    f"{MARK}{number:02}{text}"
    for number, text in enumerate((
        "W" * 37,
        "\u202egpj.exe\u202c" + "שלוםשלום" * 3,
        "\u2067\u2066never closed",
        "السلامعليكم" * 3,
        "Z\u0335\u0321\u0322\u0489" * 7,
        "👩‍👩‍👧‍👦🏳️‍🌈👍🏾" * 2,
        "<script>alert(1)</script>",
        "\"'><img src=x onerror=alert(2)>",
        "</textarea></title><svg/onload=a(3)>",
        "{{7*7}}{% now 'Y' %}{#x#}",
        "javascript:alert(4)//${6*7}`",
        "&lt;b&gt;&#60;i>&nbsp;%(name)s %s {0}",
        "https://evil.example/" + "x" * 16,
        "漢字かな交じり文" * 4,
    ))
)  # fmt: skip
NAMES = STRINGS[0], STRINGS[8]
LONGEST_NAME = max(len(each) for each in STRINGS)
WIDTH = 320
LINK = re.compile(r'<a [^>]*?href="([^"]+)"')
ID = re.compile("[0-9a-f-]{36}")
# What a page shows of these words, wherever in it they stand: {wide: px, broken: [...], seen: [...]}.
LOOK = """(strings) => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  const texts = [document.title];
  const walk = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    // A drawing has room for the beginning of a name.
    if (node.parentElement?.closest("svg")) continue;
    if (node.nodeType === Node.TEXT_NODE) texts.push(node.data);
    else texts.push(node.value ?? "", ...[...node.attributes].map((each) => each.value));
  }
  const times = (part) => texts.reduce((sum, text) => sum + String(text).split(part).length - 1, 0);
  const bars = document.documentElement;
  return {
    wide: bars.scrollWidth > bars.clientWidth ? bars.scrollWidth : 0,
    broken: strings.filter((each) => times(each) !== times(each.slice(0, 3))),
    seen: strings.filter((each) => times(each)),
  };
}"""


def written() -> Iterator[str]:
    """Return the strings again and again, so that every field gets others."""
    return cycle(STRINGS)


@dataclass
class Writer:
    """Fills fields, each as full as it may be.

    Attributes:
        strings: what comes next.
    """

    strings: Iterator[str] = field(default_factory=written)

    def words(self, limit: int) -> str:
        """Return as many strings, at most all of them, as have room in a field."""
        some = [next(self.strings)]
        while len(some) < len(STRINGS) and len(" ".join(some)) + LONGEST_NAME < limit:
            some.append(next(self.strings))
        return " ".join(some)


@dataclass
class Walk:
    """One person's way through every page that they can reach.

    Attributes:
        who: whose pages.
        found: what is wrong, and where.
        seen: which of the strings were on some page.
    """

    who: Person
    found: list[str] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)
    been: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        page = self.who.page
        page.set_viewport_size({"width": WIDTH, "height": 640})
        self.watch = Watch(page, self.who.url)
        page.on("dialog", self._heard)

    def _heard(self, dialog: Dialog) -> None:
        self.found.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    def look(self, path: str) -> None:
        """Open one page, and note what is wrong with it."""
        page = self.who.page
        page.goto(f"{self.who.url}{path}")
        shown = page.evaluate(LOOK, list(STRINGS))
        if shown["wide"]:
            self.found.append(f"{path}: {shown['wide']} px wide")
        self.found += [f"{path}: not shown as it is: {each}" for each in shown["broken"]]
        self.found += [f"{path}: {said}" for said in (*self.watch.complaints, *self.watch.strays)]
        self.watch.complaints.clear()
        self.watch.strays.clear()
        self.seen.update(shown["seen"])

    def everywhere(self, drawn: set[tuple[str, str]], *first: str) -> None:
        """Ask for these pages and every page that a link leads to, once, and look at one of each kind.

        Args:
            drawn: what was looked at, by either of the two: a page that shows no more than their names is like the other's.
            first: where to begin.
        """
        ahead = list(first)
        while ahead:
            path = ahead.pop()
            if path in self.been:
                continue
            self.been.add(path)
            html = get(self.who, path)
            more = [each for each in STRINGS if each[:3] in html and each not in NAMES]
            kind = ID.sub("", path.partition("?")[0]), self.who.name if more else ""
            if MARK in html and kind not in drawn:
                drawn.add(kind)
                self.look(path)
            links = (urljoin(f"{self.who.url}{path}", unescape(link)) for link in LINK.findall(html))
            paths = {urldefrag(link)[0].removeprefix(self.who.url) or "/" for link in links}
            ahead += sorted(filter(is_page, paths))


def is_page(path: str) -> bool:
    """Say whether an address is a page of this copy that shows what the two wrote."""
    if not path.startswith("/") or path.endswith((".ics", ".xml")):
        return False
    # Of the library one article with comments is enough, and the practice partner shows no words of theirs.
    return not re.match("/library/(?!voice|bookmarks|$)|/practise/[a-z]+/partner|/help", path)
