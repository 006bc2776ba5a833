"""Where a small form leads when it is done: back to the page it stood on, and nowhere else."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

TODAY, US = "/", "/us"
# What a form's part is called on Us.
ON_US = {"plan": "plans", "parked": "parked"}
UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
PAGES = re.compile(
    rf"/|/us(?:/kept)?|/pulse|/s/{UUID}(?:/words)?|/b/{UUID}/(?:away|keepsakes)|/[a-z-]+/(?:again|ahead|ask|lines|maps|notes|sky|words)"
)


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
        part: the part of a sitting's page, or of Us, where the form stood; their top says nothing of what was done.
    """
    page = page_before(request, default)
    there = ON_US.get(part) if page == US else part if page.startswith("/s/") else ""
    return HttpResponseRedirect(f"{page}#{there}" if there else page)
