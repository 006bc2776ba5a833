"""Whoever tries names and passphrases, from wherever: the owner's own ways in stay open, and few guesses count."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client

from nearer.accounts.slowing import known, limits
from nearer.sittings.models import Sitting
from nearer.sittings.run.access import may_watch
from nearer.testing.cast import Pair, Person
from nearer.vault import keys
from tests.pages import authenticator
from tests.pages.authenticator import Device
from tests.pages.reading import is_signed_in, words

pytestmark = pytest.mark.django_db

DEVICE = settings.DEVICE_COOKIE_NAME
HOME, ELSEWHERE = "203.0.113.7", "198.51.100.3"
GUESS, NEW = "a guess, no more", "harbour pebble violin"


def browser(address: str = HOME, mark: str = "") -> Client:
    """Return a browser in some network, perhaps with a mark that it was given before."""
    client = Client(REMOTE_ADDR=address)
    if mark:
        client.cookies[DEVICE] = mark
    return client


def log_in(client: Client, person: Person, passphrase: str = "", **more: str) -> int:
    sent = {"username": person.username, "passphrase": passphrase or person.passphrase, **more}
    status: int = client.post("/login", sent).status_code
    return status


def marked(person: Person, passphrase: str = "") -> str:
    """Log a new browser in, and return its mark."""
    client = browser(ELSEWHERE)
    assert log_in(client, person, passphrase) == 302
    return str(client.cookies[DEVICE].value)


def guess(person: Person, times: int, address: str = HOME) -> list[int]:
    return [log_in(browser(address), person, GUESS) for _ in range(times)]


def flood(address: str = HOME) -> None:
    """Try made-up names until the network has to wait."""
    tries = [
        browser(address).post("/login", {"username": f"zz{number}", "passphrase": GUESS}).status_code
        for number in range(32)
    ]
    assert tries == [422] * 30 + [429] * 2


class TestWhoLivesUnderTheSameRoof:
    """Two people share an address; one of them tries names there until it is counted out."""

    @pytest.fixture(autouse=True)
    def _flooded(self, alice: Person) -> None:
        self.mark = marked(alice)
        limits.reset()
        flood()

    def test_a_browser_that_was_here_before_comes_in(self, alice: Person) -> None:
        assert log_in(browser(mark=self.mark), alice) == 302

    def test_a_recovery_code_opens(self, alice: Person) -> None:
        sent = {"username": alice.username, "code": alice.code, "passphrase": NEW}

        assert browser().post("/recover", sent).status_code == 302

    def test_a_passkey_opens(self, device: Device) -> None:
        assert authenticator.log_in(device, browser())[1].status_code == 302

    @pytest.mark.parametrize("path", ["/again", "/settings/passphrase", "/settings/recovery"])
    @pytest.mark.parametrize("why", ["", "known"])
    def test_who_is_signed_in_shows_who_they_are(self, alice: Person, path: str, why: str) -> None:
        sent = {"passphrase": alice.passphrase, "new": NEW, "why": why}

        assert alice.client.post(path, sent, REMOTE_ADDR=HOME).status_code in {302, 303}

    def test_guesses_on_one_open_device_leave_the_others_alone(self, alice: Person) -> None:
        taken = browser(mark=self.mark)
        assert log_in(taken, alice) == 302
        tries = [taken.post("/settings/recovery", {"passphrase": GUESS}).status_code for _ in range(11)]
        assert tries == [422] * 10 + [429]

        sent = {"passphrase": alice.passphrase, "new": NEW, "why": "known"}
        assert alice.client.post("/settings/passphrase", sent, REMOTE_ADDR=HOME).status_code == 302

    def test_a_phone_on_the_table_is_taken_back(self, pair: Pair) -> None:
        person = pair.host
        person.client.post("/practise/listening/start", {"mode": "one"})

        taken = person.client.post("/together", {"passphrase": person.passphrase}, REMOTE_ADDR=HOME)

        assert (taken.status_code, taken["Location"]) == (302, "/")

    def test_a_new_browser_waits_there_and_is_told_what_still_opens(self, alice: Person) -> None:
        answer = browser().post("/login", {"username": alice.username, "passphrase": alice.passphrase})

        assert answer.status_code == 429
        for way in ("recovery code", "passkey", "A browser where you have logged in", "up to a day"):
            assert way in words(answer)
        assert log_in(browser(ELSEWHERE), alice) == 302

    def test_a_flood_of_ceremonies_is_slowed_and_a_known_browser_is_not(self, device: Device) -> None:
        here = authenticator.HERE
        asked = [browser().post("/passkey/ask", **here).status_code for _ in range(61)]
        assert asked == [200] * 60 + [429]

        assert authenticator.log_in(device, browser(mark=self.mark))[1].status_code == 302


class TestStrangers:
    def test_one_elsewhere_leaves_the_owners_network_alone(self, alice: Person) -> None:
        assert guess(alice, 25, ELSEWHERE) == [422] * 10 + [429] * 15

        assert log_in(browser(HOME), alice, shared="on") == 302

    def test_one_network_alone_uses_up_nothing_of_what_all_have_together(self, alice: Person) -> None:
        guess(alice, 60, ELSEWHERE)

        for network in range(3):
            assert guess(alice, 10, f"192.0.2.{network}") == [422] * 10
        assert guess(alice, 1) == [429]

    def test_thousands_of_guesses_from_everywhere_are_forty(
        self, alice: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        tried, stretch, mark = [], keys.stretch, marked(alice)
        limits.reset()

        def counted(passphrase: str, salt: bytes, params: keys.Argon2) -> bytes:
            tried.append(passphrase)
            return stretch(passphrase, salt, params)

        monkeypatch.setattr(keys, "stretch", counted)

        for network in range(60):
            guess(alice, 12, f"192.0.2.{network}")

        assert len(tried) == 40
        assert log_in(browser("192.0.2.1", mark), alice) == 302

    def test_in_the_network_of_a_guesser_a_shared_device_waits_and_the_code_opens(
        self, alice: Person
    ) -> None:
        guess(alice, 10)

        assert log_in(browser(), alice, shared="on") == 429
        sent = {"username": alice.username, "code": alice.code, "passphrase": NEW, "shared": "on"}
        assert browser().post("/recover", sent).status_code == 302

    def test_the_owner_coming_in_hands_no_new_guesses_to_everybody(self, alice: Person) -> None:
        for network in range(4):
            guess(alice, 10, f"192.0.2.{network}")
        mark_holder = browser(mark=self._mark_of(alice))

        assert log_in(mark_holder, alice) == 302
        assert guess(alice, 1, "192.0.2.99") == [429]

    def _mark_of(self, alice: Person) -> str:
        alice.client.post("/settings/elsewhere")
        return str(alice.client.cookies[DEVICE].value)

    def test_a_known_browser_works_for_nobody_faster_than_hands_do(self, alice: Person) -> None:
        client = browser(mark=marked(alice))
        limits.reset()
        answers = []
        for _ in range(31):
            mark = client.cookies[DEVICE].value
            client = browser(mark=str(mark))
            answers.append(log_in(client, alice, shared="on"))

        assert answers == [302] * 30 + [429]


class TestMarks:
    """What a browser that was here before carries."""

    def change(self, way: str, person: Person) -> Client:
        """Do what ends old marks, and return the browser that did it."""
        client = browser()
        assert log_in(client, person) == 302
        if way == "/recover":
            client = browser()
            sent = {"username": person.username, "code": person.code, "passphrase": NEW}
            assert client.post(way, sent).status_code == 302
        else:
            sent = {"passphrase": person.passphrase, "new": NEW}
            if way == "known":
                sent["why"] = "known"
            path = "/settings/passphrase" if way in {"known", "changed"} else way
            assert client.post(path, sent).status_code == 302
        assert is_signed_in(client)
        return client

    @pytest.mark.parametrize("way", ["changed", "known", "/recover", "/settings/elsewhere"])
    def test_a_change_to_the_ways_in_ends_all_but_ones_own(self, alice: Person, way: str) -> None:
        stocked = [marked(alice) for _ in range(3)]
        mine = self.change(way, alice)
        now = alice.passphrase if way == "/settings/elsewhere" else NEW
        limits.reset()
        guess(alice, 10)

        assert [log_in(browser(mark=old), alice, now) for old in stocked] == [429] * 3
        mine.post("/logout")
        assert log_in(mine, alice, now) == 302

    def test_stocked_up_ones_are_good_for_no_guess_after_a_change(self, alice: Person) -> None:
        stocked = [marked(alice) for _ in range(3)]
        self.change("changed", alice)
        limits.reset()

        tries = [log_in(browser(mark=old), alice, GUESS) for old in stocked for _ in range(12)]

        assert tries.count(422) == 10

    def test_however_many_there_are_they_share_a_few_counts(
        self, alice: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(known, "SLOTS", 2)
        stocked = [marked(alice) for _ in range(6)]
        limits.reset()

        tries = [log_in(browser(mark=mark), alice, GUESS) for mark in stocked for _ in range(12)]

        assert 10 <= tries.count(422) <= 20
        assert len({mark.partition(".")[2][:1] for mark in stocked}) <= 2

    def test_an_operator_who_ends_sessions_ends_them_too(self, alice: Person) -> None:
        old = marked(alice)
        guess(alice, 10)

        call_command("endsessions", alice.username)

        assert log_in(browser(mark=old), alice) == 429

    def test_one_says_nothing_about_another_name(self, alice: Person, bob: Person) -> None:
        mine = browser(mark=marked(alice))

        said = [
            mine.post("/login", {"username": name, "passphrase": GUESS}) for name in (bob.username, "no-one")
        ]

        assert [answer.status_code for answer in said] == [422, 422]
        assert words(said[0]) == words(said[1])

    def test_a_shared_device_is_given_none_by_signing_out_elsewhere(self, alice: Person) -> None:
        client = browser()
        assert log_in(client, alice, shared="on") == 302

        client.post("/settings/elsewhere")

        assert is_signed_in(client)
        assert DEVICE not in client.cookies

    def test_signing_out_elsewhere_goes_on_here_without_a_break(self, pair: Pair, floor: Sitting) -> None:
        token = pair.host.token
        before = may_watch([(token, floor.pk)])

        pair.host.client.post("/settings/elsewhere")

        assert may_watch([(token, floor.pk)]) == before != [None]
