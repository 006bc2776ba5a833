"""PURE: the forms of a page, as a browser would find and fill them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

IN_TURN = frozenset({"radio", "checkbox"})
BUTTONS = frozenset({"submit", "button", "reset", "image"})
type Attributes = list[tuple[str, str | None]]


class NoSuchForm(LookupError):
    """A page has no form that was asked for, or the form has no field of that name."""


@dataclass
class Form:
    """One form of a page.

    Attributes:
        action: the address it goes to; empty for the page's own.
        move: the kind of move it makes, "" for none.
        given: what goes along untouched: hidden fields, and what is written, ticked or chosen already.
        offered: every field by name, with the values that its options, ticks and buttons offer.
    """

    action: str
    move: str
    given: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)

    def filled(self, fields: Mapping[str, str | list[str]]) -> dict[str, list[str]]:
        """Return what is sent when these fields are filled in.

        Args:
            fields: text by the name of its field; `#2` chooses the third of what is offered.

        Raises:
            NoSuchForm: it has no such field.
        """
        strange = fields.keys() - self.offered.keys()
        if strange:
            raise NoSuchForm(
                f"{self.action} {self.move} has no {sorted(strange)}, but {sorted(self.offered)}"
            )
        said = {name: [text] if isinstance(text, str) else text for name, text in fields.items()}
        return self.given | {
            name: [self._value(name, each) for each in each_] for name, each_ in said.items()
        }

    def _value(self, name: str, text: str) -> str:
        return self.offered[name][int(text[1:])] if text[:1] == "#" and text[1:].isdigit() else text


class _Forms(HTMLParser):
    """Gathers the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._by_id: dict[str, Form] = {}
        self._open: Form | None = None
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Begin a form, or note a field of one."""
        found = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(action=found.get("action", ""), move=found.get("data-move", ""))
            self.forms.append(self._open)
            self._by_id[found.get("id", "")] = self._open
        into = self._by_id.get(found["form"]) if "form" in found else self._open
        if into is None:
            return
        if tag == "option" and self._select:
            self._option(into, found)
        elif found.get("name") and "disabled" not in found:
            self._field(into, tag, found)

    def handle_endtag(self, tag: str) -> None:
        """End a form or a field."""
        match tag:
            case "form":
                self._open = None
            case "select":
                self._select = ""
            case "textarea":
                self._area = ""

    def handle_data(self, data: str) -> None:
        """Note what stands in a field already."""
        if self._area and self._open is not None:
            self._open.given[self._area] = [self._open.given[self._area][0] + data]

    def _field(self, into: Form, tag: str, found: dict[str, str]) -> None:
        name, kind = found["name"], found.get("type", "submit" if tag == "button" else "text")
        offers = into.offered.setdefault(name, [])
        if tag == "select":
            self._select = name
        elif tag == "textarea":
            self._area = name
            into.given[name] = [""]
        elif tag == "button" or kind in BUTTONS:
            offers.append(found.get("value", ""))
        elif kind in IN_TURN:
            offers.append(found.get("value", "on"))
            if "checked" in found:
                into.given.setdefault(name, []).append(offers[-1])
        elif kind != "file":
            into.given[name] = [found.get("value", "")]

    def _option(self, into: Form, found: dict[str, str]) -> None:
        offers = into.offered[self._select]
        offers.append(found.get("value", ""))
        if len(offers) == 1 or "selected" in found:
            into.given[self._select] = [offers[-1]]


def form_in(page: str, wanted: str, fields: Mapping[str, object], *, at: str) -> Form:
    """Return the first form of a page that makes a move of this kind, or goes to an address with this end.

    Args:
        page: HTML.
        wanted: a kind of move such as "Speak", or the end of an address such as "/thanks/give".
        fields: names that it must have.
        at: the address of the page.

    Raises:
        NoSuchForm: there is none.
    """
    reader = _Forms()
    reader.feed(page)
    by_move = wanted[:1] != "/"
    fits = [f for f in reader.forms if (f.move == wanted if by_move else (f.action or at).endswith(wanted))]
    for each in fits:
        if all(name in each.offered for name in fields):
            return each
    raise NoSuchForm(
        f"no form {wanted} with {sorted(fields)}, but "
        f"{[(f.move or f.action, sorted(f.offered)) for f in (fits or reader.forms)]}"
    )
