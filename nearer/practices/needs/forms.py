"""How each move of the Needs Mirror is given by hand. What is clean goes straight into the move."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from nearer.practices.needs import cards, moves
from nearer.protocol import Move
from nearer.protocol.moves import limit_of
from nearer.sittings.forms import SayForm, TapForm
from nearer.web.fields import TickField, WordsField, YesNoField
from nearer.web.rows import RowField, WordsRowField


def days() -> list[tuple[int, Any]]:  # Any: some are lazily translated
    """Return the days of the next two weeks as choices, by how many days away they are."""
    today = timezone.localdate()
    ahead = range(1, moves.DAYS_MOST + 1)
    return [(n, date_format(today + timedelta(days=n), "l j F")) for n in ahead]


def days_or_none() -> list[tuple[int, Any]]:
    """Return the same, and that there is none."""
    return [(0, _("no day")), *days()]


class DayField(forms.TypedChoiceField):
    """A day within the next two weeks. Sooner is easier to keep."""

    def __init__(self, **kwargs: Any) -> None:  # Any: as Django has it
        errors = {
            "required": _("Choose a day within the next two weeks."),
            "invalid_choice": _("Choose a day within the next two weeks."),
        }
        super().__init__(**{"choices": days, "coerce": int, "error_messages": errors, **kwargs})


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
        given = {name: self[name].value() or [""] * moves.ALL for name in self.fields}
        return [
            {
                "card": n, "key": str(n), "about": cards.CARDS[n] if n < moves.CARDS else None,
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
        given = self["levels"].value() or [""] * moves.CARDS
        return [
            {"card": n, "key": str(n), "about": cards.CARDS[n], "level": str(given[n])}
            for n in range(moves.CARDS)
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


class AskForm(SayForm):
    """One open question."""

    words = WordsField(label=_("Your question"), limit=limit_of(moves.Ask, "words"), lines=2, required=False)


class AnswerForm(SayForm):
    """What it is like."""

    words = WordsField(label=_("Your words"), limit=limit_of(moves.Answer, "words"), required=False)


class ReflectForm(SayForm):
    """What I heard."""

    words = WordsField(label=_("What you heard"), limit=limit_of(moves.Reflect, "words"), required=False)


class NoticeForm(SayForm):
    """Something I saw or heard."""

    may_skip = True

    words = WordsField(label=_("I noticed …"), limit=limit_of(moves.Notice, "words"), lines=2, required=False)


class RequestForm(SayForm):
    """One small thing."""

    words = WordsField(
        label=_("Your request"), limit=limit_of(moves.Request, "words"), lines=2, required=False
    )


class CheckForm(forms.Form):
    """Is that it?"""

    fit = forms.TypedChoiceField(
        label=_("Is that it?"),
        choices=[
            (moves.Fit.YES.value, _("Yes, that is it")),
            (moves.Fit.NEARLY.value, _("Nearly")),
            (moves.Fit.NO.value, _("Not quite")),
        ],
        coerce=moves.Fit,
        error_messages={"required": _("Choose the answer that fits.")},
    )


class SignForm(forms.Form):
    """What you make of the sign."""

    sign = forms.TypedChoiceField(
        label=_("Was there something?"),
        choices=[
            (moves.Sign.YES.value, _("Yes, that was it")),
            (moves.Sign.OTHER.value, _("It was something else")),
            (moves.Sign.REST.value, _("Rather not say")),
        ],
        coerce=moves.Sign,
        error_messages={"required": _("Choose the answer that fits.")},
    )


WAYS = [
    (moves.Way.YES.value, _("Yes")),
    (moves.Way.ANOTHER.value, _("Yes, with a change")),
    (moves.Way.NOT_NOW.value, _("Not now, and here is what I can do")),
    (moves.Way.LATER.value, _("I answer by a day")),
]


class ReplyForm(forms.Form):
    """How you answer."""

    way = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=WAYS,
        coerce=moves.Way,
        error_messages={"required": _("Choose one of the answers. They are equal.")},
    )
    words = WordsField(
        label=_("A few words to it"), limit=limit_of(moves.Reply, "words"), lines=2, required=False
    )
    days = DayField(choices=days_or_none, label=_("I answer by"), required=False, empty_value=0)

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for a day where the answer is put off; elsewhere there is none."""
        given = super().clean() or self.cleaned_data
        if given.get("way") is not moves.Way.LATER:
            self.errors.pop("days", None)
            return {**given, "days": 0}
        if not given.get("days") and not self.errors:
            self.add_error("days", _("Choose the day by which you answer."))
        return given


class PlanForm(forms.Form):
    """When …, then we …."""

    cue = WordsField(
        label=_("When …"), limit=limit_of(moves.Plan, "cue"), lines=1,
        error_messages={"required": _("Write the moment: when you come home, when the week is over.")},
    )  # fmt: skip
    act = WordsField(
        label=_("… then we …"), limit=limit_of(moves.Plan, "act"), lines=1,
        error_messages={"required": _("Write one small thing the two of you do then.")},
    )  # fmt: skip
    days = DayField(label=_("By"))


class AgreeForm(forms.Form):
    """Is that it?"""

    agree = YesNoField(label=_("Would that help?"))


FORMS: dict[type[Move], type[forms.Form]] = {
    moves.First: TapForm,
    moves.Guessed: TapForm,
    moves.Map: MapForm,
    moves.Guess: GuessForm,
    moves.Show: ShowForm,
    moves.Withdraw: WithdrawForm,
    moves.Pick: PickForm,
    moves.PickOwn: PickOwnForm,
    moves.Ask: AskForm,
    moves.Answer: AnswerForm,
    moves.Reflect: ReflectForm,
    moves.Check: CheckForm,
    moves.Notice: NoticeForm,
    moves.SignMeans: SignForm,
    moves.Request: RequestForm,
    moves.Enough: TapForm,
    moves.Unfold: TapForm,
    moves.Reply: ReplyForm,
    moves.Spoken: TapForm,
    moves.Plan: PlanForm,
    moves.NoPlan: TapForm,
    moves.Agree: AgreeForm,
    moves.Swap: TapForm,
    moves.EndHere: TapForm,
}
