"""Guessing is slow, for strangers, and never shuts the owner out."""

from __future__ import annotations

import time
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from nearer.accounts import limits
from nearer.testing.cast import Person
from tests.pages.reading import words

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


class TestGuessing:
    def guess(self, person: Person, times: int, **more: Any) -> list[int]:
        return [log_in(Client(), person, "a guess, no more", **more).status_code for _ in range(times)]

    def test_after_ten_tries_even_the_right_one_waits(self, alice: Person) -> None:
        assert self.guess(alice, 10) == [422] * 10

        stopped = log_in(Client(), alice)

        assert stopped.status_code == 429
        assert stopped["Retry-After"] == "60"
        assert "Wait a minute" in words(stopped)

    def test_a_device_she_has_used_before_still_gets_in(self, alice: Person) -> None:
        mine = Client()
        log_in(mine, alice)
        mine.post("/logout")
        self.guess(alice, 12)

        assert log_in(mine, alice).status_code == 302

    def test_a_device_of_somebody_else_does_not(self, alice: Person, charlie: Person) -> None:
        theirs = Client()
        log_in(theirs, charlie)
        theirs.post("/logout")
        self.guess(alice, 10)

        assert log_in(theirs, alice).status_code == 429

    def test_a_forged_device_does_not(self, alice: Person) -> None:
        mine = Client()
        log_in(mine, alice)
        forged = Client()
        forged.cookies[DEVICE] = mine.cookies[DEVICE].value.replace(".", "x.", 1)
        self.guess(alice, 10)

        assert log_in(forged, alice).status_code == 429

    def test_a_device_tells_nobody_whose_it_is(self, alice: Person) -> None:
        mine = Client()
        log_in(mine, alice)

        value = mine.cookies[DEVICE].value
        assert alice.username not in value
        assert str(alice.user.pk) not in value

    def test_a_known_device_may_not_guess_forever_either(self, alice: Person) -> None:
        mine = Client()
        log_in(mine, alice)
        mine.post("/logout")

        tries = [log_in(mine, alice, "a guess, no more").status_code for _ in range(11)]

        assert tries == [422] * 10 + [429]

    def test_the_wait_has_an_end(self, alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        self.guess(alice, 11)
        later = time.monotonic() + limits.ACCOUNT_WINDOW

        monkeypatch.setattr("time.monotonic", lambda: later)

        assert log_in(Client(), alice).status_code == 302

    def test_success_forgets_earlier_slips(self, alice: Person) -> None:
        for _ in range(3):
            assert self.guess(alice, 9) == [422] * 9
            assert log_in(Client(), alice).status_code == 302

    def test_recovery_is_counted_with_logging_in(self, alice: Person) -> None:
        self.guess(alice, 5)
        codes = [recover(Client(), alice, "0" * 26).status_code for _ in range(6)]

        assert codes == [422] * 5 + [429]

    def test_an_address_that_tries_many_names_is_slowed(self, alice: Person) -> None:
        from_there: dict[str, Any] = {"REMOTE_ADDR": "203.0.113.9"}
        for number in range(30):
            Client().post("/login", {"username": f"u{number}", "passphrase": "x"}, **from_there)

        assert log_in(Client(), alice, **from_there).status_code == 429
        assert log_in(Client(), alice, REMOTE_ADDR="203.0.113.10").status_code == 302

    def test_guesses_at_one_name_do_not_slow_another(self, alice: Person, bob: Person) -> None:
        self.guess(alice, 11)

        assert log_in(Client(), bob).status_code == 302
