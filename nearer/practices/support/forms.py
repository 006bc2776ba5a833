"""How each of With You's own moves is given by hand. To attend there are four ways, and no field for advice."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from nearer.parts.forms import choice, forms_of, said
from nearer.practices.support import moves
from nearer.practices.support.cards import cards, texts
from nearer.practices.support.moments import MinutesField
from nearer.practices.support.moves import Landing, More, Touch, Way, Wish
from nearer.practices.support.protocol import DIALOGUE
from nearer.protocol import Move
from nearer.sittings.forms import DealtForm, SayForm, TapForm

ONE_OF_THESE = _("Choose one of these.")
TOUCHES = [
    (Touch.NONE.value, _("No touch right now")),
    (Touch.BESIDE.value, _("Sit beside me")),
    (Touch.HAND.value, _("Hold my hand")),
    (Touch.SHOULDER.value, _("A hand on my shoulder")),
    (Touch.HUG.value, _("A hug")),
    (Touch.HEART.value, _("Hand on heart, from afar")),
]
WAYS = {
    Way.BACK: _("Say back what you heard"),
    Way.SENSE: _("Say that the feeling makes sense"),
    Way.ASK: _("Ask one open question"),
    Way.THANK: _("Say thank you for telling me"),
}
LANDINGS = [
    (Landing.LANDED.value, _("It landed")),
    (Landing.LISTEN.value, _("More listening")),
    (Landing.COMFORT.value, _("More comfort")),
    (Landing.THINK.value, _("More thinking along")),
    (Landing.LIGHT.value, _("Something lighter")),
    (Landing.QUIET.value, _("More quiet")),
    (Landing.ENOUGH.value, _("Not quite, and enough for now")),
]


class WantForm(forms.Form):
    """What would help."""

    wish = choice(
        _("What would help now?"), [(wish.value, wish.value) for wish in Wish], Wish, missing=ONE_OF_THESE
    )

    @property
    def cards(self) -> Any:  # Any: as a template shows them
        """The seven cards."""
        return cards()


class AttendForm(SayForm):
    """How I take it in: a tap says that it was said aloud, and words may be added."""

    may_skip = True

    way = choice(
        _("Choose one"),
        [(way.value, words) for way, words in WAYS.items()],
        Way,
        missing=_("Choose one of the four."),
    )
    words = said(moves.Attend, _("Your words"), lines=2)

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for words where there is nothing without them."""
        given = super().clean()
        if (
            not (given.get("words") or given.get("aloud") or self.errors)
            and given.get("way") is not Way.THANK
        ):
            self.add_error("words", _("There is nothing in it yet. A few words are enough."))
        return given

    @property
    def questions(self) -> tuple[str, ...]:
        """Open questions to begin with."""
        return texts("questions")[:4]


class IdeaForm(SayForm):
    """One idea, as a question."""

    stems = (_("What if …?"), _("Would it help to …?"))

    words = said(moves.Idea, _("One idea, as a question"), lines=2)

    def clean(self) -> dict[str, Any]:  # Any: as Django has it
        """Ask for a question: it leaves the other free."""
        given = super().clean()
        if given.get("words") and "?" not in given["words"]:
            self.add_error("words", _("Put it as a question, with a question mark: “What if …?”"))
        return given


class GoForm(forms.Form):
    """Where it goes on."""

    to = choice(
        _("How shall it go on?"),
        [
            (More.TOUCH.value, _("Comfort without words")),
            (More.TALK.value, _("I would like to say something")),
            (More.ENOUGH.value, _("Thank you, that is enough")),
        ],
        More,
        missing=ONE_OF_THESE,
    )


class HoldForm(forms.Form):
    """Which comfort."""

    touch = choice(_("What would be good?"), TOUCHES, Touch, missing=ONE_OF_THESE)


class HeartForm(forms.Form):
    """When both lay a hand on their heart."""

    minutes = MinutesField()


class LandedForm(forms.Form):
    """How it was."""

    how = choice(
        _("Did it land?"),
        LANDINGS,
        Landing,
        missing=ONE_OF_THESE,
    )


FORMS: dict[type[Move], type[forms.Form]] = {
    **forms_of(DIALOGUE.moves),
    moves.Want: WantForm,
    moves.Offer: TapForm,
    moves.Attend: AttendForm,
    moves.Welcome: TapForm,
    moves.Idea: IdeaForm,
    moves.NoIdea: TapForm,
    moves.Go: GoForm,
    moves.Heart: HeartForm,
    moves.Hold: HoldForm,
    moves.Begin: TapForm,
    moves.Stop: TapForm,
    moves.Lighten: DealtForm,
    moves.Landed: LandedForm,
}
