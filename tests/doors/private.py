"""What somebody does that is nobody else's to see (R18): twenty places, and an act with a canary for each there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.test import Client
from django.urls import resolve
from django.utils import timezone

from nearer.leaving.copies import COPY, Copy
from nearer.library.queries import published
from nearer.plans import lines, parking
from nearer.practices.closer.promises import keeping as promises
from nearer.practices.listening.moves import Note, SetTopic
from nearer.practices.ourtime.dates import keeping as dates
from nearer.practices.ourtime.moves import Level
from nearer.practices.ourtime.wishes import keeping as wishes
from nearer.protocol import Mode, Ready
from nearer.pulse import readings
from nearer.pulse.readings import Reading
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.sittings.models import Sitting
from nearer.testing.cast import (
    Pair,
    Person,
    make_pair,
    make_person,
    play,
    start_floor,
    start_sitting,
)
from nearer.vault.models import Passkey, SealedSession
from nearer.vault.tokens import hash_of
from tests.doors.crawl import everywhere, forms_on
from tests.pages.authenticator import Device, make_sure, remove
from tests.pages.conversations import CALM, opening, take_turns

FOUND, WAYS_OUT = 302, ("/logout", "/lock")
ADDRESS, BROWSER = "203.0.113.77", "Canarybrowser/7"
# Whose effects the other is meant to see, or may: what one shares, begins, answers or ends.
SHARED = {
    "bonds:confirm", "bonds:do_join", "bonds:first",
    "closeness:pick", "closeness:take_back", "closeness:give", "closeness:thanks", "closeness:thanks_back",
    "closer:again", "closer:ahead", "closer:answer", "closer:bring", "closer:drawer_change", "closer:mark", "closer:not_kept",
    "closer:take_back", "closer:words", "closer:words_alone", "home:settings", "keepsakes:take_back", "leaving:leave", "leaving:left",
    "library:comment", "library:voice", "needs:answer", "needs:change",
    "needs:mine", "needs:noticed", "needs:signs", "needs:take_back", "needs:unshow", "ourtime:answer", "ourtime:films", "ourtime:look", "ourtime:offer", "plans:answer", "plans:edit_parked", "plans:look", "plans:propose", "plans:unpark",
    "rhythm:suggest", "rhythm:answer", "rhythm:choose", "rhythm:plan_next", "rhythm:talk", "rhythm:end", "rhythm:unsay",
    "sittings:park", "sittings:words", "sittings:sitting", "sittings:start",
    "study:wish", "support:answer", "support:ask", "support:helps", "support:hide_sky", "support:rhythm", "support:show_touch", "support:sky", "support:take_back",
    "leaving:delete",  # whoever deletes an account leaves: the other sees a closed space
}  # fmt: skip
# What would make a canary necessary: words that a route, a column, a field, a record or a module would carry.
NOT_BUILT = {
    "e-mail address": r"e_?mail",
    "time zone": r"time_?zone|\btz\b",
    "place": r"location|latitude|\bcity\b|\bcountry_of",
    "coach hints": r"coach",
}


@dataclass(frozen=True, kw_only=True)
class Private:
    """Something Alice does in private.

    Attributes:
        place: which of the twenty places it goes to.
        do: does it, with a canary as its words.
        hers: whether the canary can be found on her own pages afterwards.
    """

    place: str
    do: Callable[[Pair, str], object]
    hers: bool = False


def _drawer(pair: Pair, canary: str) -> None:
    shelf = Shelf.of_person(pair.host.user.pk, pair.host.ring)
    reading = Reading(bond=str(pair.bond.pk), name=canary, sitting="", close=9)
    for _ in range(3):
        readings.give(shelf, reading, at=timezone.now())


def _copies(pair: Pair, canary: str) -> None:
    """Keep a copy of what is shown, and of everything else that can be named."""
    at = timezone.now()
    shelf = Shelf.of_person(pair.host.user.pk, pair.host.ring)
    keeping.put(shelf, COPY, Copy(bond=str(pair.bond.pk), name=canary, title=canary, parts=()), at=at)
    for line in lines.lines_of(pair.host.at(pair.bond)).lines:
        pair.host.client.post(f"/b/{pair.bond.pk}/keep", {"what": "plan", "record": str(line.ref)})


def _draft(pair: Pair, canary: str) -> None:
    draft = start_sitting(pair, mode=Mode.ASYNC)
    for move in (Ready(), SetTopic(topic=canary)):
        play(pair.host, draft, move)


def _sealed(pair: Pair, canary: str) -> None:
    """Give the first of two answers that open together."""
    play(pair.host, notes_open(pair), Note(words=canary))


def notes_open(pair: Pair) -> Sitting:
    """Return the sitting in which both are asked for a note."""
    return Sitting.objects.filter(bond=pair.bond, is_over=False).order_by("-seq")[0]


def _suggestions(pair: Pair, canary: str) -> None:
    for path in ("/settings/suggestions", "/settings/home-screen"):
        page = pair.host.client.get(path)
        for form in forms_on({path: page}):
            for sent in form.sent(canary) if form.action not in WAYS_OUT else ():
                assert pair.host.client.post(form.action, sent).status_code == FOUND


def _skies(pair: Pair, canary: str) -> None:
    """Look at the sky for herself alone, keep her own people, and keep asks off her Today."""
    client = pair.host.client
    client.post("/with-you/sky", {"look": "rain", "line": canary, "talk": "yes", "shown": "no"})
    client.post("/with-you/alone", {"name": canary, "number": "+44 20 7946 0000"})
    client.post("/with-you/ask/quiet", {"on": "yes"})


def _wishes(pair: Pair, canary: str) -> None:
    """Say what she would like of all there is, write an idea down, and say how a date was before he does."""
    place, at, client = pair.host.at(pair.bond), timezone.now(), pair.host.client
    found = keeping.gather(Shelf.of_bond(place), wishes.WISHES, dates.OUTING)
    for idea in list(wishes.ideas_for(found, place, at=at))[:40]:
        wishes.say(place, idea, Level.LOVE, at=at)
    client.post("/our-time/mine", {"text": canary})
    for item in dates.items_in(found, place, at=at):
        sent = {"record": str(item.ref), "words": canary, "minutes": "60", "again": "yes"}
        client.post("/our-time/date/after", sent)


def _help(pair: Pair, canary: str) -> None:
    for query in ("", f"?{canary}"):
        pair.host.client.get(f"/help{query}")


def _not_kept(pair: Pair, canary: str) -> None:
    """Note for herself alone that a promise of hers did not happen."""
    place, at = pair.host.at(pair.bond), timezone.now()
    found = keeping.gather(Shelf.of_bond(place), promises.PROMISE)
    for item in promises.items_in(found, place, at=at):
        if item.seen.mine:
            sent = {"record": str(item.ref), "line": canary, "tell": "no"}
            pair.host.client.post("/closer/words/not-kept", sent)


def _elsewhere(pair: Pair, canary: str) -> None:
    """Sign in from two other browsers, fail at it once, sign one out, and end all but this one."""
    for passphrase in ("not this one", pair.host.passphrase, pair.host.passphrase):
        sent = {"username": pair.host.username, "passphrase": passphrase}
        Client(headers={"user-agent": canary}).post("/login", sent, REMOTE_ADDR=ADDRESS)
    ref = devices_elsewhere(pair.host)[0]
    pair.host.client.post("/settings/devices/out", {"device": str(ref)})
    pair.host.client.post("/settings/elsewhere")


def devices_elsewhere(person: Person) -> list[UUID]:
    """Return the sessions of somebody's other browsers."""
    here = hash_of(person.token)
    others = SealedSession.objects.filter(user=person.user).exclude(token_hash=here)
    return list(others.values_list("ref", flat=True))


def _ways_in(pair: Pair, canary: str) -> None:
    """Add a passkey and remove it, make a new recovery code, and change the passphrase."""
    here: dict[str, Any] = {"headers": {"host": "localhost"}}
    make_sure(pair.host)
    options = pair.host.client.post("/settings/passkeys/ask", **here).json()
    sent = Device(name=canary.encode()).make(options)
    pair.host.client.post("/settings/passkeys", sent, **here)
    remove(pair.host, str(Passkey.objects.latest("made_on").pk))
    pair.host.client.post("/settings/recovery", {"passphrase": pair.host.passphrase})
    sent = {"passphrase": pair.host.passphrase, "new": canary}
    pair.host.client.post("/settings/passphrase", sent)


def _other_bond(pair: Pair, canary: str) -> None:
    """Sit, plan and park with somebody else."""
    other = make_pair(pair.host, make_person(canary), kin="friend")
    take_turns(other, start_floor(other), *opening(canary, CALM))
    lines.propose(pair.host.at(other.bond), cue=canary, act=canary, at=timezone.now())
    parking.park(pair.host.at(other.bond), canary, at=timezone.now())
    pair.host.client.post("/invite", {"kin": "friend", "question": "smile", "answer": canary})
    pair.host.client.post(f"/b/{pair.bond.pk}/switch")


def _from_somewhere(pair: Pair, canary: str) -> None:
    """Come from another address, in another language, by another browser."""
    come = {
        "X-Forwarded-For": ADDRESS,
        "Accept-Language": "cy",
        "User-Agent": canary,
        "Referer": f"/{canary}",
    }
    for path in ("/", "/us", "/settings"):
        pair.host.client.get(path, headers=come, REMOTE_ADDR=ADDRESS)


def _read(pair: Pair, canary: str) -> None:
    """Read about something, look for more, and mark it."""
    slug = published()[0].slug
    for path in (f"/library/{slug}", f"/library/search?q={canary}", "/library/", "/library/bookmarks"):
        pair.host.client.get(path)
    pair.host.client.post(f"/library/{slug}/bookmark", {"on": "yes"})


def _take_along(pair: Pair, canary: str) -> None:
    """Take a copy of everything, twice."""
    for path in ("/settings/copy", f"/settings/copy?{canary}"):
        pair.host.client.get(path)
        pair.host.client.post(path, {"words": canary})


def _look(pair: Pair, canary: str) -> None:
    """Open everything that can be opened."""
    everywhere(pair.host.client)


def _write(pair: Pair, canary: str) -> None:
    """Fill forms in that are not taken yet, so that what was typed stays on the page."""
    long = f"{canary} " * 1000
    sitting = notes_open(pair)
    for sent in ({"move": "Note", "words": long}, {"move": "Nothing", "words": canary}):
        pair.host.client.post(f"/s/{sitting.pk}", {"seq": 0, **sent})
    pair.host.client.post(f"/b/{pair.bond.pk}/plans", {"cue": long, "act": canary})


def _every_private_form(pair: Pair, canary: str) -> None:
    """Send every form on her pages that is not meant for the other."""
    for form in forms_on(everywhere(pair.host.client)):
        if form.action not in WAYS_OUT and resolve(form.action.partition("?")[0]).view_name not in SHARED:
            for sent in form.sent(canary):
                pair.host.client.post(form.action, sent)
    for path in WAYS_OUT:
        pair.host.client.post(path)


PRIVATE = {
    "a reading for herself": Private(place="drawer and its size", do=_drawer, hers=True),
    "a promise that did not happen": Private(place="promise misses", do=_not_kept, hers=True),
    "a sky for herself, her own people, and asks kept off Today": Private(
        place="mutes", do=_skies, hers=True
    ),
    "what she would like to do, and how it was": Private(place="unopened answers", do=_wishes, hers=True),
    "copies kept for herself": Private(place="kept copies", do=_copies),
    "letters begun and not sent": Private(place="drafts", do=_draft),
    "a note the other has not matched": Private(place="unopened answers", do=_sealed),
    "what is suggested to her": Private(place="suggestion settings", do=_suggestions),
    "the help page": Private(place="safety page", do=_help),
    "other browsers": Private(place="sign-ins and devices", do=_elsewhere),
    "other ways in": Private(place="methods and recovery", do=_ways_in),
    "somebody else": Private(place="other bonds", do=_other_bond, hers=True),
    "another network": Private(place="address", do=_from_somewhere),
    "reading": Private(place="articles read", do=_read),
    "a copy of everything": Private(place="exports", do=_take_along),
    "looking at everything": Private(place="when I opened anything", do=_look),
    "words not sent yet": Private(place="that I am writing now", do=_write),
    "every form of her own": Private(place="drawer and its size", do=_every_private_form),
}
PLACES = {
    "drawer and its size", "drafts", "unopened answers", "who skipped or ended", "mutes", "suggestion settings",
    "safety page", "sign-ins and devices", "methods and recovery", "exports", "kept copies", "other bonds",
    "articles read", "e-mail address", "time zone", "place", "address", "when I opened anything", "promise misses",
    "coach hints", "that I am writing now",
}  # fmt: skip
