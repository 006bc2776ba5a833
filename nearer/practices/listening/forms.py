"""How each move of the Floor is given by hand. What is clean goes straight into the move."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.practices.listening import moves
from nearer.protocol import Move
from nearer.protocol.moves import limit_of
from nearer.sittings.forms import SayForm, TapForm
from nearer.web.fields import WordsField, YesNoField


class TopicForm(forms.Form):
    """Propose what to talk about."""

    topic = WordsField(
        label=_("A topic"),
        help_text=_("A few words are enough."),
        limit=limit_of(moves.SetTopic, "topic"),
        lines=1,
        error_messages={"required": _("Write a few words, so that you both know what it is about.")},
    )
    variant = forms.TypedChoiceField(
        label=_("What sort of talk is it?"),
        choices=[
            (moves.Variant.EVERYDAY.value, _("Everyday")),
            (moves.Variant.GOOD.value, _("Good news")),
            (moves.Variant.HARD.value, _("Something hard")),
        ],
        coerce=moves.Variant,
        initial=moves.Variant.EVERYDAY.value,
        required=False,
        empty_value=moves.Variant.EVERYDAY,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose one of the three.")},
    )


class HeatForm(forms.Form):
    """Say how warm the topic feels."""

    level = forms.TypedChoiceField(
        label=_("How warm does this topic feel to you?"),
        choices=[(n, str(n)) for n in range(limit_of(moves.Heat, "level") + 1)],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a number from 0 to 10."),
            "invalid_choice": _("Choose a number from 0 to 10."),
        },
    )


class CoinForm(forms.Form):
    """The coin is drawn here, on the server. Nothing that was sent can change it."""

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Draw."""
        return {"heads": secrets.choice((True, False))}


class SpeakForm(SayForm):
    """What I want you to understand."""

    words = WordsField(label=_("Your words"), limit=limit_of(moves.Speak, "words"), required=False)


class ReflectForm(SayForm):
    """What I heard."""

    words = WordsField(label=_("What you heard"), limit=limit_of(moves.Reflect, "words"), required=False)


class ClarifyForm(SayForm):
    """What was missing."""

    words = WordsField(label=_("The part to add"), limit=limit_of(moves.Clarify, "words"), required=False)


class ValidateForm(SayForm):
    """It makes sense to me."""

    may_skip = True

    words = WordsField(label=_("In your words"), limit=limit_of(moves.Validate, "words"), required=False)


class AskForm(SayForm):
    """One open question."""

    field = "question"
    may_skip = True

    question = WordsField(
        label=_("Your question"), limit=limit_of(moves.Ask, "question"), lines=2, required=False
    )


class CheerForm(SayForm):
    """I am glad with you."""

    way = forms.TypedChoiceField(
        label=_("Choose one"),
        choices=[
            (moves.Way.ASK.value, _("Ask how it happened")),
            (moves.Way.SHOWS.value, _("Say what it shows about them")),
            (moves.Way.MARK.value, _("Say how to celebrate it")),
        ],
        coerce=moves.Way,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the three."),
            "invalid_choice": _("Choose one of the three."),
        },
    )
    words = WordsField(label=_("Your words"), limit=limit_of(moves.Cheer, "words"), lines=3, required=False)


class CheckForm(forms.Form):
    """Is that it?"""

    answer = forms.TypedChoiceField(
        label=_("Is that it?"),
        choices=[
            (moves.Answer.YES.value, _("Yes, that is it")),
            (moves.Answer.NEARLY.value, _("Nearly")),
            (moves.Answer.NO.value, _("Not quite")),
        ],
        coerce=moves.Answer,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose the answer that fits."),
            "invalid_choice": _("Choose the answer that fits."),
        },
    )


class EnoughForm(forms.Form):
    """Close enough for today?"""

    enough = YesNoField(label=_("Close enough for today?"))


class MoreForm(forms.Form):
    """Is there more?"""

    more = YesNoField(label=_("Is there more?"))


class NoteForm(forms.Form):
    """One thing I understood better."""

    words = WordsField(
        label=_("One thing you understood better"),
        help_text=_("You may leave this empty."),
        limit=limit_of(moves.Note, "words"),
        lines=3,
        required=False,
    )


class KeepForm(forms.Form):
    """Keep it?"""

    keep = YesNoField(label=_("Keep what was said here?"))


FORMS: dict[type[Move], type[forms.Form]] = {
    moves.SetTopic: TopicForm,
    moves.Heat: HeatForm,
    moves.Volunteer: TapForm,
    moves.Coin: CoinForm,
    moves.Speak: SpeakForm,
    moves.Nod: TapForm,
    moves.Reflect: ReflectForm,
    moves.Cheer: CheerForm,
    moves.Check: CheckForm,
    moves.Clarify: ClarifyForm,
    moves.Enough: EnoughForm,
    moves.Validate: ValidateForm,
    moves.Ask: AskForm,
    moves.More: MoreForm,
    moves.Swap: TapForm,
    moves.EndHere: TapForm,
    moves.Note: NoteForm,
    moves.Keep: KeepForm,
    moves.Finish: TapForm,
}
