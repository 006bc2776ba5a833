"""Where somebody is called: in a browser for as long as nobody signs it out, and all of it stands in their own copy."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nearer.notices import causes, channels, wishes
from nearer.notices.channels import Sort
from nearer.notices.models import Cause, Channel, Wishes
from nearer.notices.rules import Wish
from nearer.plans import lines
from nearer.testing.cast import Pair, Person, open_drawer
from nearer.vault.models import SealedSession
from tests.pages.copying import take
from tests.pages.push_service import Browser
from tests.pages.reading import html, words
from tests.pages.test_devices import ref_of, signed_in

pytestmark = pytest.mark.django_db

PHONE = Browser(endpoint="https://push.example.net/phone")
ENDS = "You are called on this device."


def calls(person: Person, client: Client, name: str = "phone") -> None:
    """Let somebody be called in a browser in which they are signed in."""
    if client is person.client:
        open_drawer(person)
    sent = PHONE if name == "phone" else Browser(endpoint=f"https://push.example.net/{name}")
    assert client.post("/settings/notices/push", sent.subscription).status_code == 302


def called() -> int:
    return Channel.objects.count()


@pytest.fixture
def phone(alice: Person) -> Client:
    """Another browser of Alice's, in which she is called, as she is in this one."""
    client = signed_in(alice)
    calls(alice, client)
    calls(alice, alice.client, "here")
    return client


def test_a_device_that_is_signed_out_elsewhere_is_not_called_any_more(alice: Person, phone: Client) -> None:
    alice.client.post("/settings/devices/out", {"device": str(ref_of(phone))})

    (left,) = Channel.objects.all()
    assert left.device == channels.device_of(ref_of(alice.client))
    assert Wishes.objects.exists(), "the other one still is"


def test_signing_out_everywhere_else_leaves_this_one(alice: Person, phone: Client) -> None:
    alice.client.post("/settings/elsewhere")

    (left,) = Channel.objects.all()
    assert left.device == channels.device_of(ref_of(alice.client))


@pytest.mark.parametrize("way", ["/logout", "/lock"])
def test_logging_out_and_quick_exit_end_it_there(alice: Person, phone: Client, way: str) -> None:
    phone.post(way)
    assert called() == 1
    alice.client.post(way)

    assert not any(kind.objects.exists() for kind in (Channel, Wishes, Cause)), (
        "with the last, notices are off"
    )


def test_mail_goes_on_and_nobody_else_loses_anything(alice: Person, bob: Person, phone: Client) -> None:
    channels.add(
        alice.user.pk, alice.ring.profile, Sort.MAIL, {"address": "a@example.org"}, name="a@example.org"
    )
    calls(bob, bob.client, "his")
    phone.post("/logout")
    alice.client.post("/logout")

    assert {row.user: row.device is None for row in Channel.objects.all()} == {
        alice.user: True,
        bob.user: False,
    }


def test_under_a_fresh_token_and_after_a_long_absence_they_are_still_called(
    alice: Person, phone: Client
) -> None:
    session: Any = phone.session
    session.cycle_key()
    assert called() == 2
    SealedSession.objects.update(expires_on=timezone.now().date() - timedelta(days=1))
    SealedSession.objects.all().delete()

    assert called() == 2


def ran_out(person: Person, *, leaves: Client) -> None:
    """Let all sessions of somebody run out but the one in this browser."""
    gone = SealedSession.objects.filter(user=person.user).exclude(ref=ref_of(leaves))
    gone.update(expires_on=timezone.now().date() - timedelta(days=1))


def test_a_browser_whose_session_ran_out_goes_with_the_next_one_in_it(alice: Person, phone: Client) -> None:
    ran_out(alice, leaves=alice.client)
    again = signed_in(alice)
    assert "data-here" in html(again.get("/"))

    assert again.post("/settings/notices/here", PHONE.subscription).status_code == 204

    assert "data-here" not in html(again.get("/")), "once is enough"
    assert ENDS in words(again.get("/settings"))
    again.post("/logout")
    (left,) = Channel.objects.all()
    assert left.device == channels.device_of(ref_of(alice.client))


def test_another_browser_has_nothing_to_say_and_takes_nothing_over(
    alice: Person, bob: Person, phone: Client
) -> None:
    before = {row.pk: row.device for row in Channel.objects.all()}
    ran_out(alice, leaves=alice.client)
    other = signed_in(alice)
    assert other.post("/settings/notices/here").status_code == 204
    assert "data-here" not in html(other.get("/"))
    # What lies in a browser that two people use stays whose it is.
    bob.client.post("/settings/notices/here", PHONE.subscription)

    assert {row.pk: row.device for row in Channel.objects.all()} == before


def test_nothing_is_looked_for_where_nobody_is_called_or_everybody_signed_in(
    alice: Person, bob: Person, phone: Client
) -> None:
    assert "data-here" not in html(signed_in(alice).get("/")), "all of hers are signed in"
    assert "data-here" not in html(signed_in(bob).get("/"))
    ran_out(alice, leaves=alice.client)

    shared = signed_in(alice, shared="on")
    assert "data-here" not in html(shared.get("/")), "a device that others use is never called"


def test_signing_out_everywhere_else_ends_what_ran_out_as_well(alice: Person, phone: Client) -> None:
    ran_out(alice, leaves=alice.client)
    SealedSession.objects.filter(user=alice.user).exclude(ref=ref_of(alice.client)).delete()
    assert called() == 2

    alice.client.post("/settings/elsewhere")

    (left,) = Channel.objects.all()
    assert left.device == channels.device_of(ref_of(alice.client))


def test_what_ends_it_is_said_where_it_matters(alice: Person) -> None:
    assert ENDS not in words(alice.client.get("/settings"))
    calls(alice, alice.client)

    assert ENDS in words(alice.client.get("/settings"))
    page = alice.client.get("/settings/notices")
    assert "This device is called until you log out or use Quick exit here." in words(page)
    assert "This one" in words(page)
    assert 'data-push="' not in html(page)
    assert "data-lets-go" in html(page)
    elsewhere = signed_in(alice)
    assert ENDS not in words(elsewhere.get("/settings"))
    assert 'data-push="' in html(elsewhere.get("/settings/notices", headers={"host": "127.0.0.1"}))
    assert "A device that is signed out is not called any more." in words(elsewhere.get("/settings/devices"))


def test_when_and_where_stand_in_ones_own_copy_and_in_nobody_elses(pair: Pair) -> None:
    assert take(pair.host)[0]["notices"] is None
    me = pair.host
    channels.add(
        me.user.pk,
        me.ring.profile,
        Sort.MAIL,
        {"address": "canary47@example.org"},
        name="canary47@example.org",
    )
    causes.change(me.user.pk, wish=Wish(at=time(18, 45), zone="Europe/Oslo", on_time=True))

    data, page, _ = take(pair.host)

    assert data["notices"] == {
        "at": "18:45", "zone": "Europe/Oslo", "quiet_from": "22:00", "quiet_until": "08:00", "on_time": True, "muted": False,
        "places": [{"sort": "mail", "name": "canary47@example.org", "since": timezone.localdate().isoformat()}],
    }  # fmt: skip
    assert "Once a day at most, at 18:45. Nothing from 22:00 until 08:00." in page
    assert "canary47@example.org" in page
    theirs, their_page, _ = take(pair.guest)
    assert theirs["notices"] is None
    assert "canary47" not in their_page


def test_whoever_has_answered_is_not_called_for_it(pair: Pair) -> None:
    wishes.store(pair.guest.user.pk, wishes.Chosen())
    lines.propose(pair.host.at(pair.bond), cue="it rains", act="read", at=timezone.now())
    assert Cause.objects.count() == 1

    me = pair.guest.at(pair.bond)
    lines.confirm(me, lines.lines_of(me).put_to_me[0].ref, at=timezone.now())

    assert not Cause.objects.exists()
