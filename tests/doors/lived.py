"""Two people with a life behind them: something of every kind there is, with a mark in all of its words."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone
from django.utils.text import slugify

from nearer.accounts import passkeys
from nearer.accounts.ceremony import Made
from nearer.bonds import first
from nearer.files.rewritten import Rewritten
from nearer.keepsakes import items
from nearer.library import comments
from nearer.plans import lines, parking
from nearer.practices.listening.moves import Heat, SetTopic, Speak
from nearer.practices.needs import kept, signs
from nearer.practices.needs.kept import ASKED, Asked
from nearer.practices.needs.mirror import Side
from nearer.practices.needs.moves import ALL, CARDS
from nearer.protocol import Mode, Ready, Seat
from nearer.pulse import readings
from nearer.pulse.readings import Reading
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.testing.cast import Pair, Person, make_invitation, open_drawer, play, start_floor, start_sitting
from nearer.testing.library import make_article, make_draft
from tests.pages.conversations import floor_of_host, keep_it, opening, play_to_the_end, take_turns

UNOPENED = "Unopenedegret0"  # what the host answered to the first question, and the guest has not


def live(pair: Pair, mark: str) -> None:
    """Let a pair keep a conversation and begin another, write a letter, plan, park, and note things for themselves."""
    host, guest, at = pair.host, pair.guest, timezone.now()
    first.begin(pair.bond, key=host.at(pair.bond).key, question="smile", words=UNOPENED)
    talk = play_to_the_end(pair, topic=f"{mark} topic", said=f"{mark} said")
    keep_it(pair, talk)
    until_notes = floor_of_host(f"{mark} said now")[:-2]
    take_turns(pair, start_floor(pair), *opening(f"{mark} now", 2), *until_notes)
    _letter(pair, mark)
    for person in (host, guest):
        place = person.at(pair.bond)
        lines.propose(place, cue=f"{mark} cue", act=f"{mark} {person.name} act", at=at)
        parking.park(place, f"{mark} parked by {person.name}", at=at)
        _pulse(person, pair, talk.pk, mark)
        _keepsake(person, pair, mark)
        _comes_in(person)
    yes = lines.lines_of(guest.at(pair.bond), at=at).put_to_me[0]
    lines.confirm(guest.at(pair.bond), yes.ref, at=at)
    _needs(pair, mark)
    make_invitation(host)
    _library(host, mark)
    for person in (host, guest):
        person.client.post(f"/b/{pair.bond.pk}/switch")


def _needs(pair: Pair, mark: str) -> None:
    """Let both have drawn their maps, put off an answer, keep a guide, show lines of it, and notice something."""
    at, side = (
        timezone.now(),
        Side(importance=(4,) * ALL, names=(f"{mark} card",) * ALL, guesses=(1,) * CARDS),
    )
    for person in (pair.host, pair.guest):
        place, shelf = person.at(pair.bond), Shelf.of_person(person.user.pk, person.ring)
        asked = Asked(
            owner=place.seat, card=0, name=f"{mark} need", words=f"{mark} request", by=at.date().isoformat()
        )
        keeping.put(Shelf.of_bond(place), ASKED, asked, at=at)
        words = f"{mark} sign of {person.name}"
        signs.show(
            place, keeping.put(shelf, signs.LINE, signs.Line(channel="voice", words=words), at=at), at=at
        )
        signs.notice(place, f"{mark} noticed by {person.name}", at=at)
    kept.keep_round(pair.host.at(pair.bond), dict.fromkeys(Seat, side), at=at)


def _comes_in(person: Person) -> None:
    """Let somebody have a passkey, another browser, and an open drawer."""
    made = Made(credential=uuid4().bytes, public=b"", count=0, synced=True)
    passkeys.add(person.user.pk, person.drawer.master, made, bytes(32), ring=person.ring)
    Client().post("/login", {"username": person.username, "passphrase": person.passphrase})
    open_drawer(person)


def _library(person: Person, mark: str) -> None:
    """Let somebody comment on an article, and begin one of their own."""
    article = make_article(slugify(f"{mark} article"))
    voice = comments.take_name(person.user.pk, f"{mark} voice", at=timezone.now())
    comments.say(voice, article, f"{mark} comment", at=timezone.now())
    make_draft(person, slugify(f"{mark} draft"))


def _letter(pair: Pair, mark: str) -> None:
    """Let the guest write, and the host wish to be reminded of it."""
    other_way = replace(pair, host=pair.guest, guest=pair.host)
    letter = start_sitting(other_way, mode=Mode.ASYNC)
    words = Speak(words=f"{mark} wrote", aloud=False)
    for move in (Ready(), SetTopic(topic=f"{mark} letter"), Heat(level=2), words):
        play(pair.guest, letter, move)
    pair.host.client.post(f"/s/{letter.pk}/remind")


def _keepsake(person: Person, pair: Pair, mark: str) -> None:
    made, at = Rewritten(content=mark.encode()), timezone.now() - items.WAITS
    photo = {"words": f"{mark} by {person.name}", "alt": f"{mark} alt"}
    items.add(person.at(pair.bond), made, sort=items.Sort.PHOTO, at=at, **photo)


def _pulse(person: Person, pair: Pair, sitting: UUID, mark: str) -> None:
    shelf = Shelf.of_person(person.user.pk, person.ring)
    reading = Reading(bond=str(pair.bond.pk), name=f"{mark} name", sitting=str(sitting), close=7)
    readings.give(shelf, reading, at=timezone.now())
