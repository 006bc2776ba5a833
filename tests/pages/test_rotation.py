"""A bond's next key: it opens everything, the old one opens nothing, and nobody's words are lost on the way."""

from __future__ import annotations

from typing import Any

import pytest
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from django.utils import timezone

from nearer.bonds import actions, invitations
from nearer.bonds.locking import locked
from nearer.bonds.models import Bond
from nearer.bonds.place import Place, places_of
from nearer.bonds.roster import NotTheirKey
from nearer.home.rotation import LASTS, rotate
from nearer.plans import lines, parking
from nearer.practices.listening.moves import Heat, SetTopic, TakeTopic
from nearer.protocol import Pause
from nearer.records.models import Record
from nearer.sittings import views
from nearer.sittings.models import Entry, Sitting
from nearer.sittings.run import actions as playing
from nearer.sittings.run import log
from nearer.testing import thief
from nearer.testing.cast import Pair, Person, fresh, make_invitation, newest, play, post_move, run_of
from nearer.vault import store
from nearer.vault.errors import KeyRenewed
from nearer.vault.identity import new_identity
from nearer.vault.keys import bond_subkey, record_key, sitting_key
from nearer.vault.models import Identity
from tests.pages.conversations import CALM
from tests.pages.one_phone import begin
from tests.pages.reading import everything_stored, is_signed_in, words
from tests.pages.test_opening import join

pytestmark = pytest.mark.django_db

TOPIC, CUE, PARKED, ANSWER = "the drive home", "the kitchen is tidy", "the holidays", "Climbing trees"


@pytest.fixture
def full(pair: Pair, floor: Sitting) -> Sitting:
    """A bond with something of everything in it: an open sitting, a kept one, a plan, a parked topic."""
    now = timezone.now()
    play(pair.host, floor, SetTopic(topic=TOPIC))
    play(pair.guest, floor, TakeTopic())
    play(pair.host, floor, Heat(level=CALM))
    lines.propose(pair.host.at(pair.bond), cue=CUE, act="sit on the sofa", at=now)
    parking.park(pair.guest.at(pair.bond), PARKED, at=now)
    return floor


def keys_made_of(place: Place) -> set[bytes]:
    """Return every key somebody with the bond's key and the key store can make."""
    sittings = store.secrets_of(list(Sitting.objects.values_list("pk", flat=True)))
    kept = store.secrets_of([place.bond.pk])
    made = {
        bond_subkey(place.key, purpose) for purpose in ("card", "sitting", "roster", "invitation", "first")
    }
    made |= {sitting_key(place.key, secret) for secret in sittings.values()}
    return made | {record_key(place.key, secret) for secret in kept.values()}


def opened_with(place: Place) -> list[str]:
    candidates = keys_made_of(place)
    return sorted(found.what for found in thief.everything_locked() if found.opens_with(candidates))


def state_of(bond: Bond) -> Bond:
    return Bond.objects.get(pk=bond.pk)


def test_both_read_everything_as_before_and_the_old_key_opens_nothing(pair: Pair, full: Sitting) -> None:
    before = {person.name: person.at(pair.bond) for person in (pair.host, pair.guest)}
    could = opened_with(before["Alice"])
    pages = {
        p.name: [words(p.client.get(path)) for path in ("/", "/us", f"/s/{full.pk}")] for p in pair_of(pair)
    }

    rotate(before["Bob"])

    assert opened_with(before["Alice"]) == []
    for person in pair_of(pair):
        assert opened_with(person.at(pair.bond)) == could
        now = [words(person.client.get(path)) for path in ("/", "/us", f"/s/{full.pk}")]
        assert now == pages[person.name]
    assert {"card", "entry", "header", "roster", "bond's record"} == set(could)
    assert state_of(pair.bond).key_version == 3
    play(pair.guest, full, Heat(level=CALM))
    assert run_of(pair.host, full).position.step != "heat"


def pair_of(pair: Pair) -> tuple[Person, Person]:
    return pair.host, pair.guest


def test_the_marks_of_records_change_so_that_nobody_follows_a_kind_across_keys(
    pair: Pair, full: Sitting
) -> None:
    before = {bytes(row.label) for row in Record.objects.all()}

    rotate(pair.host.at(pair.bond))

    assert before.isdisjoint({bytes(row.label) for row in Record.objects.all()})


def test_an_invitation_that_is_out_works_on(alice: Person, bob: Person) -> None:
    sent = {"kin": "friend", "question": "ten", "answer": ANSWER}
    alice.client.post("/invite", sent)
    (place,) = places_of(alice.user.pk, ring=alice.ring)
    shown = invitations.shown(place)
    assert shown

    rotate(place)

    (again,) = places_of(alice.user.pk, ring=alice.ring)
    assert opened_with(place) == []
    assert invitations.shown(again) == shown
    assert again.first is not None
    assert again.first.mine == ANSWER
    secret = invitations.secret_for_code(shown.code, at=timezone.now())
    assert join(bob.client, secret).status_code == 302
    assert bob.at(place.bond).their_card is not None


def test_in_a_closed_bond_whoever_stays_reads_on_and_whoever_left_gets_no_key(
    pair: Pair, full: Sitting
) -> None:
    leaving = pair.host.at(pair.bond)
    actions.leave(leaving, at=timezone.now())
    rotate(pair.guest.at(pair.bond))

    left, stays = pair.bond.members.order_by("has_left").reverse()
    assert left.has_left
    assert bytes(left.sealed_key) == b""
    assert not stays.has_left
    assert opened_with(leaving) == []
    assert CUE in words(pair.guest.client.get("/us"))


def test_what_was_damaged_before_stays_damaged_and_keeps_nobody(pair: Pair, full: Sitting) -> None:
    row = Entry.objects.filter(sitting=full).first()
    assert row
    row.sealed = bytes(row.sealed)[:-1] + bytes([row.sealed[-1] ^ 1])
    row.save()
    Record.objects.filter(bond=pair.bond).update(label=b"12345678")

    rotate(pair.host.at(pair.bond))

    assert bytes(Entry.objects.get(pk=row.pk).sealed) == row.sealed
    assert pair.guest.at(pair.bond).their_card is not None


class TestAllOrNothing:
    def test_whatever_breaks_on_the_way_nothing_has_happened(
        self, pair: Pair, full: Sitting, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_invitation(pair.host)
        before, steps = everything_stored(), 0
        while not self.breaks_at(steps, pair, monkeypatch):
            assert everything_stored() == before, steps
            steps += 1

        assert steps == 6, "two members, the bond, headers, entries, records"
        assert state_of(pair.bond).key_version == 3
        assert TOPIC in words(pair.guest.client.get(f"/s/{full.pk}"))

    def breaks_at(self, step: int, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> bool:
        """Rotate and let the write number `step` fail; say whether there was none."""
        left = [step]

        def failing(write: Any) -> Any:
            def run(*args: Any, **kwargs: Any) -> Any:
                left[0] -= 1
                if left[0] < 0:
                    raise OSError("the disk is full")
                return write(*args, **kwargs)

            return run

        with monkeypatch.context() as patch:
            patch.setattr(Model, "save", failing(Model.save))
            patch.setattr(CursorWrapper, "executemany", failing(CursorWrapper.executemany))
            try:
                rotate(pair.host.at(pair.bond))
            except OSError:
                return False
        return True


class TestAtTheSameMoment:
    """The other gives the bond a new key between the opening of a page and what it does."""

    @pytest.fixture
    def between(self, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> Any:
        """Return a function: just before this name of a module is called the first time, the guest rotates."""

        def arrange(module: Any, name: str) -> None:
            real = getattr(module, name)
            done: list[bool] = []

            def run(*args: Any, **kwargs: Any) -> Any:
                if not done:
                    done.append(True)
                    rotate(pair.guest.at(pair.bond))
                return real(*args, **kwargs)

            monkeypatch.setattr(module, name, run)

        return arrange

    def test_a_move_is_played_once_with_the_new_key(self, pair: Pair, full: Sitting, between: Any) -> None:
        between(playing, "play")
        before = newest(pair.host, full)

        assert post_move(pair.host, full, "Pause", seq=before).status_code == 302

        assert state_of(pair.bond).key_version == 3
        assert [type(played.move) for played in run_of(pair.guest, full).log][before:] == [Pause]

    @pytest.mark.parametrize(("module", "name"), [(views, "open_run"), (log, "sitting_key")])
    def test_a_page_is_shown(self, module: Any, name: str, pair: Pair, full: Sitting, between: Any) -> None:
        between(module, name)

        page = pair.host.client.get(f"/s/{full.pk}")

        assert page.status_code == 200
        assert TOPIC in words(page)

    def test_a_move_that_was_taken_is_not_taken_twice_when_its_page_comes_too_late(
        self, pair: Pair, full: Sitting, between: Any
    ) -> None:
        between(views, "respond")
        before = fresh(full).seq
        sent = {"move": "Pause", "seq": newest(pair.host, full)}

        page = pair.host.client.post(f"/s/{full.pk}", sent, headers={"X-Fragment": "stage"})

        assert page.status_code == 200
        assert fresh(full).seq == before + 1

    def test_a_plan_is_kept_and_one_is_let_go(self, pair: Pair, full: Sitting, between: Any) -> None:
        kept = Record.objects.filter(bond=pair.bond).count()
        between(lines, "propose")
        path = f"/b/{pair.bond.pk}/plans"

        assert pair.host.client.post(path, {"cue": "it rains", "act": "stay in bed"}).status_code == 302

        found = lines.lines_of(pair.guest.at(pair.bond), at=timezone.now())
        assert [line.cue for line in found.lines] == [CUE, "it rains"]
        between(lines, "let_go")
        gone = {"record": str(found.lines[0].ref), "answer": "go"}
        assert pair.guest.client.post(f"{path}/answer", gone).status_code == 302
        assert Record.objects.filter(bond=pair.bond).count() == kept

    def test_a_place_of_the_old_key_writes_nothing(self, pair: Pair, full: Sitting) -> None:
        old = pair.host.at(pair.bond)
        rotate(pair.guest.at(pair.bond))
        before, now = everything_stored(), timezone.now()

        for late in (
            lambda: rotate(old),
            lambda: playing.play(ref=full.pk, place=old, move=Pause(), seq=4, at=now),
            lambda: playing.part(old, at=now),
            lambda: lines.propose(old, cue="it rains", act="stay in bed", at=now),
            lambda: actions.leave(old, at=now),
        ):
            with pytest.raises(KeyRenewed):
                late()

        assert everything_stored() == before

    def test_in_a_bond_that_is_gone_there_is_nothing(self, pair: Pair) -> None:
        old = pair.host.at(pair.bond)
        state_of(pair.bond).delete()

        with pytest.raises(KeyRenewed):
            locked(old.bond)

    def test_a_phone_on_the_table_is_led_to_being_taken_back(self, pair: Pair) -> None:
        sitting = begin(pair.host, pair.bond)

        rotate(pair.guest.at(pair.bond))

        page = pair.host.client.get(f"/s/{sitting.pk}", follow=True)
        assert page.redirect_chain[-1] == ("/together", 303)
        assert "Take the phone back" in words(page)
        assert post_move(pair.host, sitting, "Ready", seat="host").status_code == 303
        pair.host.client.post("/together", {"passphrase": pair.host.passphrase})
        assert is_signed_in(pair.host.client)
        assert "This is on one phone between you" in words(pair.host.client.get(f"/s/{sitting.pk}"))


class TestAYear:
    def test_the_key_of_a_bond_is_renewed_when_somebody_comes(self, pair: Pair, other_pair: Pair) -> None:
        born = state_of(pair.bond).key_made_on
        pair.host.client.post(f"/b/{pair.bond.pk}/switch")
        Bond.objects.update(key_made_on=born - LASTS)

        for _ in range(2):
            assert pair.guest.name in words(pair.host.client.get("/"))

        assert state_of(pair.bond).key_version == 3
        assert state_of(pair.bond).key_made_on == born
        assert state_of(other_pair.bond).key_version == 2, "not the one they were looking at"

    def test_not_before(self, pair: Pair) -> None:
        Bond.objects.update(key_made_on=state_of(pair.bond).key_made_on - LASTS.__class__(days=364))

        pair.host.client.get("/")

        assert state_of(pair.bond).key_version == 2


class TestTheRoster:
    """Who can write to the database puts a public key of their own in the place of somebody's."""

    @pytest.fixture
    def forger(self) -> bytes:
        private, public = new_identity()
        assert private
        return public

    @pytest.mark.parametrize("whose", ["host", "guest"])
    def test_nothing_is_sealed_to_a_key_it_does_not_name(self, whose: str, pair: Pair, forger: bytes) -> None:
        Identity.objects.filter(user=getattr(pair, whose).user).update(public=forger)
        before = everything_stored()

        with pytest.raises(NotTheirKey):
            rotate(pair.host.at(pair.bond))

        assert everything_stored() == before

    @pytest.mark.parametrize("spoilt", [b"", b"\0" * 300])
    def test_one_that_does_not_open_names_nobody(self, spoilt: bytes, pair: Pair) -> None:
        Bond.objects.update(roster=spoilt)

        with pytest.raises(NotTheirKey):
            rotate(pair.host.at(pair.bond))

    def test_one_of_an_earlier_key_does_not_open(self, pair: Pair) -> None:
        earlier = bytes(state_of(pair.bond).roster)
        rotate(pair.host.at(pair.bond))
        Bond.objects.update(roster=earlier)

        with pytest.raises(NotTheirKey):
            rotate(pair.host.at(pair.bond))

    def test_a_key_that_is_no_key_is_nobodys(self, pair: Pair) -> None:
        Identity.objects.filter(user=pair.guest.user).update(public=b"short")

        with pytest.raises(NotTheirKey):
            rotate(pair.host.at(pair.bond))

    def test_whoever_joins_seals_nothing_to_a_key_that_is_not_the_inviters(
        self, alice: Person, bob: Person, forger: bytes
    ) -> None:
        bond, shown = make_invitation(alice)
        Identity.objects.filter(user=alice.user).update(public=forger)

        assert join(bob.client, shown.secret).status_code == 410
        assert state_of(bond).key_version == 1

    def test_a_member_may_vouch_for_a_key(self, pair: Pair, forger: bytes) -> None:
        Identity.objects.filter(user=pair.guest.user).update(public=forger)
        place = pair.host.at(pair.bond)
        assert place.them

        rotate(place, trusted={place.them.pk: forger})

        rotate(pair.host.at(pair.bond))
        assert state_of(pair.bond).key_version == 4
