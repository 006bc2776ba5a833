"""The private address for a calendar program: made by its owner alone, under the copy's own name, and asked for cheaply."""

from __future__ import annotations

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from nearer.calendars import entries
from nearer.calendars.models import Feed
from nearer.testing.cast import Pair, Person, open_drawer
from tests.pages.authenticator import make_sure
from tests.pages.reading import at, html, words

pytestmark = pytest.mark.django_db

ADDRESS = re.compile(r"/times/[^<\s]+\.ics")


def made(person: Person) -> str:
    """Return the page on which a new address is shown."""
    make_sure(person, "/times/feed")
    return html(person.client.post("/times/feed", {"what": "make"}))


def test_an_address_is_made_after_the_passphrase_alone_each_time(pair: Pair) -> None:
    """Whoever takes a phone shortly after a log-in finds the drawer open, and no lasting way to what is planned."""
    open_drawer(pair.host)
    for _ in range(2):
        refused = pair.host.client.post("/times/feed", {"what": "make"})
        assert refused.status_code == 403
        assert "Unlock your private pages" in words(refused)
        assert "data-invite-link" in made(pair.host)
    assert pair.host.client.post("/times/feed", {"what": "end"}).status_code == 302, "an end needs no word"
    assert not Feed.objects.exists()


def test_an_address_is_the_copys_own_and_its_day_the_readers(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = timezone.now().replace(hour=21, minute=30)  # tomorrow, in Auckland
    at(monkeypatch, moment)
    pair.host.client.cookies["z"] = "Pacific/Auckland"
    page = made(pair.host)

    assert f">{settings.CONFIG.url}/times/" in page
    day = timezone.localdate(moment, ZoneInfo("Pacific/Auckland"))
    assert f"made one on {date_format(day, 'j F Y')}" in words(pair.host.client.get("/times/feed"))


def test_a_calendar_program_that_has_it_already_is_told_so(pair: Pair) -> None:
    now = timezone.now()
    ref = entries.add(pair.host.at(pair.bond), starts=now + timedelta(days=1), minutes=60, at=now)
    there, ask = ADDRESS.findall(made(pair.host))[0], Client()
    first = ask.get(there)

    for known in (first["ETag"], f"W/{first['ETag']}"):
        again = ask.get(there, headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")

    entries.move(pair.guest.at(pair.bond), ref, starts=now + timedelta(days=2), at=now)
    assert ask.get(there, headers={"if-none-match": first["ETag"]}).status_code == 200
