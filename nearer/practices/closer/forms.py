"""How each of Closer's own moves is given by hand. To receive something there are four ways, and no field for advice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.parts.forms import choice, forms_of, said
from nearer.practices.closer import moves
from nearer.practices.closer.moves import Care, Where
from nearer.practices.closer.protocol import DIALOGUE
from nearer.protocol import Move
from nearer.sittings.forms import DealtForm, SayForm, TapForm


class AnswerForm(SayForm):
    """My answer."""

    words = said(moves.Answer, _("Your answer"))


class RespondForm(SayForm):
    """How I receive it: a tap says it aloud, and words may be added."""

    may_skip = True

    way = choice(
        _("Choose one"),
        [
            (Care.THANK.value, _("Thank you for telling me")),
            (Care.BACK.value, _("Say back what you heard")),
            (Care.TOUCHED.value, _("Say what touched you")),
            (Care.WANT.value, _("Ask: is there anything you want?")),
        ],
        Care,
        missing=_("Choose one of the four."),
    )
    words = said(moves.Respond, _("Your words"), lines=2)

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for words where there is nothing without them."""
        given = super().clean()
        empty = not (given.get("words") or given.get("aloud") or self.errors)
        if empty and given.get("way") in {Care.BACK, Care.TOUCHED}:
            self.add_error("words", _("There is nothing in it yet. A few words are enough."))
        return given


class TellForm(SayForm):
    """What I would like."""

    may_skip = True

    words = said(moves.Tell, _("What you would like"), lines=2)


class NextForm(forms.Form):
    """Where to go on."""

    where = choice(
        _("Where shall it go on?"),
        [
            (Where.SAME.value, _("Another one like this")),
            (Where.DEEPER.value, _("A little deeper")),
            (Where.THIRD.value, _("A little deeper")),
            (Where.ENOUGH.value, _("That was enough for today")),
        ],
        Where,
        missing=_("Choose one of these."),
    )


FORMS: dict[type[Move], type[forms.Form]] = {
    **forms_of(DIALOGUE.moves),
    moves.Draw: DealtForm,
    moves.Answer: AnswerForm,
    moves.First: TapForm,
    moves.Share: AnswerForm,
    moves.Pass: TapForm,
    moves.Respond: RespondForm,
    moves.Tell: TellForm,
    moves.Next: NextForm,
}
