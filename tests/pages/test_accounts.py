"""The front door: signing up, logging in and out, coming back, and keeping everybody else out."""

from __future__ import annotations

import time
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from nearer.accounts import limits
from nearer.accounts.models import User
from nearer.bonds.models import Member
from nearer.testing.cast import Pair, Person
from nearer.vault import keys
from nearer.vault.models import SealedSession, StoredKey, UnlockMethod
from nearer.vault.sessions import hash_of
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.reading import at, everything_stored, html, is_signed_in, marked, words

pytestmark = pytest.mark.django_db

COOKIE = settings.SESSION_COOKIE_NAME
DEVICE = settings.DEVICE_COOKIE_NAME
SIGN_UP = {"name": "Sam", "username": "Sam.1", "passphrase": "lantern orbit willow"}
NEW = "harbour pebble violin"


def sign_up(client: Client, **changes: str) -> Any:
    return client.post("/signup", SIGN_UP | changes)


def log_in(client: Client, person: Person, passphrase: str = "", **more: Any) -> Any:
    sent = {"username": person.username, "passphrase": passphrase or person.passphrase}
    return client.post("/login", sent, **more)


def recover(client: Client, person: Person, code: str = "", passphrase: str = NEW) -> Any:
    sent = {"username": person.username, "code": code or person.code, "passphrase": passphrase}
    return client.post("/recover", sent)


class TestSigningUp:
    def test_a_newcomer_gets_an_account_and_a_code_to_save(self) -> None:
        client = Client()

        joined = sign_up(client)
        page = client.get(joined["Location"])
        code = marked(page, "data-recovery-code")

        assert joined["Location"] == "/signup/recovery"
        assert len(code.replace("-", "").replace(" ", "")) == 26
        assert "is not saved yet" in words(client.get("/"))

    def test_the_code_is_typed_back_once_however_it_is_written(self) -> None:
        client = Client()
        sign_up(client)
        code = marked(client.get("/signup/recovery"), "data-recovery-code")

        wrong = client.post("/signup/recovery", {"code": "0" * 26})
        right = client.post("/signup/recovery", {"code": code.lower().replace("-", " ")})

        assert wrong.status_code == 422
        assert "not the same code" in words(wrong)
        assert right["Location"] == "/"
        assert "is not saved yet" not in words(client.get("/"))
        assert client.get("/signup/recovery")["Location"] == "/"

    def test_the_code_is_stored_nowhere_in_the_open(self) -> None:
        client = Client()
        sign_up(client)
        code = marked(client.get("/signup/recovery"), "data-recovery-code").replace("-", "").replace(" ", "")

        assert code not in repr(everything_stored()).replace("-", "")

    @pytest.mark.parametrize(
        ("field", "value", "says"),
        [
            ("passphrase", "elevenchars", "at least 12"),
            ("passphrase", "a" * 40, "quickly guessed"),
            ("passphrase", "1234567890123", "quickly guessed"),
            ("passphrase", "long " * 60, "at most 256"),
            ("username", "two words", "without spaces"),
            ("username", "x" * 65, "at most 64"),
            ("name", "\u200b", "at least one letter"),
            ("name", "x" * 41, "at most 40"),
        ],
    )
    def test_what_will_not_do_is_said_and_nothing_typed_is_lost(
        self, field: str, value: str, says: str
    ) -> None:
        page = sign_up(Client(), **{field: value})

        assert page.status_code == 422
        assert says in words(page)
        assert User.objects.count() == 0
        assert StoredKey.objects.count() == 0
        assert SIGN_UP["passphrase"] not in html(page)
        for kept in {"name", "username"} - {field}:
            assert f'value="{SIGN_UP[kept]}"' in html(page)

    @pytest.mark.parametrize("name", ["Zoë", "נור", "李雷", "O’Neill-Šimić", "🙂"])
    def test_every_name_is_a_name(self, name: str) -> None:
        client = Client()

        assert sign_up(client, name=name).status_code == 302
        assert name in words(client.get("/"))

    @pytest.mark.parametrize("again", ["sam.1", "SAM.1", " Sam.1 ", "ｓam.1"])
    def test_a_username_is_taken_however_it_is_written(self, again: str) -> None:
        sign_up(Client())

        page = sign_up(Client(), username=again)

        assert page.status_code == 422
        assert "cannot be used" in words(page)
        assert User.objects.count() == StoredKey.objects.count() == 1

    def test_somebody_signed_in_is_sent_home(self, alice: Person) -> None:
        assert alice.client.get("/signup")["Location"] == "/"


class TestLoggingIn:
    def test_alice_logs_in_and_out(self, alice: Person) -> None:
        client = Client()

        came = log_in(client, alice)
        token = client.cookies[COOKIE].value
        assert came["Location"] == "/"
        assert "Hello, Alice" in words(client.get("/"))

        went = client.post("/logout")
        assert went["Location"] == "/"
        assert went["Clear-Site-Data"] == '"cache", "storage"'
        assert not SealedSession.objects.filter(token_hash=hash_of(token)).exists()
        client.cookies[COOKIE] = token
        assert not is_signed_in(client)

    def test_quick_exit_ends_the_session(self, alice: Person) -> None:
        token = alice.token

        assert alice.client.post("/lock").status_code == 204

        assert not is_signed_in(alice.client)
        assert not SealedSession.objects.filter(token_hash=hash_of(token)).exists()

    @pytest.mark.parametrize("written", ["U-ALICE", " u-alice", "ｕ-alice"])
    def test_capitals_in_a_username_do_not_matter(self, alice: Person, written: str) -> None:
        sent = {"username": written, "passphrase": alice.passphrase}

        assert Client().post("/login", sent).status_code == 302

    @pytest.mark.parametrize("wrong", ["alice lantern orbit willow", " Alice lantern orbit willow", "x"])
    def test_a_wrong_passphrase_opens_nothing(self, alice: Person, wrong: str) -> None:
        client = Client()

        page = log_in(client, alice, wrong)

        assert page.status_code == 422
        assert f'value="{wrong}"' not in html(page)
        assert not is_signed_in(client)

    def test_she_lands_where_she_was_going(self, alice: Person) -> None:
        client = Client()
        asked = client.get("/practise/listening")
        assert asked["Location"] == "/login?next=/practise/listening"

        page = client.get(asked["Location"])
        assert 'name="next" value="/practise/listening"' in html(page)
        assert log_in(client, alice)["Location"] == "/"
        again = Client()
        sent = {"username": alice.username, "passphrase": alice.passphrase, "next": "/practise/listening"}
        assert again.post("/login", sent)["Location"] == "/practise/listening"

    @pytest.mark.parametrize(
        "evil",
        ["https://evil.example/", "//evil.example/", "/\\evil.example", "///evil.example", "javascript:alert(1)",
         "\t//evil.example", "http:evil.example", "/%0d%0aSet-Cookie:x"],
    )  # fmt: skip
    def test_she_lands_nowhere_else(self, alice: Person, evil: str) -> None:
        sent = {"username": alice.username, "passphrase": alice.passphrase, "next": evil}

        where = Client().post("/login", sent)["Location"]

        assert where == "/" or (where.startswith("/") and evil.startswith("/%0d"))


class TestNobodyLearnsWhoIsHere:
    """The same words, the same headers, the same work, for a name somebody has and for one nobody has."""

    def answers(self, path: str, known: dict[str, str], alice: Person) -> tuple[Any, Any]:
        unknown = known | {"username": "u-nobod"}
        return tuple(Client().post(path, sent) for sent in (known | {"username": alice.username}, unknown))  # type: ignore[return-value]

    @pytest.mark.parametrize(
        ("path", "sent"),
        [
            ("/login", {"passphrase": "not the passphrase"}),
            ("/recover", {"code": "0" * 26, "passphrase": NEW}),
            ("/recover", {"code": "nonsense", "passphrase": NEW}),
        ],
    )
    def test_from_an_answer(self, alice: Person, path: str, sent: dict[str, str]) -> None:
        known, unknown = self.answers(path, sent, alice)

        assert known.status_code == unknown.status_code == 422
        assert html(known).replace(alice.username, "…") == html(unknown).replace("u-nobod", "…")
        assert dict(known.items()) == dict(unknown.items())
        assert set(known.cookies) == set(unknown.cookies)

    def test_from_the_work_it_takes(self, alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
        costs: list[keys.Argon2] = []
        real = keys.stretch

        def stretch(passphrase: str, salt: bytes, params: keys.Argon2) -> bytes:
            costs.append(params)
            return real(passphrase, salt, params)

        monkeypatch.setattr(keys, "stretch", stretch)

        self.answers("/login", {"passphrase": "not the passphrase"}, alice)

        assert len(costs) == 2
        assert costs[0] == costs[1]

    def test_from_being_slowed_down(self, alice: Person) -> None:
        for name in (alice.username, "u-nobod"):
            tries = [Client().post("/login", {"username": name, "passphrase": "wrong"}) for _ in range(11)]
            assert [answer.status_code for answer in tries] == [422] * 10 + [429], name

    def test_from_the_old_and_the_lost_way_in(self, alice: Person) -> None:
        UnlockMethod.objects.filter(user=alice.user).delete()
        known, unknown = self.answers("/login", {"passphrase": "not the passphrase"}, alice)

        assert html(known).replace(alice.username, "…") == html(unknown).replace("u-nobod", "…")


class TestComingBack:
    def test_the_code_brings_her_back_to_every_word(
        self, pair: Pair, django_capture_on_commit_callbacks: Any
    ) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            sitting = play_to_the_end(pair, topic="the drive home", said="I felt left out")
            keep_it(pair, sitting)
        alice, client = pair.host, Client()

        came = recover(client, alice)

        assert came["Location"] == "/signup/recovery"
        assert "the drive home" in words(client.get("/us"))
        assert "I felt left out" in words(client.get(f"/s/{sitting.pk}"))
        assert "Hello, Alice" in words(client.get("/"))

    def test_the_old_passphrase_and_the_old_code_are_over(self, alice: Person) -> None:
        client = Client()
        recover(client, alice)
        fresh = marked(client.get("/signup/recovery"), "data-recovery-code")

        assert fresh != alice.code
        assert log_in(Client(), alice).status_code == 422
        assert recover(Client(), alice).status_code == 422
        assert log_in(Client(), alice, NEW).status_code == 302
        assert recover(Client(), alice, fresh, "violin pebble harbour").status_code == 302

    def test_everybody_else_who_was_signed_in_as_her_is_out(self, alice: Person) -> None:
        recover(Client(), alice)

        assert not is_signed_in(alice.client)

    def test_the_code_is_forgiving_about_how_it_is_typed(self, alice: Person) -> None:
        sloppy = f" {alice.code.lower().replace('-', ' ').replace('0', 'o').replace('1', 'l')} "

        assert recover(Client(), alice, sloppy).status_code == 302

    def test_a_code_opens_its_own_account_only(self, alice: Person, bob: Person) -> None:
        assert recover(Client(), bob, alice.code).status_code == 422
        assert is_signed_in(bob.client)

    def test_a_weak_new_passphrase_is_refused_and_the_code_still_works(self, alice: Person) -> None:
        assert recover(Client(), alice, passphrase="short").status_code == 422
        assert recover(Client(), alice).status_code == 302

    def test_a_new_code_ends_the_old_one(self, alice: Person) -> None:
        asked = alice.client.post("/settings/recovery", {"passphrase": alice.passphrase})
        fresh = marked(alice.client.get(asked["Location"]), "data-recovery-code")

        assert recover(Client(), alice).status_code == 422
        assert recover(Client(), alice, fresh).status_code == 302

    def test_a_new_code_asks_for_the_passphrase(self, alice: Person) -> None:
        assert alice.client.post("/settings/recovery", {"passphrase": "a guess, no more"}).status_code == 422
        assert recover(Client(), alice).status_code == 302


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
        for day in range(1, 100):
            at(monkeypatch, now + timedelta(days=day))
            if not is_signed_in(alice.client):
                break
            lived = day

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


class TestMyFace:
    def test_a_changed_name_is_seen_in_every_bond(self, pair: Pair, other_pair: Pair) -> None:
        sent = {"name": "Alix", "ink": "moss", "theme": "dark"}

        assert pair.host.client.post("/settings", sent).status_code == 302

        assert "Hello, Alix" in words(pair.host.client.get("/"))
        for other in (pair.guest, other_pair.guest):
            assert "Alix" in words(other.client.get("/us"))
        assert 'data-theme="dark"' in html(pair.host.client.get("/"))
        assert 'data-theme="dark"' not in html(pair.guest.client.get("/"))

    def test_the_name_is_in_no_row(self, pair: Pair) -> None:
        stored = repr(everything_stored())

        assert "Alice" not in stored
        assert Member.objects.count() == 2
