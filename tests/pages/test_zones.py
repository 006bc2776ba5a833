"""Days and hours are the reader's own: by their browser, or as they chose; the other never learns of it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from nearer.accounts.models import Profile
from nearer.bonds.models import Invitation
from nearer.plans import lines
from nearer.plans.lines import Stand
from nearer.practices.needs.moves import Reply, Way
from nearer.sittings.run.queries import past_sittings
from nearer.testing import clock
from nearer.testing.cast import Pair, Person, make_invitation, open_drawer, play, post_move, sign_in
from nearer.web.templatetags.nearer import moment
from nearer.web.zones import COOKIE, ReadersZone, places, zone_of
from tests.pages.needs_talk import reveal, until_request, with_a_plan
from tests.pages.reading import at, html, words

pytestmark = pytest.mark.django_db

A_SATURDAY = datetime(2026, 11, 28, 14, 30, tzinfo=UTC)  # already Sunday in Auckland
_now = clock.begins()
COMING = (_now + timedelta(days=1)).replace(hour=14, minute=30, second=0, microsecond=0)
TODAY, TOMORROW = (f"{day:%A} {day.day} {day:%B}" for day in (COMING, COMING + timedelta(days=1)))
A_SUNDAY = A_SATURDAY.date() + timedelta(days=1)
AUCKLAND, HONOLULU, BERLIN = "Pacific/Auckland", "Pacific/Honolulu", "Europe/Berlin"
A_MINUTE = timedelta(minutes=1)


def in_zone(person: Person, name: str) -> Client:
    person.client.cookies[COOKIE] = name
    return person.client


def test_today_is_the_readers_own_day(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, COMING)
    for person in (pair.host, pair.guest):
        sign_in(person, person.client)

    assert TODAY in words(pair.host.client.get("/"))
    assert TOMORROW in words(in_zone(pair.host, AUCKLAND).get("/"))
    assert TOMORROW in words(in_zone(pair.host, "Pacific%2FAuckland").get("/"))
    assert TODAY in words(in_zone(pair.guest, HONOLULU).get("/"))


def test_what_one_chose_comes_before_the_browser_and_stays_sealed(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = in_zone(pair.host, HONOLULU)
    assert host.post("/settings/zone", {"zone": AUCKLAND}).status_code == 302
    at(monkeypatch, COMING)
    for person in (pair.host, pair.guest):
        sign_in(person, person.client)

    assert TOMORROW in words(host.get("/"))
    assert f"value={AUCKLAND} selected" in host.get("/settings/zone").content.decode()
    assert AUCKLAND.encode() not in bytes(Profile.objects.get(user=pair.host.user).sealed)
    for page in ("/", "/us", "/settings", f"/b/{pair.bond.pk}/keepsakes"):
        assert "Auckland" not in pair.guest.client.get(page).content.decode()
    host.post("/settings/zone", {"zone": ""})
    assert TODAY in words(host.get("/"))


@pytest.mark.parametrize(
    "told", ["", "Mars/Olympus", "../../etc/passwd", "x" * 5_000, "\x00", "Europe/Berlin/..", "%2F"]
)
def test_what_is_no_zone_leaves_the_servers(pair: Pair, told: str) -> None:
    assert in_zone(pair.host, told).get("/us").status_code == 200
    assert zone_of(told) is None
    assert pair.host.client.post("/settings/zone", {"zone": told or "Nowhere"}).status_code == 422


@pytest.mark.parametrize(
    ("zone", "when", "shown"),
    [
        ("Europe/Berlin", datetime(2026, 3, 29, 0, 59, tzinfo=UTC), "Sunday 29 March, 01:59"),
        ("Europe/Berlin", datetime(2026, 3, 29, 1, 0, tzinfo=UTC), "Sunday 29 March, 03:00"),
        ("Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC), "Sunday 25 October, 02:30"),
        ("Europe/Berlin", datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "Sunday 25 October, 02:30"),
        ("Europe/Berlin", datetime(2026, 10, 25, 22, 59, tzinfo=UTC), "Sunday 25 October, 23:59"),
        ("America/New_York", datetime(2026, 11, 1, 3, 59, tzinfo=UTC), "Saturday 31 October, 23:59"),
        ("America/New_York", datetime(2026, 11, 2, 4, 59, tzinfo=UTC), "Sunday 1 November, 23:59"),
        (AUCKLAND, datetime(2026, 9, 26, 13, 59, tzinfo=UTC), "Sunday 27 September, 01:59"),
        (AUCKLAND, datetime(2026, 9, 26, 14, 0, tzinfo=UTC), "Sunday 27 September, 03:00"),
        (AUCKLAND, datetime(2026, 4, 4, 14, 0, tzinfo=UTC), "Sunday 5 April, 02:00"),
    ],
)  # fmt: skip
def test_across_both_changes_of_the_clock(zone: str, when: datetime, shown: str) -> None:
    with living_in(zone):
        told = moment(when)
        assert f">{shown}</time>" in told
        assert f'datetime="{when.isoformat()}"' in told
        assert "UTC" not in told.partition(">")[2]
        assert timezone.localdate(when) == when.astimezone(ZoneInfo(zone)).date()


def test_two_people_in_two_zones_read_one_moment_each_in_their_own(pair: Pair, alice: Person) -> None:
    waiting, _ = make_invitation(alice)
    Invitation.objects.filter(bond=waiting).update(expires_at=A_SATURDAY + timedelta(days=99))
    page = f"/b/{waiting.pk}/invitation"
    seen = {name: words(in_zone(alice, name).get(page)) for name in (AUCKLAND, HONOLULU)}

    assert "Open until Monday 8 March, 03:30" in seen[AUCKLAND]
    assert "Open until Sunday 7 March, 04:30" in seen[HONOLULU]
    assert all("UTC" not in text for text in seen.values())


def test_where_nobody_has_said_it_the_server_says_so_and_the_page_asks_the_browser(alice: Person) -> None:
    waiting, _ = make_invitation(alice)
    page = alice.client.get(f"/b/{waiting.pk}/invitation").content.decode()

    assert "UTC" in page
    assert "data-moment" in page


def test_every_place_is_a_zone() -> None:
    assert len(places()) > 300
    assert all(zone_of(name) for name in places())
    assert AUCKLAND in places()


def living_in(zone: str) -> timezone.override:
    return timezone.override(ReadersZone(lambda: zone))


def stand(pair: Pair, person: Person, zone: str, when: datetime) -> Stand:
    with living_in(zone):
        return lines.lines_of(person.at(pair.bond), at=when).lines[0].stand


@pytest.mark.parametrize(
    ("zone", "yes", "morning"),
    [
        (AUCKLAND, A_SATURDAY, datetime(2026, 11, 29, 17, tzinfo=UTC)),  # their Monday
        (HONOLULU, A_SATURDAY, datetime(2026, 11, 29, 16, tzinfo=UTC)),  # their Sunday
        (BERLIN, datetime(2026, 3, 28, 20, tzinfo=UTC), datetime(2026, 3, 29, 4, tzinfo=UTC)),
        (BERLIN, datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 10, 25, 5, tzinfo=UTC)),
        (BERLIN, datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime(2026, 10, 26, 5, tzinfo=UTC)),  # its second half past two
        ("Nowhere", A_SATURDAY, datetime(2026, 11, 29, 6, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_a_plan_begins_with_the_next_morning_of_whoever_looks(
    pair: Pair, zone: str, yes: datetime, morning: datetime
) -> None:
    lines.propose(pair.host.at(pair.bond), cue="the week is over", act="walk", at=yes)
    ref = lines.lines_of(pair.guest.at(pair.bond), at=yes).lines[0].ref
    lines.confirm(pair.guest.at(pair.bond), ref, at=yes)

    for person in (pair.host, pair.guest):
        assert stand(pair, person, zone, morning - A_MINUTE) is Stand.BEGINS
        assert stand(pair, person, zone, morning) is Stand.AGREED


def test_a_yes_is_taken_back_until_ones_own_morning_wherever_the_other_lives(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines.propose(pair.host.at(pair.bond), cue="the week is over", act="walk", at=A_SATURDAY)
    line = lines.lines_of(pair.guest.at(pair.bond), at=A_SATURDAY).lines[0]
    lines.confirm(pair.guest.at(pair.bond), line.ref, at=A_SATURDAY)
    at(monkeypatch, datetime(2026, 11, 29, 15, 30, tzinfo=UTC))
    for person in (pair.host, pair.guest):
        sign_in(person, person.client)
    berlin, honolulu = in_zone(pair.host, BERLIN), in_zone(pair.guest, HONOLULU)

    assert "It begins" not in words(berlin.get("/us")), "it is afternoon there"
    assert "It begins this morning. When the week is over" in words(honolulu.get("/us"))
    assert "Until six this morning you can take your yes back." in words(honolulu.get("/us"))
    honolulu.post(f"/b/{pair.bond.pk}/plans/answer", {"record": str(line.ref), "answer": "no"})
    assert stand(pair, pair.guest, HONOLULU, timezone.now()) is Stand.PUT_TO_ME
    assert stand(pair, pair.host, BERLIN, timezone.now()) is Stand.PUT_TO_THEM


@pytest.mark.begins(A_SATURDAY.isoformat())
@pytest.mark.parametrize(
    ("zone", "place", "chosen"),
    [(AUCKLAND, 0, "Monday 30 November"), (HONOLULU, 0, "Sunday 29 November"),
     (AUCKLAND, -1, "Sunday 13 December"), (HONOLULU, -1, "Saturday 12 December")],
)  # fmt: skip
def test_a_day_that_was_chosen_is_the_same_day_for_both(
    pair: Pair, zone: str, place: int, chosen: str
) -> None:
    sitting = reveal(pair)
    until_request(pair, sitting)
    play(pair.guest, sitting, Reply(way=Way.YES, words="", days=0))
    page = html(in_zone(pair.guest, zone).get(f"/s/{sitting.pk}"))
    day, read = re.findall(r'<option value="([-\d]{10})"[^>]*>([^<]+)', page)[place]
    post_move(pair.guest, sitting, "Plan", cue="the door closes", act="say nothing", days=day)

    assert read == chosen
    assert f"By {chosen}." in words(in_zone(pair.host, HONOLULU).get(f"/s/{sitting.pk}"))
    post_move(pair.host, sitting, "Agree", agree="yes")
    assert chosen in [
        f"{line.by:%A} {line.by.day} {line.by:%B}"
        for line in lines.lines_of(pair.host.at(pair.bond)).lines
        if line.by
    ]


@pytest.mark.begins(A_SATURDAY.isoformat())
def test_what_is_kept_by_the_day_has_the_readers_day(pair: Pair) -> None:
    with_a_plan(pair)
    for zone, day in ((AUCKLAND, A_SUNDAY), (HONOLULU, A_SATURDAY.date())):
        with living_in(zone):
            assert past_sittings(pair.host.at(pair.bond))[0].day == day
            assert pair.host.at(pair.bond).since == day
            assert pair.guest.at(pair.bond).since == day


@pytest.mark.begins(A_SATURDAY.isoformat())
def test_the_days_of_settings_are_ones_own(alice: Person) -> None:
    alice.client.logout()
    alice.client.post("/login", {"username": alice.username, "passphrase": alice.passphrase})
    open_drawer(alice)
    auckland, honolulu = "29 November 2026", "28 November 2026"
    assert f"Since {auckland}" in words(in_zone(alice, AUCKLAND).get("/settings/devices"))
    assert f"Since {honolulu}" in words(in_zone(alice, HONOLULU).get("/settings/devices"))

    alice.client.post("/settings/account", {"when": "later"})
    assert "deleted on 4 December 2026" in words(alice.client.get("/settings/account")), (
        "while it is the 4th there"
    )
    assert "deleted on 5 December 2026" in words(in_zone(alice, AUCKLAND).get("/settings/account"))
