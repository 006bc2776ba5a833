"""Two people with a life behind them: something of every kind there is, with a mark in all of its words."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from itertools import product
from uuid import UUID, uuid4

from django.test import Client
from django.utils import timezone
from django.utils.text import slugify

from nearer.accounts.ways_in import passkeys
from nearer.accounts.ways_in.ceremony import Made
from nearer.bonds import first
from nearer.calendars import entries, feeds, looking, own
from nearer.closeness.checkup.keeping import CHECKUP, Checkup
from nearer.closeness.picture import keeping as pictures
from nearer.closeness.picture import own as marks
from nearer.closeness.thanks import keeping as thanks
from nearer.closeness.thanks.rules import WAITS
from nearer.files.rewritten import Rewritten
from nearer.keepsakes import items
from nearer.library import comments
from nearer.plans import lines, parking
from nearer.practices.closer import said
from nearer.practices.closer.hopes import drawer as hopes
from nearer.practices.closer.promises import keeping as promises
from nearer.practices.closer.settles import THIRD
from nearer.practices.closer.told import keeping as tellings
from nearer.practices.closer.told.rules import PARTS, Sort, Told, Way, Wish
from nearer.practices.closer.trust import readings as trust
from nearer.practices.listening.moves import SetTopic, Speak
from nearer.practices.needs import kept, signs
from nearer.practices.needs.kept import ASKED, Asked
from nearer.practices.needs.mirror import Side
from nearer.practices.needs.moves import ALL, CARDS
from nearer.practices.onething import switch
from nearer.practices.onething.quiet import looked as quiet
from nearer.practices.ourtime import films
from nearer.practices.ourtime.dates import keeping as dates
from nearer.practices.ourtime.dates.rules import Outing
from nearer.practices.ourtime.moves import Level, quarter_of
from nearer.practices.ourtime.wishes import keeping as wishes
from nearer.practices.support.alone import CONTACT, Contact
from nearer.practices.support.ask import keeping as asks
from nearer.practices.support.ask.rules import Answer
from nearer.practices.support.known import keeping as known
from nearer.practices.support.known.rules import Comforts, Helped
from nearer.practices.support.moves import Wish as Card
from nearer.practices.support.sky import keeping as skies
from nearer.practices.support.sky.rules import Sky
from nearer.protocol import Mode, Ready, Seat
from nearer.pulse import readings
from nearer.pulse.readings import Reading
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.rhythm import keeping as rhythm
from nearer.rhythm import path
from nearer.rhythm.rules import SEASON
from nearer.rhythm.rules import What as Wished
from nearer.study import box, giving
from nearer.study import keeping as study
from nearer.study.rules import Answers, What
from nearer.testing.cast import (
    Pair,
    Person,
    make_invitation,
    make_pair,
    make_person,
    open_drawer,
    play,
    start_floor,
    start_sitting,
)
from nearer.testing.library import make_article, make_draft
from tests.pages.conversations import CALM, floor_of_host, keep_it, opening, play_to_the_end, take_turns
from tests.pages.reading import everything_stored

OURS, THEIRS = "Ours4711", "Theirs0815"
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
UNOPENED = "Unopenedegret0"  # what the host answered to the first question, and the guest has not


def make_lived() -> Pair:
    """Make Alice and Bob with a life behind them."""
    return _lived("Alice", "Bob", OURS)


def make_two_lived() -> tuple[Pair, set[str]]:
    """Make two with a life behind them, then Alice and Bob; return these, and every id there is of the former."""
    _lived("Charlie", "Dana", THEIRS)
    theirs = set(ID.findall(repr(everything_stored())))
    return make_lived(), theirs


def _lived(host: str, guest: str, mark: str) -> Pair:
    pair = make_pair(make_person(host), make_person(guest))
    live(pair, mark)
    return pair


def live(pair: Pair, mark: str) -> None:
    """Let a pair keep a conversation and begin another, write a letter, plan, park, and note things for themselves."""
    host, guest, at = pair.host, pair.guest, timezone.now()
    first.begin(pair.bond, key=host.at(pair.bond).key, question="smile", words=UNOPENED)
    talk = play_to_the_end(pair, topic=f"{mark} topic", said=f"{mark} said")
    keep_it(pair, talk)
    until_notes = floor_of_host(f"{mark} said now")[:-2]
    take_turns(pair, start_floor(pair), *opening(f"{mark} now", CALM), *until_notes)
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
    _closer(pair, mark)
    _with_you(pair, mark)
    _our_time(pair, mark)
    _closeness(pair, mark)
    _study(pair, mark)
    _times(pair, mark)
    _rhythm(pair, mark)
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


def _closer(pair: Pair, mark: str) -> None:
    """Let both keep a copy of an answer, and have what lies between the sittings: told, promised, and noted alone."""
    at = timezone.now()
    for person in (pair.host, pair.guest):
        place, drawer = person.at(pair.bond), Shelf.of_person(person.user.pk, person.ring)
        said.keep(drawer, "closer-1-001", f"{mark} answer of {person.name}", at=at)
        words = f"{mark} hope of {person.name}"
        hopes.share(
            place,
            keeping.put(drawer, hopes.HOPE, hopes.Hope(feeling="hope", words=words), at=at),
            Wish.HELP,
            at=at,
        )
        for sort in (Sort.AHEAD, Sort.REPAIR):
            told = {PARTS[sort][0]: f"{mark} {sort} of {person.name}"}
            tellings.tell(place, Told(seat=place.seat, sort=sort, said=told), at=at)
        for act in ("one", "two"):
            promises.promise(place, f"{mark} when", f"{mark} {act} of {person.name}", at.date(), at=at)
        trust.say(place, person.ring, {"expect": 7, "count": 3, "side": 10}, at=at)
        switch.turn(place, on=True, at=at)
        THIRD.turn(place, on=True, at=at)
        quiet.keep(drawer, quiet.Looked(bond=str(pair.bond.pk), seen=f"{mark} seen by {person.name}"), at=at)
    for person in (pair.host, pair.guest):
        place = person.at(pair.bond)
        found = keeping.gather(Shelf.of_bond(place), tellings.TOLD, promises.PROMISE)
        (theirs, *_) = (item for item in tellings.items_in(found, place, Sort.HOPE) if not item.seen.mine)
        tellings.answer(place, theirs.ref, Way.WANT, f"{mark} received by {person.name}", at=at)
        (mine, *_) = (item for item in promises.items_in(found, place, at=at) if item.seen.mine)
        promises.note_alone(place, person.ring, mine.ref, f"{mark} note of {person.name}", at=at)


def _closeness(pair: Pair, mark: str) -> None:
    """Let both have picked a picture, wish for the curve, and have marked something for themselves."""
    at = timezone.now()
    for person in (pair.host, pair.guest):
        place = person.at(pair.bond)
        pictures.pick(place, 4, at=at)
        pictures.wish(place, at=at)
        thanks.say(place, f"{mark} thanks of {person.name}", at=at - WAITS)
        good = Checkup(bond=str(pair.bond.pk), name="", good=f"{mark} good of {person.name}")
        keeping.put(Shelf.of_person(person.user.pk, person.ring), CHECKUP, good, at=at)
        marks.mark(place, person.ring, at.date(), f"{mark} day of {person.name}", at=at)


def _study(pair: Pair, mark: str) -> None:
    """Let both have said yes to two looks and to giving, have taken the first, and given it."""
    at, before = timezone.now(), timezone.now() - timedelta(days=2)
    if (the := box.there()) is None:
        box.open_study(title="A study", by="Ada", contact="ada@example.org")
        the = box.there()
    assert the is not None
    people = (pair.host, pair.guest)
    for person, (what, about) in product(people, ((What.LOOK, ""), (What.GIVE, str(the.pk)))):
        study.wish(person.at(pair.bond), what, at=before, study=about)
    for person in people:
        begun, bond = at.date().isoformat(), str(pair.bond.pk)
        made = Answers(bond=bond, name=f"{mark} look at {person.name}", begun=begun, wave=0, picture=3)
        study.answer(Shelf.of_person(person.user.pk, person.ring), made, at=at)
        giving.give(person.at(pair.bond), person.ring, the, made, at=at)


def _rhythm(pair: Pair, mark: str) -> None:
    """Let both want an hour, one suggest another, a season lie behind them with a word each, and one wish to see their days."""
    now, then = timezone.now(), timezone.now() - SEASON - timedelta(days=2)
    host, guest = pair.host.at(pair.bond), pair.guest.at(pair.bond)
    rhythm.suggest(guest, now + timedelta(days=2), at=now)
    (offer,) = rhythm.offers_in(rhythm.gather(host), host)
    rhythm.accept(host, offer.ref, at=now)
    rhythm.suggest(guest, now + timedelta(days=3), at=now)
    rhythm.wish(host, Wished.TOGETHER, at=then)
    for person in (pair.host, pair.guest):
        rhythm.wish(person.at(pair.bond), Wished.SEASON, at=then)
    for person in (pair.host, pair.guest):
        rhythm.say(person.at(pair.bond), f"{mark} keep of {person.name}", f"{mark} change", at=now)
        path.lead(person.at(pair.bond), person.ring, on=True, at=now)
    rhythm.choose(host, "listening", at=now)


def _times(pair: Pair, mark: str) -> None:
    """Let both have calendars and an address of their own, one look for a time, both write into the book, and plan something."""
    at = timezone.now()
    for person in (pair.host, pair.guest):
        place, hand = person.at(pair.bond), Shelf.at_hand(person.user.pk, person.ring)
        calendar = own.Calendar(address=f"https://{mark.lower()}.{person.name.lower()}/", until=2**31)
        keeping.put(hand, own.CALENDAR, calendar, at=at)
        feeds.make(person.user.pk, [place], at=at)
        entries.add(place, starts=at, minutes=60, at=at)
        line = f"{mark} book of {person.name}"
        items.add(place, None, sort=items.Sort.LINE, words=line, at=at - items.WAITS)
    looking.look(pair.host.at(pair.bond), pair.host.ring, minutes=60, at=at)


def _with_you(pair: Pair, mark: str) -> None:
    """Let both ask for something and be answered, show a sky, keep one alone, and have people of their own."""
    at = timezone.now()
    for person in (pair.host, pair.guest):
        place = person.at(pair.bond)
        asks.ask(place, Card.LISTEN, f"{mark} ask of {person.name}", at=at)
        for shown in (False, True):
            sky = Sky(look="rain", word="tired", line=f"{mark} sky {shown} of {person.name}", shown=shown)
            skies.look(place, person.ring, sky, at=at)
        skies.choose(place, 3, at=at)
        drawer = Shelf.of_person(person.user.pk, person.ring)
        good = Comforts(yes=("hug",), no=("shoulder",))
        known.note(drawer, good, at=at)
        known.show(place, good, at=at)
        keeping.put(drawer, known.HELPED, Helped(wish="listen", ways=("ask",)), at=at)
        contact = Contact(name=f"{mark} friend of {person.name}", number="+44 20 7946 0000")
        keeping.put(Shelf.at_hand(person.user.pk, person.ring), CONTACT, contact, at=at)
    for person in (pair.host, pair.guest):
        place = person.at(pair.bond)
        found = keeping.gather(Shelf.of_bond(place), asks.ASKED)
        (theirs,) = (item for item in asks.items_in(found, place, at=at) if not item.seen.mine)
        asks.answer(place, theirs.ref, Answer.LINE, {"line": f"{mark} line of {person.name}"}, at=at)


def _our_time(pair: Pair, mark: str) -> None:
    """Let both have wishes, a few in common, ideas of their own, and dates: put forward, agreed, over, and told of."""
    now, before = timezone.now(), timezone.now() - timedelta(days=3)
    for person, level in ((pair.host, Level.LOVE), (pair.guest, Level.OK)):
        place = person.at(pair.bond)
        for number, idea in enumerate(("hike", "cook-dinner", "stars")):
            wishes.say(place, idea, level if number else Level.LIKE, at=before)
        wishes.add(place, f"{mark} idea of {person.name}", at=before)
        ahead = Outing(seat=place.seat, act=f"{mark} ahead of {person.name}", slots=(quarter_of(now) + 400,))
        dates.offer(place, ahead, at=now)
        films.add(place, f"{mark} film of {person.name}", at=now)
        been = Outing(
            seat=place.seat, act=f"{mark} been with {person.name}", begins=quarter_of(before), agreed=True
        )
        for tellers in ((), (pair.host, pair.guest)):
            told = {
                str(each.at(pair.bond).seat): (f"{mark} best of {each.name}", 60, True) for each in tellers
            }
            dates.put_kept(place, replace(been, told=told, was=been.begins if told else 0), at=now)
        agreed = Outing(
            seat=place.seat, act=f"{mark} next with {person.name}", cue=f"{mark} moment", agreed=True
        )
        dates.put_kept(place, agreed, at=now)


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
    for move in (Ready(), SetTopic(topic=f"{mark} letter"), words):
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
