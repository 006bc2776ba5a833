"""What each of them has on the page, in every stage of the Floor."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from uuid import UUID

import pytest

if "DJANGO_SETTINGS_MODULE" not in os.environ:
    pytest.skip("templates need Django's settings", allow_module_level=True)

from django.forms import Form
from django.template.loader import render_to_string

from nearer.practices.listening.forms import FORMS
from nearer.practices.listening.moves import (
    Ask,
    Coin,
    EndHere,
    Feel,
    Heat,
    Keep,
    Nod,
    Note,
    SetTopic,
    Variant,
)
from nearer.practices.listening.protocol import PARTS, Listening
from nearer.protocol import Mode, Ready, Seat
from nearer.sittings.page.show import Names, stage_context
from nearer.sittings.practice import practice
from tests.unit.listening.floor import (
    GUEST,
    HOST,
    MORE,
    NO,
    NO_MORE,
    NOON,
    SKIP_VALIDATE,
    YES,
    about,
    checking,
    cheer,
    good_news,
    hard_letter,
    heard,
    keeping,
    not_yet,
    noting,
    on_one_phone,
    opened,
    play,
    read,
    reflect,
    speak,
    speaking,
    warmed,
    writing,
    written,
)

ALL_STEPS = {step for part in PARTS for step in part.steps}
NAMES = {HOST: "Sam", GUEST: "Noor"}


def stage(now: Listening, seat: Seat, **bound: Form) -> str:
    """The stage as this seat sees it."""
    room, names = practice("listening"), Names(me=NAMES[seat], you=NAMES[seat.other])
    drawn = stage_context(room, now, now.view(seat), at=NOON, names=names, bound=bound)
    return render_to_string("sittings/stage.html", drawn | {"seq": 7, "ref": UUID(int=1)})


def positions() -> Iterator[Listening]:
    """Every stage of the Floor, and the turns it can take."""
    asking = play(checking(), (HOST, YES), (GUEST, SKIP_VALIDATE))
    yield opened()
    yield play(opened(), (HOST, SetTopic(topic="Mornings")))
    yield about()
    yield play(about(), (HOST, Heat(level=Feel.EASY)))
    yield warmed(Feel.TOUCHY, Feel.NOT_TODAY)
    yield warmed()
    yield play(warmed(), (HOST, Coin(heads=True)))
    yield play(warmed(), (HOST, Coin(heads=False)))
    yield play(speaking(), (GUEST, Nod()))
    yield play(speaking(), (HOST, speak()))
    yield checking()
    yield play(checking(), (HOST, NO))
    yield play(not_yet(not_yet(checking())), (HOST, NO))
    yield play(checking(), (HOST, YES))
    yield asking
    yield play(asking, (GUEST, Ask(words="How?", aloud=False)))
    yield play(asking, (GUEST, Ask(words="How?", aloud=False)), (HOST, MORE))
    yield heard(speaking())
    yield noting()
    yield play(noting(), (HOST, Note(words="mine")))
    yield keeping()
    yield play(keeping(), (HOST, Keep(keep=True)))
    yield good_news()
    yield play(good_news(), (HOST, speak()))
    yield play(good_news(), (HOST, speak()), (GUEST, cheer()))
    yield opened(practised=2)
    yield from letters()


def letters() -> Iterator[Listening]:
    """Every stage of letters."""
    begun = play(Listening.begin(mode=Mode.ASYNC), (HOST, Ready()))
    yield begun
    yield play(begun, (HOST, SetTopic(topic="Mornings")))
    yield writing()
    yield written()
    yield hard_letter()
    yield play(hard_letter(), (GUEST, Heat(level=Feel.NOT_TODAY)))
    yield read()
    answered = play(read(), (GUEST, reflect()))
    yield answered
    yield play(answered, (HOST, NO))
    yield play(answered, (HOST, YES))
    yield play(answered, (HOST, YES), (GUEST, SKIP_VALIDATE))


def seen_by(seat: Seat, all_of_them: Iterator[Listening]) -> Iterator[Listening]:
    """Those in which this seat is inside: in letters the door opens when there is something behind it."""
    return (now for now in all_of_them if not now.at_door(seat))


def on_the_table() -> Iterator[Listening]:
    """What lies on the table in the end."""
    topic = SetTopic(topic="News", variant=Variant.GOOD)
    told = play(on_one_phone(), (HOST, topic), (HOST, speak()), (GUEST, cheer()))
    ended = play(told, (HOST, YES), (HOST, NO_MORE), (HOST, EndHere()))
    yield play(ended, (HOST, Note(words="a")), (GUEST, Note(words="b")))


@pytest.mark.parametrize("seat", Seat)
def test_every_open_move_is_on_the_page_once_and_no_other(seat: Seat) -> None:
    for now in seen_by(seat, positions()):
        shown = re.findall(r'data-move="(\w+)"', stage(now, seat))

        assert sorted(shown) == sorted(now.view(seat)["legal"]), now.stage
    assert {now.stage for now in (*positions(), *on_the_table())} == ALL_STEPS


def test_on_one_phone_the_end_lies_open_for_both() -> None:
    for now in on_the_table():
        for seat in Seat:
            assert re.findall(r'data-move="(\w+)"', stage(now, seat))[0] == "Finish"


def test_nothing_can_be_said_aloud_in_a_letter() -> None:
    for now in letters():
        assert not any('name="aloud"' in stage(now, seat) for seat in Seat if not now.at_door(seat))


@pytest.mark.parametrize("seat", Seat)
def test_every_stage_has_one_heading_and_no_inline_style(seat: Seat) -> None:
    for now in seen_by(seat, positions()):
        html = stage(now, seat)

        assert len(re.findall("<h1[ >]", html)) == 1
        assert not re.search(r'\bstyle=|<script|\bon\w+="', html)


@pytest.mark.parametrize("now", [speaking(), play(checking(), (HOST, NO))], ids=["speak", "clarify"])
def test_the_listener_has_nothing_to_write_in(now: Listening) -> None:
    """L5, L6: no text field while the other speaks; help to stay with them instead. L2: eye contact is invited."""
    html = stage(now, GUEST)

    assert not re.search(r"<textarea|<select|<input(?! type=\"hidden\")", html)
    assert "no reply to prepare" in html
    assert "Look at each other if that is comfortable" in html
    assert 'data-turn="you"' in html
    assert 'data-turn="me"' in stage(now, HOST)


def test_a_nod_reaches_the_one_who_speaks() -> None:
    """L4."""
    assert "Noor nods." in stage(play(speaking(), (GUEST, Nod())), HOST)
    assert "nods." not in stage(speaking(), HOST)


def test_both_see_how_the_coin_fell() -> None:
    heads, tails = (play(warmed(), (GUEST, Coin(heads=side))) for side in (True, False))

    assert all("heads" in stage(heads, seat) for seat in Seat)
    assert all("tails" in stage(tails, seat) for seat in Seat)
    assert "Heads, you speak first" in stage(warmed(), HOST)
    assert "Heads, Sam speaks first" in stage(warmed(), GUEST)


def test_stems_and_the_ladder_are_there_when_they_help() -> None:
    """L1, L3."""
    assert "What I am hearing is" in stage(play(speaking(), (HOST, speak())), GUEST)
    assert "Make sense of it now." in stage(play(checking(), (HOST, YES)), GUEST)


def test_words_are_shown_as_words() -> None:
    html = stage(play(speaking(), (HOST, speak("<b>left</b> & out"))), GUEST)

    assert "&lt;b&gt;left&lt;/b&gt; &amp; out" in html


def test_heat_and_keep_say_who_sees_them() -> None:
    assert "Nobody ever sees your answer" in stage(about(), GUEST)
    assert "Your answer is not shown to Sam" in stage(keeping(), GUEST)


def test_what_is_kept_can_be_read_again() -> None:
    kept = play(keeping(), (HOST, Keep(keep=True)), (GUEST, Keep(keep=True)))
    html = stage(kept, GUEST)

    assert "The drive home" in html
    assert "I felt left out." in html
    assert html.index("yours") < html.index("mine")


def test_a_form_that_was_refused_keeps_the_words() -> None:
    now = speaking()
    html = stage(now, HOST, Speak=FORMS[type(speak())]({"words": "x" * 401}))

    assert "x" * 401 in html
    assert "1 character too long" in html
