"""Let back in after every way in was lost: by the other, by voice, with time to object, and by nobody else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone

from nearer.accounts.again import POSTS, TO
from nearer.accounts.events import What
from nearer.accounts.ways_in.unlock import by_passphrase
from nearer.bonds import actions, invitations, returns
from nearer.bonds.models import Bond, Return
from nearer.bonds.place import places_of
from nearer.home.event_views import WORDS
from nearer.home.renewal import lock_anew
from nearer.home.rotation import rotate
from nearer.leaving.leave import leave
from nearer.plans import lines
from nearer.practices.listening.moves import Heat, SetTopic, TakeTopic
from nearer.sittings.models import Entry, Sitting
from nearer.sittings.taking_back.prune import prune
from nearer.testing import thief
from nearer.testing.cast import Pair, Person, make_person, open_drawer, play, post_move, sign_in
from nearer.vault.identity import new_identity
from nearer.vault.keys import read_invite_secret
from nearer.vault.models import Identity, StoredKey
from nearer.vault.words import check_words
from tests.pages.conversations import CALM, keep_it, play_to_the_end
from tests.pages.reading import at, everything_stored, html, words
from tests.pages.test_opening import join
from tests.pages.test_rotation import keys_made_of

pytestmark = pytest.mark.django_db

CUE = "the kitchen is tidy"


@pytest.fixture
def again(pair: Pair) -> Person:
    """Bob's new account, after he lost everything of the old one."""
    return make_person("Robert")


def asked_by(person: Person) -> returns.Asking:
    person.client.post("/back", {"do": "ask"})
    asking = returns.asking(person.user.pk, ring=person.ring, at=timezone.now())
    assert asking is not None
    return asking


def six_words(response: Any) -> tuple[str, ...]:
    found = re.search(r"data-check-words>(.*?)</ol>", html(response), re.DOTALL)
    assert found
    return tuple(re.findall(r"<li>(\w+)</li>", found[1]))


def say_yes(person: Person, asking: returns.Asking, bond: Bond) -> Any:
    person.client.post("/r/", {"do": "open", "secret": asking.secret})
    yes = {"do": "yes", "bond": str(bond.pk), "same": "yes"}
    if (answer := person.client.post("/r/", yes)).status_code == 403:  # asked for anew, whatever is open
        person.client.post("/again", {**yes, TO: "/r/", POSTS: "1", "passphrase": person.passphrase})
        answer = person.client.post("/r/", yes)
    return answer


def promised(pair: Pair, again: Person) -> returns.Asking:
    asking = asked_by(again)
    assert say_yes(pair.host, asking, pair.bond)["Location"] == "/"
    return asking


def three_days_later(monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, timezone.now() + timedelta(hours=73))


def test_what_the_two_shared_is_there_again_and_the_old_account_is_out(
    pair: Pair, again: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = play_to_the_end(pair)
    keep_it(pair, kept)
    lines.propose(pair.guest.at(pair.bond), cue=CUE, act="sit on the sofa", at=timezone.now())
    old = keys_made_of(pair.guest.at(pair.bond))
    promised(pair, again)
    with pytest.raises(Http404):
        again.at(pair.bond)

    three_days_later(monkeypatch)
    pair.host.client.get("/")

    assert again.at(pair.bond).their_card == pair.host.at(pair.bond).my_card
    again.client.post(f"/b/{pair.bond.pk}/switch")
    assert CUE in words(again.client.get("/us"))
    assert "I felt left out" in words(again.client.get(f"/s/{kept.pk}"))
    assert lines.lines_of(again.at(pair.bond)).put_to_them, "what Bob proposed is theirs"
    with pytest.raises(Http404):
        pair.guest.at(pair.bond)
    for path in (f"/s/{kept.pk}", f"/b/{pair.bond.pk}/space"):
        assert pair.guest.client.get(path).status_code == 404
    assert [each.what for each in thief.everything_locked() if each.opens_with(old)] == []
    assert not Return.objects.exists()


def test_whoever_was_replaced_is_told_once_and_among_their_events(
    pair: Pair, again: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    promised(pair, again)
    three_days_later(monkeypatch)
    pair.host.client.get("/")

    told = "A place you had in a bond went to another account"
    assert told in words(pair.guest.client.get("/"))
    assert told not in words(pair.guest.client.get("/"))
    pair.guest.client.post("/again", {"passphrase": pair.guest.passphrase})
    assert str(WORDS[What.REPLACED]) in words(pair.guest.client.get("/settings/events"))


class TestTheWords:
    def test_both_see_the_same_six(self, pair: Pair, again: Person) -> None:
        asking = asked_by(again)
        pair.host.client.post("/r/", {"do": "open", "secret": asking.secret})

        theirs, mine = six_words(again.client.get("/back")), six_words(pair.host.client.get("/r/"))

        assert theirs == mine == asking.words
        assert len(set(theirs)) > 3

    def test_a_key_swapped_on_the_way_gives_others_and_is_let_in_nowhere(
        self, pair: Pair, again: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asking = promised(pair, again)
        forged = new_identity()[1]
        row = Return.objects.get()

        assert check_words(read_invite_secret(asking.secret), forged, row.pk) != asking.words
        Identity.objects.filter(user=again.user).update(public=forged)
        three_days_later(monkeypatch)
        pair.host.client.get("/")

        assert pair.guest.at(pair.bond).their_card is not None
        assert not Return.objects.exists(), "they have to ask anew, with the keys they have"

    def test_keys_renewed_meanwhile_have_to_be_compared_anew(
        self, pair: Pair, again: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        promised(pair, again)
        lock_anew(by_passphrase(again.username, again.passphrase), "harbour pebble violin")
        three_days_later(monkeypatch)

        assert pair.host.client.get("/").status_code == 200

        assert pair.guest.at(pair.bond).key == pair.host.at(pair.bond).key


class TestNothingOfItIsAWayRound:
    def test_it_takes_three_days_in_which_the_place_can_be_kept(
        self, pair: Pair, again: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        promised(pair, again)
        asked = "Somebody asks for your place beside Alice"
        assert asked in words(pair.guest.client.get("/"))
        assert "Bob is back on" in words(pair.host.client.get("/"))
        pair.host.client.get("/")
        assert pair.guest.at(pair.bond).their_card is not None

        pair.guest.client.post(f"/b/{pair.bond.pk}/keep-place")

        assert asked not in words(pair.guest.client.get("/"))
        three_days_later(monkeypatch)
        pair.host.client.get("/")
        assert pair.guest.at(pair.bond).their_card is not None
        assert "Make a link to ask with" in words(again.client.get("/back"))

    @pytest.mark.parametrize("way", ["login", "again", "recover", "known"])
    def test_whoever_comes_in_by_a_way_of_their_own_has_lost_nothing_and_keeps_it(
        self, pair: Pair, again: Person, way: str
    ) -> None:
        promised(pair, again)
        bob, anew = pair.guest, {"passphrase": pair.guest.passphrase, "new": "harbour pebble violin"}
        sent: dict[str, tuple[str, dict[str, str]]] = {
            "login": ("/login", {"username": bob.username, "passphrase": bob.passphrase}),
            "again": ("/again", {"passphrase": bob.passphrase}),
            "recover": ("/recover", {"username": bob.username, "code": bob.code, "passphrase": anew["new"]}),
            "known": ("/settings/passphrase", anew | {"why": "known"}),
        }
        if way in {"login", "recover"}:
            bob.client.post("/logout")

        assert bob.client.post(*sent[way]).status_code in {302, 303}

        assert not Return.objects.exists()
        told = "Somebody asked for your place in a bond"
        assert told in words(bob.client.get("/"))
        assert told not in words(bob.client.get("/"))
        assert str(WORDS[What.PLACE_KEPT]) in words(bob.client.get("/settings/events"))
        assert "is back on" not in words(pair.host.client.get("/"))

    def test_coming_in_as_the_one_who_promised_ends_nothing(self, pair: Pair, again: Person) -> None:
        promised(pair, again)

        pair.host.client.post("/again", {"passphrase": pair.host.passphrase})

        assert Return.objects.get().bond == pair.bond
        assert "Bob is back on" in words(pair.host.client.get("/"))

    @pytest.mark.parametrize("leaver", ["host", "guest"])
    def test_who_leaves_and_comes_back_is_not_replaced_meanwhile(
        self, pair: Pair, again: Person, leaver: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        person: Person = getattr(pair, leaver)
        promised(pair, again)
        leave(person.at(pair.bond), person.ring, at=timezone.now())
        assert "Make a link to ask with" in words(again.client.get("/back"))
        three_days_later(monkeypatch)
        sign_in(person)
        open_drawer(person)
        person.client.post("/settings/spaces", {"bond": str(pair.bond.pk), "do": "back"})

        pair.host.client.get("/")

        assert pair.guest.at(pair.bond).key == pair.host.at(pair.bond).key

    def test_whoever_promised_can_take_it_back(self, pair: Pair, again: Person) -> None:
        promised(pair, again)

        pair.host.client.post(f"/b/{pair.bond.pk}/keep-place")

        assert not Return.objects.exists()

    def test_only_the_one_who_promised_lets_in(
        self, pair: Pair, again: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        promised(pair, again)
        three_days_later(monkeypatch)

        pair.guest.client.get("/")
        again.client.get("/")

        assert pair.guest.at(pair.bond).their_card is not None

    def test_what_was_sealed_in_that_place_is_never_opened_from_it(
        self, pair: Pair, floor: Sitting, again: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Else somebody could take the other's place with an account of their own, to look at it from there."""
        play(pair.host, floor, SetTopic(topic="the drive home"))
        play(pair.guest, floor, TakeTopic())
        play(pair.guest, floor, Heat(level=CALM))
        promised(pair, again)
        three_days_later(monkeypatch)

        pair.host.client.get("/")

        assert not Entry.objects.filter(sitting=floor).exists()
        assert post_move(again, floor, "Heat", seq=0, level="easy").status_code == 409

    def test_asking_tells_nobody_anything(self, pair: Pair, again: Person, charlie: Person) -> None:
        pages = [words(person.client.get("/")) for person in (pair.host, pair.guest)]

        asking = asked_by(again)

        assert [words(person.client.get("/")) for person in (pair.host, pair.guest)] == pages
        charlie.client.post("/r/", {"do": "open", "secret": asking.secret})
        assert "You have no bond in which" in words(charlie.client.get("/r/"))
        for code in ("", "0000-0000", "x" * 30, "NOT A CODE"):
            answer = charlie.client.post("/r/", {"do": "open", "code": code})
            assert answer.status_code in {410, 422}
            assert ("not open any more" in words(answer)) is (answer.status_code == 410)

    def test_a_yes_needs_the_passphrase_each_time_also_while_the_drawer_is_open(
        self, pair: Pair, again: Person
    ) -> None:
        asking, before = asked_by(again), everything_stored()["bonds.Return"]
        open_drawer(pair.host)

        pair.host.client.post("/r/", {"do": "open", "secret": asking.secret})
        answer = pair.host.client.post("/r/", {"do": "yes", "bond": str(pair.bond.pk), "same": "yes"})

        assert answer.status_code == 403
        assert everything_stored()["bonds.Return"] == before

    def test_a_yes_needs_a_bond_of_ones_own_and_the_words_heard(
        self, pair: Pair, other_pair: Pair, again: Person, dana: Person
    ) -> None:
        asking, before = asked_by(again), everything_stored()["bonds.Return"]

        for sent in ({"same": "yes"}, {"bond": str(pair.bond.pk)}, {"bond": "x", "same": "yes"}):
            pair.host.client.post("/r/", {"do": "open", "secret": asking.secret})
            assert pair.host.client.post("/r/", {"do": "yes", **sent}).status_code == 422
        assert say_yes(dana, asking, pair.bond).status_code == 422, "not a bond of Dana's"
        assert say_yes(again, asking, pair.bond).status_code == 422, "one's own link"

        assert everything_stored()["bonds.Return"] == before

    def test_somebody_who_is_in_it_cannot_be_let_into_it(self, pair: Pair, other_pair: Pair) -> None:
        asking = asked_by(pair.guest)

        assert say_yes(pair.host, asking, pair.bond).status_code == 422
        assert say_yes(pair.host, asking, other_pair.bond)["Location"] == "/"
        assert Return.objects.get().bond == other_pair.bond

    def test_one_link_at_a_time_and_each_works_once(
        self, pair: Pair, other_pair: Pair, again: Person
    ) -> None:
        asking = asked_by(again)
        assert asked_by(again) == asking

        assert say_yes(pair.host, asking, pair.bond).status_code == 302
        assert say_yes(pair.host, asking, other_pair.bond).status_code == 410

    def test_a_code_read_aloud_does_the_same(self, pair: Pair, again: Person) -> None:
        asking = asked_by(again)

        pair.host.client.post("/r/", {"do": "open", "code": asking.code.lower()})

        assert six_words(pair.host.client.get("/r/")) == asking.words
        pair.host.client.post("/r/", {"do": "no"})
        assert "Open the link they gave you" in words(pair.host.client.get("/r/"))

    def test_it_runs_out_and_can_be_taken_back(
        self, pair: Pair, again: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asking, now = asked_by(again), timezone.now()
        again.client.post("/back", {"do": "back"})
        assert pair.host.client.post("/r/", {"do": "open", "secret": asking.secret}).status_code == 410

        asking = asked_by(again)
        pair.host.client.post("/r/", {"do": "open", "secret": asking.secret})
        at(monkeypatch, now + timedelta(hours=73))
        assert pair.host.client.get("/r/").status_code == 410
        prune(timezone.now())
        assert not Return.objects.exists()
        owners = set(StoredKey.objects.values_list("owner", flat=True))
        assert owners == {p.user.pk for p in (pair.host, pair.guest, again)}

    @pytest.mark.parametrize("why", ["renewed", "late"])
    def test_a_link_that_opens_nothing_any_more_makes_room_for_another(
        self, again: Person, why: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = asked_by(again)
        if why == "renewed":
            anew, _ = lock_anew(by_passphrase(again.username, again.passphrase), "harbour pebble violin")
            again = replace(again, ring=anew.ring, user=anew.user)
        else:
            at(monkeypatch, timezone.now() + timedelta(hours=73))
        sign_in(again)
        assert "Make a link to ask with" in words(again.client.get("/back"))
        secrets = StoredKey.objects.count()

        assert asked_by(again).secret != before.secret

        assert StoredKey.objects.filter(owner=Return.objects.get().pk).exists()
        assert StoredKey.objects.count() == secrets, "the one before is erased"

    def test_a_closed_bond_lets_nobody_in(
        self, pair: Pair, again: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        promised(pair, again)
        pair.guest.client.post(f"/b/{pair.bond.pk}/space")
        three_days_later(monkeypatch)

        assert pair.host.client.get("/").status_code == 200

        with pytest.raises(Http404):
            again.at(pair.bond)


def test_a_new_key_in_between_carries_the_promise_along(
    pair: Pair, again: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    promised(pair, again)
    rotate(pair.guest.at(pair.bond))
    three_days_later(monkeypatch)

    pair.host.client.get("/")

    assert again.at(pair.bond).key == pair.host.at(pair.bond).key


def test_where_the_first_question_was_not_open_yet_it_never_opens(
    alice: Person, bob: Person, monkeypatch: pytest.MonkeyPatch
) -> None:

    alice.client.post("/invite", {"kin": "friend", "question": "ten", "answer": "Climbing trees"})
    (place,) = places_of(alice.user.pk, ring=alice.ring)
    shown = invitations.shown(place)
    assert shown
    join(bob.client, shown.secret)
    actions.confirm(alice.at(place.bond))
    again = make_person("Robert")
    promised(Pair(host=alice, guest=bob, bond=place.bond), again)
    three_days_later(monkeypatch)

    alice.client.get("/")

    assert again.at(place.bond).first is None
