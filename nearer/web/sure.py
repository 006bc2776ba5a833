"""A hint before something goes: shown to its author once, beside what they typed; sent again, it goes as it is."""

from __future__ import annotations

from django.http import HttpRequest

from nearer.content.heavy import HEAVY, is_heavy

SURE = "sure"


def before_it_goes(request: HttpRequest, *said: str, more: object = None) -> object:
    """Return what an author might look at once more; None when there is nothing, or they have seen it.

    Args:
        request: carries the form.
        said: its words.
        more: a hint of the page's own.
    """
    if request.POST.get(SURE) == "yes":
        return None
    return HEAVY if any(map(is_heavy, said)) else more
