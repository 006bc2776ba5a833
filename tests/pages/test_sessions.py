"""Sessions: what a stolen row, a planted cookie and a long time do to them, and what ends them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from nearer.testing.cast import Person
from nearer.vault.models import SealedSession
from nearer.vault.tokens import hash_of
from tests.pages.reading import at, is_signed_in, words

pytestmark = pytest.mark.django_db

COOKIE = settings.SESSION_COOKIE_NAME
DEVICE = settings.DEVICE_COOKIE_NAME
SIGN_UP = {"name": "Sam", "username": "Sam.1", "passphrase": "lantern orbit willow"}
NEW = "harbour pebble violin"


def log_in(client: Client, person: Person, passphrase: str = "", **more: Any) -> Any:
    sent = {"username": person.username, "passphrase": passphrase or person.passphrase}
    return client.post("/login", sent, **more)


def recover(client: Client, person: Person, code: str = "", passphrase: str = NEW) -> Any:
    sent = {"username": person.username, "code": code or person.code, "passphrase": passphrase}
    return client.post("/recover", sent)


class TestChangingThePassphrase:
    def change(self, person: Person, now: str = "") -> Any:
        return person.client.post(
            "/settings/passphrase", {"passphrase": now or person.passphrase, "new": NEW}
        )

    def test_it_ends_every_other_session_and_this_one_stays(self, alice: Person) -> None:
        elsewhere = Client()
        log_in(elsewhere, alice)
        stolen = elsewhere.cookies[COOKIE].value

        assert self.change(alice)["Location"] == "/settings"

        assert is_signed_in(alice.client)
        assert not is_signed_in(elsewhere)
        replayed = Client()
        replayed.cookies[COOKIE] = stolen
        assert not is_signed_in(replayed)
        assert SealedSession.objects.filter(user=alice.user).count() == 1

    def test_a_session_that_outlived_its_row_is_over_by_its_epoch(self, alice: Person) -> None:
        elsewhere = Client()
        log_in(elsewhere, alice)
        row = SealedSession.objects.get(token_hash=hash_of(elsewhere.cookies[COOKIE].value))
        self.change(alice)

        row.save(force_insert=True)

        assert not is_signed_in(elsewhere)

    def test_the_new_one_works_and_the_old_one_does_not(self, alice: Person) -> None:
        self.change(alice)

        assert log_in(Client(), alice).status_code == 422
        assert log_in(Client(), alice, NEW).status_code == 302
        assert recover(Client(), alice).status_code == 302

    def test_whoever_finds_the_phone_open_cannot_change_it(self, alice: Person) -> None:
        page = self.change(alice, "a guess, no more")

        assert page.status_code == 422
        assert "not your passphrase" in words(page)
        assert log_in(Client(), alice).status_code == 302

    def test_guesses_on_the_open_phone_are_counted_too(self, alice: Person) -> None:
        answers = [self.change(alice, "a guess, no more").status_code for _ in range(11)]

        assert answers == [422] * 10 + [429]

    def test_signing_out_elsewhere_leaves_only_here(self, alice: Person) -> None:
        elsewhere = Client()
        log_in(elsewhere, alice)

        alice.client.post("/settings/elsewhere")

        assert is_signed_in(alice.client)
        assert not is_signed_in(elsewhere)


class TestSessions:
    def test_a_stolen_row_is_no_cookie(self, alice: Person) -> None:
        row = SealedSession.objects.get(user=alice.user)

        for found in (row.token_hash, bytes(row.blob).hex(), hash_of(row.token_hash)):
            thief = Client()
            thief.cookies[COOKIE] = found
            assert not is_signed_in(thief)

    def test_a_stolen_row_shows_neither_token_nor_keys(self, alice: Person) -> None:
        row = SealedSession.objects.get(user=alice.user)

        assert alice.token.encode() not in bytes(row.blob)
        assert alice.ring.identity not in bytes(row.blob)

    def test_a_planted_cookie_is_replaced_at_login(self, alice: Person) -> None:
        attacker = Client()
        session = attacker.session
        session["note"] = "planted"
        session.save()
        planted = attacker.cookies[COOKIE].value
        victim = Client()
        victim.cookies[COOKIE] = planted

        log_in(victim, alice)

        assert victim.cookies[COOKIE].value != planted
        assert is_signed_in(victim)
        assert not is_signed_in(attacker)
        assert "note" not in victim.session

    def test_an_invented_cookie_is_not_taken_over(self, alice: Person) -> None:
        victim = Client()
        victim.cookies[COOKIE] = "x" * 32

        log_in(victim, alice)

        assert victim.cookies[COOKIE].value != "x" * 32

    def test_a_session_is_over_two_weeks_after_it_was_last_used(
        self, alice: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = timezone.now()
        at(monkeypatch, now + timedelta(days=14))
        assert is_signed_in(alice.client)
        at(monkeypatch, now + timedelta(days=27))
        assert is_signed_in(alice.client)

        at(monkeypatch, now + timedelta(days=42))

        assert not is_signed_in(alice.client)

    def test_a_session_is_over_after_ninety_days_however_much_it_is_used(
        self, alice: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now, lived = timezone.now(), 0
        for day in (*range(10, 90, 10), 89, 90, 91):
            at(monkeypatch, now + timedelta(days=day))
            lived = day if is_signed_in(alice.client) else lived

        assert lived == 90

    def test_the_cookies_are_for_the_server_alone(self, alice: Person) -> None:
        client = Client()
        log_in(client, alice)

        for name, same_site in ((COOKIE, "Lax"), (DEVICE, "Strict"), (settings.CSRF_COOKIE_NAME, "Strict")):
            if name not in client.cookies:
                client.get("/settings")
            cookie = client.cookies[name]
            assert cookie["httponly"], name
            assert cookie["samesite"] == same_site, name
            assert cookie["path"] == "/", name
            assert not cookie["domain"], name


def test_the_operator_can_sign_one_out_or_everybody(alice: Person, bob: Person, charlie: Person) -> None:
    call_command("endsessions", alice.username.upper(), verbosity=0)
    assert [is_signed_in(person.client) for person in (alice, bob, charlie)] == [False, True, True]

    call_command("endsessions", verbosity=0)
    assert not any(is_signed_in(person.client) for person in (bob, charlie))
    with pytest.raises(CommandError):
        call_command("endsessions", "nobody")
