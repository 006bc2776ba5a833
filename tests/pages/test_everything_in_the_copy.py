"""A copy holds something of every kind of record there is, as data and as a page; what it leaves out is listed here."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

import nearer
from nearer.files.rewritten import Rewritten
from nearer.keepsakes import items
from nearer.leaving import copies
from nearer.library.bookmarks import BOOKMARKS, Marks
from nearer.plans import later, lines, looks, parking
from nearer.practices.closer import said as answers
from nearer.practices.closer.hopes import drawer as hopes
from nearer.practices.closer.promises import keeping as promises
from nearer.practices.closer.told import keeping as tellings
from nearer.practices.closer.told.rules import Sort, Told
from nearer.practices.closer.trust import readings as trust
from nearer.practices.needs import kept, signs
from nearer.practices.needs.kept import ASKED, Asked
from nearer.practices.onething.quiet import looked as quiet
from nearer.practices.support.alone import CONTACT, Contact
from nearer.practices.support.ask import keeping as asks
from nearer.practices.support.known import keeping as known
from nearer.practices.support.known.rules import Comforts, Helped
from nearer.practices.support.moves import Wish
from nearer.practices.support.sky import keeping as skies
from nearer.practices.support.sky.rules import Sky
from nearer.pulse import readings
from nearer.records import keeping
from nearer.records.keeping import Kind
from nearer.records.shelf import Shelf
from nearer.sittings.letters import reminders
from nearer.testing.cast import Pair, Person
from tests.pages import closeness, own_time, rhythm
from tests.pages.copying import take
from tests.unit.needs.maps import guess_of, side

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R18")]

type Plant = Callable[[Person, Pair, str], tuple[str, str]]
"""Keeps a record with a canary in it, and returns how the data and the page tell of it."""

LEFT_OUT = {
    "way back": "it holds a key of the bond; what lies in the space one left is in the copy itself",
    "drawn": "which cards and prompts of ours the two were shown: nobody's words, and nobody's choice",
    "away": "what somebody put out of their own sight is in the copy all the same; which things, nobody's words",
    "seen": "until when somebody has looked at what the other added: a moment, and no words",
    "trust-asked": "that somebody was asked this quarter: no words, and no answer",
    "ask-muted": "that somebody kept asks off their Today: no words, and nobody else's to know",
    "sky-latest": "the last of one's own skies, which are all in the copy",
    "sky-rhythm": "how often somebody would like to be asked: a number",
    "helps-first": "in which order ways are offered to the other: no words, and what it was made of is in the copy",
    "one-thing-on": "that somebody switched a room on for themselves: no words, and nobody else's to know",
    "time-search": "that one looks for a time, for three days at most; when one is free is in what one's days and calendars say",
    "time-found": "times that suited both, gone with the last of them; the one that was chosen is in the copy",
    "closeness-curve": "that somebody would like the curve: no words, and nobody else's to know",
    "study-wish": "that somebody would like two looks, or to give them: no words, and nobody else's to know",
    "study-settled": "that somebody took a look, or let it be: no words; what they answered is in the copy",
    "study-pair": "under which made-up name two people give to a study: it stands on their page, and leads nowhere",
    "study-given": "which looks somebody gave to a study: what they answered is in the copy",
    "check-up-asked": "on which day somebody answered a check-up or let it be: no words, and no answer",
    "closeness-let-be": "that somebody let a week be: no words",
    "one-thing-offered": "on which day seven quiet minutes were offered to somebody: no words",
    "rhythm-wish": "that somebody would like a season, or to see how often the two were together: no words, and nobody else's to know",
    "rhythm-led": "that somebody would like to be led on Today: no words, and nobody else's to know",
    "season": "from when a season goes, for a few weeks: no words; what was written at its end is in the copy",
    "path-chosen": "which practice the two took for a week: nobody's words",
    "event": "what happened to one's ways in is on a page of one's own, and no words",
}


def drawer(person: Person) -> Shelf:
    return Shelf.of_person(person.user.pk, person.ring)


def shelf(person: Person, pair: Pair) -> Shelf:
    return Shelf.of_bond(person.at(pair.bond))


def same(canary: str) -> tuple[str, str]:
    return canary, canary


def _copy(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    part = {"mine": False, "text": canary, "earlier": [], "withdrawn": False}
    copy = copies.Copy(bond=str(pair.bond.pk), name="B", title="A plan", parts=(part,))
    keeping.put(drawer(person), copies.COPY, copy, at=timezone.now())
    return same(canary)


def _reading(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    reading = readings.Reading(bond=str(pair.bond.pk), name=canary, close=9)
    readings.give(drawer(person), reading, at=timezone.now())
    return same(canary)


def _note(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    note = looks.Note(bond=str(pair.bond.pk), cue=canary, act="rest", happened="partly", helped=3)
    keeping.put(drawer(person), looks.NOTE, note, at=timezone.now())
    return (
        f'"cue": "{canary}"',
        f"When <bdi>{canary}</bdi>, then we <bdi>rest</bdi>.</span> it happened in part · it helped quite a bit",
    )


def _line(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    keeping.put(drawer(person), signs.LINE, signs.Line(channel="face", words=canary), at=timezone.now())
    return same(canary)


def _answer(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    answers.keep(drawer(person), "closer-1-001", canary, at=timezone.now())
    return same(canary)


def _wish(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    at = f"{2030 + len(person.name)}-03-04T05:06"
    wish = reminders.Wish(ref=canary, came=f"{at}:00+00:00", at=f"{at}:00+00:00")
    keeping.put(Shelf.at_hand(person.user.pk, person.ring), reminders.WISH, wish, at=timezone.now())
    return same(at)


def _marks(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    hand = Shelf.at_hand(person.user.pk, person.ring)
    keeping.put(hand, BOOKMARKS, Marks(slugs=[canary]), at=timezone.now())
    return same(canary)


def _keepsake(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    made, at = Rewritten(content=b"a photo"), timezone.now() - items.WAITS
    items.add(person.at(pair.bond), made, sort=items.Sort.PHOTO, words="words", alt=canary, at=at)
    return same(canary)


def _plan(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    lines.propose(person.at(pair.bond), cue=canary, act="rest", at=timezone.now())
    return same(canary)


def agreed(person: Person, pair: Pair, canary: str) -> Any:
    """Let the other propose a plan that both have said yes to, more than a week ago."""
    other, long_ago = other_of(person, pair), timezone.now() - timedelta(days=9)
    lines.propose(other.at(pair.bond), cue=canary, act="rest", at=long_ago)
    ref = lines.lines_of(person.at(pair.bond)).put_to_me[-1].ref
    lines.confirm(person.at(pair.bond), ref, at=long_ago)
    return ref


def _said(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    ref = agreed(person, pair, canary)
    looks.say(person.at(pair.bond), ref, looks.Verdict.DROP, at=timezone.now())
    return '"look": {"mine": "drop"}', "Looked back: drop it"


def _both(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    ref = agreed(person, pair, canary)
    for each in (pair.host, pair.guest):
        looks.say(each.at(pair.bond), ref, looks.Verdict.KEEP, at=timezone.now())
    return '"look": {"both": "keep"}', "Looked back: keep it"


def _parked(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    parking.park(person.at(pair.bond), canary, at=timezone.now())
    return same(canary)


def _later(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    later.come_back(person.at(pair.bond), "needs", on=timezone.now() + timedelta(days=900), at=timezone.now())
    day = (timezone.now() + timedelta(days=900)).date().isoformat()
    return f'"day": "{day}"', f"Needs Mirror · {day}"


def _round(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    mine = side({3: 4}, names={3: canary})
    sides = {person.at(pair.bond).seat: mine, other_of(person, pair).at(pair.bond).seat: side({4: 1})}
    kept.keep_round(person.at(pair.bond), sides, at=timezone.now())
    return same(canary)


def _asked(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    asked = Asked(owner=person.at(pair.bond).seat, card=9, name="", words=canary, by="2026-01-05")
    keeping.put(shelf(person, pair), ASKED, asked, at=timezone.now())
    return same(canary)


def _shown(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    shown = signs.Shown(seat=person.at(pair.bond).seat, of="a line", channel="face", words=canary)
    keeping.put(shelf(person, pair), signs.SHOWN, shown, at=timezone.now())
    return same(canary)


def _noticed(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    signs.notice(person.at(pair.bond), canary, at=timezone.now())
    return same(canary)


def _hope(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    keeping.put(drawer(person), hopes.HOPE, hopes.Hope(feeling="worry", words=canary), at=timezone.now())
    return same(canary)


def _asked_for(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    asks.ask(person.at(pair.bond), Wish.LISTEN, canary, at=timezone.now())
    return same(canary)


def _sky(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    skies.look(person.at(pair.bond), person.ring, Sky(look="rain", line=canary), at=timezone.now())
    return same(canary)


def _sky_shown(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    skies.look(
        person.at(pair.bond), person.ring, Sky(look="rain", line=canary, shown=True), at=timezone.now()
    )
    return same(canary)


def _comforts(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    known.note(drawer(person), Comforts(yes=("hand",)), at=timezone.now())
    return same("Hold my hand")


def _comforts_shown(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    known.show(person.at(pair.bond), Comforts(no=("hug",)), at=timezone.now())
    return same("A hug")


def _helped(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    keeping.put(drawer(person), known.HELPED, Helped(wish="light", how="quiet"), at=timezone.now())
    return same("More quiet")


def _own_people(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    hand = Shelf.at_hand(person.user.pk, person.ring)
    keeping.put(hand, CONTACT, Contact(name=canary, number="12345"), at=timezone.now())
    return same(canary)


def _told(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    seat = person.at(pair.bond).seat
    told = Told(seat=seat, sort=Sort.REPAIR, said={"did": "I was late", "next": canary})
    tellings.tell(person.at(pair.bond), told, at=timezone.now())
    return same(canary)


def _promise(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    today = timezone.localdate()
    promises.promise(person.at(pair.bond), canary, "rest", today, at=timezone.now())
    return same(f"When {canary}, I will rest.")


def _not_kept(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    note = promises.Note(bond=str(pair.bond.pk), promise="a promise", cue="home", act="rest", line=canary)
    keeping.put(drawer(person), promises.NOTE, note, at=timezone.now())
    return same(canary)


def _felt(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    felt = trust.Felt(bond=str(pair.bond.pk), name=canary, quarter="2026-2", side=9)
    keeping.put(drawer(person), trust.FELT, felt, at=timezone.now())
    return same(f"{canary} is on my side")


def _looked(person: Person, pair: Pair, canary: str) -> tuple[str, str]:
    quiet.keep(drawer(person), quiet.Looked(bond=str(pair.bond.pk), hard=canary), at=timezone.now())
    return same(canary)


OWN: dict[str, Plant] = {
    "kept copy": _copy, "pulse": _reading, "plan-note": _note, "sign": _line, "reminder": _wish, "bookmarks": _marks,
    "closer-said": _answer, **own_time.OWN,
    "hope": _hope, "promise-note": _not_kept, "trust": _felt, "sky": _sky, "comforts": _comforts, "helped": _helped, "own-people": _own_people, **closeness.OWN, "one-thing-looked": _looked,
}  # fmt: skip
SHARED: dict[str, Plant] = {
    "keepsake": _keepsake, "plan": _plan, "plan-look": _said, "plan-looked": _both, "parked": _parked, "later": _later,
    "needs-round": _round, "needs-request": _asked, "sign-shown": _shown, "sign-noticed": _noticed,
    "told": _told, "promise": _promise, "asked-for": _asked_for, "sky-shown": _sky_shown, "comforts-shown": _comforts_shown,
    **closeness.SHARED,
    **rhythm.SHARED,
    **own_time.SHARED,
}  # fmt: skip


def other_of(person: Person, pair: Pair) -> Person:
    return pair.guest if person is pair.host else pair.host


def kinds() -> set[str]:
    """Return the name of every kind of record that any module of the product names."""
    found = pkgutil.walk_packages(nearer.__path__, "nearer.")
    names = [each.name for each in found if "migrations" not in each.name and "__main__" not in each.name]
    modules = [importlib.import_module(name) for name in names]
    return {each.name for module in modules for each in vars(module).values() if isinstance(each, Kind)}


def test_every_kind_there_is_is_in_the_copy_or_is_left_out_for_a_reason() -> None:
    assert kinds() == {*OWN, *SHARED, *LEFT_OUT}
    assert not {*OWN, *SHARED} & set(LEFT_OUT)


@pytest.mark.parametrize("who", ["host", "guest"])
@pytest.mark.parametrize("kind", sorted({*OWN, *SHARED}))
def test_what_somebody_keeps_of_each_kind_is_in_their_data_and_on_their_page(
    pair: Pair, kind: str, who: str
) -> None:
    person = getattr(pair, who)
    as_data, on_page = (OWN | SHARED)[kind](person, pair, "canary47")

    data, page, _ = take(person)

    assert as_data in json.dumps(data)
    assert on_page in page


@pytest.mark.parametrize("kind", sorted({*OWN, "closeness-picture", "plan-look", "season-said", "thanks"}))
def test_what_the_other_keeps_alone_is_not(pair: Pair, kind: str) -> None:
    as_data, on_page = (OWN | SHARED)[kind](pair.guest, pair, "canary47")
    if kind == "plan-look":
        as_data, on_page = '"look"', "Looked back"

    data, page, _ = take(pair.host)

    assert as_data not in json.dumps(data)
    assert on_page not in page


def test_of_a_map_there_is_what_was_opened_and_nothing_that_tells_of_the_rest(pair: Pair) -> None:
    hers = replace(side({0: 4, 5: 2, 7: 1}), guesses=guess_of({9: 0}, 2).levels)
    his = side(
        {0: 4, 5: 1, 9: 3, 12: 2}, names={9: "his quiet hour", 12: "his own"}, private={12: 1}, met={9: 1}
    )
    host, guest = pair.host.at(pair.bond), pair.guest.at(pair.bond)
    kept.keep_round(
        host, {host.seat: hers, guest.seat: replace(his, guesses=guess_of({}, 3).levels)}, at=timezone.now()
    )

    data, page, _ = take(pair.host)

    part = next(each for each in data["spaces"][0]["practices"] if each["title"] == "Your maps")
    theirs = [each["text"] for each in part["words"] if not each["mine"]]
    guessed = [each["text"] for each in part["words"] if "your guess" in each["about"]]
    assert sorted(theirs) == ["Being understood", "his quiet hour"]
    assert guessed == ["Time alone"], "what was guessed of other cards would tell which of them were opened"
    assert "met" not in part["words"][-1]["about"]
    assert "his own" not in json.dumps(data) + page


@pytest.mark.parametrize("taken", ["line", "question", "answer", "request"])
def test_what_the_other_took_back_reads_withdrawn(pair: Pair, taken: str) -> None:
    guest, at = pair.guest.at(pair.bond), timezone.now()
    take_back: Callable[[], Any]
    if taken == "line":
        _shown(pair.guest, pair, "canary47")
        take_back = partial(signs.take_back, guest, "a line")
    elif taken == "request":
        _asked(pair.guest, pair, "canary47")
        take_back = partial(kept.let_go, guest, kept.gather(guest).of(ASKED)[0].ref)
    else:
        asker, owner = (pair.guest, pair.host) if taken == "question" else (pair.host, pair.guest)
        _noticed(asker, pair, "canary47" if taken == "question" else "a question")
        ref = signs.gather(guest).of(signs.NOTICED)[0].ref
        words = "canary47" if taken == "answer" else "an answer"
        signs.answer(owner.at(pair.bond), ref, "more", words, at=at)
        take_back = partial(signs.leave, guest, ref)
    assert "canary47" in take(pair.host)[1]

    take_back()

    data, page, _ = take(pair.host)
    assert "canary47" not in json.dumps(data) + page
    assert '"withdrawn": true' in json.dumps(data)
    assert "<i>withdrawn</i>" in page


def test_a_question_that_was_left_tells_whoever_asked_nothing(pair: Pair) -> None:
    _noticed(pair.guest, pair, "canary47")
    before = take(pair.guest)[:2]

    signs.leave(pair.host.at(pair.bond), signs.gather(pair.host.at(pair.bond)).of(signs.NOTICED)[0].ref)

    assert take(pair.guest)[:2] == before
    assert "canary47" in take(pair.host)[1], "it was shown to her"
