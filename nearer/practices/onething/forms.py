"""How each of One Thing's own moves is given by hand. Nothing is typed that could be tapped, and no number is ever typed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.content.decks import deck
from nearer.parts.forms import DayField, NoteForm, PlanForm, choice, forms_of, said
from nearer.parts.moves import Note, Plan
from nearer.practices.onething import moves
from nearer.practices.onething.fair.choosing import CANNOT
from nearer.practices.onething.hints import refuses
from nearer.practices.onething.moves import ALL, LONGEST, MOST, SHORTEST, Ending, How
from nearer.practices.onething.protocol import DIALOGUE
from nearer.protocol import Move
from nearer.protocol.moves import limit_of
from nearer.sittings.forms import SayForm, TapForm
from nearer.web.fields import TickField, WordsField, YesNoField
from nearer.web.rows import RowField

STEPS = (
    (0, _("not at all")),
    (2, _("hardly")),
    (4, _("so-so")),
    (6, _("all right")),
    (8, _("well")),
    (10, _("very well")),
)
"""A way, or today, as somebody feels about it: six steps that are drawn, each a number nobody sees."""
GLADLY = tuple(
    zip(
        (value for value, _words in STEPS),
        (_("not gladly"), _("hardly"), _("so-so"), _("all right"), _("gladly"), _("very gladly")),
        strict=True,
    )
)
"""The same, of something that is shared out."""

THREAT = "threat"
A_WEEK = 7
"""Days: when a trial is looked back on, unless another day is chosen."""


class IssueForm(forms.Form):
    """What it is about."""

    topic = WordsField(
        label=_("One thing that happened"), limit=limit_of(moves.SetIssue, "topic"), lines=2,
        error_messages={"required": _("Write a few words, so that you both know what it is about.")},
    )  # fmt: skip

    def clean_topic(self) -> str:
        """Refuse a threat, to its author alone. A sitting does not begin with one."""
        topic = str(self.cleaned_data["topic"])
        if refuses(topic):
            raise forms.ValidationError(
                _("It cannot begin with these words. Nobody has seen them."),
                code=THREAT,
            )
        return topic

    @property
    def threatens(self) -> bool:
        """Whether it was refused as a threat."""
        return self.is_bound and self.has_error("topic", THREAT)


class GateForm(forms.Form):
    """Whether now is a good time. How stirred up somebody is says so, and is not kept."""

    ready = choice(
        _("How are you right now?"),
        [
            ("yes", _("Calm")),
            ("can", _("Upset, and I can listen")),
            ("stirred", _("Too upset to listen")),
            ("no", _("Not now")),
        ],
        lambda answer: answer in {"yes", "can"},
        missing=_("Choose what fits."),
    )


class AloudForm(forms.Form):
    """What both said aloud."""

    ready = YesNoField(label=_("Is it a good time for both of you?"))


class ReturnForm(forms.Form):
    """Whether I am ready to go on."""

    ready = YesNoField(label=_("Are you ready to go on?"))


class BeginForm(SayForm):
    """One soft sentence."""

    words = said(moves.Begin, _("Your sentence"), lines=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as Django has it
        super().__init__(*args, **kwargs)
        self.stems = stems("onething.softly")


class FeltForm(forms.Form):
    """Understood enough?"""

    enough = YesNoField(label=_("Do you feel understood enough to go on?"))


def line(kind: type[Move], name: str, label: Any, *, lines: int = 1) -> WordsField:  # Any: lazily translated
    """Return a field that may stay empty."""
    return WordsField(label=label, limit=limit_of(kind, name), lines=lines, required=False)


class ViewForm(forms.Form):
    """How it is for the other, as I understand it; or that it was said aloud."""

    want = line(moves.View, "want", _("As I understand it, you want …"))
    why = line(moves.View, "why", _("It matters to you because …"))
    fear = line(moves.View, "fear", _("What you may fear is …"))
    sense = line(moves.View, "sense", _("What makes sense to me in it is …"))
    aloud = TickField(label=_("I said it aloud"))

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for one line, or that it was said."""
        given = super().clean() or self.cleaned_data
        if not (
            any(given.get(name) for name in ("want", "why", "fear", "sense"))
            or given.get("aloud")
            or self.errors
        ):
            self.add_error("want", _("One line is enough. Or say it aloud."))
        return given


class CorrectForm(forms.Form):
    """How it is for me. What stands there is the other's; each line can be changed."""

    want = line(moves.Correct, "want", _("I want …"))
    why = line(moves.Correct, "why", _("It matters to me because …"))
    fear = line(moves.Correct, "fear", _("What I fear is …"))
    aloud = TickField(label=_("I said it aloud"))


class UnderForm(SayForm):
    """What it touches."""

    may_skip = True

    words = said(moves.Under, _("What it touches"), lines=3)


class ChooseForm(forms.Form):
    """Where it is to go."""

    ending = choice(
        _("Where shall it go from here?"),
        [
            (Ending.SOLVE.value, _("Let us look for a way")),
            (Ending.SHARE.value, _("There are several things to share out")),
            (Ending.KNOW.value, _("We find out more first")),
            (Ending.HELP.value, _("We ask somebody to help")),
            (Ending.KINDLY.value, _("We can live with it, kindly")),
            (Ending.ENOUGH.value, _("Being understood was enough")),
        ],
        Ending,
        missing=_("Choose what fits."),
    )


class KinderForm(SayForm):
    """What I can do."""

    may_skip = True

    words = said(moves.Kinder, _("What I can do"), lines=3)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as Django has it
        super().__init__(*args, **kwargs)
        self.stems = stems("onething.kinder")


class CirclesForm(forms.Form):
    """What I cannot give up, and where I can bend."""

    core = line(moves.Circles, "core", _("What I cannot give up, and why it matters"))
    also = line(moves.Circles, "also", _("One more, if there is one"))
    bend = line(moves.Circles, "bend", _("Where I can bend: when, how, how much, who, for how long"))


class IdeasForm(forms.Form):
    """Two of them."""

    first = WordsField(label=_("One"), limit=limit_of(moves.Ideas, "first"), lines=2, error_messages={"required": _("A few words are enough.")})  # fmt: skip
    second = WordsField(label=_("Another one"), limit=limit_of(moves.Ideas, "second"), lines=2, error_messages={"required": _("A second one makes the first one easier to weigh.")})  # fmt: skip


class AddForm(forms.Form):
    """One more."""

    words = WordsField(label=_("In a few words"), limit=limit_of(moves.Add, "words"), lines=2, error_messages={"required": _("There is nothing in it yet. A few words are enough.")})  # fmt: skip


class TodayForm(forms.Form):
    """How it is if nothing changes."""

    level = forms.TypedChoiceField(
        label=_("How is it for you if nothing changes?"),
        choices=[(n, dict(STEPS).get(n, str(n))) for n in range(MOST + 1)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what fits."), "invalid_choice": _("Choose what fits.")},
    )

    @property
    def steps(self) -> Sequence[tuple[int, Any]]:  # Any: lazily translated
        """The steps that are drawn."""
        return STEPS


class RateForm(forms.Form):
    """How each way would be, of as many as stand on its page; beyond those there is none."""

    levels = RowField(
        count=ALL, least=CANNOT, most=MOST, unsaid=CANNOT, label=_("How each way would be for you")
    )
    ways = forms.IntegerField(min_value=0, max_value=ALL, required=False, widget=forms.HiddenInput)

    scale: ClassVar[Sequence[tuple[int, Any]]] = STEPS  # Any: lazily translated

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for each way that stands there: one that was passed over, maybe below the screen, is none that nobody could live with."""
        given = super().clean() or self.cleaned_data
        asked = given.pop("ways", None) or 0
        if not all(self["levels"].value()[:asked]):
            self.add_error(
                "levels", forms.ValidationError(_("Choose an answer for each of them."), code="open")
            )
        return given

    def rows(self, options: Sequence[str]) -> Iterator[dict[str, Any]]:  # Any: plain values
        """Yield each way with what has been tapped for it, for a page to draw, and whether it was passed over."""
        given, asks = self["levels"].value() or [""] * ALL, self.has_error("levels", "open")
        for n, words in enumerate(options):
            is_open = asks and not given[n]
            yield {
                "name": f"levels-{n}",
                "words": words,
                "level": str(given[n]),
                "steps": self.scale,
                "open": is_open,
            }


class SpreadForm(RateForm):
    """How gladly I would take each of them."""

    levels = RowField(count=ALL, least=0, most=MOST, unsaid=0, label=_("How gladly you would take each"))
    scale: ClassVar[Sequence[tuple[int, Any]]] = GLADLY  # Any: lazily translated


class TakeForm(forms.Form):
    """This one I would try."""

    card = forms.TypedChoiceField(
        label=_("Which one would you try?"), choices=[(n, str(n)) for n in range(ALL)], coerce=int,
        error_messages={"required": _("Choose one of the cards."), "invalid_choice": _("Choose one of the cards.")},
    )  # fmt: skip


class ReframeForm(forms.Form):
    """Look again, for something else."""

    how = choice(
        _("What could make it easier?"),
        [
            (How.SMALLER.value, _("Something smaller")),
            (How.SHORTER.value, _("Only for a while")),
            (How.TURNS.value, _("In turns")),
        ],
        How,
        missing=_("Choose one of these."),
    )


class TimeOutForm(forms.Form):
    """When I am back."""

    minutes = forms.TypedChoiceField(
        label=_("Back in"), coerce=int, initial=30,
        choices=[
            (SHORTEST, _("20 minutes")), (30, _("half an hour")), (60, _("an hour")), (180, _("three hours")),
            (720, _("twelve hours")), (LONGEST, _("a day")),
        ],
        error_messages={"required": _("Choose when you are back."), "invalid_choice": _("Choose when you are back.")},
    )  # fmt: skip


class TrialForm(PlanForm):
    """When …, then we …, and when they look back on it."""

    days = DayField(label=_("You look back on it on"), initial=A_WEEK)


class ClosingForm(NoteForm):
    """My part, next time, or thank you."""

    words = WordsField(
        label=_("Your words"), help_text=_("You may leave this empty."), limit=limit_of(Note, "words"),
        lines=3, required=False,
    )  # fmt: skip

    @property
    def stems(self) -> list[str]:
        """Ways to begin."""
        return stems("onething.closing")


def stems(name: str) -> list[str]:
    """Return ways to begin a sentence, from a deck."""
    return [each.text for each in deck(name).entries]


FORMS: dict[type[Move], type[forms.Form]] = {
    **forms_of(DIALOGUE.moves),
    moves.SetIssue: IssueForm,
    moves.Gate: GateForm,
    moves.GateAloud: AloudForm,
    moves.Begin: BeginForm,
    moves.Felt: FeltForm,
    moves.Again: TapForm,
    moves.View: ViewForm,
    moves.Correct: CorrectForm,
    moves.Under: UnderForm,
    moves.Choose: ChooseForm,
    moves.Kinder: KinderForm,
    moves.Circles: CirclesForm,
    moves.Ideas: IdeasForm,
    moves.Add: AddForm,
    moves.Listed: TapForm,
    moves.Today: TodayForm,
    moves.Rate: RateForm,
    moves.Spread: SpreadForm,
    moves.Take: TakeForm,
    moves.NoneFits: TapForm,
    moves.Reframe: ReframeForm,
    moves.Kindly: TapForm,
    moves.AskHelp: TapForm,
    moves.TimeOut: TimeOutForm,
    moves.Stop: TapForm,
    moves.Return: ReturnForm,
    moves.BackAloud: AloudForm,
    Plan: TrialForm,
    Note: ClosingForm,
}
