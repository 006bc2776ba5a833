"""The front door: signing up, logging in and out, coming back, and keeping everybody else out."""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client

from nearer.accounts.models import User
from nearer.accounts.slowing import twice
from nearer.bonds.models import Member
from nearer.testing.cast import Pair, Person
from nearer.vault import keys
from nearer.vault.models import SealedSession, StoredKey, UnlockMethod
from nearer.vault.tokens import hash_of
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.reading import everything_stored, html, is_signed_in, marked, words

pytestmark = pytest.mark.django_db

COOKIE, CSRF = settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME
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
        # A key of theirs, and of the drawer that is open now.
        assert (User.objects.count(), StoredKey.objects.count()) == (1, 2)

    def test_a_form_sent_twice_makes_one_account_and_says_nothing(self) -> None:
        first, second = Client(), Client()
        first.get("/signup")
        second.cookies[CSRF] = first.cookies[CSRF].value
        sign_up(first)
        unseen = marked(first.get("/signup/recovery"), "data-recovery-code")

        came = sign_up(second)

        assert came["Location"] == "/signup/recovery"
        # A key of theirs, and of the drawer that is open now.
        assert (User.objects.count(), StoredKey.objects.count()) == (1, 2)
        shown = marked(second.get("/signup/recovery"), "data-recovery-code")
        assert shown != unseen
        assert not is_signed_in(first)
        sent = {"username": "Sam.1", "code": shown, "passphrase": "another lantern for the willow"}
        assert Client().post("/recover", sent).status_code == 302

    @pytest.mark.parametrize("how", ["another browser", "another passphrase", "no cookie", "much later"])
    def test_a_taken_name_is_taken(self, monkeypatch: pytest.MonkeyPatch, how: str) -> None:
        first, second = Client(), Client()
        first.get("/signup")
        second.get("/signup")
        if how != "another browser":
            second.cookies[CSRF] = first.cookies[CSRF].value
        if how == "no cookie":
            del first.cookies[CSRF], second.cookies[CSRF]
        if how == "much later":
            monkeypatch.setattr(twice, "WINDOW", 0.0)
        sign_up(first)

        wrong = {"passphrase": "willow orbit lantern"} if how == "another passphrase" else {}
        page = sign_up(second, **wrong)

        assert page.status_code == 422
        assert "cannot be used" in words(page)
        assert is_signed_in(first)
        assert not is_signed_in(second)

    def test_somebody_whose_name_was_taken_makes_no_account_by_trying_again(self, alice: Person) -> None:
        client = Client()
        client.get("/signup")
        code = alice.code
        for _ in range(3):
            page = sign_up(client, username=alice.username, passphrase=alice.passphrase)
            assert page.status_code == 422
        sent = {"username": alice.username, "code": code, "passphrase": "another lantern for the willow"}
        assert Client().post("/recover", sent).status_code == 302

    def test_back_on_the_form_somebody_signed_up_goes_on(self) -> None:
        client = Client()
        sign_up(client)

        assert client.get("/signup")["Location"] == "/signup/recovery"

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


class TestMyFace:
    def test_a_changed_name_is_seen_in_every_bond(self, pair: Pair, other_pair: Pair) -> None:
        sent = {"name": "Alix", "ink": "moss", "theme": "dark"}

        assert pair.host.client.post("/settings", sent).status_code == 302

        assert "Hello, Alix" in words(pair.host.client.get("/"))
        for other in (pair.guest, other_pair.guest):
            assert "Alix" in words(other.client.get("/us"))
        assert 'data-theme="dark"' in html(pair.host.client.get("/"))
        assert 'data-theme="dark"' not in html(pair.guest.client.get("/"))

    def test_what_fails_on_the_way_changes_neither_page(
        self, pair: Pair, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("nearer.bonds.actions.seal_card", Mock(side_effect=OperationalError))
        pair.host.client.raise_request_exception = False

        answer = pair.host.client.post("/settings", {"name": "Alix", "ink": "moss", "theme": "dark"})

        assert answer.status_code == 503
        assert "What you wrote is still there when you go back" in words(answer)
        assert 'value="Alice"' in html(pair.host.client.get("/settings"))

    def test_the_name_is_in_no_row(self, pair: Pair) -> None:
        stored = repr(everything_stored())

        assert "Alice" not in stored
        assert Member.objects.count() == 2


@pytest.mark.parametrize("passphrase", ["u-alice u-alice", "Alice Nearer Alice", "nearernearernearer 1"])
def test_the_own_name_is_no_passphrase(alice: Person, client: Client, passphrase: str) -> None:
    sent = {"name": "Alice", "username": "u-alice2", "passphrase": passphrase.replace("u-alice", "u-alice2")}
    assert client.post("/signup", sent).status_code == 422

    changed = alice.client.post("/settings/passphrase", {"passphrase": alice.passphrase, "new": passphrase})
    assert changed.status_code == 422
    assert "leads to you" in changed.content.decode()
