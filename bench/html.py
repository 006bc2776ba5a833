"""Reads from a page what a person would: its forms and what it shows to keep."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

EXIT = "/lock"
KEPT = ("data-recovery-code", "data-invite-link")


@dataclass
class FormOnPage:
    """A form: where it goes, what kind of move it is, and what is filled in."""

    action: str
    move: str
    fields: dict[str, str] = field(default_factory=dict)
    buttons: dict[str, tuple[str, str]] = field(default_factory=dict)


class Page(HTMLParser):
    """A parsed page.

    Attributes:
        forms: in the order of the page.
        kept: texts of the elements marked with one of `KEPT`.
        main: the attributes of the `main` element.
        links: the addresses of all stylesheets and module scripts.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[FormOnPage] = []
        self.kept: dict[str, str] = {}
        self.main: dict[str, str] = {}
        self.links: dict[str, list[str]] = {"css": [], "js": []}
        self._form: FormOnPage | None = None
        self._keeping = ""
        self._button: tuple[str, str] | None = None
        self.feed(text)

    def form(self, *, action: str = "", move: str = "") -> FormOnPage:
        """Return the first form that goes there or makes that move; the quick exit only if it is asked for.

        Raises:
            LookupError: the page has none.
        """
        for form in self.forms:
            # The quick way out stands first on every page.
            if form.action == EXIT != action:
                continue
            if (move and form.move == move) or (not move and form.action.endswith(action)):
                return form
        raise LookupError(f"no form for {move or action}: {[(f.action, f.move) for f in self.forms]}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what matters."""
        values = {name: value or "" for name, value in attrs}
        self._keeping = next((name for name in KEPT if name in values), "")
        match tag:
            case "main":
                self.main = values
            case "link" if values.get("rel") == "stylesheet":
                self.links["css"].append(values["href"])
            case "script" if values.get("src"):
                self.links["js"].append(values["src"])
            case "form":
                self._form = FormOnPage(values.get("action", ""), values.get("data-move", ""))
                self.forms.append(self._form)
            case "input" if self._form and values.get("name") and _is_sent(values):
                self._form.fields.setdefault(values["name"], values.get("value", ""))
            case "button" if self._form:
                self._button = (values.get("name", ""), values.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        """Leave a form or a button."""
        self._keeping = ""
        if tag == "form":
            self._form = None
        if tag == "button":
            self._button = None

    def handle_data(self, data: str) -> None:
        """Keep marked text and the words on buttons."""
        if self._keeping:
            self.kept[self._keeping] = data.strip()
        if self._button and self._form and data.strip():
            self._form.buttons[data.strip()] = self._button


def _is_sent(values: dict[str, str]) -> bool:
    """Say whether an input is sent as it stands: a box or a choice only when it is ticked."""
    return values.get("type") not in {"checkbox", "radio"} or "checked" in values
