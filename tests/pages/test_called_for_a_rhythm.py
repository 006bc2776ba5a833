"""A rhythm calls at the hour both chose, and for what is put before somebody; never for what the other does alone."""

from __future__ import annotations

import os
import random
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from nearer.notices import causes, turn, wishes
from nearer.notices.models import Cause, Job
from nearer.notices.rules import Wish
from nearer.rhythm import keeping as rhythm
from nearer.rhythm import path
from nearer.rhythm.rules import What
from nearer.testing.cast import Pair, Person
from tests.pages.reading import at
from tests.pages.rhythm import over

pytestmark = pytest.mark.django_db

EVENINGS = int(os.environ.get("NEARER_TEST_EVENINGS", "100"))
DAY = timedelta(days=1)
ALWAYS = Wish(on_time=True, quiet_from=datetime.min.time(), quiet_until=datetime.min.time())


@pytest.fixture
def begins(pair: Pair) -> datetime:
    """An hour the host suggests, two days from now; both would like to be called at their own hour and on time."""
    for person in (pair.host, pair.guest):
        wishes.store(person.user.pk, wishes.Chosen(wish=ALWAYS))
    begins = (timezone.now() + 2 * DAY).replace(hour=20, minute=0, second=0, microsecond=0)
    rhythm.suggest(pair.host.at(pair.bond), begins, at=timezone.now())
    return begins


def due() -> dict[str, list[datetime]]:
    """Return when each is called, by the name of their seat."""
    found = Cause.objects.order_by("due").select_related("member")
    return {seat: [each.due for each in found if each.member.seat == seat] for seat in ("host", "guest")}


def answer(person: Person, pair: Pair) -> None:
    place = person.at(pair.bond)
    for offer in rhythm.offers_in(rhythm.gather(place), place):
        rhythm.accept(place, offer.ref, at=timezone.now())


def test_our_hour_comes_on_time_to_both_and_again_once_the_next_is_planned(
    pair: Pair, begins: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [len(each) for each in due().values()] == [0, 1], "a suggestion is there for the other"
    answer(pair.guest, pair)
    # That it was answered waits for the host; what the guest has answered does not wait for them.
    assert due()["guest"] == [begins]
    assert begins in due()["host"]
    causes.seen(pair.host.user.pk)
    assert due() == {"host": [begins], "guest": [begins]}

    turn.call(pair.guest.user.pk, at=begins)
    turn.call(pair.host.user.pk, at=begins)
    at(monkeypatch, begins + timedelta(hours=2))
    assert due() == {"host": [], "guest": []}, "what was left out is not asked for"
    for person in (pair.host, pair.guest):
        rhythm.plan_next(person.at(pair.bond), at=timezone.now())
    assert due() == {"host": [begins + 7 * DAY], "guest": [begins + 7 * DAY]}

    place = pair.guest.at(pair.bond)
    [offer] = rhythm.offers_in(rhythm.gather(place), place)
    rhythm.end(place, offer.ref, at=timezone.now())
    assert due() == {"host": [], "guest": []}


def test_what_one_wrote_at_the_end_of_a_season_calls_the_other_once_both_have(
    pair: Pair, begins: datetime
) -> None:
    Cause.objects.all().delete()
    over(pair)
    rhythm.say(pair.host.at(pair.bond), "soup", "", at=timezone.now())
    assert not Cause.objects.exists()
    rhythm.say(pair.guest.at(pair.bond), "walks", "", at=timezone.now())

    assert [len(each) for each in due().values()] == [1, 0]


def alone(pair: Pair, chance: random.Random) -> None:
    """Let the host do something of a rhythm that the guest does not hear of."""
    me, now = pair.host.at(pair.bond), timezone.now()

    def suggest_and_take_back() -> None:
        rhythm.suggest(me, now + 3 * DAY, at=now)
        for offer in rhythm.offers_in(rhythm.gather(me), me):
            if not offer.is_agreed:
                rhythm.end(me, offer.ref, at=now)

    [act] = chance.sample(
        (
            lambda: rhythm.wish(me, chance.choice(list(What)), at=now),
            lambda: rhythm.wish_no_more(me, chance.choice(list(What)), at=now),
            lambda: rhythm.say(me, chance.choice(("soup", "walks")), "", at=now),
            lambda: rhythm.unsay(me, rhythm.now_in(rhythm.gather(me), me, at=now).begins, at=now),
            lambda: rhythm.choose(me, chance.choice(("", "listening", "needs")), at=now),
            lambda: path.lead(me, pair.host.ring, on=chance.random() < 0.5, at=now),
            suggest_and_take_back,
        ),
        1,
    )
    act()


def test_what_the_other_does_alone_in_a_rhythm_never_calls(pair: Pair, begins: datetime) -> None:
    chance = random.Random(21)
    answer(pair.guest, pair)
    over(pair)
    Cause.objects.filter(member__seat="host").delete()

    for _evening in range(EVENINGS):
        alone(pair, chance)
        assert due() == {"host": [], "guest": [begins]}, "the hour both agreed on, and nothing else"
    assert not Job.objects.exists()
