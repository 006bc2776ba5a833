"""How each of the Needs Mirror's own moves is given by hand."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.parts.forms import ReflectForm, choice, forms_of, said
from nearer.practices.needs import cards, moves
from nearer.practices.needs.protocol import DIALOGUE
from nearer.protocol import Move
from nearer.protocol.moves import limit_of
from nearer.sittings.forms import SayForm, TapForm
from nearer.web.fields import TickField, WordsField
from nearer.web.rows import RowField, WordsRowField


class CardField(forms.TypedChoiceField):
    """One of somebody's cards."""

    def __init__(self, *, most: int, **kwargs: Any) -> None:  # Any: as Django has it
        numbers = [(n, str(n)) for n in range(most + 1)]
        errors = {"required": _("Choose a card."), "invalid_choice": _("Choose one of the cards.")}
        super().__init__(choices=numbers, coerce=int, error_messages=errors, **kwargs)


class MapForm(forms.Form):
    """What matters to me."""

    importance = RowField(
        count=moves.ALL, least=0, most=moves.ESSENTIAL, unsaid=moves.UNSAID, label=_("How much it matters")
    )
    met = RowField(
        count=moves.ALL, least=0, most=moves.ESSENTIAL, unsaid=moves.UNSAID, label=_("How it is met lately")
    )
    private = RowField(count=moves.ALL, least=0, most=1, unsaid=0, label=_("Keep private"))
    names = WordsRowField(count=moves.ALL, limit=limit_of(moves.Map, "names"), label=_("In my own words"))

    def rows(self) -> list[dict[str, Any]]:  # Any: plain values
        """Return each card with what has been entered for it, for a page to draw."""
        about = cards.all_cards()
        given = {name: self[name].value() or [""] * moves.ALL for name in self.fields}
        return [
            {
                "card": n, "key": str(n), "about": about[n] if n < moves.CARDS else None,
                "importance": str(given["importance"][n]), "met": str(given["met"][n]),
                "private": str(given["private"][n]) == "1", "name": given["names"][n],
            }
            for n in range(moves.ALL)
        ]  # fmt: skip


class GuessForm(forms.Form):
    """What I guess matters to the other."""

    levels = RowField(
        count=moves.CARDS, least=0, most=moves.ESSENTIAL, unsaid=moves.UNSAID, label=_("How much it matters to them")
    )  # fmt: skip

    def rows(self) -> list[dict[str, Any]]:  # Any: plain values
        """Return each card with what has been guessed."""
        about, given = cards.all_cards(), self["levels"].value() or [""] * moves.CARDS
        return [
            {"card": n, "key": str(n), "about": about[n], "level": str(given[n])} for n in range(moves.CARDS)
        ]


class ShowForm(forms.Form):
    """Show one card."""

    card = CardField(most=moves.ALL - 1, label=_("Card"))
    met = TickField(label=_("Also how it is met lately"))


class WithdrawForm(forms.Form):
    """Take one card back."""

    card = CardField(most=moves.ALL - 1, label=_("Card"))


class PickForm(forms.Form):
    """Choose what to talk about."""

    card = CardField(most=moves.ALL - 1, label=_("Card"))


class PickOwnForm(forms.Form):
    """Choose something that stands on no card."""

    name = WordsField(
        label=_("In your own words"), limit=limit_of(moves.PickOwn, "name"), lines=1,
        error_messages={"required": _("Write a few words, so that you both know what it is about.")},
    )  # fmt: skip


class FeltForm(ReflectForm):
    """What I heard, the feeling first."""

    ways = "needs.say-back"


class NoticeForm(SayForm):
    """Something I saw or heard."""

    may_skip = True
    stems = (
        _("Your voice went quiet. Was there something?"),
        _("Your hands moved just then. What was that?"),
        _("You looked away at … What happened there?"),
    )

    words = said(moves.Notice, _("I noticed …"), lines=2)


class SignForm(forms.Form):
    """What you make of the sign."""

    sign = choice(
        _("Was there something?"),
        [
            (moves.Sign.YES.value, _("Yes, that was it")),
            (moves.Sign.OTHER.value, _("It was something else")),
            (moves.Sign.REST.value, _("Rather not say")),
        ],
        moves.Sign,
        missing=_("Choose the answer that fits."),
    )


FORMS: dict[type[Move], type[forms.Form]] = {
    **forms_of(DIALOGUE.moves),
    moves.First: TapForm,
    moves.Guessed: TapForm,
    moves.Map: MapForm,
    moves.Guess: GuessForm,
    moves.Show: ShowForm,
    moves.Withdraw: WithdrawForm,
    moves.Pick: PickForm,
    moves.PickOwn: PickOwnForm,
    moves.Reflect: FeltForm,
    moves.Notice: NoticeForm,
    moves.SignMeans: SignForm,
}
