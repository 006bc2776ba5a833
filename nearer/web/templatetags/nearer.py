"""What templates draw with: `{% load nearer %}`."""

from datetime import UTC, datetime
from typing import Any

from django import template
from django.conf import settings
from django.http.request import split_domain_port
from django.template import Context
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from nearer.config import LOCAL_HOSTS
from nearer.web import once as sent_once
from nearer.web.cards import Card
from nearer.web.names import Name
from nearer.web.pictures import glyph_svg, icon_svg, overlap_svg
from nearer.web.same import drawn
from nearer.web.zones import is_known

register = template.Library()

# What a title says: where somebody is, never what the page is about. Whoever looks over a shoulder reads no more.
PLACES = {
    "today": _lazy("Today"),
    "practise": _lazy("Practise"),
    "us": pgettext_lazy("the two people", "Us"),
    "library": _lazy("Library"),
    "settings": _lazy("Settings"),
    "help": _lazy("Help"),
}
HOUSE = "Nearer"
SEATS = {"me": "", "you": " you"}


@register.filter
def is_ahead(moment: datetime) -> bool:
    """Say whether a moment is still to come: `{% if since|is_ahead %}`."""
    return moment > now()


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """Draw one icon: `{% icon "house" %}`, `{% icon "caret-right" "turn flip" %}`."""
    return icon_svg(name, extra)


@register.simple_tag
def glyph(name: str, extra: str = "") -> SafeString:
    """Draw one practice glyph in the two inks: `{% glyph "listen" %}`, `{% glyph "time" "mid" %}`."""
    return glyph_svg(name, extra)


@register.simple_tag
def overlap(level: int) -> SafeString:
    """Draw the two circles at one of seven degrees of overlap: `{% overlap 5 %}`."""
    return overlap_svg(int(level))


@register.simple_tag
def who(seat: str, name: str = "", size: str = "") -> SafeString:
    """Draw a person's mark: a disc or a diamond, by their seat in the bond, with the initial of the name inside.

    Decorative: put the name beside it, or use `{% person %}`. `size` is "", "sm" or "lg".
    Raises KeyError for any other seat.
    """
    initial = name.strip()[:1].upper()[:1]  # some letters have two capitals
    size_class = f" {size}" if size else ""
    return format_html(
        '<span class="who{}{}" aria-hidden="true">{}</span>', SEATS[seat], size_class, initial or "·"
    )


@register.simple_tag
def person(seat: str, name: str) -> SafeString:
    """Draw a person's small mark and name together: `{% person "you" other.name %}`."""
    return format_html('<span class="person">{}<span>{}</span></span>', who(seat, name, "sm"), name)


@register.simple_tag
def once() -> SafeString:
    """Mark a form that makes something new, so that it is made once however often the page is sent: `{% once %}`."""
    return sent_once.field()


@register.filter
def fits(name: str, most: int) -> str:
    """Write what of a name stands inside a shape, as bare text: all of it, or where it is longer than `most` its initial."""
    return str(name) if len(name) <= most else name.strip()[:1].upper()[:1]


@register.filter
def named(name: str) -> Name:
    """Write a name that no profile brought, such as one in the library: `{{ author.name|named }}`."""
    return Name(name)


@register.filter
def plain(name: str) -> str:
    """Write a name as bare text, for an attribute: `aria-label="{{ name|plain }}"`."""
    return str(name)


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """Write a moment: "Thursday 27 November, 14:10" in the reader's own zone; in UTC where nobody has said it.

    There a script writes it anew, as the browser has it.
    """
    exact, when = at.astimezone(UTC).isoformat(), date_format(localtime(at), "l j F, H:i")
    if is_known():
        return format_html('<time datetime="{}">{}</time>', exact, when)
    return format_html('<time datetime="{}" data-moment>{}</time>', exact, _("%(when)s UTC") % {"when": when})


@register.simple_tag(takes_context=True)
def house_title(context: Context) -> str:
    """Return a page's title: the place, by `tab`, and the house; under a dull name somebody chose, that name alone.

    A page that is nobody's own leaves the house out: it may stand in the history of who chose another name.
    """
    place, called = PLACES.get(str(context.get("tab", ""))), getattr(context.get("look"), "called", "")
    if called and called != HOUSE:
        return str(called)
    if called:
        return f"{place} · {HOUSE}" if place else HOUSE
    return str(place or _("Welcome"))


@register.simple_tag(takes_context=True)
def draw(context: Context, card: Card) -> SafeString:
    """Draw a card with its own template, which may use all that the page has: `{% draw card %}`."""
    own = context.template.engine.get_template(card.template)  # type: ignore[union-attr]  # a page is drawn now
    with context.push(**card.context):
        return own.render(context)


@register.simple_tag
def same(template: str, **values: Any) -> SafeString:  # Any: see `same.drawn`
    """Draw a part that is the same for everybody it is drawn for with these values: `{% same "web/components/links.html" tab=tab %}`."""
    return drawn(template, **values)


@register.simple_tag
def quick_exit() -> SafeString:
    """Draw Quick exit: the same form on every page, for everybody."""
    return drawn("web/components/exit.html", url=settings.CONFIG.exit_url, mark=settings.EXIT_COOKIE_NAME)


@register.inclusion_tag("web/components/plain_line.html", takes_context=True)
def plain_line(context: Context) -> dict[str, Any]:
    """Say what browsers do not allow, and what to do, where a copy is reached without encryption from another machine."""
    host, _port = split_domain_port(context["request"].get_host())
    return {"plain": not settings.SECURE and host not in LOCAL_HOSTS}


@register.simple_tag
def home_screen(sign: str = "") -> SafeString:
    """Draw the icon of a page and, on somebody's own pages, what a home screen takes up.

    A page that is nobody's own offers no name for a home screen: it would take the place of the chosen one.
    """
    folder = f"web/signs/{sign or 'nearer'}"
    files = {"icon": f"{folder}.svg", "touch": f"{folder}-180.png", "manifest": f"{folder}.json"}
    return drawn("web/components/home_screen.html", sign=sign, **files)
