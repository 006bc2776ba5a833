"""A rhythm both chose: an hour, a season, a path, a look back on the week; and nobody is told what the other left out."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from nearer.bonds.models import Bond
from nearer.bonds.place import Place
from nearer.calendars.entry import entries_of
from nearer.closeness.thanks import keeping as thanks
from nearer.closeness.thanks.rules import WAITS
from nearer.leaving import leave as leaving
from nearer.leaving import withdrawing
from nearer.practices.onething import switch
from nearer.records import keeping
from nearer.records.cards import Here
from nearer.records.keeping import Gathered
from nearer.records.models import Record
from nearer.records.shelf import Shelf
from nearer.rhythm import keeping as rhythm
from nearer.rhythm import today
from nearer.rhythm.rules import SEASON, What
from nearer.testing.cast import Pair, Person, sign_in
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.reading import at, html, words
from tests.pages.rhythm import over
from tests.pages.test_zones import in_zone

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
WEDNESDAY = datetime(2026, 11, 25, 12, tzinfo=UTC)
SUNDAYS = "Every Sunday, about 19:00"


def here(pair: Pair, more: str = "/rhythm") -> str:
    return f"/us/{pair.bond.pk}{more}"


def pages(person: Person, pair: Pair) -> list[str]:
    """Return all that somebody sees of it."""
    shown = (
        "/",
        "/us",
        here(pair),
        here(pair, "/hour?part=next"),
        here(pair, "/season"),
        here(pair, "/week"),
    )
    return [html(person.client.get(page)) for page in shown]


def later(monkeypatch: pytest.MonkeyPatch, pair: Pair, moment: datetime) -> None:
    at(monkeypatch, moment)
    for person in (pair.host, pair.guest):
        sign_in(person)


def suggest(person: Person, pair: Pair, day: int = 6, hour: int = 19) -> None:
    answer = person.client.post(here(pair, "/rhythm/suggest"), {"day": day, "hour": hour})
    assert answer.status_code == 302


def answer(person: Person, pair: Pair, said: str = "yes") -> None:
    offers = rhythm.offers_in(rhythm.gather(person.at(pair.bond)), person.at(pair.bond))
    lying = [offer for offer in offers if offer.is_agreed is (said == "over")]
    person.client.post(here(pair, "/rhythm/answer"), {"record": str(lying[-1].ref), "answer": said})


def agree(pair: Pair) -> None:
    suggest(pair.host, pair)
    answer(pair.guest, pair)


def test_one_suggests_an_hour_and_the_other_says_yes(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, pair, WEDNESDAY)
    suggest(pair.host, pair)
    assert "Suggested to Bob" in words(pair.host.client.get("/"))
    answer(pair.host, pair)
    assert "Begin our hour" not in words(pair.host.client.get(here(pair))), "nobody says yes to their own"
    assert "Alice suggests an hour" in words(pair.guest.client.get("/"))

    answer(pair.guest, pair)

    for person in (pair.host, pair.guest):
        assert SUNDAYS in words(person.client.get("/us"))
        assert "Our hour" not in words(person.client.get("/")), "until the day has come"
    (entry,) = entries_of(pair.host.at(pair.bond))
    assert entry.document.starts == datetime(2026, 11, 29, 19, tzinfo=UTC)

    suggest(pair.guest, pair, day=1)
    assert SUNDAYS in words(pair.host.client.get(here(pair))), "it stays until there is another yes"
    answer(pair.host, pair)
    assert "Every Tuesday" in words(pair.guest.client.get("/us"))
    answer(pair.guest, pair, "over")
    for person in (pair.host, pair.guest):
        assert "Begin our hour" not in words(person.client.get(here(pair)))
    assert all(kept.document.is_off for kept in entries_of(pair.host.at(pair.bond)))


def test_a_suggestion_that_is_put_away_tells_nobody(pair: Pair) -> None:
    suggest(pair.host, pair)
    before = pages(pair.host, pair)
    (offer,) = rhythm.offers_in(rhythm.gather(pair.guest.at(pair.bond)), pair.guest.at(pair.bond))
    answer(pair.guest, pair, "end")
    pair.guest.client.post(f"/b/{pair.bond.pk}/away", {"sort": "hour", "record": str(offer.ref)})

    assert pages(pair.host, pair) == before
    assert "suggests an hour" not in words(pair.guest.client.get(here(pair)))
    answer(pair.host, pair, "end")
    assert "Suggested to" not in words(pair.host.client.get(here(pair)))


def test_an_hour_leads_through_its_parts_and_any_can_be_left_out(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, pair, WEDNESDAY)
    agree(pair)
    later(monkeypatch, pair, WEDNESDAY + 4 * DAY)
    assert "Today, about 19:00" in words(pair.guest.client.get("/"))
    kept = Record.objects.filter(bond=pair.bond)
    before = kept.count()
    seen = [words(pair.guest.client.get(here(pair, f"/hour?part={part}"))) for part in ("", "practise", "glad", "next", "end")]  # fmt: skip
    for page, said in zip(
        seen, ("How are you", "minutes", "glad of", SUNDAYS, "That was your hour"), strict=True
    ):
        assert said in page
    assert "Go on without it" in seen[1]
    assert kept.count() == before, "nothing is counted"
    assert "Begin our hour" not in words(pair.guest.client.get("/")), "they have had it"
    page = words(pair.guest.client.get(here(pair)))
    assert "You have had it today. Next on 6 December." in page
    assert "Once more" in page, "nobody keeps them from another"
    assert "That is today." in words(pair.host.client.get(here(pair)))
    assert "Begin our hour" in words(pair.host.client.get("/")), "what one does alone shows nowhere else"

    later(monkeypatch, pair, WEDNESDAY + 4 * DAY + timedelta(hours=9))
    for _twice in range(2):
        added = pair.host.client.post(here(pair, "/hour/next"), follow=True)
        assert "It stands in your calendars" in words(added)
    assert [kept.document.starts.date().isoformat() for kept in entries_of(pair.host.at(pair.bond))] == [
        "2026-11-29", "2026-12-06",
    ]  # fmt: skip
    for person in (pair.host, pair.guest):
        assert SUNDAYS in words(person.client.get("/us"))
    later(monkeypatch, pair, WEDNESDAY + 11 * DAY)
    assert "Begin our hour" in words(pair.guest.client.get("/")), "a week later it is there as before"


def test_what_is_done_on_the_day_of_the_hour_leads_back_into_it(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, pair, WEDNESDAY)
    agree(pair)
    way = here(pair, "/hour?part=glad")
    for day, leads in ((0, False), (4, True)):
        later(monkeypatch, pair, WEDNESDAY + day * DAY)
        sitting = play_to_the_end(pair)
        keep_it(pair, sitting)
        for person in (pair.host, pair.guest):
            assert (way in html(person.client.get(f"/s/{sitting.pk}"))) is leads


def test_where_clocks_change_apart_both_still_mean_the_same_moment(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In Berlin clocks go forward on 28 March 2027, in New York on the 14th."""

    def on(moment: datetime) -> None:
        later(monkeypatch, pair, moment)
        in_zone(pair.host, "Europe/Berlin"), in_zone(pair.guest, "America/New_York")

    on(WEDNESDAY)
    suggest(pair.host, pair, hour=20)
    answer(pair.guest, pair)
    for month, day, hour in ((3, 3, 14), (3, 17, 15), (3, 30, 14)):
        on(datetime(2027, month, day, 12, tzinfo=UTC))
        theirs, mine = (words(person.client.get(here(pair))) for person in (pair.guest, pair.host))
        assert f"Every Sunday, about {hour}:00" in theirs
        assert ("Clocks have changed" in theirs) is (hour == 15)
        assert "Every Sunday, about 20:00" in mine
        assert "Clocks have changed" not in mine


@pytest.mark.rule("R7")
@pytest.mark.parametrize("what", list(What))
def test_one_wish_shows_to_nobody_else_and_taking_it_back_neither(
    pair: Pair, what: What, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, pair, WEDNESDAY)
    keep_it(pair, play_to_the_end(pair))
    before = pages(pair.guest, pair)
    for wish in ("yes", "no", "yes"):
        pair.host.client.post(here(pair, "/rhythm/wish"), {"what": what, "wish": wish})
        assert pages(pair.guest, pair) == before
    mine = pages(pair.host, pair)
    pair.guest.client.post(here(pair, "/rhythm/wish"), {"what": what, "wish": "yes"})
    assert pages(pair.host, pair) == mine, "it counts from the next morning"
    pair.guest.client.post(here(pair, "/rhythm/wish"), {"what": what, "wish": "no"})
    pair.guest.client.post(here(pair, "/rhythm/wish"), {"what": what, "wish": "yes"})

    later(monkeypatch, pair, WEDNESDAY + DAY)
    shown = "You are in one, until" if what is What.SEASON else "Together 1 of the last 30 days"
    for person in (pair.host, pair.guest):
        assert shown in words(person.client.get(here(pair)))
    if what is What.TOGETHER:
        pair.guest.client.post(here(pair, "/rhythm/wish"), {"what": what, "wish": "no"})
        assert [page for page in pages(pair.host, pair) if shown in page] == []
    else:
        pair.guest.client.post(here(pair, "/season/end"))
        assert "I would like a season" in words(pair.host.client.get(here(pair)))


def test_the_closing_talk_is_sealed_until_both_have_written(pair: Pair) -> None:
    over(pair)
    assert "Three weeks lie behind you" in words(pair.host.client.get("/"))
    before = pages(pair.guest, pair)
    for keep in ("The Sundays", "Our Sundays"):
        pair.host.client.post(here(pair, "/season"), {"keep": keep, "change": ""})
    assert pages(pair.guest, pair) == before
    assert "Our Sundays" in html(pair.host.client.get(here(pair, "/season")))

    pair.guest.client.post(here(pair, "/season"), {"keep": "", "change": "Less typing"})
    for person in (pair.host, pair.guest):
        page = words(person.client.get(here(pair, "/season")))
        assert "Our Sundays" in page
        assert "Less typing" in page
    late = pair.guest.client.post(here(pair, "/season"), {"keep": "More of it", "change": ""})
    assert late.status_code == 409
    assert "More of it" in words(late)
    (season,) = {kept.document.season for kept in rhythm.gather(pair.host.at(pair.bond)).of(rhythm.SAID)}
    pair.host.client.post(here(pair, "/season/take-back"), {"season": season})
    assert "withdrawn" in words(pair.guest.client.get(here(pair)))


def test_a_pair_that_comes_back_after_three_months_finds_what_it_finds_after_two_days(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, pair, WEDNESDAY)
    agree(pair)
    keep_it(pair, play_to_the_end(pair))
    bare: list[list[str]] = []
    for away in (2 * DAY, 86 * DAY):  # the path is back where it was after six weeks, and twelve
        later(monkeypatch, pair, WEDNESDAY + away)
        shown = [
            html(pair.host.client.get(here(pair, more)))
            for more in ("/rhythm", "/hour", "/hour?part=next", "/season")
        ]
        bare.append([re.sub(r"Next on \d+ \w+\.", "", page) for page in shown])
    assert bare[0] == bare[1]
    assert "Our hour" not in words(pair.host.client.get("/"))

    later(monkeypatch, pair, WEDNESDAY + 60 * DAY + timedelta(hours=8))
    assert "Quiet days" in words(pair.host.client.get(here(pair, "/week")))
    page = words(pair.host.client.get("/"))
    assert "Today, about 19:00" in page, "the hour is there, as it was"
    assert "Your week, the two of you" not in page


def test_a_season_that_nobody_closed_is_not_spoken_of(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    none = pages(pair.host, pair)
    over(pair)
    assert pages(pair.host, pair) != none
    now = timezone.now()
    Record.objects.all().delete()
    later(monkeypatch, pair, now + 30 * DAY)
    none = pages(pair.host, pair)
    at(monkeypatch, now)
    over(pair)
    later(monkeypatch, pair, now + 30 * DAY)
    assert pages(pair.host, pair) == none


@pytest.mark.rule("R3")
def test_a_sunday_looks_back_on_what_both_may_see(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, pair, WEDNESDAY)
    keep_it(pair, play_to_the_end(pair))
    thanks.say(pair.host.at(pair.bond), "You made soup", at=WEDNESDAY)
    later(monkeypatch, pair, WEDNESDAY + 4 * DAY)
    sealed = [words(person.client.get(here(pair, "/week"))) for person in (pair.host, pair.guest)]
    assert all("The Floor" in page for page in sealed)
    assert not any("You made soup" in page for page in sealed), "the other does not see it yet"

    later(monkeypatch, pair, WEDNESDAY + 4 * DAY + timedelta(hours=5))
    thanks.say(pair.guest.at(pair.bond), "You laughed", at=timezone.now() - WAITS)
    later(monkeypatch, pair, timezone.now() + 3 * WAITS)
    for person in (pair.host, pair.guest):
        page = words(person.client.get(here(pair, "/week")))
        assert "You made soup" in page
        assert "You laughed" in page
    later(monkeypatch, pair, WEDNESDAY + 3 * DAY)
    assert "Your week" not in words(pair.host.client.get("/"))


def test_a_sunday_card_is_there_until_one_has_looked(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    later(monkeypatch, pair, WEDNESDAY)
    keep_it(pair, play_to_the_end(pair))
    later(monkeypatch, pair, WEDNESDAY + 4 * DAY)
    assert "Your week, the two of you" in words(pair.host.client.get("/"))
    pair.host.client.get(here(pair, "/week"))
    assert "Your week, the two of you" not in words(pair.host.client.get("/"))
    assert "Your week, the two of you" in words(pair.guest.client.get("/"))


def test_the_path_suggests_takes_what_is_chosen_and_leads_only_who_asked(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    later(monkeypatch, pair, WEDNESDAY)
    switch.turn(pair.host.at(pair.bond), on=True, at=WEDNESDAY)
    pair.guest.client.post(here(pair, "/rhythm/choose"), {"practice": "needs"})
    for person in (pair.host, pair.guest):
        page = html(person.client.get(here(pair)))
        assert "Chosen for this week" in page
        assert 'value="conflict"' not in page
        assert "Chosen for this week" not in words(person.client.get("/"))
    before = pages(pair.guest, pair)
    pair.host.client.post(here(pair, "/rhythm/lead"), {"lead": "yes"})
    assert "Chosen for this week Needs Mirror" in words(pair.host.client.get("/"))
    pair.host.client.post(here(pair, "/rhythm/choose"), {"practice": "conflict"})
    assert pages(pair.guest, pair) == before
    pair.host.client.post(here(pair, "/rhythm/choose"), {"practice": ""})
    assert "Nothing in particular this week." in words(pair.guest.client.get(here(pair)))
    later(monkeypatch, pair, WEDNESDAY + 7 * DAY)
    assert "This week it could be" in words(pair.host.client.get("/"))


@pytest.mark.rule("R6")
def test_whoever_leaves_ends_the_hour_and_what_is_sealed_goes_along(pair: Pair) -> None:
    now = timezone.now()
    agree(pair)
    over(pair)
    host, guest = pair.host.at(pair.bond), pair.guest.at(pair.bond)
    rhythm.say(guest, "Sealed words", "", at=now)
    for place in (host, guest):
        rhythm.wish(place, What.TOGETHER, at=now - SEASON)
    leaving.leave(guest, pair.guest.ring, at=now)

    left = pair.host.at(Bond.objects.get(pk=pair.bond.pk))
    found = rhythm.gather(left)
    assert [kept.document.seat for kept in found.of(rhythm.WISH)] == [left.seat]
    assert [found.of(kind) for kind in (rhythm.HOUR, rhythm.SEASONS, rhythm.SAID)] == [[], [], []]
    page = words(pair.host.client.get(here(pair)))
    assert "Suggest it" not in page


def test_taking_all_back_takes_what_one_said(pair: Pair) -> None:
    over(pair)
    host, guest, now = pair.host.at(pair.bond), pair.guest.at(pair.bond), timezone.now()
    rhythm.say(host, "Mine", "", at=now)
    rhythm.say(guest, "Yours", "", at=now)
    rhythm.suggest(guest, now + DAY, at=now)

    withdrawing.withdraw_all(guest, at=now)

    found = rhythm.gather(host)
    assert rhythm.offers_in(found, host) == []
    assert sorted(kept.document.keep for kept in found.of(rhythm.SAID)) == ["", "Mine"]


def test_of_other_bonds_today_asks_nothing_more_however_many_lead_and_have_a_sunday(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    later(monkeypatch, pair, WEDNESDAY + 4 * DAY)
    for person in (pair.host, pair.guest):
        person.client.post(here(pair, "/rhythm/lead"), {"lead": "yes"})
    place = pair.host.at(pair.bond)
    suggest(pair.guest, pair)
    nothing = Gathered(found={kind.name: [] for kind in today.KINDS})
    found = keeping.gather(Shelf.of_bond(place), *today.KINDS)
    with django_assert_num_queries(0):
        waits = [today.waiting([_here(place, each)]) for each in (found, nothing)]
    assert waits == [{pair.bond.pk}, set()]


def _here(place: Place, found: Gathered) -> Here:
    request: Any = None
    return Here(request=request, place=place, at=timezone.now(), found=found, own=found, visits=False)
