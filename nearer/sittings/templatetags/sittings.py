"""Small things the sitting templates need."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from nearer import clock
from nearer.web.templatetags.nearer import moment
from nearer.web.zones import is_known

register = template.Library()
A_WEEK = 7


@register.simple_tag
def until(at: datetime) -> SafeString:
    """Write until when something is open: "tomorrow evening, 18:20", where the reader's zone is known."""
    if not is_known():
        return moment(at)
    here = localtime(at)
    days, part = (here.date() - localtime(clock.now()).date()).days, here.hour // 6
    hour = date_format(here, "H:i")
    return format_html(
        '<time datetime="{}">{}, {}</time>', at.astimezone(UTC).isoformat(), _day(here, days, part), hour
    )


def _day(here: datetime, days: int, part: int) -> str:
    if days == 0:
        return [_("early this morning"), _("this morning"), _("this afternoon"), _("this evening")][part]
    if days == 1:
        return [_("early tomorrow"), _("tomorrow morning"), _("tomorrow afternoon"), _("tomorrow evening")][
            part
        ]
    day = {"day": date_format(here, "l")}
    if days < A_WEEK:
        return [_("early %(day)s"), _("%(day)s morning"), _("%(day)s afternoon"), _("%(day)s evening")][
            part
        ] % day
    return date_format(here, "l j F")


@register.filter
def named(forms: Mapping[str, Any], kind: str) -> Any:
    """Return the form of a kind of move, or nothing when it has no fields."""
    return forms.get(kind)


@register.filter
def spaced(kind: str) -> str:
    """Turn a kind's name into words: `SetTopic` reads "Set topic"."""
    words = re.sub(r"(?<!^)([A-Z])", r" \1", kind)
    return words[:1] + words[1:].lower()


@register.filter
def worded(said: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return of what was said what can be read; the rest was said aloud, and both heard it."""
    return [saying for saying in said if saying["words"] or getattr(saying["words"], "withdrawn", False)]
