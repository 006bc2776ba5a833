"""Conversations on the Floor, for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from nearer.practices.listening.moves import (
    Ask,
    Check,
    Cheer,
    Clarify,
    Enough,
    Feel,
    Fit,
    Glad,
    Heat,
    More,
    Note,
    Reflect,
    SetTopic,
    Speak,
    Swap,
    TakeTopic,
    Validate,
    Variant,
    Volunteer,
)
from nearer.practices.listening.protocol import Listening
from nearer.protocol import Dialogue, Mode, Move, Ready, Seat

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOST, GUEST = Seat.HOST, Seat.GUEST

YES, NEARLY, NO = (Check(answer=answer) for answer in (Fit.YES, Fit.NEARLY, Fit.NO))
MORE, NO_MORE = More(more=True), More(more=False)
ENOUGH, NOT_ENOUGH = Enough(enough=True), Enough(enough=False)
SKIP_VALIDATE = Validate(words="", aloud=False)
SKIP_ASK = Ask(words="", aloud=False)


def after(**time: float) -> datetime:
    """A moment after noon: `after(seconds=3)`."""
    return NOON + timedelta(**time)


def speak(words: str = "I felt left out.") -> Speak:
    """The speaker's words."""
    return Speak(words=words, aloud=False)


def reflect(words: str = "You felt left out.") -> Reflect:
    """The listener's words."""
    return Reflect(words=words, aloud=False)


def clarify(words: str = "On the drive home.") -> Clarify:
    """The missing part."""
    return Clarify(words=words, aloud=False)


def play(now: Listening, *turns: tuple[Seat, Move], at: datetime = NOON) -> Listening:
    """Play these, all at one time; what was sent in letters is there at once."""
    for seat, move in turns:
        now = arrived(now.play(seat, move, at))
    return now


def arrived[D: Dialogue](now: D) -> D:
    """Let the time pass that words in letters wait."""
    return now.lapse(now.waiting[1]) if now.waiting else now


def opened(**facts: Any) -> Listening:
    """Both are ready."""
    return play(Listening.begin(**facts), (HOST, Ready()), (GUEST, Ready()))


def about(topic: str = "The drive home", variant: Variant = Variant.EVERYDAY, **facts: Any) -> Listening:
    """The host has suggested a topic, and the guest has said yes."""
    return play(opened(**facts), (HOST, SetTopic(topic=topic, variant=variant)), (GUEST, TakeTopic()))


def warmed(host: Feel = Feel.EASY, guest: Feel = Feel.EASY, **facts: Any) -> Listening:
    """There is a topic, and both have said how it feels."""
    return play(about(**facts), (HOST, Heat(level=host)), (GUEST, Heat(level=guest)))


def speaking(first: Seat = HOST) -> Listening:
    """The first one has the floor."""
    return play(warmed(), (first, Volunteer()))


def checking(first: Seat = HOST) -> Listening:
    """It was said back."""
    return play(speaking(first), (first, speak()), (first.other, reflect()))


def not_yet(now: Listening, seat: Seat = HOST) -> Listening:
    """It was not quite it; it was added to, and said back again."""
    return play(now, (seat, NEARLY), (seat, clarify()), (seat.other, reflect()))


def heard(now: Listening, seat: Seat = HOST) -> Listening:
    """Spoken, understood, and nothing more to add, from the moment the seat has the floor."""
    back = seat.other
    return play(
        now, (seat, speak()), (back, reflect()), (seat, YES),
        (back, SKIP_VALIDATE), (back, SKIP_ASK), (seat, NO_MORE),
    )  # fmt: skip


def noting() -> Listening:
    """Both had the floor."""
    return heard(play(heard(speaking()), (GUEST, Swap())), GUEST)


def keeping(host: str = "mine", guest: str = "yours") -> Listening:
    """Both notes are in."""
    return play(noting(), (HOST, Note(words=host)), (GUEST, Note(words=guest)))


def good_news(first: Seat = HOST) -> Listening:
    """Somebody has good news and the floor at once."""
    topic = SetTopic(topic="The letter came", variant=Variant.GOOD)
    return play(opened(), (first, topic), (first.other, TakeTopic()))


def cheer(words: str = "How did it come about?", way: Glad = Glad.ASK) -> Cheer:
    """Being glad with the speaker."""
    return Cheer(way=way, words=words, aloud=False)


def on_one_phone(starter: Seat = HOST, **facts: Any) -> Listening:
    """One phone lies between them, and its owner said that both are ready."""
    return play(Listening.begin(mode=Mode.ONE, starter=starter, **facts), (starter, Ready()))


def writing(starter: Seat = HOST, **facts: Any) -> Listening:
    """Letters: whoever began has a topic; something hard where they may."""
    begun = play(Listening.begin(mode=Mode.ASYNC, starter=starter, **facts), (starter, Ready()))
    variant = Variant.HARD if begun.practised else Variant.EVERYDAY
    return play(begun, (starter, SetTopic(topic="The drive home", variant=variant)))


def written(starter: Seat = HOST, words: str = "I felt left out.", **facts: Any) -> Listening:
    """A letter waits for the other, who has come in."""
    return play(writing(starter, **facts), (starter, speak(words)), (starter.other, Ready()))


def read(starter: Seat = HOST, **facts: Any) -> Listening:
    """The letter is open."""
    return written(starter, **facts)


def hard_letter(starter: Seat = HOST, words: str = "I felt left out.") -> Listening:
    """A letter about something hard waits for the other, who has come in."""
    return written(starter, words, practised=2)
