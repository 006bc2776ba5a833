"""A hint before something goes: shown to its author once, beside what they typed; sent again, it goes as it is.

Whoever was only asked to look at it once more may change it to words of harm or fear: where there is help is shown even then.
"""

from __future__ import annotations

from django.http import HttpRequest

from nearer.content.heavy import HEAVY, is_heavy

SURE, YES = "sure", "yes"
LIGHT = "light"
"""What a form says in which something else than heavy words was looked at once more."""


def before_it_goes(request: HttpRequest, *said: str, more: object = None) -> object:
    """Return what an author might look at once more; None when there is nothing, or they have seen it.

    Args:
        request: carries the form.
        said: its words.
        more: a hint of the page's own.
    """
    seen = request.POST.get(SURE)
    if seen == YES:
        return None
    if more == HEAVY or any(map(is_heavy, said)):
        return HEAVY
    return None if seen == LIGHT else more
