"""One Thing as Alice, Bob and the server see it: the gate, a trial that stays, a hint for its author, seven quiet minutes."""

from __future__ import annotations

import re
from datetime import timedelta
from itertools import takewhile
from typing import Any

import pytest
from django.utils import timezone

from nearer.parts.moves import Note
from nearer.plans import lines
from nearer.practices.onething import switch
from nearer.practices.onething.moves import (
    Begin,
    Choose,
    Circles,
    Ending,
    Gate,
    GateAloud,
    Kinder,
    SetIssue,
    Today,
    Under,
)
from nearer.practices.onething.protocol import OneThing
from nearer.practices.onething.quiet import looked as quiet
from nearer.practices.onething.settles import settle
from nearer.protocol import Mode, Move, Ready, Seat
from nearer.records.shelf import Shelf
from nearer.sittings.letters.night import is_night
from nearer.sittings.models import Sitting
from nearer.sittings.run.queries import facts_for
from nearer.testing import clock
from nearer.testing.cast import (
    Pair,
    Person,
    fresh,
    newest,
    open_drawer,
    play,
    post_move,
    rows_of,
    run_of,
    sign_in,
    start_sitting,
)
from nearer.web.zones import COOKIE
from tests.pages.reading import at, html, words
from tests.pages.test_queries import counting
from tests.unit.onething import evening as e
from tests.unit.onething.evening import back, said

pytestmark = [pytest.mark.django_db, pytest.mark.begins(clock.NOON)]

MOMENT = re.compile(r'data-due="[^"]*"|<time.*?</time>')
FRESH = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|data-now="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}')
SURE = re.compile(r'name="sure" value="(\w+)"')
WAYS = re.compile(r'name="ways" value="(\d)"')
NIGHT = "Pacific/Kiritimati"
"""Where it is two in the morning at noon."""


def at_gate(pair: Pair, **facts: Any) -> Sitting:
    sitting = start_sitting(pair, "conflict", **facts)
    for person in (pair.host, pair.guest):
        play(person, sitting, Ready())
    play(pair.host, sitting, SetIssue(topic="Saturday evening"))
    return fresh(sitting)


def both_on(pair: Pair) -> None:
    for person in (pair.host, pair.guest):
        switch.turn(person.at(pair.bond), on=True, at=timezone.now())


def says(person: Person, sitting: Sitting, ready: str) -> None:
    assert post_move(person, sitting, "Gate", ready=ready).status_code in {200, 302}


def end_of(pair: Pair, sitting: Sitting) -> tuple[str, ...]:
    """What both then see, on the sitting's page and on Today."""
    return tuple(
        FRESH.sub("", html(person.client.get(path)))
        for person in (pair.host, pair.guest)
        for path in (f"/s/{sitting.pk}", "/")
    )


CAUSES = {
    "the first one, not now": ("no", "yes"), "the second one, not now": ("yes", "no"), "stirred up": ("can", "stirred"),
    "neither": ("no", "no"), "basics": ("yes", "yes"), "off for the first": ("yes", "yes"), "off for the second": ("yes", "yes"),
    "night for the first": ("yes", "yes"), "night for the second": ("yes", "yes"), "never answered": ("yes", ""),
}  # fmt: skip


def refused(pair: Pair, cause: str) -> tuple[Sitting, int]:
    """Answer for one cause; return the sitting, and how much was asked of the databases for the last answer."""
    both_on(pair)
    for person, whose in ((pair.host, "first"), (pair.guest, "second")):
        switch.turn(person.at(pair.bond), on=cause != f"off for the {whose}", at=timezone.now())
        person.client.cookies[COOKIE] = NIGHT if cause == f"night for the {whose}" else "UTC"
    sitting = at_gate(pair, basics=0 if cause == "basics" else 2)
    mine, theirs = CAUSES[cause]
    says(pair.host, sitting, mine)
    with counting() as count:
        if theirs:
            post_move(pair.guest, sitting, "Gate", ready=theirs, seq=newest(pair.guest, sitting))
    return sitting, count.asked


@pytest.mark.rule("R4", "R5")
def test_every_cause_for_another_time_gives_both_the_same_pages_at_the_same_moment_for_the_same_work(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits, ends, others = {}, {}, {}
    asked: dict[str, int] = {}
    began = timezone.now()
    at(monkeypatch, began)
    for person in (pair.host, pair.guest):
        sign_in(person)
    refused(pair, "neither")  # the first request of a day does a little more
    for number, cause in enumerate(CAUSES, start=1):
        at(monkeypatch, began + number * timedelta(minutes=21))
        sitting, asked[cause] = refused(pair, cause)
        both_on(pair)  # what somebody switched on for themselves, and where they live, their own pages show
        for person in (pair.host, pair.guest):
            person.client.cookies[COOKIE] = "UTC"
        waits[cause] = MOMENT.sub("", "".join(end_of(pair, sitting)[:2]))
        at(monkeypatch, timezone.now() + timedelta(minutes=20))
        ends[cause], others[cause] = end_of(pair, sitting)[:2], end_of(pair, sitting)[2:]

    del others["never answered"]  # whoever has answered knows of one move more: their own
    assert len(set(ends.values())) == len(set(others.values())) == 1, {
        cause: [hash(page) for page in pages] for cause, pages in ends.items()
    }
    assert "Another time is fine." in ends["neither"][0]
    assert "Go back in" not in ends["neither"][1]
    assert len(set(waits.values())) == 1, "whoever waits sees a difference before that"
    # How much work it is cannot be told either: the drill `another_time` measures the time it takes.
    assert len({asked[cause] for cause, (_, theirs) in CAUSES.items() if theirs}) == 1, asked


def test_two_yeses_of_two_who_switched_it_on_begin_it(pair: Pair) -> None:
    both_on(pair)
    sitting = at_gate(pair)
    for person in (pair.host, pair.guest):
        sign_in(person)
        says(person, sitting, "can")

    assert "Begin softly" in html(pair.host.client.get(f"/s/{sitting.pk}"))


def test_what_somebody_felt_at_the_gate_is_stored_nowhere(pair: Pair) -> None:
    both_on(pair)
    sitting = at_gate(pair)
    sign_in(pair.host)
    before = html(sign_in(pair.guest).get(f"/s/{sitting.pk}"))
    says(pair.host, sitting, "stirred")

    position = run_of(pair.host, sitting).position
    assert "stirred" not in repr(position)
    assert rows_of(fresh(sitting))
    assert FRESH.sub("", html(pair.guest.client.get(f"/s/{sitting.pk}"))) == FRESH.sub("", before)


def test_nothing_hard_is_begun_at_night_where_its_reader_lives(pair: Pair) -> None:
    both_on(pair)
    place, at = pair.host.at(pair.bond), timezone.now()
    yes = Gate(ready=True)

    with timezone.override(NIGHT):
        assert is_night(at)
        assert settle(place, yes, at=at) == Gate(ready=False)
    assert settle(place, yes, at=at) == yes


def test_on_one_phone_both_must_have_switched_it_on_themselves(pair: Pair) -> None:
    place, at = pair.host.at(pair.bond), timezone.now()
    switch.turn(place, on=True, at=at)
    assert settle(place, GateAloud(ready=True), at=at) == GateAloud(ready=False)

    switch.turn(pair.guest.at(pair.bond), on=True, at=at)
    assert settle(place, GateAloud(ready=True), at=at) == GateAloud(ready=True)


def test_two_who_are_new_have_none_of_what_it_builds_on(pair: Pair) -> None:
    assert facts_for(pair.host.at(pair.bond), OneThing) == {"basics": 0}
    assert facts_for(pair.host.at(pair.bond), OneThing, Mode.ONE) == {"basics": 0}


@pytest.mark.rule("R11", "R13")
def test_switching_it_on_changes_no_page_of_the_others(pair: Pair) -> None:
    guest = sign_in(pair.guest)
    paths = ("/", "/us", "/practise", "/practise/one-thing", "/settings")
    before = [FRESH.sub("", html(guest.get(path))) for path in paths]

    sign_in(pair.host).post("/one-thing/on", {"on": "yes"})

    assert switch.is_on(pair.host.at(pair.bond), Seat.HOST)
    assert [FRESH.sub("", html(guest.get(path))) for path in paths] == before
    assert "One Thing is switched on for you." in html(pair.host.client.get("/practise/one-thing"))


def test_a_threat_begins_nothing_and_only_its_author_learns_of_it(pair: Pair) -> None:
    sitting = start_sitting(pair, "conflict")
    for person in (pair.host, pair.guest):
        play(person, sitting, Ready())
    before = html(sign_in(pair.guest).get(f"/s/{sitting.pk}"))

    sign_in(pair.host)
    answer = post_move(pair.host, sitting, "SetIssue", topic="If you tell her, you will regret it")

    assert answer.status_code == 422
    assert "you will regret it" in html(answer)
    assert "This sounds heavy." in html(answer)
    assert FRESH.sub("", html(pair.guest.client.get(f"/s/{sitting.pk}"))) == FRESH.sub("", before)


def at_place(pair: Pair, turns: list[e.Turn]) -> Sitting:
    both_on(pair)
    sitting = start_sitting(pair, "conflict")
    for seat, move in turns:
        play(pair.host if seat is Seat.HOST else pair.guest, sitting, move)
    return fresh(sitting)


def test_a_hint_is_for_its_author_and_the_same_button_sends_it(pair: Pair) -> None:
    sitting = at_place(
        pair,
        [
            *e.both(Ready()),
            (e.HOST, SetIssue(topic="Saturday")),
            *e.both(Gate(ready=True)),
            (e.HOST, said(Begin)),
            *back(e.GUEST),
        ],
    )
    sign_in(pair.guest)
    other = FRESH.sub("", html(sign_in(pair.host).get(f"/s/{sitting.pk}")))

    hinted = post_move(pair.guest, sitting, "Speak", words="You never listen to me", aloud="no")
    assert hinted.status_code == 422
    assert "What happened this time?" in html(hinted)
    assert FRESH.sub("", html(pair.host.client.get(f"/s/{sitting.pk}"))) == other
    assert 'data-hold="long"' in html(hinted)

    # Whoever changes it to a threat is shown where there is help, all the same.
    sure = SURE.search(html(hinted))
    assert sure
    worse = post_move(pair.guest, sitting, "Speak", words="I swear I will hit you", aloud="no", sure=sure[1])
    assert worse.status_code == 422
    assert "This sounds heavy." in html(worse)
    assert FRESH.sub("", html(pair.host.client.get(f"/s/{sitting.pk}"))) == other

    assert post_move(
        pair.guest, sitting, "Speak", words="You never listen to me", aloud="no", sure=sure[1]
    ).status_code in {200, 302}
    assert "You never listen to me" in html(pair.host.client.get(f"/s/{sitting.pk}"))


def page_of(person: Person, sitting: Sitting) -> Any:
    return person.client.get(f"/s/{sitting.pk}")


def before(kind: type[Move]) -> list[e.Turn]:
    """The way to the ways, up to a kind of move."""
    return list(takewhile(lambda turn: not isinstance(turn[1], kind), e.TO_THE_WAYS))


def test_what_both_said_under_seal_opens_with_the_screen_to_itself(pair: Pair) -> None:
    sitting = at_place(pair, before(Under))
    both = (pair.host, pair.guest)
    play(pair.host, sitting, Under(words="my father never asked", aloud=False))
    assert "my father" not in words(page_of(pair.guest, sitting))
    play(pair.guest, sitting, said(Under))
    for person in both:
        page = page_of(person, sitting)
        assert "data-reveal" in html(page)
        assert "my father never asked" in words(page)
        assert "Whoever did not write can say it now, or leave it." in words(page)

    for person in both:
        play(person, sitting, Choose(ending=Ending.KINDLY))
    play(pair.host, sitting, Kinder(words="I ask first", aloud=False))
    play(pair.guest, sitting, Kinder(words="I say it at once", aloud=False))
    for person in both:
        page = page_of(person, sitting)
        assert "data-reveal" in html(page)
        assert "I ask first" in words(page)
        assert "I say it at once" in words(page)
        assert "my father" not in words(page)
    play(pair.host, sitting, Note(words=""))
    assert "data-reveal" not in html(page_of(pair.host, sitting))


def test_two_circles_open_with_the_screen_to_themselves_if_there_is_something_in_them(pair: Pair) -> None:
    sitting = at_place(pair, before(Circles))
    play(pair.host, sitting, Circles(core="one evening", also="", bend=""))
    play(pair.guest, sitting, Circles(core="", also="", bend=""))
    for person in (pair.host, pair.guest):
        page = page_of(person, sitting)
        assert html(page).count('<section class="said by-') == 2, (
            "on the screen of its own, and beside what is asked"
        )
        assert "data-reveal" in html(page)


def test_a_way_that_was_passed_over_is_asked_for_and_is_none_that_nobody_could_live_with(pair: Pair) -> None:
    sitting = at_place(pair, [*e.TO_THE_WAYS, *e.both(Today(level=2))])
    sign_in(pair.host)
    ways = WAYS.search(html(page_of(pair.host, sitting)))
    assert ways

    asked = post_move(pair.host, sitting, "Rate", ways=ways[1], **{"levels-0": "8", "levels-2": "-1"})
    assert asked.status_code == 422
    assert html(asked).count("This one is still open.") == 2
    taken = post_move(pair.host, sitting, "Rate", ways=ways[1], **{f"levels-{n}": "8" for n in range(4)})
    assert taken.status_code in {200, 302}
    assert "Yours is in" in words(page_of(pair.host, sitting))


def test_a_trial_both_said_yes_to_is_a_plan_that_they_look_back_on_when_they_said(pair: Pair) -> None:
    at_place(pair, [*e.TO_THE_WAYS, *e.TO_A_TRIAL])

    (line,) = lines.lines_of(pair.host.at(pair.bond), at=timezone.now() + timedelta(hours=1)).lines
    assert (str(line.cue), str(line.act)) == ("it is ten", "give the sign")
    for person in (pair.host, pair.guest):
        looks = [
            lines.lines_of(person.at(pair.bond), at=timezone.now() + timedelta(days=days)).lines[0].look
            for days in (2, 3, 14)
        ]
        assert looks == ["", "due", "due"]


def test_seven_quiet_minutes_are_ones_own(pair: Pair) -> None:
    client = sign_in(pair.host)
    open_drawer(pair.host)
    client.post("/one-thing/alone", {"seen": "Two tired people", "hard": "", "next": ""})

    assert "Two tired people" in html(client.get("/one-thing/alone"))
    guest = sign_in(pair.guest)
    open_drawer(pair.guest)
    assert "Two tired people" not in html(guest.get("/one-thing/alone"))
    (kept,) = quiet.own(
        Shelf.of_person(pair.host.user.pk, pair.host.ring, pair.host.drawer), str(pair.bond.pk)
    )
    client.post("/one-thing/alone/remove", {"record": str(kept.ref)})
    assert "Two tired people" not in html(client.get("/one-thing/alone"))


def test_today_says_that_there_is_a_break_and_then_that_it_is_over(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    began = timezone.now()
    sitting = at_place(pair, e.TO_THE_WAYS[:13])
    for person in (pair.host, pair.guest):
        sign_in(person)
    # One of the two has sealed an answer before the break; it is still in afterwards.
    post_move(pair.host, sitting, "Felt", enough="yes")
    post_move(pair.guest, sitting, "TimeOut", minutes="30")
    late = post_move(pair.guest, sitting, "Felt", enough="yes", seq=newest(pair.guest, sitting))
    assert late.status_code == 409
    for minutes, card in (
        (1, "A break, until"),
        (31, "The break is over. It goes on when you are both ready."),
    ):
        at(monkeypatch, began + timedelta(minutes=minutes))
        for person in (pair.host, pair.guest):
            assert card in words(person.client.get("/"))
    for person in (pair.host, pair.guest):
        post_move(person, sitting, "Return", ready="yes")
    assert "Yours is in, and sealed." in words(pair.host.client.get(f"/s/{sitting.pk}"))
    post_move(pair.guest, sitting, "Felt", enough="yes")
    assert "Bob looks from where you stand" in words(pair.host.client.get(f"/s/{sitting.pk}"))
    # The second break within an hour is the last one for today: then it is over, and Today says nothing of it.
    post_move(pair.host, sitting, "TimeOut", minutes="20")
    at(monkeypatch, began + timedelta(hours=26))
    assert "Go back in" not in words(pair.guest.client.get("/"))
    assert "Choose another time" in words(pair.guest.client.get(f"/s/{sitting.pk}"))


def test_what_makes_it_another_time_whatever_is_answered_is_said_to_whoever_may_know(pair: Pair) -> None:
    both_on(pair)
    switch.turn(pair.guest.at(pair.bond), on=False, at=timezone.now())
    sitting = at_gate(pair, basics=1)
    for person in (pair.host, pair.guest):
        sign_in(person)
    own, other = (words(person.client.get(f"/s/{sitting.pk}")) for person in (pair.host, pair.guest))

    assert "One Thing comes after two easy sittings on the Floor." in own
    assert "One Thing is switched off for you." in other
    assert "switched off" not in own
    post_move(pair.host, sitting, "Leave")
    pair.host.client.cookies[COOKIE] = NIGHT
    assert "It is night where you are" in words(pair.host.client.get(f"/s/{at_gate(pair).pk}"))
