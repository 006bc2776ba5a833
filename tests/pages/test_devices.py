"""Where one is signed in, on whose device, and what ends it."""

from __future__ import annotations

from datetime import timedelta
from http.cookies import Morsel
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings
from django.test import Client, RequestFactory
from django.utils import timezone

from nearer.accounts.slowing import known, limits
from nearer.live import hub
from nearer.live.hub import LOOK_AGAIN
from nearer.sittings.models import Sitting
from nearer.sittings.run.access import may_watch
from nearer.testing import clock
from nearer.testing.cast import Pair, Person
from nearer.vault.models import SealedSession
from nearer.vault.tokens import hash_of, id_of
from tests.pages.reading import at, everything_stored, html, is_signed_in, words

pytestmark = pytest.mark.django_db

COOKIE, DEVICE = settings.SESSION_COOKIE_NAME, settings.DEVICE_COOKIE_NAME
PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
LAPTOP = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.4 Safari/605.1.15"
AGENTS = {
    PHONE: "Firefox on Android",
    LAPTOP: "Safari on Mac",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36 Edg/141.0": (
        "Edge on Windows"
    ),
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36": (
        "Chrome on Linux"
    ),
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 CriOS/141.0 Safari/604.1": (
        "Chrome on iPhone"
    ),
    "Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1": (
        "Safari on iPad"
    ),
    "<script>alert(1)</script>": "A browser",
    "": "A browser",
}
MINUTE = timedelta(minutes=1)


def signed_in(person: Person, *, agent: str = PHONE, **more: Any) -> Client:
    """Return another browser of somebody's, logged in by the page."""
    limits.reset()
    client = Client(headers={"user-agent": agent} if agent else {})
    sent = {"username": person.username, "passphrase": person.passphrase, **more}
    assert client.post("/login", sent).status_code == 302
    return client


def cookie_of(client: Client, name: str = COOKIE) -> Morsel[str]:
    return client.cookies[name]


def ref_of(client: Client) -> UUID:
    return SealedSession.objects.get(token_hash=hash_of(cookie_of(client).value)).ref


class TestTheList:
    def test_it_names_each_coarsely_and_says_which_is_this_one(self, alice: Person, bob: Person) -> None:
        phone = signed_in(alice)
        signed_in(alice, agent=LAPTOP, shared="on")
        signed_in(bob)

        page = words(phone.get("/settings/devices"))

        day = f"{timezone.now():%-d %B %Y}"
        assert f"Firefox on Android This one Since {day}. Your own device" in page
        assert f"Safari on Mac Since {day}. A shared device" in page
        assert page.count("Since") == 2, "what is somebody else's does not stand here"
        assert page.count("Sign out Sign out everywhere else") == 1
        for told in ("127.0.0.1", "Gecko", "10_15", "140"):
            assert told not in page

    def test_every_browser_has_a_plain_name(self, alice: Person) -> None:
        for agent, name in AGENTS.items():
            assert f"{name} This one" in words(signed_in(alice, agent=agent).get("/settings/devices")), agent

    def test_a_thief_reads_none_of_it(self, alice: Person) -> None:
        signed_in(alice, shared="on")

        stored = str(everything_stored()["vault.SealedSession"])

        for word in ("Firefox", "Android", "shared"):
            assert word not in stored

    def test_one_can_be_signed_out(self, alice: Person, bob: Person) -> None:
        phone, laptop = signed_in(alice), signed_in(alice, agent=LAPTOP)
        ref = ref_of(laptop)
        assert f'name="device" value="{ref}"' in html(phone.get("/settings/devices"))

        for stranger in (bob.client, laptop):
            stranger.post("/settings/devices/out", {"device": str(ref)})
        phone.post("/settings/devices/out", {"device": "junk"})
        assert is_signed_in(laptop)

        assert phone.post("/settings/devices/out", {"device": str(ref)})["Location"] == "/settings/devices"
        assert not is_signed_in(laptop)
        assert is_signed_in(phone)

    def test_one_tap_signs_out_everywhere_else(self, alice: Person) -> None:
        phone, laptop = signed_in(alice), signed_in(alice, agent=LAPTOP)
        assert "Sign out everywhere else" in words(phone.get("/settings/devices"))

        phone.post("/settings/elsewhere")

        assert [is_signed_in(each) for each in (phone, laptop, alice.client)] == [True, False, False]
        assert "You are signed in here only" in words(phone.get("/settings/devices"))

    def test_no_other_browser_is_known_any_more(self, alice: Person, rf: RequestFactory) -> None:
        phone, laptop = signed_in(alice), signed_in(alice, agent=LAPTOP)

        def knows(browser: Client) -> bool:
            asked = rf.post("/login")
            asked.COOKIES[DEVICE] = browser.cookies[DEVICE].value
            return known.slot_of(asked, alice.user.username) != ""

        assert [knows(phone), knows(laptop)] == [True, True]
        phone.post("/settings/elsewhere")

        assert [knows(phone), knows(laptop)] == [True, False]

    def test_it_stays_the_same_device_when_its_token_changes(self, pair: Pair) -> None:
        phone = signed_in(pair.host)
        ref = ref_of(phone)

        phone.post("/practise/listening/start", {"mode": "one"})
        phone.post("/together", {"passphrase": pair.host.passphrase})

        assert ref_of(phone) == ref
        assert "Firefox on Android This one" in words(phone.get("/settings/devices"))

    @pytest.mark.rule("R11")
    def test_the_other_sees_no_byte_of_it(self, pair: Pair, floor: Sitting) -> None:
        paths = ("/", "/us", "/settings", "/settings/devices")
        before = [html(pair.guest.client.get(path)) for path in paths]

        phone = signed_in(pair.host, shared="on")
        phone.post("/settings/elsewhere")

        assert [html(pair.guest.client.get(path)) for path in paths] == before


class TestSharedDevices:
    def test_ones_own_device_is_remembered_and_a_shared_one_is_not(self, alice: Person) -> None:
        own, shared = signed_in(alice), signed_in(alice, shared="on")

        assert cookie_of(own)["max-age"] == 14 * 24 * 3600
        assert DEVICE in own.cookies
        assert not cookie_of(shared)["max-age"]
        assert not cookie_of(shared)["expires"]
        assert DEVICE not in shared.cookies

    def test_signing_up_asks_the_same(self, db: None) -> None:
        client = Client()
        assert "This is a shared device" in words(client.get("/signup"))

        sent = {"name": "Sam", "username": "sam.1", "passphrase": "lantern orbit willow", "shared": "on"}
        client.post("/signup", sent)

        assert not cookie_of(client)["max-age"]
        assert "shared.js" in html(client.get("/signup/recovery"))

    def test_it_is_over_after_ten_minutes_of_rest(
        self, alice: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = timezone.now()
        at(monkeypatch, now)
        shared, own = signed_in(alice, shared="on"), signed_in(alice)
        for minutes, still in ((9, True), (18, True), (28, False), (28.5, False)):
            at(monkeypatch, now + minutes * MINUTE)
            assert is_signed_in(shared) is still, minutes

        assert is_signed_in(own)
        assert not SealedSession.objects.filter(token_hash=hash_of(cookie_of(shared).value)).exists()

    def test_what_a_page_does_by_itself_keeps_nothing_open(
        self, pair: Pair, floor: Sitting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = timezone.now()
        at(monkeypatch, now)
        shared = signed_in(pair.host, shared="on")
        for minutes in (4, 8):
            at(monkeypatch, now + minutes * MINUTE)
            shared.get(f"/s/{floor.pk}", headers={"x-fragment": "stage", "sec-fetch-mode": "cors"})
            shared.get(f"/s/{floor.pk}?waits", headers={"sec-fetch-mode": "navigate"})
            assert may_watch([(cookie_of(shared).value, floor.pk)]) == [floor.seq]
        at(monkeypatch, now + 10 * MINUTE)

        assert may_watch([(cookie_of(shared).value, floor.pk)]) == [None]
        assert not is_signed_in(shared)

    def test_somebody_who_types_is_there(self, alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        now = timezone.now()
        at(monkeypatch, now)
        shared = signed_in(alice, shared="on")
        for minutes in range(5, 60, 5):
            at(monkeypatch, now + minutes * MINUTE)
            assert (
                shared.get("/still", headers={"x-by-hand": "1", "sec-fetch-mode": "cors"}).status_code == 204
            )

        assert is_signed_in(shared)

    # By day: what changes with a new day is not in question here.
    @pytest.mark.begins(clock.NOON)
    def test_when_it_was_used_is_written_once_a_minute_and_only_under_its_seal(
        self, alice: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = timezone.now()
        at(monkeypatch, now)
        shared = signed_in(alice, shared="on")
        rows = SealedSession.objects.filter(token_hash=hash_of(cookie_of(shared).value))
        shared.get("/us")
        before = rows.values_list().get()

        at(monkeypatch, now + timedelta(seconds=59))
        shared.get("/us")
        assert rows.values_list().get() == before
        at(monkeypatch, now + 9 * MINUTE)
        shared.get("/us")
        after = rows.values_list().get()

        names = [field.attname for field in SealedSession._meta.concrete_fields]
        changed = {name for name, old, new in zip(names, before, after, strict=True) if old != new}
        assert changed == {"blob"}
        assert rows.get().expires_on == now.date() + timedelta(days=1)

    def test_it_stays_a_shared_device_in_together_mode(
        self, pair: Pair, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = timezone.now()
        at(monkeypatch, now)
        shared = signed_in(pair.host, shared="on")
        shared.post("/practise/listening/start", {"mode": "one"})
        assert not cookie_of(shared)["max-age"]

        at(monkeypatch, now + 11 * MINUTE)

        assert not is_signed_in(shared)

    def test_its_pages_lock_themselves_and_those_of_ones_own_do_not(self, alice: Person) -> None:
        assert "shared.js" in html(signed_in(alice, shared="on").get("/us", follow=True))
        assert "shared.js" not in html(signed_in(alice).get("/us", follow=True))


@pytest.mark.parametrize(
    "way", ["/logout", "/lock", "/settings/elsewhere", "/settings/devices/out", "passphrase"]
)
def test_every_way_out_asks_the_sessions_streams_to_look_again(
    alice: Person, way: str, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    """They end within two seconds then: see the streams' own tests."""
    told: list[tuple[Any, str]] = []
    monkeypatch.setattr(hub.hub(), "pass_on", lambda ref, what: told.append((ref, what)))
    other = signed_in(alice)
    mine, ref = id_of(hash_of(cookie_of(other).value)), str(ref_of(other))
    new = {"passphrase": alice.passphrase, "new": "harbour pebble violin"}

    with django_capture_on_commit_callbacks(execute=True):
        if way in {"/logout", "/lock"}:
            other.post(way)
        elif way == "passphrase":
            alice.client.post("/settings/passphrase", new)
        else:
            alice.client.post(way, {"device": ref})

    assert (mine, LOOK_AGAIN) in told
    assert not is_signed_in(other)
