"""What the other put before somebody is out of their sight at once, for them alone, until they bring it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from nearer import live
from nearer.bonds import first
from nearer.bonds.models import Bond, FirstQuestion, Member
from nearer.home.rotation import rotate
from nearer.keepsakes.items import Sort
from nearer.leaving.leave import leave
from nearer.leaving.withdrawing import withdraw_all
from nearer.plans import lines, parking
from nearer.plans.looks import WEEK
from nearer.practices.closer.promises import keeping as promises
from nearer.practices.closer.told import keeping as tellings
from nearer.practices.closer.told.rules import Sort as Telling
from nearer.practices.closer.told.rules import Told, Way, Wish
from nearer.practices.needs import kept, signs
from nearer.practices.needs.kept import ASKED, Asked
from nearer.records import keeping, putaway
from nearer.records.models import Record
from nearer.records.shelf import Shelf
from nearer.sittings.models import Entry, Sitting
from nearer.testing.cast import Pair, Person, make_pair, open_drawer
from tests.pages import put_before
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.copying import take
from tests.pages.letters import SENT, letters
from tests.pages.put_before import LINES, MAPS, TODAY, US, WORDS, Put
from tests.pages.reading import at, html, words
from tests.pages.test_keepsakes import keep
from tests.pages.test_queries import cost
from tests.unit.needs.maps import side

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R3", "R11", "R18")]


def _photo(pair: Pair) -> Put:
    item = keep(pair.guest, pair, sort=Sort.PHOTO, words=WORDS)
    shelf = f"/b/{pair.bond.pk}/keepsakes"
    shows = {shelf: WORDS, US: str(item.ref)}
    return Put(ref=item.ref, sort="photo", title="A photo", shows=shows)


def _voice(pair: Pair) -> Put:
    item = keep(pair.guest, pair, words=WORDS)
    shows = {f"/b/{pair.bond.pk}/keepsakes": WORDS, US: str(item.ref)}
    return Put(ref=item.ref, sort="voice", title="A voice note", shows=shows)


def _plan(pair: Pair) -> Put:
    lines.propose(pair.guest.at(pair.bond), cue=WORDS, act="rest", at=timezone.now())
    (line,) = lines.lines_of(pair.host.at(pair.bond)).lines
    return Put(ref=line.ref, sort="plan", title="A plan", shows={TODAY: WORDS, US: WORDS})


def _agreed(pair: Pair) -> Put:
    put, her = _plan(pair), pair.host.at(pair.bond)
    lines.confirm(her, UUID(str(put.ref)), at=timezone.now() - 2 * WEEK)
    return put


def _parked(pair: Pair) -> Put:
    item = parking.park(pair.guest.at(pair.bond), WORDS, at=timezone.now())
    return Put(ref=item.ref, sort="parked", title="Something parked", shows={US: WORDS})


def _line(pair: Pair) -> Put:
    shown = signs.Shown(seat=pair.guest.at(pair.bond).seat, of="a line", channel="face", words=WORDS)
    put = keeping.put(Shelf.of_bond(pair.guest.at(pair.bond)), signs.SHOWN, shown, at=timezone.now())
    return Put(ref=put.ref, sort="line", title="A line of a guide", shows={US: WORDS, LINES: WORDS})


def _question(pair: Pair) -> Put:
    signs.notice(pair.guest.at(pair.bond), WORDS, at=timezone.now())
    ref = signs.gather(pair.host.at(pair.bond)).of(signs.NOTICED)[0].ref
    return Put(ref=ref, sort="question", title="A question about a sign", shows={TODAY: WORDS, LINES: WORDS})


def _answered(pair: Pair) -> Put:
    put = _question(pair)
    signs.answer(pair.host.at(pair.bond), UUID(str(put.ref)), "yes", "", at=timezone.now())
    return Put(ref=put.ref, sort="question", title=put.title, shows={LINES: WORDS})


def _request(pair: Pair) -> Put:
    asked = Asked(owner=pair.guest.at(pair.bond).seat, card=9, name="", words=WORDS, by="2026-01-05")
    put = keeping.put(Shelf.of_bond(pair.guest.at(pair.bond)), ASKED, asked, at=timezone.now())
    return Put(ref=put.ref, sort="request", title="A request", shows={TODAY: WORDS, MAPS: WORDS})


def _card(pair: Pair) -> Put:
    her, his = pair.host.at(pair.bond), pair.guest.at(pair.bond)
    theirs = side({3: 4, 5: 4}, names={3: WORDS})
    kept.keep_round(his, {his.seat: theirs, her.seat: side({3: 4, 5: 4})}, at=timezone.now())
    ref = kept.gather(her).of(kept.ROUND)[0].ref
    return Put(ref=f"{ref}.3", sort="card", title="A card of a map", shows={MAPS: WORDS})


def _sitting(pair: Pair) -> Put:
    sitting = play_to_the_end(pair, topic=WORDS)
    keep_it(pair, sitting)
    return Put(ref=sitting.pk, sort="sitting", title="Something you both kept", shows={US: WORDS})


def _sentence(pair: Pair) -> Put:
    ref = f"{_sitting(pair).ref}.{pair.guest.at(pair.bond).seat}"
    return Put(ref=ref, sort="sentence", title="A sentence you kept", shows={US: "your note"})


def _first(pair: Pair) -> Put:
    first.begin(pair.bond, key=pair.host.at(pair.bond).key, question="smile", words="Alice answered")
    first.answer(pair.guest.at(pair.bond), WORDS)
    return Put(ref=pair.bond.pk, sort="first", title="Your first answers", shows={TODAY: WORDS})


def _told(pair: Pair) -> Put:
    told = Told(seat=pair.guest.at(pair.bond).seat, sort=Telling.AHEAD, said={"feel": WORDS}, wish=Wish.VIEW)
    tellings.tell(pair.guest.at(pair.bond), told, at=timezone.now())
    ref = keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), tellings.TOLD)[0].ref
    shows = {"/closer/ahead": WORDS, TODAY: "would like your view"}
    return Put(ref=ref, sort="telling", title="Something you were told", shows=shows)


def _received(pair: Pair) -> Put:
    """What Alice told lies away with what Bob said to it."""
    her, his, at = pair.host.at(pair.bond), pair.guest.at(pair.bond), timezone.now()
    tellings.tell(her, Told(seat=her.seat, sort=Telling.AHEAD, said={"feel": "Alice feels"}), at=at)
    ref = keeping.find(Shelf.of_bond(her), tellings.TOLD)[0].ref
    tellings.answer(his, ref, Way.THANK, WORDS, at=at)
    return Put(ref=ref, sort="answer", title="An answer", shows={"/closer/ahead": WORDS})


def _promise(pair: Pair) -> Put:
    his = pair.guest.at(pair.bond)
    promises.promise(his, WORDS, "rest", timezone.localdate(), at=timezone.now())
    ref = keeping.find(Shelf.of_bond(his), promises.PROMISE)[0].ref
    return Put(ref=ref, sort="promise", title="A promise", shows={US: WORDS, "/closer/words": WORDS})


THINGS: dict[str, Callable[[Pair], Put]] = {
    "photo": _photo, "voice": _voice, "plan": _plan, "agreed": _agreed, "parked": _parked, "line": _line,
    "question": _question, "answered": _answered, "request": _request, "card": _card, "sitting": _sitting, "sentence": _sentence,
    "first": _first, "told": _told, "received": _received, "promise": _promise, "asked for": put_before.asked_for,
    "answered ask": put_before.answered_ask, "sky": put_before.sky, "date": put_before.date,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _still(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, timezone.now())


@pytest.fixture(name="put", params=THINGS)
def _put(request: pytest.FixtureRequest, pair: Pair) -> Put:
    return THINGS[request.param](pair)


def away(person: Person, bond: Bond, put: Put, **more: str) -> Any:
    sent = {"record": str(put.ref), "sort": put.sort, **more}
    return person.client.post(f"/b/{bond.pk}/away", sent)


def page_of(person: Person, bond: Bond) -> str:
    return words(person.client.get(f"/b/{bond.pk}/away"))


def sees(person: Person, put: Put) -> list[bool]:
    return [said in html(person.client.get(path)) for path, said in put.shows.items()]


def has_button(person: Person, path: str, put: Put) -> bool:
    named = f'<option value="{put.ref}"' if put.sort == "card" else f'name="record" value="{put.ref}"'
    page = html(person.client.get(path))
    return "Put away for me" in page and named in page


def all_of(person: Person, pair: Pair) -> list[Any]:
    """Return everything somebody receives of a bond, and all that is stored of it."""
    sittings = list(Sitting.objects.filter(bond=pair.bond).order_by("pk"))
    paths = [TODAY, US, LINES, MAPS, "/practise", "/settings", "/spaces", f"/b/{pair.bond.pk}/keepsakes"]
    paths += [path for each in sittings for path in (f"/s/{each.pk}", f"/s/{each.pk}/words")]
    pages = [html(person.client.get(path)) for path in paths]
    kinds: list[Any] = [Bond, Member, FirstQuestion, Record, Sitting, Entry]
    wheres = ["pk", "bond", "bond", "bond", "bond", "sitting__bond"]
    rows = [
        list(kind.objects.filter(**{where: pair.bond.pk}).order_by("pk").values())
        for kind, where in zip(kinds, wheres, strict=True)
    ]
    return [*pages, take(person)[:2], rows]


def test_it_is_out_of_sight_for_one_and_nothing_is_different_for_the_other(
    pair: Pair, put: Put, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    told: list[object] = []
    for name in ("tell", "tell_later", "announce", "recheck"):
        monkeypatch.setattr(live, name, lambda *args: told.append(args))
    assert all(sees(pair.host, put))
    assert any(has_button(pair.host, path, put) for path in put.shows)
    before = all_of(pair.guest, pair)
    with django_capture_on_commit_callbacks(execute=True):
        answer = away(pair.host, pair.bond, put, next=next(iter(put.shows)))
    assert answer["Location"] == next(iter(put.shows))

    assert not any(sees(pair.host, put))
    assert put.title in page_of(pair.host, pair.bond)
    assert WORDS not in page_of(pair.host, pair.bond)
    assert all_of(pair.guest, pair) == before
    assert WORDS in "".join(take(pair.host)[1].split()), "it is in her copy all the same"

    with django_capture_on_commit_callbacks(execute=True):
        away(pair.host, pair.bond, put, do="back")

    assert all(sees(pair.host, put))
    assert put.title not in page_of(pair.host, pair.bond)
    assert all_of(pair.guest, pair) == before
    assert told == []
    assert not putaway.things(pair.host.at(pair.bond), pair.host.ring)


def test_nobody_else_finds_a_button_beside_what_is_their_own(pair: Pair) -> None:
    _photo(pair)
    _plan(pair)
    _parked(pair)
    _line(pair)

    for path in (TODAY, US, LINES, f"/b/{pair.bond.pk}/keepsakes"):
        assert "Put away for me" not in html(pair.guest.client.get(path))


@pytest.mark.parametrize("path", [TODAY, US])
def test_no_caption_stands_on_a_page_that_nobody_can_avoid(pair: Pair, path: str) -> None:
    _photo(pair)
    _voice(pair)

    assert WORDS not in html(pair.host.client.get(path))


def test_something_new_that_is_put_away_leaves_today(pair: Pair) -> None:
    put = _photo(pair)
    assert "Bob added a photo" in words(pair.host.client.get(TODAY))

    away(pair.host, pair.bond, put)

    assert "Bob added a photo" not in words(pair.host.client.get(TODAY))


def test_a_letter_that_waits_leaves_today_and_rests_in_its_own_time(pair: Pair) -> None:
    sitting = letters(pair, SENT)
    put = Put(ref=sitting.pk, sort="letter", title="A letter", shows={TODAY: "A letter waits for you"})
    assert sees(pair.guest, put) == [True]
    before = all_of(pair.host, pair)

    away(pair.guest, pair.bond, put)

    assert sees(pair.guest, put) == [False]
    assert put.title in page_of(pair.guest, pair.bond)
    assert all_of(pair.host, pair) == before


def test_what_is_put_away_still_counts_where_the_other_could_tell(pair: Pair) -> None:
    his = pair.guest.at(pair.bond)
    for number in range(lines.OPEN_MOST):
        lines.propose(his, cue=f"{number}", act="rest", at=timezone.now())
    for line in lines.lines_of(pair.host.at(pair.bond)).lines:
        away(pair.host, pair.bond, Put(ref=line.ref, sort="plan", title="", shows={}))

    with pytest.raises(lines.PlansFull):
        lines.propose(pair.host.at(pair.bond), cue="a fourth", act="rest", at=timezone.now())
    assert "Three plans are open" in words(pair.host.client.get(US))


def test_it_stays_away_under_the_next_key_and_after_leaving_and_coming_back(pair: Pair) -> None:
    put = _plan(pair)
    away(pair.host, pair.bond, put)

    rotate(pair.guest.at(pair.bond))
    assert not any(sees(pair.host, put))

    leave(pair.host.at(pair.bond), pair.host.ring, at=timezone.now())
    open_drawer(pair.host)
    pair.host.client.post("/settings/spaces", {"bond": str(pair.bond.pk), "do": "back"})

    assert pair.host.at(pair.bond).bond.state == Bond.State.OPEN
    assert not any(sees(pair.host, put))
    away(pair.host, pair.bond, put, do="back")
    assert all(sees(pair.host, put))


def test_what_the_other_takes_back_leaves_the_list(pair: Pair) -> None:
    put = _voice(pair)
    away(pair.host, pair.bond, put)

    withdraw_all(pair.guest.at(pair.bond), at=timezone.now())

    assert WORDS not in page_of(pair.host, pair.bond)
    assert WORDS not in html(pair.host.client.get(US))


@pytest.mark.parametrize("state", [Bond.State.JOINED, Bond.State.CLOSED])
def test_first_answers_leave_today_also_before_a_bond_is_open_and_after(
    pair: Pair, state: Bond.State
) -> None:
    put = _first(pair)
    Bond.objects.filter(pk=pair.bond.pk).update(state=state)
    # Whoever invited is led to their page first, and asked there who joined.
    joined = state == Bond.State.JOINED
    one, other = (pair.guest, pair.host) if joined else (pair.host, pair.guest)
    assert all(sees(one, put))

    away(one, pair.bond, put)

    assert not any(sees(one, put))
    assert ("See both answers" if joined else "Alice answered") in html(other.client.get(TODAY))


def test_of_a_bond_that_is_no_more_nothing_stays_noted(pair: Pair, dana: Person) -> None:
    other = make_pair(pair.host, dana)
    away(pair.host, other.bond, _parked(other))
    Bond.objects.filter(pk=other.bond.pk).delete()

    away(pair.host, pair.bond, _parked(pair))

    hand = Shelf.at_hand(pair.host.user.pk, pair.host.ring)
    assert [kept.document.bond for kept in keeping.find(hand, putaway.AWAY)] == [str(pair.bond.pk)]


@pytest.mark.parametrize(
    ("ref", "sort"),
    [("", "plan"), ("x" * 5000, "plan"), ("unknown", "plan"), ("theirs", "plan"), ("own", "?")],
)
def test_what_is_not_there_is_not_noted(pair: Pair, dana: Person, ref: str, sort: str) -> None:
    theirs = _parked(make_pair(dana, pair.guest)).ref
    refs = {"unknown": str(uuid4()), "theirs": theirs, "own": _parked(pair).ref}

    answer = away(
        pair.host, pair.bond, Put(ref=refs.get(ref, ref), sort=sort, title="", shows={}), next="//x.org"
    )

    assert answer["Location"] == US
    assert not putaway.things(pair.host.at(pair.bond), pair.host.ring)


def test_pages_cost_the_same_with_something_put_away(pair: Pair) -> None:
    puts = [_parked(pair), _photo(pair), _line(pair)]
    paths = [TODAY, US, LINES, MAPS, f"/b/{pair.bond.pk}/keepsakes"]
    once = [cost(pair.host.client, path) for path in paths]

    for put in puts:
        away(pair.host, pair.bond, put)

    assert [cost(pair.host.client, path) for path in paths] == once
