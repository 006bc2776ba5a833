"""Passkeys: one ceremony logs in and opens the vault, and nothing but that very answer does."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from nearer.accounts.slowing import limits
from nearer.accounts.ways_in.ceremony import PRF_INPUT
from nearer.server.asgi import SLOW_PATHS
from nearer.testing.cast import Pair, Person, open_drawer
from nearer.vault.models import Passkey, SealedSession
from tests.pages.authenticator import HERE, Device, add, b64, log_in, make_sure, options, unb64
from tests.pages.reading import at, html, is_signed_in, words

pytestmark = pytest.mark.django_db

REFUSED = "We could not log you in with that passkey."


class TestAdding:
    def test_what_is_asked_for_is_what_the_paper_says(self, alice: Person) -> None:
        make_sure(alice)
        asked = options(alice.client, "/settings/passkeys/ask")

        assert asked["rp"]["id"] == "localhost"
        assert asked["authenticatorSelection"]["residentKey"] == "required"
        assert asked["authenticatorSelection"]["userVerification"] == "required"
        assert asked["attestation"] == "none"
        assert unb64(asked["user"]["id"]) == alice.user.pk.bytes
        assert hashlib.sha256(b"nearer/v1/prf").digest() == PRF_INPUT
        assert unb64(asked["extensions"]["prf"]["eval"]["first"]) == PRF_INPUT
        login = options(Client())
        assert login["userVerification"] == "required"
        assert login["allowCredentials"] == []
        assert login["extensions"] == asked["extensions"]

    def test_it_says_plainly_what_a_passkey_is_before_it_is_made(self, alice: Person) -> None:
        make_sure(alice)
        page = words(alice.client.get("/settings/passkeys", **HERE))

        for said in (
            "copied to your Apple or Google account",
            "use a passphrase only you know",
            "cannot open your words",
        ):
            assert said in page

    def test_a_device_is_asked_not_to_make_a_second_one(self, alice: Person, device: Device) -> None:
        make_sure(alice)
        (known,) = options(alice.client, "/settings/passkeys/ask")["excludeCredentials"]

        assert unb64(known["id"]) == device.name

    def test_without_the_open_drawer_nothing_is_asked_and_nothing_kept(self, alice: Person) -> None:
        assert alice.client.get("/settings/passkeys", **HERE).status_code == 403
        assert alice.client.post("/settings/passkeys/ask", **HERE).status_code == 403
        make_sure(alice)
        sent = Device().make(options(alice.client, "/settings/passkeys/ask"))
        alice.client.post("/drawer/close", **HERE)

        assert alice.client.post("/settings/passkeys", sent, **HERE).status_code == 403
        assert not Passkey.objects.exists()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"origin": "http://localhost:9"}, {"origin": "https://evil.example"}, {"house": "evil.example"},
            {"recognises": False},
        ],
    )  # fmt: skip
    def test_one_from_elsewhere_or_of_nobody_is_not_kept(self, alice: Person, wrong: Any) -> None:
        refused = add(alice, Device(**wrong))

        assert refused.status_code == 422
        assert "was not kept" in words(refused)
        assert not Passkey.objects.exists()

    def test_what_is_no_passkey_at_all_is_refused_kindly(self, alice: Person) -> None:
        right = Device().make(options_for(alice))
        for credential in (
            "",
            "x",
            "[]",
            "{}",
            "null",
            '{"id": 1}',
            right["credential"][:-9],
            "\x00",
            "9" * 9,
        ):
            options_for(alice)
            refused = alice.client.post("/settings/passkeys", {"credential": credential}, **HERE)
            assert refused.status_code == 422, credential
        for prf in ("AAAA", b64(bytes(31)), b64(bytes(64)), "%%", "é"):
            sent = Device().make(options_for(alice)) | {"prf": prf}
            assert alice.client.post("/settings/passkeys", sent, **HERE).status_code == 422, prf
        assert not Passkey.objects.exists()

    def test_a_challenge_counts_once_for_a_while_and_for_one_thing(
        self, alice: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sent = Device().make(options_for(alice))
        alice.client.post("/settings/passkeys", sent, **HERE)
        make_sure(alice)
        assert alice.client.post("/settings/passkeys", sent, **HERE).status_code == 422

        other = Device(name=b"another").make(options(alice.client) | {"user": {"id": ""}})
        assert alice.client.post("/settings/passkeys", other, **HERE).status_code == 422

        late = Device(name=b"late").make(options_for(alice))
        at(monkeypatch, timezone.now() + timedelta(minutes=5, seconds=1))
        make_sure(alice)
        assert alice.client.post("/settings/passkeys", late, **HERE).status_code == 422
        assert Passkey.objects.count() == 1


class TestEveryTime:
    """A phone taken shortly after a log-in gives nobody a lasting way in."""

    def test_an_open_drawer_is_not_enough_to_add_one(self, alice: Person) -> None:
        open_drawer(alice)

        assert 'data-ask="/settings' not in html(alice.client.get("/settings/passkeys", **HERE))
        assert alice.client.post("/settings/passkeys/ask", **HERE).status_code == 403
        assert alice.client.post("/settings/passkeys", {"credential": "{}"}, **HERE).status_code == 403

    def test_an_open_drawer_is_not_enough_to_remove_one(self, alice: Person, device: Device) -> None:
        open_drawer(alice)
        ref = str(Passkey.objects.get().pk)

        asked = alice.client.post("/settings/passkeys/remove", {"passkey": ref})

        assert asked.status_code == 403
        assert "Unlock your private pages" in words(asked)
        assert Passkey.objects.exists()
        again = {"again-to": "/settings/passkeys/remove", "again-posts": "yes", "passkey": ref}
        wrong = alice.client.post("/again", again | {"passphrase": "a guess, no more"})
        assert wrong.status_code == 422
        right = alice.client.post("/again", again | {"passphrase": alice.passphrase})
        assert (right.status_code, right["Location"]) == (307, "/settings/passkeys/remove")
        assert alice.client.post("/settings/passkeys/remove", {"passkey": ref}).status_code == 302
        assert not Passkey.objects.exists()

    def test_the_passphrase_leads_to_one_and_no_further(self, alice: Person) -> None:
        open_drawer(alice)
        asked = {"again-to": "/settings/passkeys", "again-posts": "yes", "do": "add"}
        alice.client.post("/again", asked | {"passphrase": alice.passphrase})
        assert alice.client.post("/settings/passkeys", {"do": "add"}, **HERE).status_code == 302
        assert 'data-ask="/settings' in html(alice.client.get("/settings/passkeys", **HERE))

        sent = Device().make(options(alice.client, "/settings/passkeys/ask"))
        assert alice.client.post("/settings/passkeys", sent, **HERE).status_code == 302

        assert alice.client.post("/settings/passkeys/ask", **HERE).status_code == 403
        assert Passkey.objects.count() == 1

    def test_what_was_shown_for_reading_counts_for_reading_alone(self, alice: Person) -> None:
        alice.client.post("/again", {"again-to": "/pulse", "passphrase": alice.passphrase})
        assert alice.client.get("/pulse").status_code == 200

        assert alice.client.post("/settings/passkeys/ask", **HERE).status_code == 403

    def test_it_counts_for_five_minutes(self, alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        make_sure(alice)
        at(monkeypatch, timezone.now() + timedelta(minutes=5, seconds=1))
        open_drawer(alice)

        assert alice.client.post("/settings/passkeys/ask", **HERE).status_code == 403


def options_for(person: Person) -> Any:
    make_sure(person)
    return options(person.client, "/settings/passkeys/ask")


class TestLoggingIn:
    def test_one_ceremony_logs_in_and_opens_everything(self, pair: Pair, device: Device) -> None:
        pair.host.client.post(f"/b/{pair.bond.pk}/pulse", {"understood": 3})

        client, answer = log_in(device)

        assert answer["Location"] == "/"
        assert pair.guest.name in words(client.get("/us"))
        assert "3 of 10" in words(client.get("/pulse"))
        assert settings.DEVICE_COOKIE_NAME in client.cookies

    def test_it_goes_on_where_one_wanted_and_heeds_whose_device_it_is(
        self, device: Device, alice: Person
    ) -> None:
        client, answer = log_in(device, next="/settings", shared="on")

        assert answer["Location"] == "/settings"
        assert not client.cookies[settings.SESSION_COOKIE_NAME]["max-age"]
        assert settings.DEVICE_COOKIE_NAME not in client.cookies

    def test_the_session_before_is_not_taken_over(self, device: Device, alice: Person) -> None:
        client = Client()
        options(client)
        planted = client.cookies[settings.SESSION_COOKIE_NAME].value

        log_in(device, client)

        assert client.cookies[settings.SESSION_COOKIE_NAME].value != planted
        assert is_signed_in(client)
        assert SealedSession.objects.filter(user=None).count() == 0

    def test_another_answer_opens_nothing(self, device: Device, alice: Person) -> None:
        for prf in (b64(bytes(32)), b64(b"x" * 32), "AAAA", "é"):
            client = Client()
            sent = device.show(options(client)) | {"prf": prf}
            answer = client.post("/passkey/login", sent, **HERE)
            assert answer.status_code == 422, prf
            assert REFUSED in words(answer)
            assert not is_signed_in(client)

    @pytest.mark.parametrize(
        "change",
        [
            {"origin": "http://localhost:9"}, {"house": "evil.example"}, {"recognises": False},
            {"owner": b"somebody else"}, {"owner": b""}, {"name": b"never heard of"}, {"key": Device().key},
        ],
    )  # fmt: skip
    def test_what_is_not_that_passkey_in_that_place_is_refused(
        self, alice: Person, device: Device, change: Any
    ) -> None:
        prf = device.show({"challenge": "", "extensions": {"prf": {"eval": {"first": b64(PRF_INPUT)}}}})[
            "prf"
        ]
        for name, value in change.items():
            setattr(device, name, value)
        client = Client()
        sent = device.show(options(client)) | {"prf": prf}

        answer = client.post("/passkey/login", sent, **HERE)

        assert answer.status_code == 422
        assert not is_signed_in(client)

    def test_junk_is_refused_in_the_same_words(self, device: Device, alice: Person) -> None:
        for credential in ("", "x", "{}", "null", '{"id": 1}', "\x00"):
            limits.ADDRESSES.forget()
            client = Client()
            options(client)
            answer = client.post("/passkey/login", {"credential": credential}, **HERE)
            assert (answer.status_code, REFUSED in words(answer)) == (422, True), credential

    def test_a_stolen_answer_is_good_for_nothing_the_second_time(self, device: Device, alice: Person) -> None:
        client, thief = Client(), Client()
        sent = device.show(options(client))
        options(thief)

        assert thief.post("/passkey/login", sent, **HERE).status_code == 422
        assert client.post("/passkey/login", sent, **HERE).status_code == 302
        client.post("/logout")
        assert client.post("/passkey/login", sent, **HERE).status_code == 422

    def test_a_copied_one_is_noticed_and_never_taken_again(self, alice: Person, device: Device) -> None:
        copy = device.copy()
        assert log_in(device)[1].status_code == 302

        assert log_in(copy)[1].status_code == 422
        assert log_in(device)[1].status_code == 422
        page = words(alice.client.get("/settings/devices"))
        assert "there seem to be two copies of it" in page

    def test_one_that_does_not_count_is_taken_every_time(self, alice: Person) -> None:
        device = Device(synced=True)
        add(alice, device)
        for _ in range(3):
            device.count = -1
            assert log_in(device)[1].status_code == 302

    def test_the_page_without_passkeys_is_the_page_it_always_was(self, db: None) -> None:
        by_number, by_name = Client().get("/login"), Client().get("/login", **HERE)

        assert "passkey" not in html(by_number)
        assert 'type="button" hidden data-passkey="/passkey/login"' in html(by_name)
        assert Client().post("/passkey/ask").status_code == 404

    def test_flooding_stops_and_locks_nobody_out(self, alice: Person, device: Device) -> None:
        far: dict[str, Any] = {"REMOTE_ADDR": "203.0.113.9"}
        answers = [Client().post("/passkey/login", {}, **far, **HERE).status_code for _ in range(61)]
        assert answers == [422] * 60 + [429]
        assert Client().post("/passkey/ask", **far, **HERE).status_code == 429

        assert log_in(device)[1].status_code == 302

    def test_nothing_is_stretched_so_it_waits_in_no_slow_lane(self) -> None:
        assert not [path for path in ("/passkey/ask", "/passkey/login", "/passkey/again", "/drawer/close", "/still")
                    if path.startswith(SLOW_PATHS)]  # fmt: skip
        assert "/again".startswith(SLOW_PATHS)


class TestWithoutAnAnswer:
    def test_it_says_who_one_is_and_the_passphrase_opens(self, alice: Person) -> None:
        device = Device(prf=False)
        add(alice, device)
        assert "Says who you are. Your passphrase opens." in words(alice.client.get("/settings/devices"))

        client, page = log_in(device, next="/settings")

        assert page.status_code == 200
        assert "Your passkey says who you are. Now your passphrase." in words(page)
        assert f'value="{alice.username}"' in html(page)
        assert 'name="next" value="/settings"' in html(page)
        assert not is_signed_in(client)

    def test_an_answer_made_up_for_it_opens_nothing(self, alice: Person) -> None:
        device = Device(prf=False)
        add(alice, device)
        client = Client()
        sent = device.show(options(client)) | {"prf": b64(bytes(32))}

        assert client.post("/passkey/login", sent, **HERE).status_code == 200
        assert not is_signed_in(client)

    def test_it_does_not_open_the_drawer(self, alice: Person) -> None:
        device = Device(prf=False)
        add(alice, device)
        alice.client.post("/drawer/close", **HERE)
        sent = device.show(options(alice.client))

        assert alice.client.post("/passkey/again", sent, **HERE).status_code == 422
        assert alice.client.get("/pulse").status_code == 403
        assert "data-passkey" not in html(alice.client.get("/pulse", **HERE))


class TestTheDrawer:
    def test_a_passkey_opens_it_and_goes_on(self, alice: Person, device: Device) -> None:
        alice.client.post("/drawer/close", **HERE)
        late = alice.client.post("/pulse/forget", {"record": "mine"}, **HERE)
        assert 'data-passkey="/passkey/again"' in html(late)
        sent = device.show(options(alice.client))
        carried = {"again-to": "/pulse/forget", "again-posts": "yes", "record": "mine"}

        answer = alice.client.post("/passkey/again", {**sent, **carried}, **HERE)

        assert (answer.status_code, answer["Location"]) == (307, "/pulse/forget")
        assert alice.client.get("/pulse").status_code == 200

    def test_somebody_elses_passkey_does_not(self, alice: Person, bob: Person, device: Device) -> None:
        sent = device.show(options(bob.client))

        refused = bob.client.post("/passkey/again", {**sent, "again-to": "/pulse"}, **HERE)

        assert refused.status_code == 422
        assert 'name="again-to" value="/pulse"' in html(refused)
        assert bob.client.get("/pulse").status_code == 403


def test_by_a_number_the_page_says_how_to_come_by_name(alice: Person) -> None:
    open_drawer(alice)

    page = alice.client.get("/settings/passkeys", headers={"host": "127.0.0.1:8000"})

    assert "Open it by name" in words(page)
    assert 'href="http://localhost:8000/settings/passkeys"' in html(page)
    assert "data-ask" not in html(page)


class TestThePhoneOnTheTable:
    def test_a_passkey_takes_it_back(self, pair: Pair, device: Device) -> None:
        alice = pair.host
        table = alice.client.post("/practise/listening/start", {"mode": "one"}, **HERE)["Location"]
        assert alice.client.get("/pulse", **HERE)["Location"] == table
        page = html(alice.client.get("/together", **HERE))
        assert 'data-passkey="/together/passkey"' in page

        taken = alice.client.post("/together/passkey", device.show(options(alice.client)), **HERE)

        assert (taken.status_code, taken["Location"]) == (302, "/")
        assert alice.client.get("/us", **HERE).status_code == 200

    def test_nobody_elses_does(self, pair: Pair, device: Device) -> None:
        bob = pair.guest
        table = bob.client.post("/practise/listening/start", {"mode": "one"}, **HERE)["Location"]

        refused = bob.client.post("/together/passkey", device.show(options(bob.client)), **HERE)

        assert refused.status_code == 422
        assert "This passkey does not open it." in words(refused)
        assert bob.client.get("/us", **HERE)["Location"] == table
        assert (
            bob.client.post("/together/passkey", {"credential": "{}", "prf": ""}, **HERE).status_code == 422
        )
