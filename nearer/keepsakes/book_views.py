"""The book of us: turning its pages, finding one, and taking the whole along."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.accounts.again import needs_drawer
from nearer.bonds.decorators import paired
from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest, PrivateRequest
from nearer.keepsakes import book, items
from nearer.keepsakes.book import Page
from nearer.keepsakes.forms import FindForm
from nearer.keepsakes.items import Item, Sort
from nearer.keepsakes.views import KINDS
from nearer.keepsakes.whole import bind
from nearer.records import putaway, seen
from nearer.web.no_room import needs_no_room

A_LEAF = 8  # pages that are shown at once
MOST_FOUND = 40


@require_safe
@paired
def shelf(request: MemberRequest, place: Place) -> HttpResponse:
    """Show the book, the newest page first."""
    at = timezone.now()
    found = _items(request, place, at)
    if items.new_in(found, seen.until(seen.gathered(request), place, items.SHELF), at=at):
        seen.note(request, place, items.SHELF, at=at)
    pages = book.pages_of(found)
    page = Paginator(pages, A_LEAF).get_page(request.GET.get("page"))
    ago = book.ago(pages, timezone.localdate(at)) if page.number == 1 else None
    years = book.years_of(pages, A_LEAF)
    context = {"page": page, "pages": page.object_list, "ago": ago, "years": years, "find": FindForm()}
    return _drawn(request, place, context)


@require_http_methods(["GET", "HEAD", "POST"])
@paired
def find(request: MemberRequest, place: Place) -> HttpResponse:
    """Show the pages on which some words stand. They are in no address, and nothing of them is kept."""
    form = FindForm(request.POST if request.method == "POST" else None)
    found: list[Page] = []
    if form.is_valid():
        pages = book.pages_of(_items(request, place, timezone.now()))
        found = book.found_in(pages, form.cleaned_data["words"])
    context = {"pages": found[:MOST_FOUND], "more": len(found) > MOST_FOUND, "find": form, "is_search": True}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return _drawn(request, place, context, status=status)


@needs_no_room()
@require_POST
@needs_drawer
def whole(request: PrivateRequest, bond: UUID) -> HttpResponse:
    """Give the whole book as one file. Nobody is told."""
    place = request.visit.take(bond)
    pages = [page for page in book.pages_of(_items(request, place, timezone.now())) if not page.is_bare]
    answer = HttpResponse(
        bind(place, pages, lambda item: KINDS[Sort(item.what.sort)][0]), content_type="text/html"
    )
    answer["Content-Disposition"] = 'attachment; filename="book.html"'
    return answer


def _items(request: MemberRequest, place: Place, at: datetime) -> list[Item]:
    return items.items_in(putaway.gather(place, request.ring, items.KEEPSAKE), place, at=at)


def _drawn(
    request: MemberRequest, place: Place, context: Mapping[str, object], *, status: int = HTTPStatus.OK
) -> HttpResponse:
    more = {"place": place, "is_open": place.bond.state == Bond.State.OPEN, "tab": "us"}
    return render(request, "keepsakes/shelf.html", {**context, **more}, status=status)
