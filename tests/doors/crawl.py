"""Goes wherever a person could go: every link of every page, and every form as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.test import Client

FRAGMENT = {"X-Fragment": "1"}
TYPED = {"text", "search", "email", "password", "url", "tel", "textarea", "input"}
CHOSEN = {"radio", "checkbox", "select"}
# Whatever element they stand in; other attributes hold words and keys, which may begin with a slash as well.
ADDRESSES = ("href", "src", "action", "formaction", "data-again", "data-ask", "data-opened")
LEADS = re.compile(rf"""\s(?:{"|".join(ADDRESSES)})=["']((?:/(?!/)|\?)[^"']*)["']""")
NOT_FOLLOWED = ("/static/", "/live/")


@dataclass
class Form:
    """A form on a page, with what it would send.

    Attributes:
        action: where.
        method: "get" or "post".
        values: what is filled in already, hidden fields included.
        typed: names of the fields one types into.
        chosen: names of the fields one chooses in, and what there is to choose.
        buttons: name and value of each button; an empty name sends nothing.
        files: names of the fields that take a file.
    """

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    typed: set[str] = field(default_factory=set)
    chosen: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)
    files: set[str] = field(default_factory=set)

    @property
    def shape(self) -> tuple[Any, ...]:
        """What makes it another form than those like it."""
        route = "/".join(part if len(part) != 36 else "*" for part in self.action.split("/"))
        names = {*self.values, *self.typed, *self.chosen}
        move = self.values.get("move", "")
        return route, move, tuple(sorted(names)), tuple(sorted(self.buttons))

    def sent(self, words: str = "a few words") -> Iterator[dict[str, str]]:
        """Yield what each of its buttons would send, with these words wherever one types."""
        filled = {
            **self.values,
            **dict.fromkeys(self.typed, words),
            **{name: values[-1] for name, values in self.chosen.items() if values},
        }
        for name, value in self.buttons or [("", "")]:
            yield {**filled, **({name: value} if name else {})}


class Page(HTMLParser):
    """Reads a page's forms.

    Args:
        at: its address.
    """

    def __init__(self, at: str) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[Form] = []
        self._at = at
        self._in: Form | None = None
        self._by_id: dict[str, Form] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element leads to or sends."""
        has = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = urljoin(self._at, has.get("action", "")).partition("#")[0]
            self._in = Form(action=action, method=has.get("method", "get").lower())
            self.forms.append(self._in)
            self._by_id[has.get("id", "")] = self._in
        elif tag in {"button", "input", "select", "option", "textarea"} and (
            form := self._by_id.get(has.get("form", "")) if "form" in has else self._in
        ):
            _add(form, tag, has)

    def handle_endtag(self, tag: str) -> None:
        """Leave a form."""
        if tag == "form":
            self._in = None


def _add(form: Form, tag: str, has: Mapping[str, str]) -> None:
    name, value, kind = has.get("name", ""), has.get("value", ""), has.get("type", tag)
    if tag == "button" or kind == "submit":
        form.buttons.append((name, value))
    elif tag == "option" and form.chosen:
        list(form.chosen.values())[-1].append(value)
    elif name in {"", "csrfmiddlewaretoken"}:
        pass
    elif kind in TYPED:
        form.typed.add(name)
    elif kind in CHOSEN:
        form.chosen.setdefault(name, []).extend([value or "on"] if tag == "input" else [])
    elif kind == "file":
        form.files.add(name)
    else:
        form.values[name] = value


def read(response: Any, at: str) -> Page:
    """Read the forms of one answer; what is no HTML has none."""
    page = Page(at)
    if is_html(response):
        page.feed(response.content.decode())
    return page


def links_on(response: Any, at: str) -> set[str]:
    """Return the addresses that an answer leads to; to look for these alone takes a tenth of reading it all."""
    if not is_html(response):
        return set()
    leads = LEADS.findall(response.content.decode())
    return {urljoin(at, unescape(each)).partition("#")[0] for each in leads}


def is_html(response: Any) -> bool:
    """Say whether an answer is a page, or part of one."""
    return bool(response.headers.get("Content-Type", "").startswith("text/html"))


def everywhere(browser: Client, start: str = "/") -> dict[str, Any]:
    """Return every answer a person can get by looking: every link, and every page's fragment as well."""
    found: dict[str, Any] = {}
    seen, waiting = {_key(start)}, [start]
    while waiting:
        address = waiting.pop(0)
        found[address] = answer = browser.get(address)
        if answer.status_code in {301, 302, 303}:
            links = {urljoin(address, answer["Location"])}
        else:
            if address.startswith("/s/"):
                found[f"{address} (fragment)"] = browser.get(address, headers=FRAGMENT)
            links = links_on(answer, address)
        for link in sorted(links):
            if _key(link) not in seen and not link.startswith(NOT_FOLLOWED):
                seen.add(_key(link))
                waiting.append(link)
    return found


def forms_on(answers: Mapping[str, Any]) -> list[Form]:
    """Return the forms of pages, of those that are alike one for each set of ids they carry."""
    found: dict[tuple[Any, ...], Form] = {}
    for address, answer in answers.items():
        for form in read(answer, address.removesuffix(" (fragment)")).forms:
            if form.method == "post":
                found.setdefault((form.shape, form.action), form)
    return list(found.values())


def _key(address: str) -> tuple[str, tuple[str, ...]]:
    parts = urlsplit(address)
    return parts.path, tuple(sorted(pair.partition("=")[0] for pair in parts.query.split("&") if pair))
