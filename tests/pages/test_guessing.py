"""Guessing is slow, for strangers, and never shuts the owner out."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from nearer.accounts.slowing import limits
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
        assert "Wait a while" in words(stopped)

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

    def test_a_known_device_keeps_to_a_pace_right_or_wrong(
        self, alice: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits.PACE, "most", 2)
        mine, answers = Client(), []
        log_in(mine, alice)
        mark = mine.cookies[DEVICE].value
        for _ in range(3):
            mine = Client()
            mine.cookies[DEVICE] = mark
            answers.append(log_in(mine, alice).status_code)

        assert answers == [302, 302, 429]

    def test_guesses_at_one_name_from_many_networks_together_have_an_end(
        self, alice: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(limits.EVERYWHERE, "most", 3)
        for number in range(3):
            assert self.guess(alice, 1, REMOTE_ADDR=f"203.0.113.{number}") == [422]

        assert log_in(Client(), alice, REMOTE_ADDR="203.0.113.9").status_code == 429

    def test_the_wait_has_an_end_and_is_longer_for_who_goes_on(
        self, alice: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        began, hour = time.monotonic(), limits.HOUR
        for hours, waited in ((0, 1), (1, 2), (3, 4)):
            monkeypatch.setattr("time.monotonic", lambda: began + hours * hour + 60)  # noqa: B023
            assert self.guess(alice, 11)[-2:] == [422, 429]

            monkeypatch.setattr("time.monotonic", lambda: began + (hours + waited) * hour - 60)  # noqa: B023
            assert log_in(Client(), alice).status_code == 429

        monkeypatch.setattr("time.monotonic", lambda: began + 7 * hour + 120)
        assert log_in(Client(), alice).status_code == 302

    def test_after_a_quiet_while_a_wait_is_an_hour_again(self) -> None:
        count = limits.Count(1, 10.0, 100.0)
        spans = []
        for moment in (0.0, 1.0, 10.0, 11.0, 100.0):
            with pytest.MonkeyPatch.context() as patch, suppress(limits.TooMany):
                patch.setattr("time.monotonic", lambda: moment)  # noqa: B023
                count.one("x")
            spans.append(count._tries["x"][2])

        assert spans == [10.0, 10.0, 20.0, 20.0, 10.0]

    def test_success_forgets_earlier_slips(self, alice: Person) -> None:
        for _ in range(3):
            assert self.guess(alice, 9) == [422] * 9
            assert log_in(Client(), alice).status_code == 302

    def test_a_recovery_code_cannot_be_guessed_so_it_opens_also_then(self, alice: Person) -> None:
        self.guess(alice, 11)
        for _ in range(11):
            assert recover(Client(), alice, "0" * 26).status_code == 422

        assert recover(Client(), alice).status_code == 302

    def test_where_she_is_signed_in_she_is_counted_apart_from_strangers(self, alice: Person) -> None:
        self.guess(alice, 12)

        asked = alice.client.post("/settings/recovery", {"passphrase": alice.passphrase})

        assert asked.status_code == 302
        assert asked["Location"] == "/signup/recovery"

    def test_an_address_that_tries_many_names_is_slowed(self, alice: Person) -> None:
        from_there: dict[str, Any] = {"REMOTE_ADDR": "203.0.113.9"}
        for number in range(30):
            Client().post("/login", {"username": f"u{number}", "passphrase": "x"}, **from_there)

        assert log_in(Client(), alice, **from_there).status_code == 429
        assert log_in(Client(), alice, REMOTE_ADDR="203.0.113.10").status_code == 302

    @pytest.mark.parametrize(
        ("first", "then", "together"),
        [
            ("2001:db8:1:2::3", "2001:db8:1:2:ffff::9", True),
            ("2001:db8:1:2::3", "2001:db8:1:3::3", False),
            ("203.0.113.9", "::ffff:203.0.113.9", True),
            ("fe80::1%eth0", "fe80::2%eth1", True),
        ],
    )
    def test_who_has_many_addresses_is_counted_once(self, first: str, then: str, *, together: bool) -> None:
        sent = {"username": "nobody", "passphrase": "x"}
        for number in range(30):
            Client().post("/login", {**sent, "username": f"u{number}"}, REMOTE_ADDR=first)

        assert Client().post("/login", sent, REMOTE_ADDR=then).status_code == (429 if together else 422)

    def test_every_door_counts_an_address(self, alice: Person) -> None:
        from_there: dict[str, Any] = {"REMOTE_ADDR": "203.0.113.9"}
        doors: dict[str, dict[str, str]] = {
            "/login": {"username": "nobody", "passphrase": "x"},
            "/signup": SIGN_UP,
            "/j/open": {"code": "000-000-000"},
            "/practise/listening/partner": {},
            "/r/": {"code": "000-000-000"},
        }
        for path, sent in doors.items():
            limits.reset()
            for _ in range(limits.ADDRESSES.most):
                limits.ADDRESSES.one(limits._hidden("203.0.113.9", limits._day_key()))
            for _ in range(limits.PRACTISING.most):
                limits.PRACTISING.one(limits._hidden("203.0.113.9", limits._day_key()))

            browser = alice.client if path == "/r/" else Client()
            assert browser.post(path, sent, **from_there).status_code == 429, path
            assert browser.post(path, sent, REMOTE_ADDR="203.0.113.8").status_code != 429, path

    def test_yesterdays_addresses_cannot_be_found_again(self, monkeypatch: pytest.MonkeyPatch) -> None:
        today, later = limits._day_key(), time.monotonic() + limits.DAY
        assert limits._day_key() == today

        monkeypatch.setattr("time.monotonic", lambda: later)

        assert limits._day_key() != today

    def test_a_flood_of_names_takes_bounded_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(limits, "REMEMBERED", 100)
        count = limits.Count(10, 60.0, 60.0)

        for number in range(1000):
            count.one(str(number))

        assert len(count._tries) == 100

    def test_guesses_at_one_name_do_not_slow_another(self, alice: Person, bob: Person) -> None:
        self.guess(alice, 11)

        assert log_in(Client(), bob).status_code == 302
