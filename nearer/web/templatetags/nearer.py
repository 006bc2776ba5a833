"""What templates draw with: `{% load nearer %}`."""

from datetime import UTC, datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils.dateformat import format as date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from nearer.web.pictures import glyph_svg, icon_svg, overlap_svg

register = template.Library()

SEATS = {"me": "", "you": " you"}


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
    """Draw a person's mark: a disc for "me", a diamond for "you", with the initial of the name inside.

    Decorative: put the name beside it, or use `{% person %}`. `size` is "", "sm" or "lg".
    Raises KeyError for any other seat.
    """
    initial = name.strip()[:1].upper()
    size_class = f" {size}" if size else ""
    return format_html(
        '<span class="who{}{}" aria-hidden="true">{}</span>', SEATS[seat], size_class, initial or "·"
    )


@register.simple_tag
def person(seat: str, name: str) -> SafeString:
    """Draw a person's small mark and name together: `{% person "you" other.name %}`."""
    return format_html('<span class="person">{}<span>{}</span></span>', who(seat, name, "sm"), name)


@register.simple_tag
def moment(at: datetime) -> SafeString:
    """Write a moment: "Thursday 14:10" in the reader's own zone where scripts run, else in UTC.

    The server knows nobody's zone, and asks for none.
    """
    plain = _("%(when)s UTC") % {"when": date_format(at.astimezone(UTC), "l j F, H:i")}
    return format_html('<time datetime="{}" data-moment>{}</time>', at.astimezone(UTC).isoformat(), plain)


@register.inclusion_tag("web/components/exit.html")
def quick_exit() -> dict[str, Any]:
    """Draw Quick exit: the same form on every page, for everybody."""
    return {"url": settings.CONFIG.exit_url, "mark": settings.EXIT_COOKIE_NAME}


@register.inclusion_tag("web/components/home_screen.html")
def home_screen(sign: str = "") -> dict[str, Any]:
    """Draw the icon of a page and, on somebody's own pages, what a home screen takes up.

    A page that is nobody's own offers no name for a home screen: it would take the place of the chosen one.
    """
    folder = f"web/signs/{sign or 'nearer'}"
    return {"sign": sign, "icon": f"{folder}.svg", "touch": f"{folder}-180.png", "manifest": f"{folder}.json"}
