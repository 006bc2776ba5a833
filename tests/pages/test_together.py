"""Together mode: the phone between two people opens one sitting, and the passphrase takes it back."""

from __future__ import annotations

import re
from base64 import b64decode
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from nearer.accounts.ways_in.unsaved import CODE
from nearer.bonds import actions as bonding
from nearer.sittings.models import Sitting
from nearer.sittings.run.access import may_watch
from nearer.testing import thief
from nearer.testing.cast import Pair, Person, make_invitation, sign_in, start_floor
from nearer.vault.models import SealedSession
from nearer.vault.ring import CutRing, Ring
from tests.doors.authz import routes
from tests.pages.one_phone import ONE, START, at_heat, begin, tap, to_the_end
from tests.pages.reading import at, everything_stored, html, is_signed_in, words

pytestmark = pytest.mark.django_db

COOKIE = settings.SESSION_COOKIE_NAME
ANSWERED = {
    "sittings:together", "sittings:together_by_passkey", "accounts:passkey_ask", "accounts:lock", "accounts:logout",
    "web:help", "web:offline", "web:worker", "operating:alive", "operating:ready",
}  # fmt: skip
SESSIONS = "vault.SealedSession"
WAY_OUT = "/together"
OF_ANOTHER_BOND = "Dana"


def take_back(person: Person, passphrase: str = "") -> Any:
    return person.client.post(WAY_OUT, {"passphrase": passphrase or person.passphrase})


def seeds_of(person: Person) -> set[bytes]:
    """Return every key that a person's session holds, as whoever reads the session would find them."""
    texts = re.findall(r"[A-Za-z0-9+/=_-]{16,}", str(dict(person.client.session.items())))
    found = {text.encode() for text in texts}
    for text in texts:
        with suppress(ValueError):
            found.add(b64decode(text, validate=True))
    return found


class TestEntering:
    def test_the_ring_is_cut_to_the_bond(self, pair: Pair, other_pair: Pair) -> None:
        sitting = begin(pair.host, pair.bond)

        session = pair.host.client.session
        assert Ring.of(session) is None
        assert CutRing.of(session) == CutRing(
            bond=pair.bond.pk, key=pair.host.at(pair.bond).key, version=pair.bond.key_version
        )
        assert session["together"]["sitting"] == str(sitting.pk)

    def test_nothing_but_this_bond_can_be_opened_with_the_session(self, pair: Pair, other_pair: Pair) -> None:
        make_invitation(pair.host, kin="family")
        begin(pair.host, pair.bond)

        seeds = seeds_of(pair.host)
        found = thief.everything_locked()
        opened = [each.what for each in found if each.opens_with(seeds | thief.derived_from(seeds))]

        assert opened == ["card", "card", "roster", "header"], "this bond's alone"
        assert {"profile", "identity", "bond key", "master key"} <= {each.what for each in found}

    def test_the_row_with_the_whole_ring_is_gone_at_once(self, pair: Pair) -> None:
        before = pair.host.token

        begin(pair.host, pair.bond)

        assert pair.host.token != before
        assert SealedSession.objects.filter(user=pair.host.user).count() == 1
        old = Client()
        old.cookies[COOKIE] = before
        assert not is_signed_in(old)

    def test_a_recovery_code_still_to_be_saved_is_shut_away_and_comes_back(self, pair: Pair) -> None:
        session = pair.host.client.session
        session[CODE] = session["invitation"] = "SOME-CODE"
        session.save()

        begin(pair.host, pair.bond)
        assert "SOME-CODE" not in str(dict(pair.host.client.session.items()))
        take_back(pair.host)

        session = pair.host.client.session
        assert session[CODE] == session["invitation"] == "SOME-CODE"
        assert "left" not in str(dict(session.items()))

    def test_the_page_keeps_the_colours_and_the_theme(self, pair: Pair) -> None:
        sent = {"name": "Alice", "ink": "fig", "theme": "dark"}
        pair.host.client.post("/settings", sent)

        page = html(pair.host.client.get(f"/s/{begin(pair.host, pair.bond).pk}"))

        assert 'data-me="fig" data-you="marigold" data-theme="dark"' in page

    def test_a_room_that_is_not_offered_cuts_nothing(self, pair: Pair) -> None:
        bonding.leave(pair.guest.at(pair.bond), at=timezone.now())

        pair.host.client.post(START, ONE)

        assert Ring.of(pair.host.client.session) is not None


class TestEveryRoute:
    @pytest.fixture
    def table(self, pair: Pair, other_pair: Pair) -> Sitting:
        start_floor(other_pair)
        return at_heat(pair)

    def refs(self, table: Sitting) -> list[Any]:
        return [*Sitting.objects.exclude(pk=table.pk).values_list("pk", flat=True), uuid4()]

    def paths(self, table: Sitting, pair: Pair, other_pair: Pair) -> list[str]:
        every = [
            route.path(bond=bond, ref=ref)
            for route in routes()
            if route.name not in ANSWERED
            for bond in (pair.bond.pk, other_pair.bond.pk, uuid4())
            for ref in self.refs(table)
        ]
        return [*sorted(set(every)), "/no-such-page", "/s/", "//s/x", f"/s/{table.pk}/"]

    @pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE"])
    def test_every_other_address_leads_back_and_does_nothing(
        self, method: str, table: Sitting, pair: Pair, other_pair: Pair
    ) -> None:
        before = everything_stored()

        for path in self.paths(table, pair, other_pair):
            sent = {"mode": "one", "passphrase": pair.host.passphrase}
            client = pair.host.client
            response = client.post(path, sent) if method == "POST" else client.generic(method, path)
            assert response.status_code == 303, path
            assert response["Location"] == f"/s/{table.pk}", path
            assert response.content == b"", path

        assert everything_stored() == before

    def test_a_script_of_another_page_gets_no_stage(
        self, table: Sitting, pair: Pair, other_pair: Pair
    ) -> None:
        for path in self.paths(table, pair, other_pair):
            response = pair.host.client.get(path, headers={"X-Fragment": "stage"})
            assert response.status_code == 403, path
            assert b'id="stage"' not in response.content

    def test_what_answers_holds_nothing_of_ones_own(
        self, table: Sitting, pair: Pair, other_pair: Pair
    ) -> None:
        for path in (f"/s/{table.pk}", "/help", WAY_OUT):
            page = pair.host.client.get(path)
            assert page.status_code == 200
            assert OF_ANOTHER_BOND not in html(page)
            assert 'href="/settings"' not in html(page), path
            assert 'class="exit"' in html(page), path

    def test_only_its_own_stream_can_be_followed(self, table: Sitting, pair: Pair) -> None:
        other = Sitting.objects.exclude(pk=table.pk).get()
        elsewhere = sign_in(pair.host, Client()).cookies[COOKIE].value

        asked = [(pair.host.token, table.pk), (pair.host.token, other.pk), (elsewhere, other.pk)]
        assert may_watch(asked) == [2, None, 2]


class TestTakingItBack:
    def test_the_passphrase_gives_everything_back_under_a_fresh_token(
        self, pair: Pair, other_pair: Pair
    ) -> None:
        to_the_end(pair)
        shared, take = pair.host.token, self.sitting_of(pair)
        assert 'href="/together"' in html(pair.host.client.get(take))

        # What follows a sitting waits there: a plan for the two, and a pulse for oneself.
        assert take_back(pair.host)["Location"] == take

        assert pair.host.token != shared
        assert Ring.of(pair.host.client.session) == pair.host.ring
        assert CutRing.of(pair.host.client.session) is None
        assert is_signed_in(pair.host.client)
        for person in (pair.host, pair.guest):
            page = words(person.client.get(take))
            assert "One plan for the two of you" in page
            assert "It counts when" in page
        old = Client()
        old.cookies[COOKIE] = shared
        assert not is_signed_in(old)
        assert pair.host.client.get(WAY_OUT)["Location"] == "/"

    def test_where_it_did_not_come_to_its_end_nothing_follows(self, pair: Pair) -> None:
        tap(pair.host, begin(pair.host, pair.bond), "Leave")

        assert take_back(pair.host)["Location"] == "/"

    def sitting_of(self, pair: Pair) -> str:
        return f"/s/{Sitting.objects.get(bond=pair.bond).pk}"

    def test_a_guess_does_not_and_guesses_are_counted(self, pair: Pair) -> None:
        begin(pair.host, pair.bond)

        tries = [take_back(pair.host, "a guess, no more") for _ in range(11)]

        assert [answer.status_code for answer in tries] == [422] * 10 + [429]
        assert "not your passphrase" in words(tries[0])
        assert Ring.of(pair.host.client.session) is None
        assert pair.host.client.get("/settings").status_code == 303

    def test_the_others_passphrase_does_not_either(self, pair: Pair) -> None:
        begin(pair.host, pair.bond)

        assert take_back(pair.host, pair.guest.passphrase).status_code == 422
        assert pair.host.client.post(WAY_OUT, {}).status_code == 422
        assert pair.host.client.get("/us").status_code == 303

    def test_the_end_of_the_sitting_does_not_give_it_back(self, pair: Pair) -> None:
        sitting = to_the_end(pair)

        assert pair.host.client.get("/").status_code == 303
        page = pair.host.client.get(f"/s/{sitting.pk}")
        assert "You did this together" in words(page)
        assert "Take the phone back" in words(page)

    def test_logging_out_is_the_other_way(self, pair: Pair) -> None:
        begin(pair.host, pair.bond)

        pair.host.client.post("/logout")

        assert not is_signed_in(pair.host.client)
        assert pair.host.client.get("/").status_code == 200

    def test_a_forged_form_does_nothing(self, pair: Pair) -> None:
        begin(pair.host, pair.bond)
        forger = Client(enforce_csrf_checks=True)
        forger.cookies[COOKIE] = pair.host.token

        assert forger.post(WAY_OUT, {"passphrase": pair.host.passphrase}).status_code == 403

    def test_it_does_not_make_a_session_live_longer(
        self, pair: Pair, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        now = timezone.now()
        born = pair.host.client.session["born"]
        begin(pair.host, pair.bond)
        at(monkeypatch, now + timedelta(days=10))
        take_back(pair.host)

        assert pair.host.client.session["born"] == born
        at(monkeypatch, now + timedelta(days=25))
        assert not is_signed_in(pair.host.client)

    def test_a_table_forgotten_for_two_weeks_is_over(
        self, pair: Pair, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sitting = begin(pair.host, pair.bond)

        at(monkeypatch, timezone.now() + timedelta(days=15))

        assert "/login" in pair.host.client.get(f"/s/{sitting.pk}")["Location"]

    def test_a_changed_passphrase_ends_it(self, pair: Pair) -> None:
        elsewhere = sign_in(pair.host, Client())
        sitting = begin(pair.host, pair.bond)

        sent = {"passphrase": pair.host.passphrase, "new": "harbour pebble violin"}
        elsewhere.post("/settings/passphrase", sent)

        assert "/login" in pair.host.client.get(f"/s/{sitting.pk}")["Location"]


class TestWhenItIsGone:
    def lands_well(self, person: Person, sitting: Sitting) -> None:
        for path in ("/", f"/s/{sitting.pk}"):
            end = person.client.get(path, follow=True)
            assert end.redirect_chain[-1] == (WAY_OUT, 303), path
            assert end.status_code == 200
            assert "Take the phone back" in words(end)
            assert "Back to the table" not in words(end)
        assert take_back(person)["Location"] == "/"
        assert is_signed_in(person.client)

    def test_the_owner_left_the_bond_on_another_device(self, pair: Pair) -> None:
        sitting = begin(pair.host, pair.bond)
        elsewhere = sign_in(pair.host, Client())

        elsewhere.post(f"/b/{pair.bond.pk}/space")

        self.lands_well(pair.host, sitting)

    def test_the_other_left_the_bond_on_their_own_device(self, pair: Pair) -> None:
        sitting = at_heat(pair)

        pair.guest.client.post(f"/b/{pair.bond.pk}/space")

        self.lands_well(pair.host, sitting)

    def test_everything_is_gone(self, pair: Pair) -> None:
        sitting = begin(pair.host, pair.bond)

        pair.bond.delete()

        self.lands_well(pair.host, sitting)

    def test_two_days_later_it_has_ended(self, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
        sitting = at_heat(pair)

        at(monkeypatch, timezone.now() + timedelta(days=4))

        assert "The sitting is over" in words(pair.host.client.get(f"/s/{sitting.pk}"))
        refused = pair.host.client.post(f"/s/{sitting.pk}", {"move": "Heat", "seq": 3, "level": "easy"})
        assert refused.status_code == 409
        assert "Take the phone back" in words(refused)


class TestOtherBrowsers:
    def test_the_owners_second_device_may_leave_or_take_over(self, pair: Pair) -> None:
        second = sign_in(pair.host, Client())
        sitting = at_heat(pair)

        page = second.get(f"/s/{sitting.pk}")
        assert "This is on one phone between you" in words(page)
        assert "the drive home" not in html(page)
        assert set(self.forms(page)) == {"Leave"}
        for kind in ("Heat", "Pause", "Ready"):
            refused = second.post(
                f"/s/{sitting.pk}", {"move": kind, "seq": 3, "level": "easy", "seat": "host"}
            )
            assert refused.status_code == 409, kind
            assert "the drive home" not in html(refused)

        assert second.post(START, ONE)["Location"] == f"/s/{sitting.pk}"
        assert "Hand the phone to Alice" in words(second.get(f"/s/{sitting.pk}"))
        assert second.get("/us").status_code == 303
        assert pair.host.client.get(f"/s/{sitting.pk}").status_code == 200

    def test_the_others_own_device_may_leave(self, pair: Pair) -> None:
        sitting = at_heat(pair)

        page = pair.guest.client.get(f"/s/{sitting.pk}?holding=guest")
        assert "It lies on Alice’s phone" in words(page)
        assert "Put it on this phone" not in words(page)
        assert "the drive home" not in html(page)
        assert set(self.forms(page)) == {"Leave"}

        tap(pair.guest, sitting, "Leave", "guest")
        assert "The sitting is over" in words(pair.host.client.get(f"/s/{sitting.pk}"))

    def test_their_page_is_the_same_at_every_step(self, pair: Pair) -> None:
        sitting = begin(pair.host, pair.bond)
        pages = [self.plain(pair.guest, sitting)]
        tap(pair.host, sitting, "Ready")
        pages.append(self.plain(pair.guest, sitting))
        tap(pair.host, sitting, "SetTopic", "guest", topic="the drive home")
        pages.append(self.plain(pair.guest, sitting))
        tap(pair.host, sitting, "Pause")
        pages.append(self.plain(pair.guest, sitting))

        assert len(set(pages)) == 1

    def test_a_stranger_finds_nothing(self, pair: Pair, charlie: Person) -> None:
        sitting = at_heat(pair)

        for seat in ("host", "guest"):
            refused = charlie.client.post(
                f"/s/{sitting.pk}", {"move": "Heat", "seq": 3, "level": "easy", "seat": seat}
            )
            assert refused.status_code == 404
            assert charlie.client.get(f"/s/{sitting.pk}?holding={seat}").status_code == 404

    def forms(self, page: Any) -> list[str]:
        return re.findall(r'data-move="(\w+)"', html(page))

    def plain(self, person: Person, sitting: Sitting) -> str:
        page = html(person.client.get(f"/s/{sitting.pk}"))
        return re.sub(r'data-now="[^"]+"|data-seq="\d+"|name="seq" value="\d+"', "", page)
