"""What the practice partners of the Floor have to tell: small and ordinary things, and good news."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

type Words = tuple[Any, ...]  # Any: lazily translated


@dataclass(frozen=True, kw_only=True)
class Story:
    """Something small and ordinary.

    Attributes:
        topic: what it is about.
        says: what is told of it, turn by turn.
        missing: what to add when the listener did not quite get it.
        note: what telling it made clearer.
    """

    topic: Any  # Any: lazily translated
    says: Words
    missing: Words
    note: Any


ROBIN = (
    Story(
        topic=_("Lunch on my own"),
        says=(
            _("Two people I eat with are away this month. I took my plate to my desk. It felt smaller than it sounds."),
            _("On Thursday the others laughed in the next room. I listened to it with my door open."),
            _("What I would like is that somebody calls me over. Once would be enough."),
        ),
        missing=(
            _("Being alone is fine with me. That nobody noticed was the hard part."),
            _("I could go over as well. I saw that I wait."),
            _("By Friday I had stopped looking up."),
        ),
        note=_("I wait to be asked more often than I knew."),
    ),
    Story(
        topic=_("A letter I have not opened"),
        says=(
            _("There is a letter from the bank in the hall. It has been there for nine days. I walk round it."),
            _("I am fairly sure it is nothing. My stomach does not believe me."),
            _("When I was small, letters like that made the whole house quiet."),
        ),
        missing=(
            _("It is less about money. It is the quiet that I remember."),
            _("I would open it if somebody sat beside me."),
            _("I feel foolish about it, and that makes it heavier."),
        ),
        note=_("The letter is small. The quiet around it is old."),
    ),
    Story(
        topic=_("The walk I skip"),
        says=(
            _("I used to walk by the river before work. I have not gone since the clocks changed."),
            _("It was the one half hour in which nobody wanted anything from me. I miss it."),
            _("Every evening I plan it. Every morning I choose the bed."),
        ),
        missing=(
            _("I am not cross with myself. I miss who I was on those mornings."),
            _("The river matters less than the half hour."),
            _("I think somebody waiting at the bridge would get me out."),
        ),
        note=_("What I miss is the time that is mine."),
    ),
)  # fmt: skip

ROBIN_NEWS = (
    Story(
        topic=_("The bread came out well"),
        says=(
            _("I have tried to bake bread since spring. On Sunday it worked. It sang when it cooled."),
            _("I cut it too early, because I wanted to see inside. It had holes, real ones."),
            _("I ate the first slice standing up, with nothing on it."),
        ),
        missing=(
            _("I am glad that I did not stop after the eighth flat one."),
            _("Nobody was there to see it. I like that you know now."),
            _("It was the sound that got me."),
        ),
        note=_("I am prouder of it than I let on."),
    ),
)  # fmt: skip

KIM = (
    Story(
        topic=_("A plan that changed late"),
        says=(
            _("On Tuesday I had packed for the trip. At nine in the evening it was moved by a week. I unpacked in silence."),
            _("First I was angry. Then I was tired. Then I told everybody that it was no trouble."),
            _("Next time I want to hear it in the morning, so that I can be disappointed by daylight."),
        ),
        missing=(
            _("The week does not matter. It was that I said it was no trouble, and it was."),
            _("I had looked forward to it for a month, and had told no one."),
            _("There are two parts: the change, and my hiding what it did."),
        ),
        note=_("I say that things are no trouble before I know."),
    ),
    Story(
        topic=_("Moving the bookshelf"),
        says=(
            _("On Saturday we moved the bookshelf. I had measured it three times. Somebody joked about the measuring."),
            _("It was a kind joke. I still went quiet for an hour, and nobody knew why."),
            _("When I measure, I am trying to save us trouble. It is how I show that I care."),
        ),
        missing=(
            _("I can laugh about it. I wanted one thank you first."),
            _("It touched something older: at school I was the slow one."),
            _("The shelf fits, by the way. That part was good."),
        ),
        note=_("Measuring three times is one of my ways to love people."),
    ),
    Story(
        topic=_("The phone call on Sundays"),
        says=(
            _("Every Sunday at five I call home. It takes twenty minutes. We talk about weather and doctors."),
            _("Afterwards I sit on the stairs for a while. I have said everything, and nothing."),
            _("Once I would like to say that I worry. I do not know where in the twenty minutes it goes."),
        ),
        missing=(
            _("I like the calls. There is one sentence missing in them, and it is mine."),
            _("I am afraid that it would make them worry about me."),
            _("The stairs are the honest part of it."),
        ),
        note=_("There is one sentence I carry through every call."),
    ),
)  # fmt: skip

KIM_NEWS = (
    Story(
        topic=_("I passed the first aid course"),
        says=(
            _("In March I signed up for first aid. On Monday was the test. I did all nine steps in the right order."),
            _("On the way home I went through them again, on the bus, with my hands in my lap."),
            _("Somewhere between step four and five I noticed that I felt safe."),
        ),
        missing=(
            _("The paper is nice. That I would know what to do is what makes me glad."),
            _("I used to be the person who steps back. I do not think I am any more."),
            _("I told nobody that I was doing it, in case I failed."),
        ),
        note=_("I like to be somebody others can lean on."),
    ),
)  # fmt: skip

SASHA = (
    Story(
        topic=_("The neighbour’s music"),
        says=(
            _("So, the new neighbour plays the same four notes every evening. At first I was annoyed. Then one day there was nothing, and I missed it."),
            _("I think I had begun to count on somebody being there, behind the wall."),
            _("I have never said hello. I do not even know their name, and I know when they practise."),
        ),
        missing=(
            _("It is not about the music, I see now. The evenings are long."),
            _("I like that somebody is learning something right beside me."),
            _("Maybe I am a bit lonely. There, that is the word."),
        ),
        note=_("The word I was walking around was lonely."),
    ),
    Story(
        topic=_("Losing at a game"),
        says=(
            _("We played cards with friends, and I lost every round. I made jokes all evening. On the way home I was close to tears, over cards."),
            _("I tell people I do not mind losing. I think that has not been true since I was seven."),
            _("And then I felt silly for feeling it, which is a second thing on top."),
        ),
        missing=(
            _("It was not the cards. I felt slow next to all of them."),
            _("The jokes were me hiding, I think."),
            _("One kind look in the middle of it would have helped."),
        ),
        note=_("My jokes go up when I feel small."),
    ),
    Story(
        topic=_("The coat I gave away"),
        says=(
            _("I gave away an old coat last week, a good warm one. Now it is cold, and I keep thinking of it. Of where I wore it, more than of the coat."),
            _("I had it on the day we moved here. It rained, and the cake was in my hood."),
            _("Funny how one keeps a day in a sleeve."),
        ),
        missing=(
            _("I do not want it back. I wanted to say goodbye to it, I suppose."),
            _("It is about that first year. I was braver then."),
            _("I think I miss being new somewhere."),
        ),
        note=_("I miss how brave I was in our first year here."),
    ),
)  # fmt: skip

SASHA_NEWS = (
    Story(
        topic=_("Somebody remembered my song"),
        says=(
            _("Years ago I wrote a little song. Yesterday a friend hummed it over the washing up, with no idea that it was mine."),
            _("I stood there with the towel. I could not say a word, and I am never short of words."),
            _("So it got away from me, and lives in other people’s kitchens. I like that thought a lot."),
        ),
        missing=(
            _("Nobody was being kind. It was liked by accident, and that made me happy."),
            _("I had told myself that it was a silly song."),
            _("It made me want to write another one. That is the real news."),
        ),
        note=_("I would like to write songs again."),
    ),
)  # fmt: skip

REMY = (
    Story(
        topic=_("Mornings in a hurry"),
        says=(
            _("In the mornings I pass the people I love in the hall, and say where the keys are. I want a minute with them, sitting down."),
            _("When the door shuts I feel that I have missed something. It is half past seven."),
            _("Even tea standing up would do, if we looked at each other."),
        ),
        missing=(
            _("I do not want less hurry. I want one minute in it."),
            _("I am the one who looks at the clock the most. I know."),
            _("I feel it more since the days got short."),
        ),
        note=_("One minute is what I was asking for all along."),
    ),
    Story(
        topic=_("Being called reliable"),
        says=(
            _("At work they call me the reliable one. I am proud of it, and it makes me tired."),
            _("Last week I had a fever and went in. Nobody had asked me to."),
            _("I would like to be missed for once, instead of counted on."),
        ),
        missing=(
            _("I like to help. I am tired of being the one who never needs any."),
            _("I am afraid that they would manage without me."),
            _("The fever was a small one. The fear was bigger."),
        ),
        note=_("I want to be missed, and I had never said so."),
    ),
    Story(
        topic=_("A friend who moved away"),
        says=(
            _("My oldest friend moved to the coast. We write. It is good, and I am sad about it every Saturday."),
            _("Saturday was our market day. Now I buy too many apples and go home."),
            _("I keep quiet about the apples. Nobody should feel bad for going."),
        ),
        missing=(
            _("I am happy about the coast, and sad on Saturdays. Both are true at once."),
            _("It is the ordinary part I miss, the carrying of bags."),
            _("I wish somebody would ask me how Saturdays are."),
        ),
        note=_("I can be glad for somebody and miss them in one breath."),
    ),
)  # fmt: skip

REMY_NEWS = (
    Story(
        topic=_("My plant has a flower"),
        says=(
            _("The plant by the window has a flower. I have had it for six years, and this is the first one."),
            _("I took off work an hour early to look at it in the light. I told them it was the dentist."),
            _("It is white, with a bit of green in it. I love it."),
        ),
        missing=(
            _("I nearly threw it out twice. I am so glad that I did not."),
            _("Something came of waiting. I needed to see that this year."),
            _("I want to show it to you. That is half of the joy."),
        ),
        note=_("I needed to see that waiting can turn out well."),
    ),
)  # fmt: skip
