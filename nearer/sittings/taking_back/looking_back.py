"""Looking back on a sitting's words: editing one's own for both to see, or taking them back."""

from __future__ import annotations

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from nearer import clock
from nearer.bonds.place import Place
from nearer.bonds.visit import MemberRequest
from nearer.sittings.letters import night
from nearer.sittings.models import Sitting
from nearer.sittings.page.show import Names
from nearer.sittings.run.access import sitting_of
from nearer.sittings.run.log import Run, arrived, open_run
from nearer.sittings.taking_back import sayings
from nearer.web.fields import WordsField
from nearer.web.no_room import needs_no_room
from nearer.web.sure import before_it_goes


class EditForm(forms.Form):
    """Other words in the place of one's own.

    Args:
        most: how many characters there is room for.
    """

    def __init__(self, *args: object, most: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["text"] = WordsField(label=_("How it should read"), limit=most, lines=3)


@needs_no_room()
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: MemberRequest, ref: UUID) -> HttpResponse:
    """Show what was said, and change one's own part of it."""
    row, place = sitting_of(request, ref)
    if not sayings.may_look_back(open_run(row, place)):
        return redirect("sittings:sitting", ref=ref)
    if request.method == "POST":
        return _changed(request, row, place)
    return _page(request, row, place)


def _changed(request: MemberRequest, row: Sitting, place: Place) -> HttpResponse:
    where = request.POST.get("where", "")
    try:
        if request.POST.get("do") == "take":
            sayings.take_back(row.pk, place, where, at=clock.now())
        else:
            form = EditForm(request.POST, most=_room(row, place, where))
            if not form.is_valid():
                return _page(request, row, place, form=form, where=where)
            if hint := before_it_goes(request, form.cleaned_data["text"]):
                return _page(request, row, place, form=form, where=where, hint=hint)
            sayings.edit(row.pk, place, where, form.cleaned_data["text"], at=clock.now())
    except sayings.NotYours:
        raise Http404 from None
    return redirect("sittings:words", ref=row.pk)


def _room(row: Sitting, place: Place, where: str) -> int:
    found = sayings.sayings(_now(row, place))
    return next((saying.most for saying in found if saying.words.where == where), 0)


def _page(
    request: MemberRequest,
    row: Sitting,
    place: Place,
    *,
    form: forms.Form | None = None,
    where: str = "",
    hint: object = None,
) -> HttpResponse:
    run, theirs = _now(row, place), place.their_card
    shut = not row.is_over and night.rests(run.header, clock.now())
    listed = [
        {
            "saying": saying,
            "mine": saying.seat is place.seat,
            "form": _form(saying, form, where),
            "hint": hint if saying.words.where == where else None,
        }
        for saying in sayings.sayings(run)
        if saying.seat is place.seat or not shut
    ]
    context = {
        "room": run.header.room,
        "ref": row.pk,
        "place": place,
        "listed": listed,
        "names": Names(me=place.my_card.name, you=theirs.name if theirs else ""),
        "tab": "us",
    }
    return render(request, "sittings/words.html", context, status=422 if form else 200)


def _now(row: Sitting, place: Place) -> Run:
    return arrived(open_run(row, place), clock.now())


def _form(saying: sayings.Saying, bound: forms.Form | None, where: str) -> forms.Form:
    if bound is not None and saying.words.where == where:
        return bound
    spot = saying.words.where.replace(".", "-")
    return EditForm(most=saying.most, initial={"text": str(saying.words)}, auto_id=f"id_{spot}_%s")
