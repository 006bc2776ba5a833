"""Where a small form leads when it is done: back to the page it stood on, and nowhere else."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

TODAY = "/"
PAGES = re.compile(r"/|/us|/pulse|/s/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:/words)?")


def page_before(request: HttpRequest, default: str = TODAY) -> str:
    """Return the page that a form says it stood on, in the field `next`.

    Args:
        request: carries the form, or the same name in its address.
        default: for anything that is not one of the pages such forms stand on.
    """
    named = request.POST.get("next", "") or request.GET.get("next", "")
    return named if PAGES.fullmatch(named) else default


def back(request: HttpRequest, default: str = TODAY, *, part: str = "") -> HttpResponse:
    """Lead back there.

    Args:
        request: carries the form.
        default: for anything that is not one of the pages such forms stand on.
        part: the part of a sitting's page where the form stood; its top says nothing of what was done.
    """
    page = page_before(request, default)
    return HttpResponseRedirect(f"{page}#{part}" if part and page.startswith("/s/") else page)
