"""The light questions an invitation can carry. Each is about oneself, and suits any two people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

QUESTIONS = {
    "smile": _("What made you smile lately?"),
    "ten": _("What did you love doing when you were ten?"),
    "place": _("Which place feels most like you, and why?"),
    "free": _("A day is all yours, with no duties. How does it go?"),
    "kindness": _("Which small thing that people do makes your day?"),
    "good_at": _("What are you quietly good at?"),
}
