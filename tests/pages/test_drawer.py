"""The private drawer at the door: an unlocked phone in other hands shows nothing its owner keeps alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils import timezone

from nearer.accounts.again import SECRET_FIELDS
from nearer.accounts.ways_in import unsaved
from nearer.records.models import Record
from nearer.sittings.taking_back import erasing
from nearer.sittings.taking_back.prune import prune
from nearer.testing.cast import Pair, Person, open_drawer, sign_in
from nearer.vault import store
from nearer.vault.drawer import Drawer
from nearer.vault.models import SealedSession, StoredKey, UnlockMethod
from nearer.vault.sessions import SessionStore
from nearer.vault.tokens import hash_of
from tests.pages.reading import at, html, is_signed_in, marked, words

pytestmark = pytest.mark.django_db

ASKS = "Unlock your private pages"
MINUTE = timedelta(minutes=1)


def is_open(person: Person) -> bool:
    return person.client.get("/pulse").status_code == 200


def row_of(person: Person) -> SealedSession:
    return SealedSession.objects.get(user=person.user)


def answer(person: Person, page: Any, passphrase: str = "") -> Any:
    """Send the page that asks, with everything it carries."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html(page))
    return person.client.post("/again", {**dict(fields), "passphrase": passphrase or person.passphrase})


def test_reading_asks_again_and_goes_on_where_one_wanted(pair: Pair) -> None:
    person = pair.host
    asked = person.client.get("/pulse")
    assert asked.status_code == 403
    assert ASKS in words(asked)

    wrong = answer(person, asked, "a guess, no more")
    assert wrong.status_code == 422
    assert "not your passphrase" in words(wrong)
    assert row_of(person).drawer == b""

    gone_on = answer(person, wrong)
    assert (gone_on.status_code, gone_on["Location"]) == (303, "/pulse")
    assert is_open(person)


def test_a_form_that_came_too_late_does_nothing_and_is_carried_on(pair: Pair) -> None:
    person = pair.host
    person.client.post(f"/b/{pair.bond.pk}/pulse", {"understood": 3})
    ref = str(Record.objects.get().pk)

    late = person.client.post("/pulse/forget", {"record": ref, "note": "a < b", "passphrase-hint": "x"})
    assert late.status_code == 403
    assert Record.objects.exists()

    gone_on = answer(person, late)
    assert (gone_on.status_code, gone_on["Location"]) == (307, "/pulse/forget")
    assert f'name="record" value="{ref}"' in html(late)
    assert 'name="note" value="a &lt; b"' in html(late)
    assert person.client.post(gone_on["Location"], {"record": ref}).status_code == 302
    assert not Record.objects.exists()


def test_no_page_carries_a_secret(pair: Pair) -> None:
    for name in SECRET_FIELDS:
        late = pair.host.client.post("/pulse/forget", {"record": "mine", name: "kept from every page"})

        assert late.status_code == 403
        assert "kept from every page" not in html(late)
        assert answer(pair.host, late).status_code == 303
        pair.host.client.post("/drawer/close")


def test_the_page_leads_nowhere_else(alice: Person) -> None:
    for foreign in (
        "https://evil.example/",
        "//evil.example",
        "javascript:alert(1)",
        "/\\evil.example",
        "evil",
    ):
        page = alice.client.get("/again", {"next": foreign})
        assert page.status_code == 200
        assert answer(alice, page)["Location"] == "/"
        sent = {"passphrase": alice.passphrase, "again-to": foreign}
        assert alice.client.post("/again", sent)["Location"] == "/"


def test_it_closes_ten_minutes_after_the_last_private_action(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    at(monkeypatch, now)
    open_drawer(alice)
    for minutes, still in ((9, True), (18, True), (28, False), (29, False)):
        at(monkeypatch, now + minutes * MINUTE)
        alice.client.get("/")
        assert is_open(alice) is still, minutes
    assert is_signed_in(alice.client)


def test_what_is_not_private_does_not_keep_it_open(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    at(monkeypatch, now)
    open_drawer(alice)
    for minutes in (5, 9):
        at(monkeypatch, now + minutes * MINUTE)
        for page in ("/", "/us", "/settings"):
            alice.client.get(page)
    at(monkeypatch, now + 10 * MINUTE)

    assert not is_open(alice)


def test_logging_in_opens_it_here_and_nowhere_else(alice: Person) -> None:
    elsewhere = Client()

    elsewhere.post("/login", {"username": alice.username, "passphrase": alice.passphrase})

    assert elsewhere.get("/pulse").status_code == 200
    assert not is_open(alice)


def test_a_recovery_code_that_was_not_typed_back_is_not_shown_to_whoever_holds_the_phone(
    alice: Person,
) -> None:
    alice.client.post("/settings/recovery", {"passphrase": alice.passphrase})
    code = marked(alice.client.get("/signup/recovery"), "data-recovery-code")
    held: Any = alice.client.session
    assert code.replace("-", "") not in str(dict(held.items())).replace("-", ""), "the cookie alone opens it"
    assert unsaved.kept(held, held.drawer) == code
    assert not unsaved.kept(held, Drawer.opened(bytes(32), at=timezone.now()))
    alice.client.post("/drawer/close")

    shut = alice.client.get("/signup/recovery")

    assert shut.status_code == 403
    assert code not in html(shut)
    assert "/signup/recovery" in html(alice.client.get("/")), "it is still to be saved"
    alice.client.post("/again", {"passphrase": alice.passphrase})
    assert marked(alice.client.get("/signup/recovery"), "data-recovery-code") == code


def test_a_button_closes_it(alice: Person) -> None:
    open_drawer(alice)
    assert 'action="/drawer/close"' in html(alice.client.get("/pulse"))

    assert alice.client.post("/drawer/close")["Location"] == "/"

    assert not is_open(alice)
    assert is_signed_in(alice.client)
    assert (bytes(row_of(alice).drawer), row_of(alice).drawer_until) == (b"", None)


@pytest.mark.parametrize("way", ["/logout", "/lock"])
def test_the_ways_out_leave_no_drawer_behind(alice: Person, way: str) -> None:
    open_drawer(alice)

    alice.client.post(way)

    assert not SealedSession.objects.filter(user=alice.user).exists()


def test_a_phone_between_two_people_has_none(pair: Pair) -> None:
    person = pair.host
    open_drawer(person)

    person.client.post("/practise/listening/start", {"mode": "one"})

    assert "together" in person.client.session
    assert [bytes(row.drawer) for row in SealedSession.objects.filter(user=person.user)] == [b""]
    person.client.post("/together", {"passphrase": person.passphrase})
    assert bytes(row_of(person).drawer) == b""


def test_a_drawer_put_back_into_the_database_later_stays_shut(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When it closes is sealed with it: a longer time beside it says nothing."""
    now = timezone.now()
    at(monkeypatch, now)
    open_drawer(alice)
    rows = SealedSession.objects.filter(user=alice.user)
    rows.update(drawer_until=now + timedelta(days=9))
    at(monkeypatch, now + 11 * MINUTE)

    assert not is_open(alice)


def test_somebody_elses_drawer_opens_in_no_session_but_theirs(alice: Person, bob: Person) -> None:
    open_drawer(bob)

    SealedSession.objects.filter(user=alice.user).update(drawer=row_of(bob).drawer)

    assert not is_open(alice)


def test_what_has_run_out_is_blanked(alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    for person, moment in ((alice, now), (bob, now + 5 * MINUTE)):
        at(monkeypatch, moment)
        open_drawer(person)

    SessionStore.close_drawers(now + 11 * MINUTE)
    assert bytes(row_of(alice).drawer) == b""
    assert bytes(row_of(bob).drawer) != b""

    at(monkeypatch, now + 16 * MINUTE)
    prune(timezone.now())
    assert row_of(bob).drawer_until is None


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_what_is_opened_while_the_past_is_blanked_stays_open(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_drawer(alice)
    session = SessionStore(alice.token)
    past = session.drawer
    assert past
    session.drawer = Drawer.opened(past.master, at=timezone.now() + 11 * MINUTE)
    opened = Event()

    def opening() -> None:
        session.save()
        opened.set()
        for used in connections.all(initialized_only=True):
            BaseDatabaseWrapper.close(used)  # Django leaves open what is in memory

    opener = Thread(target=opening)

    def erase_meanwhile(owners: list[UUID]) -> None:
        opener.start()
        # Were the two not kept apart, it would be open by then.
        opened.wait(0.5)
        erase(owners)

    erase = store.erase
    monkeypatch.setattr(store, "erase", erase_meanwhile)
    SessionStore.close_drawers(timezone.now() + 11 * MINUTE)
    opener.join()

    at(monkeypatch, timezone.now() + 12 * MINUTE)
    assert is_open(alice)


def closed(alice: Person) -> None:
    alice.client.post("/drawer/close")


def logged_out(alice: Person) -> None:
    alice.client.post("/logout")


def exited(alice: Person) -> None:
    alice.client.post("/lock")


def signed_out_elsewhere(alice: Person) -> None:
    elsewhere = sign_in(alice, Client())
    open_drawer(alice, elsewhere)
    elsewhere.post("/settings/elsewhere")


def ran_out(alice: Person) -> None:
    SessionStore.close_drawers(timezone.now() + 11 * MINUTE)


def deleted(alice: Person) -> None:
    erasing.erase(alice.user.pk, at=timezone.now())


@pytest.mark.parametrize(
    "shut", [closed, logged_out, exited, signed_out_elsewhere, ran_out, deleted], ids=lambda shut: shut.__name__
)  # fmt: skip
def test_a_shut_drawer_opens_no_more_with_the_cookie_and_an_older_copy_of_its_row(
    alice: Person, shut: Callable[[Person], None]
) -> None:
    # What a journal still holds of the blanked row, put back beside today's key store.
    open_drawer(alice)
    assert is_open(alice)
    token, row = alice.token, row_of(alice)
    key = {hash_of(token): bytes(row.drawer)}
    assert StoredKey.objects.filter(owner=row.ref).exists()

    shut(alice)

    assert not StoredKey.objects.filter(owner=row.ref).exists()
    SealedSession.objects.filter(token_hash=row.token_hash).delete()
    if shut is not deleted:
        row.drawer = key[row.token_hash]
        row.save(force_insert=True)
        alice.client.cookies[settings.SESSION_COOKIE_NAME] = token
        assert not is_open(alice)


LASTING = {
    "/settings/passphrase": {"new": "harbour pebble violin", "why": "other"},
    "/settings/recovery": {"passphrase": ""},
    "/settings/passkeys": {"credential": "{}"},
    "/settings/passkeys/ask": {},
    "/settings/passkeys/remove": {"passkey": str(uuid4())},
}


@pytest.mark.parametrize("way", LASTING)
def test_a_lasting_way_in_asks_every_time_whatever_is_open(way: str, alice: Person) -> None:
    def ways() -> list[Any]:
        return sorted((str(each.pk), bytes(each.wrap)) for each in UnlockMethod.objects.all())

    own, sent = {"passphrase": alice.passphrase}, LASTING[way]
    for _ in range(2):
        alice.client.post("/again", own)
        assert is_open(alice)
        before = ways()

        assert alice.client.post(way, sent).status_code in {403, 422}
        assert alice.client.post(way, sent | {"passphrase": "not hers at all"}).status_code in {403, 422}
        assert ways() == before

        if way in {"/settings/passphrase", "/settings/recovery"}:
            assert alice.client.post(way, sent | own).status_code == 302
            assert ways() != before
            own["passphrase"] = sent.get("new", own["passphrase"])


def test_tries_are_counted_as_at_the_door(alice: Person) -> None:
    page = alice.client.get("/again")

    answers = [answer(alice, page, "a guess, no more").status_code for _ in range(11)]

    assert answers == [422] * 10 + [429]


def test_reading_within_the_minute_writes_nothing(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    at(monkeypatch, now)
    open_drawer(alice)
    alice.client.get("/pulse")
    before = bytes(row_of(alice).drawer)

    alice.client.get("/pulse")
    assert bytes(row_of(alice).drawer) == before
    at(monkeypatch, now + 2 * MINUTE)
    alice.client.get("/pulse")
    assert bytes(row_of(alice).drawer) != before
