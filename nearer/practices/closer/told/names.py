"""What the headings, wishes and ways of a telling are called."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nearer.practices.closer.told.rules import Sort, Way, Wish

SORTS = {Sort.HOPE: _("Something shared"), Sort.AHEAD: _("Heads-up"), Sort.REPAIR: _("Making it right")}
HEADINGS = {
    "words": "",
    "deciding": _("I am deciding about …"),
    "feel": _("I feel …"),
    "think": _("I think …"),
    "did": _("What I did"),
    "landed": _("How it may have been for you"),
    "part": _("My part in it"),
    "next": _("What I will do next time"),
}
WISHES = {
    Wish.LISTEN: _("Just listen"),
    Wish.HELP: _("Help is welcome"),
    Wish.VIEW: _("I would like your view"),
    Wish.NOTHING: _("Nothing needed"),
}
WAYS = {
    Way.THANK: _("Thank you for telling me"),
    Way.BACK: _("This is what I heard"),
    Way.TOUCHED: _("This touched me"),
    Way.WANT: _("Is there anything you want?"),
    Way.VIEW: _("My view"),
    Way.GOOD: _("Thank you. It is good between us"),
    Way.NOT_YET: _("Thank you, not yet"),
}
