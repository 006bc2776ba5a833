"""Words that came too late for what they were meant for: they are given back, to copy."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from nearer.web.names import is_seen


def given_back(request: HttpRequest, *fields: str, then: HttpResponse) -> HttpResponse:
    """Answer a form whose place is gone: the other took back what it was about, or left.

    Args:
        request: it, with the words as they were typed.
        fields: the names of its fields for words.
        then: where somebody is led who wrote nothing, and from the page with the words; a redirect.

    Returns:
        409 and a page with the words, or `then`.
    """
    typed = [text for field in fields if is_seen(text := request.POST.get(field, ""))]
    if not typed or not isinstance(then, HttpResponseRedirect):
        return then
    context = {"typed": "\n".join(typed), "to": then.url}
    return render(request, "web/unsent.html", context, status=HTTPStatus.CONFLICT)
