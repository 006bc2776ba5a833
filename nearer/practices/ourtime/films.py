"""Five films in five weeks: which ones is theirs, and what kinds of film lend themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from http import HTTPStatus

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from nearer.bonds import news
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.content.decks import deck
from nearer.protocol import Seat
from nearer.records import keeping, putaway
from nearer.records.keeping import BondNotOpen, Kind, ref_in
from nearer.records.shelf import Shelf
from nearer.sittings.page.between import around
from nearer.sittings.page.show import Notice
from nearer.web.fields import WordsField

MOST, TITLE_MOST = 5, 80


@dataclass(frozen=True, kw_only=True)
class Film:
    """What is sealed: a film the two would like to see.

    Attributes:
        seat: whoever named it.
        title: what it is called.
        seen: whether they have seen it.
    """

    seat: str
    title: str
    seen: bool = False

    def __post_init__(self) -> None:
        """Refuse what is nobody's."""
        Seat(self.seat)


FILM = Kind(name="time-film", shape=Film)


class FilmForm(forms.Form):
    """The title of a film."""

    title = WordsField(
        label=gettext_lazy("A film"), limit=TITLE_MOST, lines=1,
        error_messages={"required": gettext_lazy("Write its title.")},
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def films(request: MemberRequest) -> HttpResponse:
    """Show the five; name one, say that it was seen, or take one off."""
    place = request.visit.place
    if place is None:
        return redirect("sittings:room", slug="our-time")
    form = FilmForm(request.POST if "title" in request.POST else None)
    if request.method == "POST" and form.is_bound and not form.is_valid():
        return _page(request, place, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    if request.method != "POST":
        return _page(request, place, form)
    try:
        if form.is_bound:
            add(place, form.cleaned_data["title"], at=timezone.now())
        else:
            _change(request, place, at=timezone.now())
    except BondNotOpen:
        if not form.is_bound:
            return redirect("ourtime:films")
        notice = Notice(text=_("Nothing new can be kept here."), typed=request.POST.get("title", ""))
        return _page(request, place, form, notice=notice, status=HTTPStatus.CONFLICT)
    return redirect("ourtime:films")


def withdraw(place: Place) -> None:
    """Take back the films this person named."""
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf, closed=True):
        for kept in keeping.find(shelf, FILM):
            if kept.document.seat == place.seat:
                keeping.remove(shelf, FILM, kept.ref)


def add(place: Place, title: str, *, at: datetime) -> None:
    """Put a film on the list of the two; the sixth, and one that is there, is passed over.

    Raises:
        BondNotOpen: nothing new is kept in this bond.
    """
    shelf = Shelf.of_bond(place)
    with keeping.changing(shelf):
        there = keeping.find(shelf, FILM)
        if len(there) < MOST and all(kept.document.title != title for kept in there):
            keeping.put(shelf, FILM, Film(seat=place.seat, title=title), at=at)
            news.tell_other(place)


def _change(request: MemberRequest, place: Place, *, at: datetime) -> None:
    ref, shelf = ref_in(request.POST.get("record", "")), Shelf.of_bond(place)
    with keeping.changing(shelf):
        kept = next((each for each in keeping.find(shelf, FILM) if each.ref == ref), None)
        if kept and request.POST.get("answer") == "seen":
            keeping.replace(shelf, FILM, kept.ref, replace(kept.document, seen=True), at=kept.at)
        elif kept:
            keeping.remove(shelf, FILM, kept.ref)
        news.tell_other(place)


def _page(
    request: MemberRequest,
    place: Place,
    form: FilmForm,
    *,
    notice: Notice | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    found = putaway.gather(place, request.ring, FILM).of(FILM)
    context = {
        **around(place), "found": found, "form": form, "notice": notice, "room_left": len(found) < MOST,
        "kinds": [entry.text for entry in deck("time.kinds").entries],
    }  # fmt: skip
    return render(request, "ourtime/between/films.html", context, status=status)
