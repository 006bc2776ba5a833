"""Every step of both rooms in each of their modes, as moves that are posted: whose, which, and with what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from nearer.testing.people import Person
from tests.browser.cases import A_DAY, SEQ, TOKEN, get, move, post

TOLD = re.compile(r'id="stage"[^>]*data-told="(\d+)"')
STAGE = {"X-Fragment": "stage"}
REFUSED = re.compile('role="alert"|The sitting is over')
type Turn = tuple[str, str, dict[str, str]]
type Pages = dict[str, str]

EASY = {"level": "easy"}
WORDS = {
    "words": "I felt left out on the way home, and said nothing about it",
}
WALL = {f"importance-{card}": str(level) for card, level in {0: 4, 5: 3, 9: 3}.items()}
GUESSED = {f"levels-{card}": str(level) for card, level in {0: 4, 4: 3, 13: 3}.items()}


def turn(speaker: str, listener: str, *, written: bool = True) -> list[Turn]:
    """One floor with a correction; what was said is written, so that there is most on the page."""
    said = WORDS if written else {"aloud": "yes"}
    return [
        (speaker, "Speak", said), (listener, "Reflect", said), (speaker, "Check", {"answer": "nearly"}),
        (speaker, "Clarify", said), (listener, "Reflect", said), (speaker, "Check", {"answer": "no"}),
        (speaker, "Clarify", said), (listener, "Reflect", said), (speaker, "Check", {"answer": "no"}),
        (speaker, "Enough", {"enough": "yes"}), (listener, "Validate", said),
    ]  # fmt: skip


def asking(speaker: str, listener: str) -> list[Turn]:
    """The open question after a floor, and that there was no more."""
    return [(listener, "Ask", WORDS), (speaker, "More", {"more": "no"})]


ENDING: list[Turn] = [
    ("host", "Note", {"words": "You were alone with it"}), ("guest", "Note", {"words": "Tired is not cross"}),
]  # fmt: skip
KEEPING: list[Turn] = [("host", "Keep", {"keep": "yes"}), ("guest", "Keep", {"keep": "yes"})]
TOPIC: Turn = ("host", "SetTopic", {"topic": "the drive home", "variant": "everyday"})
YES: Turn = ("guest", "TakeTopic", {})
NEWS: Turn = ("host", "SetTopic", {"topic": "the letter came", "variant": "good"})
BOTH_HEAT: list[Turn] = [("host", "Heat", EASY), ("guest", "Heat", EASY)]
NEED: list[Turn] = [
    ("guest", "Ask", WORDS), ("host", "Answer", WORDS), ("guest", "Reflect", WORDS),
    ("host", "Check", {"answer": "yes"}), ("guest", "Notice", {"words": "Your voice went quiet."}),
    ("host", "SignMeans", {"sign": "other"}),
]  # fmt: skip
PLANNED: list[Turn] = [
    ("guest", "Reply", {"way": "another", "words": "Sunday is better"}),
    ("guest", "Plan", {"cue": "breakfast is over", "act": "have two hours apart", "days": A_DAY}),
    ("host", "Agree", {"agree": "yes"}), ("guest", "EndHere", {}),
]  # fmt: skip
TOUCHED: dict[str, str] = {"way": "touched", "aloud": "yes", **WORDS}
ALOUD = {"aloud": "yes"}
RECEIVED: list[Turn] = [
    ("guest", "Respond", TOUCHED), ("host", "Respond", {"way": "want", "aloud": "yes"}), ("guest", "Tell", WORDS),
    ("host", "Next", {"where": "enough"}), ("guest", "Next", {"where": "same"}), *ENDING, *KEEPING,
]  # fmt: skip
QUESTION = {"words": "What if you had the evening for yourself?"}
REQUEST: Turn = ("host", "Request", {"words": "Would you take the children out on Saturday morning?"})

LINES = {"want": "to be asked before", "why": "it is my evening too", "fear": "that it stays like this"}
WEIGHED = {f"levels-{n}": str(level) for n, level in enumerate((8, 6, 4, 10, -1))}
HEARD: list[Turn] = [
    ("host", "SetIssue", {"topic": "Saturday, when the guests stayed longer than we had said they would"}),
    ("guest", "Gate", {"ready": "can"}), ("host", "Gate", {"ready": "yes"}),
    ("host", "Begin", {"words": "I feel worn out about Saturday evening, and I need to be asked before the plan changes."}),
    ("guest", "Reflect", WORDS), ("host", "Check", {"answer": "yes"}), ("guest", "Validate", WORDS),
    ("guest", "Speak", WORDS), ("host", "Reflect", WORDS), ("guest", "Check", {"answer": "yes"}),
    ("host", "Validate", WORDS), ("host", "Felt", {"enough": "yes"}), ("guest", "Felt", {"enough": "yes"}),
    ("guest", "View", {**LINES, "sense": "nobody likes to be surprised"}), ("host", "Correct", LINES),
    ("host", "View", LINES), ("guest", "Correct", LINES), ("guest", "Under", WORDS), ("host", "Under", WORDS),
]  # fmt: skip
SOLVED: list[Turn] = [
    ("host", "Choose", {"ending": "solve"}), ("guest", "Choose", {"ending": "solve"}),
    ("host", "Circles", {"core": "one evening of the week alone", "bend": "which one, and until when"}),
    ("guest", "Circles", {"core": "that my friends are welcome", "bend": "how long, and what we cook"}),
    ("host", "Ideas", {"first": "guests until ten", "second": "one weekend with, one without"}),
    ("guest", "Ideas", {"first": "we meet them outside", "second": "a sign between us that means: now"}),
    ("guest", "Add", {"words": "each of us may go to bed without a word"}), ("host", "Listed", {}), ("guest", "Listed", {}),
    ("guest", "Today", {"level": "2"}), ("host", "Today", {"level": "4"}), ("host", "Rate", WEIGHED), ("guest", "Rate", WEIGHED),
    ("host", "Take", {"card": "3"}), ("guest", "Take", {"card": "3"}),
    ("host", "Plan", {"cue": "guests are here and it is ten", "act": "give each other the sign", "days": A_DAY}),
    ("guest", "Agree", {"agree": "yes"}),
]  # fmt: skip
THINGS: list[Turn] = [
    ("host", "Add", {"words": "the dishes"}), ("guest", "Add", {"words": "taking the children to school on the days when it rains"}),
    ("guest", "Add", {"words": "cooking"}), ("host", "Listed", {}), ("guest", "Listed", {}),
]  # fmt: skip
WEIGHED_UP = {"levels-0": "10", "levels-1": "4", "levels-2": "6"}
TAKEN: list[Turn] = [
    ("guest", "Take", {"card": "0"}), ("host", "Take", {"card": "0"}),
    ("guest", "Plan", {"cue": "the week begins", "act": "look at who takes what", "days": A_DAY}), ("host", "Agree", {"agree": "yes"}),
]  # fmt: skip

LIKED, HALVES = (
    {f"levels-{n}": str(1 + n % 3) for n in range(10)},
    {f"halves-{n}": "1" for n in (2, 7, 11, 20)},
)
WISHED: list[Turn] = [("host", "Wish", LIKED), ("guest", "Wish", LIKED)]
GLOWS: list[Turn] = [
    (seat, "Glow", {"words": "The light on the water, and your hat", "minutes": "60", "again": "yes"})
    for seat in ("host", "guest")
]  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Walk:
    """One way through a room.

    Attributes:
        room: the practice.
        mode: how it is held.
        turns: the moves, after both are ready.
    """

    room: str
    mode: str
    turns: list[Turn]


WALKS = {
    "the floor": Walk(room="listening", mode="live", turns=[
        TOPIC, YES, *BOTH_HEAT, ("host", "Volunteer", {}), *turn("host", "guest"), *asking("host", "guest"),
        ("guest", "EndHere", {}), *ENDING, *KEEPING]),
    "good news": Walk(room="listening", mode="live", turns=[
        NEWS, YES, ("host", "Speak", WORDS), ("guest", "Cheer", {"way": "shows", **WORDS}),
        ("host", "Check", {"answer": "yes"})]),
    "the floor on one phone": Walk(room="listening", mode="one", turns=[
        TOPIC, *BOTH_HEAT, ("host", "Volunteer", {}), *turn("host", "guest", written=False),
        ("guest", "Ask", {"aloud": "yes"}), ("host", "More", {"more": "no"}), ("guest", "EndHere", {}), *ENDING,
        ("host", "Finish", {})]),
    "needs": Walk(room="needs", mode="live", turns=[
        ("host", "Map", WALL), ("host", "Guess", GUESSED), ("guest", "Map", WALL), ("guest", "Guess", GUESSED),
        ("host", "Pick", {"card": "9"}), *NEED, REQUEST, *PLANNED]),
    "needs on one phone": Walk(room="needs", mode="one", turns=[
        ("host", "First", {}), ("guest", "Guessed", {}), ("host", "Pick", {"card": "9"}),
        ("guest", "Ask", {"aloud": "yes"}), ("host", "Answer", {"aloud": "yes"}), ("guest", "Reflect", {"aloud": "yes"}),
        ("host", "Check", {"answer": "yes"}), ("guest", "Notice", {"aloud": "yes"}),
        ("host", "SignMeans", {"sign": "other"}), ("host", "Request", {"aloud": "yes"}), ("guest", "Spoken", {})]),
    "letters": Walk(room="listening", mode="async", turns=[
        TOPIC, ("host", "Speak", WORDS), ("guest", "Ready", {}), ("guest", "Reflect", WORDS),
        ("host", "Check", {"answer": "yes"}), ("guest", "Validate", WORDS), ("guest", "EndHere", {}), *ENDING]),
    "needs in letters": Walk(room="needs", mode="async", turns=[
        ("host", "Map", WALL), ("host", "Guess", GUESSED), ("guest", "Ready", {}), ("guest", "Map", WALL),
        ("guest", "Guess", GUESSED), ("host", "Pick", {"card": "9"}), ("guest", "Ask", WORDS), ("host", "Answer", WORDS), ("guest", "Reflect", WORDS),
        ("host", "Check", {"answer": "yes"}), REQUEST, ("host", "Unfold", {}), ("guest", "Unfold", {}),
        *PLANNED[:3]]),
    "closer": Walk(room="closer", mode="live", turns=[
        ("host", "Draw", {}), ("host", "Answer", WORDS), ("guest", "Answer", WORDS), *RECEIVED[:3],
        ("host", "Next", {"where": "same"}), ("guest", "Next", {"where": "same"}), ("guest", "Draw", {}),
        ("guest", "First", {}), ("guest", "Share", WORDS), ("host", "Respond", TOUCHED), ("host", "Pass", {}),
        *RECEIVED[3:]]),
    "closer on one phone": Walk(room="closer", mode="one", turns=[
        ("host", "Draw", {}), ("host", "First", {}), ("host", "Share", ALOUD), ("guest", "Respond", {"way": "want", **ALOUD}),
        ("host", "Tell", ALOUD), ("guest", "Pass", {}), *RECEIVED[3:5], *ENDING, ("host", "Finish", {})]),
    "closer in letters": Walk(room="closer", mode="async", turns=[
        ("host", "Draw", {}), ("host", "Answer", WORDS), ("guest", "Ready", {}), ("guest", "Answer", WORDS),
        ("host", "Respond", TOUCHED), ("guest", "Respond", {"way": "thank"}), *RECEIVED[3:]]),
    "with you": Walk(room="support", mode="live", turns=[
        ("host", "Want", {"wish": "listen"}), ("host", "Speak", WORDS), ("guest", "Attend", {"way": "ask", **WORDS}),
        ("host", "Welcome", {}), ("guest", "Idea", QUESTION), ("host", "Go", {"to": "touch"}), ("host", "Hold", {"touch": "heart"}),
        ("guest", "Agree", {"agree": "yes"}), ("host", "Begin", {}), ("guest", "Stop", {}), ("host", "Go", {"to": "enough"}),
        ("host", "Landed", {"how": "light"}), ("guest", "Lighten", {}), ("host", "Go", {"to": "enough"}),
        ("host", "Landed", {"how": "enough"})]),
    "quiet near me on one phone": Walk(room="support", mode="one", turns=[
        ("guest", "Want", {"wish": "quiet"}), ("guest", "Go", {"to": "talk"}), ("guest", "Speak", ALOUD), ("host", "Attend", {"way": "sense", **ALOUD}),
        ("guest", "Go", {"to": "touch"}), ("guest", "Hold", {"touch": "hand"}), ("host", "Spoken", {}), ("guest", "Begin", {}),
        ("guest", "Stop", {}), ("guest", "Welcome", {}), ("host", "NoIdea", {}), ("guest", "Go", {"to": "enough"}),
        ("guest", "Landed", {"how": "landed"})]),
    "with you in letters": Walk(room="support", mode="async", turns=[
        ("host", "Want", {"wish": "think"}), ("host", "Speak", WORDS), ("guest", "Ready", {}), ("guest", "Attend", {"way": "back", **WORDS}),
        ("host", "Welcome", {}), ("guest", "Idea", QUESTION), ("host", "Go", {"to": "enough"}), ("host", "Landed", {"how": "landed"})]),
    "one thing": Walk(room="one-thing", mode="live", turns=[*HEARD, *SOLVED, *ENDING, *KEEPING]),
    "one thing on one phone": Walk(room="one-thing", mode="one", turns=[
        HEARD[0], ("host", "GateAloud", {"ready": "yes"}), ("host", "Begin", ALOUD), ("guest", "Reflect", ALOUD),
        ("host", "Check", {"answer": "yes"}), ("guest", "Validate", ALOUD), ("guest", "Speak", ALOUD),
        ("host", "Reflect", ALOUD), ("guest", "Check", {"answer": "yes"}), ("host", "Validate", ALOUD), *HEARD[11:13],
        ("guest", "View", ALOUD), ("host", "Correct", ALOUD), ("host", "View", ALOUD), ("guest", "Correct", ALOUD),
        ("host", "Spoken", {}), *SOLVED[:2], ("guest", "Spoken", {}), ("host", "Add", {"words": "guests until ten"}),
        ("host", "Add", {"words": "a sign between us"}), ("host", "Listed", {}), *SOLVED[9:13],
        ("host", "Take", {"card": "0"}), *SOLVED[15:16], ("host", "Agree", {"agree": "yes"}), *ENDING, ("host", "Finish", {})]),
    "several things shared out": Walk(room="one-thing", mode="live", turns=[
        *HEARD, ("host", "Choose", {"ending": "share"}), ("guest", "Choose", {"ending": "share"}), *THINGS,
        ("host", "Spread", WEIGHED_UP), ("guest", "Spread", {"levels-1": "8", "levels-2": "6"}), *TAKEN]),
    "one thing in letters": Walk(room="one-thing", mode="async", turns=[
        *HEARD[:1], ("host", "Gate", {"ready": "yes"}), ("guest", "Ready", {}), *HEARD[1:2], *HEARD[3:], *SOLVED[:6], *SOLVED[9:],
        *ENDING, *KEEPING]),
    "our time": Walk(room="our-time", mode="live", turns=[
        ("host", "Begin", {"way": "find"}), *WISHED, ("host", "Take", {"card": "2"}), ("guest", "Take", {"card": "2"}),
        ("host", "Free", HALVES), ("guest", "Free", HALVES), ("guest", "Pick", {"slot": "2"}), ("host", "Pick", {"slot": "2"}),
        ("host", "Date", {"cue": "the shops are shut", "act": "walk along the river to the old mill", "quarter": ""}),
        ("guest", "Agree", {"agree": "yes"})]),
    "here, now": Walk(room="our-time", mode="live", turns=[
        ("guest", "Begin", {"way": "here"}), ("host", "Long", {"span": "60"}), ("host", "Here", {}), ("guest", "Here", {}),
        ("guest", "Turn", {}), ("host", "Stop", {}), *GLOWS, ("guest", "Finish", {})]),
    "our time on one phone": Walk(room="our-time", mode="one", turns=[
        ("host", "Begin", {"way": "find"}), *[(seat, "Wish", {}) for seat in ("host", "guest")], ("host", "Other", {}), *WISHED,
        ("host", "Take", {"card": "2"}), ("host", "Free", HALVES), ("guest", "Free", {}),
        ("host", "Date", {"cue": "the shops are shut", "act": "walk along the river", "quarter": ""})]),
    "a film on one phone": Walk(room="our-time", mode="one", turns=[
        ("host", "Begin", {"way": "film"}), ("host", "NextOne", {}), ("guest", "NextOne", {}), ("host", "EndHere", {}), *GLOWS,
        ("host", "Finish", {})]),
    "our time in letters": Walk(room="our-time", mode="async", turns=[
        WISHED[0], ("guest", "Ready", {}), WISHED[1], ("guest", "Take", {"card": "2"}),
        ("guest", "Date", {"cue": "the shops are shut", "act": "walk along the river", "quarter": ""}),
        ("host", "Agree", {"agree": "yes"})]),
}  # fmt: skip
EASY_FLOOR = Walk(room="listening", mode="live", turns=[
    TOPIC, YES, *BOTH_HEAT, ("host", "Volunteer", {}), ("host", "Speak", ALOUD), ("guest", "Reflect", ALOUD),
    ("host", "Check", {"answer": "yes"}), ("guest", "Validate", ALOUD), ("guest", "Ask", {"skip": "yes"}), ("host", "More", {"more": "no"}),
    ("guest", "EndHere", {}), *ENDING, *KEEPING])  # fmt: skip
"""The Floor with one who speaks, and nothing to correct."""
HARD = "one-thing"
"""A room that opens to two who have done something easy twice, and have switched it on."""


def opened(host: Person, guest: Person) -> None:
    """Let two people do what comes before something hard."""
    for _ in range(2):
        play(EASY_FLOOR, host, guest)
    for person in (host, guest):
        post(person, f"/practise/{HARD}", f"/{HARD}/on", on="yes")


def apart(way: Walk, place: str) -> timedelta:
    """How much time passes before a move in letters: what is hard goes slowly, and by day; only a yes stays fresh."""
    if way.mode != "async" or (way.room == HARD and "Gate" in place):
        return timedelta()
    return timedelta(days=1) if way.room == HARD else timedelta(hours=7)


def begin(host: Person, room: str, mode: str) -> str:
    """Start a practice in a mode and return its path."""
    page = host.page.request.get(f"{host.url}/practise/{room}").text()
    token = TOKEN.search(page)
    form = {"csrfmiddlewaretoken": token[1] if token else "", "mode": mode}
    answer = host.page.request.post(f"{host.url}/practise/{room}/start", form=form)
    return answer.url.removeprefix(host.url)


def play(way: Walk, host: Person, guest: Person) -> None:
    """Play a way through a live room where nobody looks: of each move only the stage comes back, from which the next is sent.

    Raises:
        AssertionError: a move was not taken.
    """
    path, people = begin(host, way.room, way.mode), {"host": host, "guest": guest}
    pages = {seat: get(who, path) for seat, who in people.items()}
    tokens = {seat: _found(TOKEN, page) for seat, page in pages.items()}
    seqs = {seat: _found(SEQ, page) for seat, page in pages.items()}
    for seat, kind, fields in (("host", "Ready", {}), ("guest", "Ready", {}), *way.turns):
        form: dict[str, str | float | bool] = {
            "csrfmiddlewaretoken": tokens[seat],
            "seq": seqs[seat],
            "move": kind,
            **fields,
        }
        answer = people[seat].page.request.post(f"{host.url}{path}", form=form, headers=STAGE).text()
        _was_taken(answer, kind, seat)
        # Of what one has sealed the other does not know yet.
        told = TOLD.search(answer)
        seqs = dict.fromkeys(people, told[1] if told else _found(SEQ, answer)) | {seat: _found(SEQ, answer)}


def _found(what: re.Pattern[str], page: str) -> str:
    found = what.search(page)
    assert found
    return found[1]


def _was_taken(answer: str, kind: str, seat: str) -> None:
    assert 'id="stage"' in answer, f"{kind} by {seat} met no sitting"
    assert not REFUSED.search(answer), f"{kind} by {seat} was not taken"


def walk(way: Walk, host: Person, guest: Person) -> Iterator[tuple[str, str, Pages]]:
    """Play a way through a room, and stop before each move.

    Yields:
        The sitting's path, a name for the place, and what is known of what each of the two sees there, by name. Whoever
        looks for themselves puts it there: the next move is sent from it.

    Raises:
        AssertionError: a move was not taken.
    """
    if way.room == HARD:
        opened(host, guest)
    path = begin(host, way.room, way.mode)
    pages: Pages = {}
    ready: list[Turn] = [("host", "Ready", {}), *([("guest", "Ready", {})] if way.mode == "live" else [])]
    for seat, kind, fields in (*ready, *way.turns):
        yield path, f"before {kind} by {seat}", pages
        who, more = (
            (host, {"seat": seat}) if way.mode == "one" else ({"host": host, "guest": guest}[seat], {})
        )
        answer = move(who, path, kind, before=pages.get(who.name, ""), **fields, **more)
        _was_taken(answer, kind, seat)
        pages.clear()
        pages[who.name] = answer
    yield path, "at the end", pages
