"""While two are here together nobody calls them; once it is over, or stands still, what waits comes at its hour."""

from __future__ import annotations

from datetime import time, timedelta
from uuid import uuid4

import pytest

from nearer.bonds import news
from nearer.notices import causes, channels, turn, wishes
from nearer.notices.models import Cause, Job
from nearer.notices.queue import Later
from nearer.notices.rules import Wish
from nearer.notices.sending import tasks
from nearer.practices.ourtime.moves import Begin, Here, Long, Span, Stop, Way
from nearer.protocol import Leave, Mode, Pause, Resume
from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, Person, play
from tests.pages.test_our_time import Days
from tests.pages.test_our_time_sat import _days, sat

__all__ = ["_days"]
pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses that were sent something."""
    sent: list[str] = []
    monkeypatch.setattr(tasks, "SENDING", {"mail": lambda where, _mark: sent.append(where["address"])})
    return sent


def called_at_one(person: Person) -> None:
    wish = Wish(at=time(13), quiet_from=time(0), quiet_until=time(0), on_time=True)
    where = {"address": person.user.username}
    channels.add(person.user.pk, person.ring.profile, channels.Sort.MAIL, where, name="mail")
    causes.change(person.user.pk, wish=wish)


def something_waits(pair: Pair, days: Days) -> None:
    for person in (pair.host, pair.guest):
        called_at_one(person)
    for person in (pair.host, pair.guest):
        news.tell_other(person.at(pair.bond), new=uuid4())
    news.at_hour(pair.host.at(pair.bond), uuid4(), days.now + HOUR)


def are_here(pair: Pair, mode: Mode) -> Sitting:
    here = [(pair.host, Here()), *([(pair.guest, Here())] if mode is Mode.LIVE else [])]
    begun: Sitting = sat(
        pair, mode, (pair.host, Begin(way=Way.HERE)), (pair.host, Long(span=Span.TWO)), *here
    )
    return begun


@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.ONE])
def test_nobody_is_called_while_both_are_here_and_what_is_new_comes_with_the_next_hour(
    pair: Pair, days: Days, told: list[str], mode: Mode
) -> None:
    something_waits(pair, days)
    are_here(pair, mode)

    days.on(HOUR)
    turn.turn(days.now)
    assert told == []
    assert set(Cause.objects.values_list("due", flat=True)) == {days.now + DAY}, "an hour they chose"

    days.on(DAY)
    turn.turn(days.now)
    assert sorted(told) == sorted(person.user.username for person in (pair.host, pair.guest))


@pytest.mark.parametrize("how", [Stop, Pause, Leave])
def test_once_somebody_ends_it_they_are_called_again(
    pair: Pair, days: Days, told: list[str], how: type[Stop | Pause | Leave]
) -> None:
    something_waits(pair, days)
    sitting = are_here(pair, Mode.LIVE)
    play(pair.guest, sitting, how())

    days.on(HOUR)
    turn.turn(days.now)
    assert len(told) == 2


def test_after_a_pause_it_is_quiet_for_as_long_as_was_left(pair: Pair, days: Days) -> None:
    something_waits(pair, days)
    sitting, begun = are_here(pair, Mode.LIVE), days.now
    play(pair.guest, sitting, Pause())
    days.on(HOUR)
    play(pair.guest, sitting, Resume())

    for person in (pair.host, pair.guest):
        chosen = wishes.chosen_by(person.user.pk)
        assert chosen
        assert chosen.together == begun + 3 * HOUR


def test_what_was_not_taken_before_is_not_sent_in_the_midst_of_it(
    pair: Pair, days: Days, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(where: object, mark: str) -> None:
        raise Later

    something_waits(pair, days)
    with monkeypatch.context() as patch:
        patch.setattr(tasks, "SENDING", {"mail": busy})
        turn.turn(days.now + HOUR)
    assert Job.objects.count() == 2

    are_here(pair, Mode.LIVE)
    turn.turn(days.now + 2 * HOUR)
    assert told == []


def test_whoever_would_not_like_to_be_called_leaves_no_row_by_being_here(pair: Pair) -> None:
    are_here(pair, Mode.LIVE)
    assert all(wishes.chosen_by(person.user.pk) is None for person in (pair.host, pair.guest))


def test_what_was_sealed_before_this_was_known_opens(pair: Pair) -> None:
    chosen = wishes.Chosen()
    document = {name: value for name, value in chosen.document.items() if name != "together"}
    assert wishes.Chosen.read(document) == chosen
