"""Something kind for oneself, and one's own people to call: at one's own hand, so that it is there in a bad moment."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from nearer.bonds.visit import MemberRequest
from nearer.practices.support.cards import texts
from nearer.records import keeping
from nearer.records.keeping import Kind, ref_in
from nearer.records.shelf import Shelf
from nearer.web.fields import WordsField
from nearer.web.once import mark_of

NAME_MOST, NUMBER_MOST, PEOPLE_MOST, A_DAY = 60, 30, 12, 3
NUMBER = re.compile(r"\+?[\d\s()/.-]{3,}")
HOME_ZERO = re.compile(r"\(\s*0\s*\)")


@dataclass(frozen=True, kw_only=True)
class Contact:
    """What is sealed: somebody one may call.

    Attributes:
        name: what they are called.
        number: their number, as it was written.
    """

    name: str
    number: str

    @property
    def dial(self) -> str:
        """The number as a phone dials it: from abroad without the zero that stands in brackets."""
        is_long = self.number.startswith("+")
        number = HOME_ZERO.sub("", self.number) if is_long else self.number
        return ("+" if is_long else "") + "".join(c for c in number if c.isdigit())


CONTACT = Kind(name="own-people", shape=Contact)


class ContactForm(forms.Form):
    """Somebody one may call."""

    name = WordsField(
        label=_("Who"), limit=NAME_MOST, lines=1, error_messages={"required": _("Write a name.")}
    )
    number = WordsField(
        label=_("Number"), limit=NUMBER_MOST, lines=1, error_messages={"required": _("Write a number.")}
    )

    def clean_number(self) -> str:
        """Refuse what no phone dials."""
        number: str = self.cleaned_data["number"]
        if not (NUMBER.fullmatch(number) and number.isascii()):
            raise ValidationError(_("Write it in digits, as on a phone: +44 20 7946 0000."))
        return number


@require_http_methods(["GET", "HEAD", "POST"])
def alone(request: MemberRequest) -> HttpResponse:
    """Show something kind for oneself and one's own people; take one more, or let one go."""
    shelf, form = Shelf.at_hand(request.user.pk, request.ring), ContactForm()
    if ref := ref_in(request.POST.get("record", "")):
        keeping.remove(shelf, CONTACT, ref)
        return redirect("support:alone")
    if request.method == "POST":
        form = ContactForm(request.POST)
        if form.is_valid() and _keep(shelf, form, mark_of(request)):
            return redirect("support:alone")
    context = {
        "form": form, "people": keeping.find(shelf, CONTACT), "ideas": of_the_day(timezone.localdate()), "tab": "practise",
    }  # fmt: skip
    return render(request, "support/between/alone.html", context, status=422 if form.errors else 200)


def of_the_day(day: date) -> list[str]:
    """Return a few kind things for a day: the same all day, others tomorrow."""
    ideas = texts("alone")
    return [ideas[(day.toordinal() * A_DAY + n) % len(ideas)] for n in range(A_DAY)]


def _keep(shelf: Shelf, form: ContactForm, once: str) -> bool:
    """Keep one more, or say in the form that there is no room."""
    with keeping.changing(shelf):
        is_full = len(keeping.find(shelf, CONTACT)) >= PEOPLE_MOST and not keeping.came(shelf, CONTACT, once)
        if not is_full:
            keeping.put(shelf, CONTACT, Contact(**form.cleaned_data), at=timezone.now(), once=once)
    if is_full:
        form.add_error(None, _("Twelve people are here. Let one go, and there is room again."))
    return not is_full
