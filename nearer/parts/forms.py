"""How each move of the parts is given by hand. What is clean goes straight into the move.

A room takes these with `forms_of`, and says a label in its own words by a form of its own.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from nearer.content.deck import Entry
from nearer.content.decks import deck
from nearer.parts import moves
from nearer.parts.moves import DAYS_MOST, TALK, Fit, Glad, Way
from nearer.plans.forms import act_field, cue_field
from nearer.protocol import Move
from nearer.protocol.moves import limit_of
from nearer.sittings.forms import SayForm, TapForm
from nearer.web.fields import WordsField, YesNoField


def said(kind: type[Move], label: Any, *, lines: int = 4) -> WordsField:  # Any: lazily translated
    """Return the field for what is said in a move; there is more room in a letter."""
    most = limit_of(kind, "words")
    return WordsField(label=label, limit=min(most, TALK), in_letters=most, lines=lines, required=False)


def choice(
    label: Any, choices: list[tuple[str, Any]], coerce: Any, *, missing: Any
) -> forms.TypedChoiceField:
    """Return a field in which one of a few answers is tapped.

    Args:
        label: the question.
        choices: value and words of each answer.
        coerce: the enum of the values.
        missing: what is said when none, or no such one, was chosen.
    """
    errors = {"required": missing, "invalid_choice": missing}
    return forms.TypedChoiceField(
        label=label, choices=choices, coerce=coerce, widget=forms.RadioSelect, error_messages=errors
    )


def days() -> list[tuple[str, str]]:
    """Return the days of the next two weeks as choices, as 2026-01-31, where the reader lives."""
    ahead = [timezone.localdate() + timedelta(days=n) for n in range(1, DAYS_MOST + 1)]
    return [(day.isoformat(), date_format(day, "l j F")) for day in ahead]


def no_day_or_days() -> list[tuple[str, Any]]:  # Any: one is lazily translated
    """Return the same, and before them that no day is chosen."""
    return [("", _("no day")), *days()]


class DayField(forms.TypedChoiceField):
    """A day within the next two weeks, as its reader sees it on the page. Sooner is easier to keep."""

    def __init__(self, **kwargs: Any) -> None:  # Any: as Django has it
        error = _("Choose a day within the next two weeks.")
        errors = {"required": error, "invalid_choice": error}
        super().__init__(**{"choices": days, "coerce": _away, "error_messages": errors, **kwargs})

    def prepare_value(self, value: Any) -> Any:  # Any: what was sent, or what a move says
        """Return the day that a move counts, as it is written in the page."""
        is_counted = isinstance(value, int)
        return (timezone.now().date() + timedelta(days=value)).isoformat() if is_counted else value


def _away(day: str) -> int:
    return (date.fromisoformat(day) - timezone.now().date()).days


# A turn.


class SpeakForm(SayForm):
    """What I want you to understand."""

    words = said(moves.Speak, _("Your words"))


class ReflectForm(SayForm):
    """What I heard."""

    words = said(moves.Reflect, _("What you heard"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as Django has it
        super().__init__(*args, **kwargs)
        self.stems = [each.text for each in deck("conversation.say-back").entries]


class CheckForm(forms.Form):
    """Is that it?"""

    answer = choice(
        _("Is that it?"),
        [
            (Fit.YES.value, _("Yes, that is it")),
            (Fit.NEARLY.value, _("Nearly")),
            (Fit.NO.value, _("Not quite")),
        ],
        Fit,
        missing=_("Choose the answer that fits."),
    )


class ClarifyForm(SayForm):
    """What was missing."""

    words = said(moves.Clarify, _("The part to add"))


class EnoughForm(forms.Form):
    """Close enough for today?"""

    enough = YesNoField(label=_("Close enough for today?"))


# Good news.


class CheerForm(SayForm):
    """I am glad with you."""

    stems = (
        _("How did it come about? What was the best moment?"),
        _("It shows how patient you are."),
        _("Let us celebrate tonight, with something you like."),
    )

    way = choice(
        _("Choose one"),
        [
            (Glad.ASK.value, _("Ask how it happened")),
            (Glad.SHOWS.value, _("Say what you admire in it")),
            (Glad.MARK.value, _("Say how to celebrate it")),
        ],
        Glad,
        missing=_("Choose one of the three."),
    )
    words = said(moves.Cheer, _("Your words"), lines=3)


# A question and its answer; acknowledging.


class AskForm(SayForm):
    """One open question."""

    stems = (_("What was… like for you?"), _("How did you…?"), _("What would help you most…?"))

    words = said(moves.Ask, _("Your question"), lines=2)


class AnswerForm(SayForm):
    """What it is like."""

    words = said(moves.Answer, _("Your words"))


class ValidateForm(SayForm):
    """It makes sense to me."""

    may_skip = True

    words = said(moves.Validate, _("In your words"))

    @property
    def ladder(self) -> tuple[Entry, ...]:
        """Ways to show that it makes sense, from the quietest up."""
        return deck("conversation.ladder").entries


# Asked and agreed.

WAYS = [
    (Way.YES.value, _("Yes")),
    (Way.ANOTHER.value, _("Yes, with a change")),
    (Way.NOT_NOW.value, _("Not now, and here is what I can do")),
    (Way.LATER.value, _("I answer by a day")),
]


class RequestForm(SayForm):
    """One small thing."""

    stems = (_("Would you … on Thursday evening?"), _("It would help me if you …"))

    words = said(moves.Request, _("Your request"), lines=2)


class ReplyForm(forms.Form):
    """How you answer."""

    way = forms.TypedChoiceField(
        label=_("Your answer"),
        choices=WAYS,
        coerce=Way,
        error_messages={"required": _("Choose one of the answers. They are equal.")},
    )
    words = WordsField(
        label=_("A few words with it"), limit=limit_of(moves.Reply, "words"), lines=2, required=False
    )
    days = DayField(choices=no_day_or_days, label=_("I answer by"), required=False, empty_value=None)

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for a day where the answer is put off; elsewhere there is none."""
        given = super().clean() or self.cleaned_data
        if given.get("way") is not Way.LATER:
            self.errors.pop("days", None)
            return {**given, "days": 0}
        if given.get("days") is None and not self.errors:
            self.add_error("days", _("Choose the day by which you answer."))
        return given


class PlanForm(forms.Form):
    """When …, then we …."""

    cue = cue_field()
    act = act_field()
    days = DayField(label=_("By"))


class AgreeForm(forms.Form):
    """Would that help?"""

    agree = YesNoField(label=_("Would that help?"))


# Closing.


class NoteForm(forms.Form):
    """One thing I understood better."""

    words = WordsField(
        label=_("Your words"),
        help_text=_("You may leave this empty."),
        limit=limit_of(moves.Note, "words"),
        lines=3,
        required=False,
    )


class KeepForm(forms.Form):
    """Keep it?"""

    keep = YesNoField(label=_("Keep what was said here?"))


FORMS: dict[type[Move], type[forms.Form]] = {
    moves.Speak: SpeakForm,
    moves.Nod: TapForm,
    moves.Reflect: ReflectForm,
    moves.Check: CheckForm,
    moves.Clarify: ClarifyForm,
    moves.Enough: EnoughForm,
    moves.Cheer: CheerForm,
    moves.Ask: AskForm,
    moves.Answer: AnswerForm,
    moves.Validate: ValidateForm,
    moves.Request: RequestForm,
    moves.NoRequest: TapForm,
    moves.Unfold: TapForm,
    moves.Reply: ReplyForm,
    moves.Spoken: TapForm,
    moves.Plan: PlanForm,
    moves.NoPlan: TapForm,
    moves.Agree: AgreeForm,
    moves.Note: NoteForm,
    moves.Keep: KeepForm,
    moves.Finish: TapForm,
    moves.Swap: TapForm,
    moves.EndHere: TapForm,
}


def forms_of(kinds: Collection[type[Move]]) -> dict[type[Move], type[forms.Form]]:
    """Return the forms of those kinds of move that belong to the parts."""
    return {kind: form for kind, form in FORMS.items() if kind in kinds}
