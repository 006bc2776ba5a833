"""Who practises in the Needs Mirror with somebody who is alone: what each needs, and how each asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from nearer.protocol.partner import Persona

type Words = tuple[Any, ...]  # Any: lazily translated


@dataclass(frozen=True, kw_only=True)
class Need:
    """A need a persona can talk about.

    Attributes:
        card: which.
        tells: what it is like, the second for when the first did not get across.
        wants: one small thing.
    """

    card: int
    tells: Words
    wants: Any  # Any: lazily translated


@dataclass(frozen=True, kw_only=True)
class Someone(Persona):
    """Somebody made up who needs something.

    Attributes:
        most: cards that matter most to them.
        needs: those they talk about.
        heard: ways to say back a `quote`.
        saw: signs they ask about.
    """

    most: tuple[int, ...]
    needs: tuple[Need, ...]
    heard: Words
    saw: Words


PERSONAS = (
    Someone(
        name="Robin",
        manner=_("says little, and takes time."),
        most=(9, 0, 3),
        needs=(
            Need(
                card=9,
                tells=(
                    _(
                        "After work my head is full of voices. Half an hour in which nobody asks me anything, and I am back."
                    ),
                    _("It is not distance. It is how I come home."),
                    _("When I get that half hour I notice that I start to look for you."),
                ),
                wants=_("Would you let me sit alone with my tea until seven on Wednesday?"),
            ),
            Need(
                card=3,
                tells=(
                    _(
                        "When we say eight o’clock, I stand at the window at eight. It is silly, and it is so."
                    ),
                    _("It is less about being late. It is about not knowing."),
                    _("One line is enough for me, and I sit down again."),
                ),
                wants=_("Would you write me one line when it gets later, this Friday?"),
            ),
        ),
        heard=(
            _("What I heard: “%(quote)s”. It sounds as if that matters a great deal."),
            _("You said: “%(quote)s”. I am staying with that."),
            _("This reached me: “%(quote)s”. No wonder you would like more of it."),
        ),
        saw=(
            _("You slowed down at the end. Was there something?"),
            _("You took a breath before that. What was it?"),
        ),
    ),
    Someone(
        name="Remy",
        manner=_("is warm and says things directly."),
        most=(13, 14, 5),
        needs=(
            Need(
                card=13,
                tells=(
                    _("I know that you like me. I still want to hear it, in words, on a plain Tuesday."),
                    _("When nobody says it, I begin to read faces, and I read them wrong."),
                    _("Said once in the morning, it lasts me the day."),
                ),
                wants=_("Would you tell me one thing you like about me at breakfast tomorrow?"),
            ),
            Need(
                card=14,
                tells=(
                    _("We used to laugh in the kitchen. Lately we hand each other lists."),
                    _("I do not need an outing. Five silly minutes are plenty."),
                    _("When we laugh, everything else gets lighter by itself."),
                ),
                wants=_("Would you dance to one song with me on Saturday, badly?"),
            ),
        ),
        heard=(
            _("So “%(quote)s”. I hear how much is in that."),
            _("“%(quote)s”: that is what stays with me. It makes sense."),
            _("I got this: “%(quote)s”. Anybody in your place could feel that."),
        ),
        saw=(
            _("That last line came out faster. What happened there?"),
            _("There was a pause in it. Was something in the pause?"),
        ),
    ),
    Someone(
        name="Kim",
        manner=_("says things in order, one after the other."),
        most=(11, 7, 4),
        needs=(
            Need(
                card=11,
                tells=(
                    _(
                        "First the shopping, then the forms, then the phone calls. I do them, and I do them alone."
                    ),
                    _("It is not the work. It is being the only one who remembers it."),
                    _("If one thing were off my list for good, I would sleep better."),
                ),
                wants=_("Would you take over the Saturday shopping, list and all, this week?"),
            ),
            Need(
                card=7,
                tells=(
                    _(
                        "The evening was planned, I heard of it at six, and I had nothing against it. I would still like to be asked."
                    ),
                    _("Being asked takes a minute. It tells me that I count."),
                    _("I may say the same as you would have. Then it is mine as well."),
                ),
                wants=_("Would you ask me before you fix the weekend, this once?"),
            ),
        ),
        heard=(
            _("In your words: “%(quote)s”. Is the main thing in it?"),
            _("I wrote this down: “%(quote)s”. I can see why that counts for you."),
            _("“%(quote)s”. It fits that you feel this way."),
        ),
        saw=(
            _("You stopped after the first sentence. Was there more?"),
            _("Your sentence got shorter. What was that?"),
        ),
    ),
)
