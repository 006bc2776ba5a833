"""Coming back from a break in One Thing: whoever is ready does not learn why it is one more break, or another day."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from nearer.notices import wishes
from nearer.notices.models import Cause
from nearer.notices.rules import Wish
from nearer.testing import clock
from nearer.testing.cast import Pair, newest, post_move, sign_in
from nearer.web.zones import COOKIE
from tests.pages.reading import at, html, words
from tests.pages.test_onething import FRESH, MOMENT, NIGHT, at_place
from tests.unit.onething import evening as e

pytestmark = [pytest.mark.django_db, pytest.mark.begins(clock.NOON)]

DAY = re.compile(r'<p class="quiet">\w+day \d+ \w+</p>')
MOMENTS = (41, 51, 95, 101)
"""Minutes after the break was called: answered, one more break, answered again, over."""


def evening(pair: Pair, monkeypatch: pytest.MonkeyPatch, theirs: str, began: datetime) -> list[str]:
    """Let the first one be ready each time, and the second one answer, or not; return what the first one sees by when."""
    at(monkeypatch, began)
    seen, people = [], (pair.host, pair.guest)
    sitting = at_place(pair, e.TO_THE_WAYS[:13])
    for person in people:
        sign_in(person)
    post_move(pair.guest, sitting, "TimeOut", minutes="30", seq=newest(pair.guest, sitting))
    hours = sorted(Cause.objects.filter(member__seat="host", due__gt=began).values_list("due", flat=True))
    assert [round((hour - began) / timedelta(minutes=1)) for hour in hours] == [30, 80]
    for minutes in MOMENTS:
        at(monkeypatch, began + timedelta(minutes=minutes))
        for person in people:
            sign_in(person)
        asked = "Are you ready to go on" in words(pair.host.client.get(f"/s/{sitting.pk}"))
        for person, ready in ((pair.guest, theirs), (pair.host, "yes")):
            if ready and asked:
                post_move(person, sitting, "Return", ready=ready, seq=newest(person, sitting))
        seen += [html(pair.host.client.get(path)) for path in (f"/s/{sitting.pk}", "/")]
    return [re.sub(DAY, "", MOMENT.sub("", FRESH.sub("", page))) for page in seen]


@pytest.mark.rule("R4", "R5")
def test_whoever_is_ready_sees_the_same_whether_the_other_was_not_or_did_not_come(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in (pair.host, pair.guest):
        wishes.store(person.user.pk, wishes.Chosen(wish=Wish(on_time=True)))
    began, week = timezone.now(), timedelta(days=7)
    # The first talk of two people leaves more behind on Today than the next one.
    _first, no, nothing = (
        evening(pair, monkeypatch, theirs, began + number * week)
        for number, theirs in enumerate(("no", "no", ""))
    )

    for page, said in zip(
        no[::2], ("Yours is in.", "One more break", "it closes by itself", "Choose another time"), strict=True
    ):
        assert said in page
    assert nothing == no


def test_no_long_break_is_over_in_the_middle_of_the_night(pair: Pair) -> None:
    sitting = at_place(pair, e.TO_THE_WAYS[:13])
    client = sign_in(pair.host)
    # At noon twelve hours lead to midnight; where it is two in the morning, three hours and a day lead to no day.
    for zone, hours in (("UTC", ["20", "30", "60", "180", "1440"]), (NIGHT, ["20", "30", "60", "720"])):
        client.cookies[COOKIE] = zone
        assert re.findall(r'name="minutes" value="(\d+)"', html(client.get(f"/s/{sitting.pk}"))) == hours
