"""One question with an invitation: sealed until both have answered, and gone without a trace when let go."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from nearer.bonds import actions, first, invitations
from nearer.bonds.models import Bond, FirstQuestion
from nearer.leaving import leave as leaving
from nearer.sittings.taking_back.prune import prune
from nearer.testing.cast import Pair, Person
from nearer.vault import store
from nearer.vault.models import StoredKey
from tests.pages.bad_words import CONTROL, LONG, NOTHING, ODD
from tests.pages.reading import everything_stored, html, marked, words

pytestmark = pytest.mark.django_db

ASKED = "What did you love doing when you were ten?"
HERS, HIS = "Climbing the walnut tree", "Building radios with my aunt"


def invite(host: Person, answer: str = HERS, question: str = "ten", kin: str = "friend") -> tuple[Bond, str]:
    """Invite with a question from the page; return the bond and the link's secret."""
    made = host.client.post("/invite", {"kin": kin, "question": question, "answer": answer})
    link = marked(host.client.get(made["Location"]), "data-invite-link")
    return Bond.objects.get(pk=made["Location"].split("/")[2]), link.partition("#")[2]


def opened(client: Client, secret: str) -> Any:
    client.post("/j/open", {"secret": secret})
    return client.get("/j/")


def join(guest: Person, secret: str, answer: str | None = None) -> Any:
    opened(guest.client, secret)
    return guest.client.post("/j/join", {} if answer is None else {"answer": answer})


def joined(host: Person, guest: Person, answer: str | None = None) -> Pair:
    bond, secret = invite(host)
    assert join(guest, secret, answer).status_code == 302
    return Pair(host=host, guest=guest, bond=Bond.objects.get(pk=bond.pk))


def do(person: Person, bond: Bond, **sent: str) -> Any:
    return person.client.post(f"/b/{bond.pk}/first", sent)


def today(person: Person) -> str:
    return words(person.client.get("/"))


def revealed(person: Person, bond: Bond) -> str:
    return words(person.client.get(f"/b/{bond.pk}/first"))


def confirm(pair: Pair, word: str = "yes") -> None:
    pair.host.client.post(f"/b/{pair.bond.pk}/confirm", {"answer": word})


class TestBeforeThereIsAnAccount:
    def test_a_stranger_reads_the_question_and_not_the_answer(self, alice: Person) -> None:
        _, secret = invite(alice)

        page = opened(Client(), secret)

        assert "Alice would like to try this with you" in words(page)
        assert "Nothing is wrong" in words(page)
        assert ASKED in words(page)
        assert HERS not in html(page)

    def test_an_answer_waits_sealed_and_survives_signing_up(self, alice: Person) -> None:
        _, secret = invite(alice)
        visitor = Client()
        opened(visitor, secret)

        assert visitor.post("/j/answer", {"answer": HIS, "way": "signup"})["Location"] == "/signup"
        page = visitor.get("/signup")
        # One that nobody takes for hers is chosen to begin with.
        assert all(said in words(page) for said in ("Alice invites you", "Alice has Lagoon"))
        assert re.search(r'value="marigold"[^>]*checked', html(page))
        assert HIS not in repr(everything_stored())
        sent = {"name": "Sam", "username": "sam", "passphrase": "lantern orbit willow"}
        to_code = visitor.post("/signup", sent)["Location"]
        code = marked(visitor.get(to_code), "data-recovery-code")
        assert visitor.post(to_code, {"code": code})["Location"] == "/j/"
        assert HIS in (again := html(visitor.get("/j/")))
        assert HERS not in again
        leads = visitor.post("/j/join")["Location"]

        # Both answers have a page of their own, before anything else is asked.
        assert "See both answers" in today(alice)
        assert HIS not in today(alice)
        for client, asks in ((visitor, False), (alice.client, True)):
            said = words(client.get(leads))
            assert all(text in said for text in ("Your first answers", ASKED, HERS, HIS))
            assert ("Is this who you meant?" in said) is asks
        assert not {HERS, HIS} & set(repr(everything_stored()).split("'"))

    def test_it_survives_logging_in(self, alice: Person, bob: Person) -> None:
        _, secret = invite(alice)
        visitor = Client()
        opened(visitor, secret)
        assert visitor.post("/j/answer", {"answer": HIS, "way": "login"})["Location"] == "/login"
        came = visitor.post("/login", {"username": bob.username, "passphrase": bob.passphrase})
        assert came["Location"] == "/j/"
        visitor.post("/j/join")

        assert HERS in words(visitor.get("/"))

    def test_another_invitation_in_the_same_browser_begins_anew(self, alice: Person, dana: Person) -> None:
        (_, hers), (_, danas) = invite(alice), invite(dana, "Maps", "place")
        visitor = Client()
        opened(visitor, hers)
        visitor.post("/j/answer", {"answer": HIS, "way": "signup"})
        assert HIS in html(opened(visitor, hers))

        assert HIS not in html(opened(visitor, danas))

    def test_no_question_no_field(self, alice: Person) -> None:
        _, secret = invite(alice, answer="")

        assert "<textarea" not in html(opened(Client(), secret))
        assert not FirstQuestion.objects.exists()

    @pytest.mark.parametrize("way", ["", "elsewhere", "//evil.example", "signup\x00"])
    def test_an_unknown_way_leads_back(self, alice: Person, way: str) -> None:
        _, secret = invite(alice)
        visitor = Client()
        opened(visitor, secret)

        assert visitor.post("/j/answer", {"answer": HIS, "way": way})["Location"] == "/j/"

    def test_without_an_invitation_there_is_nothing_to_answer(self) -> None:
        assert Client().post("/j/answer", {"answer": HIS}).status_code == 410

    def test_an_invitation_that_ran_out_takes_no_answer(self, alice: Person) -> None:
        bond, secret = invite(alice)
        visitor = Client()
        opened(visitor, secret)
        invitations.take_back(alice.at(bond))

        assert visitor.post("/j/answer", {"answer": HIS}).status_code == 410


class TestSealedUntilBothAreIn:
    def test_a_guest_who_did_not_answer_can_do_so_on_today(self, alice: Person, bob: Person) -> None:
        pair = joined(alice, bob)
        assert "Your answer is sealed" in today(alice)
        assert ASKED in today(bob)
        assert HERS not in today(bob)

        assert do(bob, pair.bond, answer=HIS)["Location"] == f"/b/{pair.bond.pk}/first"
        assert all(HERS in (said := revealed(each, pair.bond)) and HIS in said for each in (alice, bob))

    def test_they_see_both_once_the_bond_is_open(self, alice: Person, bob: Person) -> None:
        pair = joined(alice, bob, HIS)
        confirm(pair)

        assert all(HERS in today(person) and HIS in today(person) for person in (alice, bob))

    @pytest.mark.parametrize("nothing", NOTHING.values(), ids=NOTHING)
    def test_nothing_is_no_answer(self, alice: Person, bob: Person, nothing: str) -> None:
        pair = joined(alice, bob, nothing)
        do(bob, pair.bond, answer=nothing)

        assert HERS not in today(bob)

    def test_an_answer_counts_once(self, alice: Person, bob: Person) -> None:
        pair = joined(alice, bob, HIS)

        for person in (alice, bob):
            do(person, pair.bond, answer="Something else")
        said = revealed(alice, pair.bond)
        assert ("Something else" in said, HERS in said, HIS in said) == (False, True, True)

    def test_a_page_that_waits_hears_of_it(self, alice: Person, bob: Person) -> None:
        bond, secret = invite(alice)
        said = [alice.client.get(f"/b/{bond.pk}/state").content]
        join(bob, secret)
        said.append(alice.client.get(f"/b/{bond.pk}/state").content)
        do(bob, bond, answer=HIS)
        said.append(bob.client.get(f"/b/{bond.pk}/state").content)
        confirm(Pair(host=alice, guest=bob, bond=bond))
        said.append(bob.client.get(f"/b/{bond.pk}/state").content)

        assert said == [b"waiting", b"joined", b"joined together", b"open together"]
        assert 'data-state="waiting"' not in html(alice.client.get("/"))

    @pytest.mark.parametrize("said", ODD.values(), ids=ODD)
    def test_words_are_shown_as_they_are(self, alice: Person, bob: Person, said: str) -> None:
        bond, secret = invite(alice, said)
        join(bob, secret, said)
        place = bob.at(bond)

        assert place.first is not None
        assert place.first.theirs == place.first.mine == said.strip()
        assert "<script>alert" not in html(bob.client.get("/"))
        assert "<img src=x" not in html(bob.client.get("/"))


class TestLettingGo:
    @pytest.mark.rule("R4", "R5")
    def test_a_guest_who_lets_it_go_leaves_no_trace(self, alice: Person, bob: Person) -> None:
        pair = joined(alice, bob)
        before = html(alice.client.get("/"))

        assert do(bob, pair.bond, do="away")["Location"] == "/"

        assert html(alice.client.get("/")) == before
        assert ASKED not in today(bob)
        do(bob, pair.bond, answer=HIS)
        assert html(alice.client.get("/")) == before

    def test_who_takes_an_answer_back_erases_it(
        self,
        alice: Person,
        bob: Person,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        bond, secret = invite(alice)
        ref = FirstQuestion.objects.get().pk
        with django_capture_on_commit_callbacks(execute=True):
            do(alice, bond, do="away")

        assert not FirstQuestion.objects.exists()
        assert not StoredKey.objects.filter(owner=ref).exists()
        assert ASKED not in words(opened(bob.client, secret))
        assert join(bob, secret, HIS).status_code == 302
        assert ASKED not in today(bob)

    def test_open_nobody_lets_it_go_for_both(self, alice: Person, bob: Person) -> None:
        pair = joined(alice, bob, HIS)
        confirm(pair)

        for person in (alice, bob):
            do(person, pair.bond, do="away")

        assert all(HIS in today(person) for person in (alice, bob))


def refuse(pair: Pair) -> None:
    confirm(pair, "no")


def guest_leaves(pair: Pair) -> None:
    leaving.leave(pair.guest.at(pair.bond), pair.guest.ring, at=timezone.now())


def host_leaves_once_open(pair: Pair) -> None:
    confirm(pair)
    leaving.leave(pair.host.at(pair.bond), pair.host.ring, at=timezone.now())


class TestItGoesWithWhatItBelongsTo:
    @pytest.mark.parametrize("end", [refuse, guest_leaves, host_leaves_once_open], ids=lambda e: e.__name__)
    def test_sealed_it_never_opens(
        self,
        alice: Person,
        bob: Person,
        end: Callable[[Pair], None],
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        pair = joined(alice, bob)
        ref = FirstQuestion.objects.get().pk
        with django_capture_on_commit_callbacks(execute=True):
            end(pair)

        assert not FirstQuestion.objects.exists()
        assert not StoredKey.objects.filter(owner=ref).exists()
        assert HERS not in today(bob)

    def test_open_it_stays_readable_for_who_stays(self, alice: Person, bob: Person) -> None:
        pair = joined(alice, bob, HIS)
        confirm(pair)

        leaving.leave(bob.at(pair.bond), bob.ring, at=timezone.now())

        assert "This bond is closed" in today(alice)
        assert HIS in today(alice)
        assert "Put away for me" in today(alice)
        assert HERS not in today(bob)
        do(alice, pair.bond, do="away")
        assert FirstQuestion.objects.exists()

    def test_taken_back_with_the_invitation(
        self, alice: Person, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
    ) -> None:
        bond, _ = invite(alice)
        with django_capture_on_commit_callbacks(execute=True):
            alice.client.post(f"/b/{bond.pk}/take-back")

        assert not FirstQuestion.objects.exists()
        assert StoredKey.objects.count() == 1

    def test_the_daily_forgetting_keeps_it_while_it_is_needed(self, alice: Person, bob: Person) -> None:
        joined(alice, bob, HIS)
        invite(alice, "Kites", "free")
        now = timezone.now()
        StoredKey.objects.update(made_on=(now - timedelta(days=9)).date())

        prune(now)
        assert HERS in today(bob)

        prune(now + timedelta(days=4))
        assert FirstQuestion.objects.count() == 1
        assert StoredKey.objects.count() == 3  # two people, and one open question


class TestKeys:
    def test_joining_locks_it_anew(
        self,
        alice: Person,
        bob: Person,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:
        bond, secret = invite(alice)
        _, old_key = invitations.find_by_secret(secret, at=timezone.now())
        backup = FirstQuestion.objects.get()
        with django_capture_on_commit_callbacks(execute=True):
            join(bob, secret, HIS)
        now_kept = FirstQuestion.objects.get()

        assert now_kept.pk != backup.pk
        assert not StoredKey.objects.filter(owner=backup.pk).exists()
        assert first.asked(Bond.objects.get(pk=bond.pk), key=old_key) is None
        now_kept.delete()
        backup.save(force_insert=True)
        assert first.asked(bond, key=old_key) is None

    def test_the_bond_key_opens_nothing_without_the_key_store(self, alice: Person, bob: Person) -> None:
        pair = joined(alice, bob, HIS)
        store.erase([FirstQuestion.objects.get().pk])

        assert bob.at(pair.bond).first is None
        assert "You joined Alice" in today(bob)
        do(bob, pair.bond, answer=HIS)

    @pytest.mark.parametrize("how", ["another bond's", "a changed byte"])
    def test_what_was_altered_is_refused(self, alice: Person, bob: Person, dana: Person, how: str) -> None:
        pair = joined(alice, bob, HIS)
        row = FirstQuestion.objects.get(bond=pair.bond)
        sealed = bytes(row.sealed)
        other = invite(dana)[0]
        elsewhere = bytes(FirstQuestion.objects.get(bond=other).sealed)
        row.sealed = elsewhere if how == "another bond's" else sealed[:-1] + bytes([sealed[-1] ^ 1])
        row.save()

        page = words(bob.client.get("/"))
        assert HIS not in page
        assert "Something here could not be opened" in page
        actions.leave(bob.at(pair.bond), at=timezone.now())
        assert not FirstQuestion.objects.filter(bond=pair.bond).exists()

    def test_several_invitations_keep_to_themselves(self, alice: Person, bob: Person, dana: Person) -> None:
        joined(alice, bob, HIS)
        _, secret = invite(alice, "By the sea", "place")
        join(dana, secret, "In my workshop")

        assert "By the sea" in today(dana)
        assert not any(text in today(dana) for text in (HERS, HIS, ASKED))
        assert not any(text in today(bob) for text in ("By the sea", "In my workshop"))


class TestWordsThatDoNotGo:
    @pytest.mark.parametrize("bad", (CONTROL | LONG).values(), ids=CONTROL | LONG)
    def test_every_form_says_so_and_keeps_them(self, alice: Person, bob: Person, bad: str) -> None:
        sent = {"kin": "friend", "question": "ten", "answer": bad}
        pages = [alice.client.post("/invite", sent)]
        bond, secret = invite(alice)
        visitor = Client()
        opened(visitor, secret)
        pages.append(visitor.post("/j/answer", {"answer": bad, "way": "signup"}))
        opened(bob.client, secret)
        pages.append(bob.client.post("/j/join", {"answer": bad}))
        assert bob.client.post("/j/join").status_code == 302
        pages.append(do(bob, bond, answer=bad))

        for page in pages:
            assert page.status_code == 422
            assert 'class="errorlist"' in html(page)
            assert bad[:20].strip() in unescape(html(page))
        assert HERS not in today(bob)

    @pytest.mark.parametrize("question", ["unknown", "ten,free", "TEN"])
    def test_a_question_is_one_of_ours(self, alice: Person, question: str) -> None:
        sent = {"kin": "friend", "question": question, "answer": HERS}

        assert alice.client.post("/invite", sent).status_code == 422
        assert not Bond.objects.exists()
