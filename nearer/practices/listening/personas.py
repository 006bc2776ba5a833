"""Who practises on the Floor with somebody who is alone: how each of them listens."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from nearer.practices.listening import stories
from nearer.practices.listening.moves import Way
from nearer.practices.listening.stories import Story, Words
from nearer.protocol.partner import Persona


@dataclass(frozen=True, kw_only=True)
class Speaker(Persona):
    """Somebody made up who can speak and listen.

    Attributes:
        stories: everyday ones.
        news: good ones.
        heard: ways to say back a `quote`.
        sense: ways to show that it makes sense.
        asks: open questions.
        glad: what to say in each way of being glad.
    """

    stories: tuple[Story, ...]
    news: tuple[Story, ...]
    heard: Words
    sense: Words
    asks: Words
    glad: dict[Way, Words]


ROBIN = Speaker(
    name="Robin",
    manner=_("says little, and takes time."),
    stories=stories.ROBIN,
    news=stories.ROBIN_NEWS,
    heard=(
        _("What I heard: “%(quote)s”."),
        _("You said: “%(quote)s”. I am staying with that."),
        _("This is what reached me: “%(quote)s”."),
        _("Slowly, in your words: “%(quote)s”."),
    ),
    sense=(
        _("I can see why that stays with you."),
        _("That makes sense to me. I would carry it around too."),
        _("I am with you in this."),
        _("With what you told me, it fits that you feel this way."),
    ),
    asks=(
        _("What was that moment like for you?"),
        _("What part of it is with you now?"),
        _("What would you like me to know about it?"),
        _("How did it go on, inside you?"),
    ),
    glad={
        Way.ASK: (_("How did it come about?"), _("What was the very first moment like?")),
        Way.SHOWS: (_("To me it shows how much you care about this."), _("It shows me that you stayed with it.")),
        Way.MARK: (_("Tell it to me again at dinner, slowly."), _("I would like to sit down with you and let it be good.")),
    },
)  # fmt: skip

KIM = Speaker(
    name="Kim",
    manner=_("tells things in order, one after the other."),
    stories=stories.KIM,
    news=stories.KIM_NEWS,
    heard=(
        _("Let me say it back as I have it: “%(quote)s”."),
        _("One thing I noted for myself: “%(quote)s”."),
        _("If I put down your words first: “%(quote)s”."),
        _("I want to have this right. I heard: “%(quote)s”."),
    ),
    sense=(
        _("One thing led to the other. I follow how you got there."),
        _("Given what came before, no wonder."),
        _("Anyone in your place could feel that."),
        _("That adds up for me, all of it."),
    ),
    asks=(
        _("What came right before that?"),
        _("What did you need at that point?"),
        _("Which part of it weighs the most?"),
        _("How do you see it today?"),
    ),
    glad={
        Way.ASK: (_("Tell me from the start. How did it begin?"), _("What did you do in the first five minutes after?")),
        Way.SHOWS: (_("It shows me how patient you can be."), _("I see somebody who took one step after the other.")),
        Way.MARK: (_("Let us put the date on the calendar, in colour."), _("I would like to raise a glass to it on Friday.")),
    },
)  # fmt: skip

SASHA = Speaker(
    name="Sasha",
    manner=_("thinks aloud and wanders a little."),
    stories=stories.SASHA,
    news=stories.SASHA_NEWS,
    heard=(
        _("Right, so what landed with me is: “%(quote)s”."),
        _("I keep coming back to one thing you said: “%(quote)s”."),
        _("Let me try. “%(quote)s”. That is the bit I took with me."),
        _("There was this: “%(quote)s”. I can almost see it."),
    ),
    sense=(
        _("I know a feeling next door to that one. It makes sense to me."),
        _("Of course that would stir something. How could it not."),
        _("The more I turn it over, the more I understand it."),
        _("I am glad that you said it out here."),
    ),
    asks=(
        _("What else is in there, if you let it come?"),
        _("Where in all of this do you find yourself?"),
        _("What does it remind you of?"),
        _("What would you tell a friend it was like?"),
    ),
    glad={
        Way.ASK: (_("Wait, go back. What did you feel first?"), _("Who was there, and what did it look like?")),
        Way.SHOWS: (_("That is so much you, the way you see things through."), _("It shows me what you keep alive in yourself.")),
        Way.MARK: (_("This calls for cake, or for a very long walk. You choose."), _("Let us call it a feast day and cook something slow.")),
    },
)  # fmt: skip

REMY = Speaker(
    name="Remy",
    manner=_("is warm and says things directly."),
    stories=stories.REMY,
    news=stories.REMY_NEWS,
    heard=(
        _("Here is what I understood: “%(quote)s”."),
        _("I hear you. You said: “%(quote)s”."),
        _("What seems to matter in it: “%(quote)s”."),
        _("Your words, so that you can hear them too: “%(quote)s”."),
    ),
    sense=(
        _("I get it. That would touch me as well."),
        _("It makes sense to me that you feel that."),
        _("Thank you for telling me. I can see it from where you stand."),
        _("I see it more clearly now than when you began."),
    ),
    asks=(
        _("What matters most to you in this?"),
        _("How has it been with you since then?"),
        _("What would help you most right now?"),
        _("What do you wish had happened?"),
    ),
    glad={
        Way.ASK: (_("I want to hear all of it. How did it happen?"), _("What did your face do when you found out?")),
        Way.SHOWS: (_("It shows how much heart you put into things."), _("I see courage in that, the quiet kind.")),
        Way.MARK: (_("Come, let us celebrate it with something good to eat."), _("I would hug you now, if I had arms.")),
    },
)  # fmt: skip

PERSONAS = (ROBIN, KIM, SASHA, REMY)
