"""While the disk is full nothing new is taken in: what still works is what lets go, and the doors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from nearer.disk import is_tight
from nearer.web.views import error_page

SAFE = frozenset({"GET", "HEAD"})
MARK = "needs_no_room"


def needs_no_room[V: Callable[..., Any]](*moves: str) -> Callable[[V], V]:
    """Let a view take forms on a full disk, too: it lets go of something, or is a door. Stands above other decorators.

    Args:
        moves: only the forms with one of these moves; none for all forms of the view.
    """

    def marked(view: V) -> V:
        setattr(view, MARK, lambda request: not moves or request.POST.get("move") in moves)
        return view

    return marked


class NoRoomMiddleware:
    """Answers what would take room with one kind page, before anything of it is done."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Give back the reserve where this request needs it, and answer."""
        tight = [is_tight(folder) for folder in settings.DISKS]
        request.no_room = any(tight)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *_more: Any
    ) -> HttpResponse | None:
        """Stop a form that would take room."""
        if request.method in SAFE or not request.no_room:  # type: ignore[attr-defined]
            return None
        may = getattr(view, MARK, None)
        return None if may and may(request) else error_page(request, 503, "503_room")
