"""What was said, as lines: `{% load sayings %}`, then `{% sayings said %}`. A room may have its own, with other labels."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from django import template
from django.template import Context
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from nearer.protocol import Mode
from nearer.web.templatetags.nearer import who

register = template.Library()

type Labels = Mapping[
    str, tuple[Any, Any]
]  # Any: lazily translated; what is one's own is called so, and the other's so

LABELS: Labels = {
    "reflected": (_lazy("You said back"), _lazy("%(name)s said back")),
    "clarified": (_lazy("You added"), _lazy("%(name)s added")),
    "validated": (_lazy("You said why it makes sense"), _lazy("%(name)s said why it makes sense")),
    "answered": (_lazy("You answered"), _lazy("%(name)s answered")),
    "cheered": (_lazy("You were glad with %(name)s"), _lazy("%(name)s was glad with you")),
    "asked": (_lazy("You asked"), _lazy("%(name)s asked")),
    "noticed": (_lazy("You noticed"), _lazy("%(name)s noticed")),
}
WROTE = (_lazy("You wrote"), _lazy("%(name)s wrote"))
SAID = (_lazy("You said"), _lazy("%(name)s said"))


@register.simple_tag(takes_context=True)
def sayings(context: Context, said: Iterable[Mapping[str, Any]]) -> SafeString:
    """Draw what was said in the parts, a line for each."""
    return drawn(context, said, LABELS, WROTE if context["view"]["mode"] is Mode.ASYNC else SAID)


def drawn(
    context: Context,
    said: Iterable[Mapping[str, Any]],
    labels: Labels,
    otherwise: tuple[Any, Any] = (_lazy("You"), "%(name)s"),
) -> SafeString:
    """Draw what was said, a line for each: whose it is, how it is called, and the words with what became of them.

    Args:
        context: of the page.
        said: sayings, as a view has them.
        labels: what they are called, by their way or their kind.
        otherwise: what all others are called.
    """
    names = context["names"]
    script = format_html('<span class="tag">{}</span>', _("a script")) if context.get("rehearsal") else ""
    whose = {True: (who("me", names.me, "sm"), ""), False: (who("you", names.you, "sm"), script)}

    @cache
    def head(way: str, kind: str, *, mine: bool) -> SafeString:
        label = (labels.get(way) or labels.get(kind) or otherwise)[0 if mine else 1]
        mark, tag = whose[mine]
        called = format_html(str(label).replace("%(name)s", "{}"), names.you)
        return format_html('<span class="person">{}<span>{}</span>{}</span>', mark, called, tag)

    lines = ((head(it["way"], it["kind"], mine=it["mine"]), _words(context, it["words"])) for it in said)
    return format_html_join("\n", '<li class="said">{}{}</li>', lines)


def _words(context: Context, words: str) -> SafeString:
    if getattr(words, "withdrawn", False) or getattr(words, "earlier", ()):
        page = context.template.engine.get_template("web/components/words.html")  # type: ignore[union-attr]  # a page is drawn now
        with context.push(words=words):
            return page.render(context)
    # Most are one line, and looking for the ends of lines costs more than all the rest.
    lines = linebreaksbr(words) if "\n" in words or "\r" in words else words
    return format_html('<span dir="auto" class="words">{}</span>', lines)
