"""I think somebody knows it: new keys from the root up, and nothing that was known or copied opens anything."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db.backends.utils import CursorWrapper
from django.db.models import Model, QuerySet
from django.test import Client
from django.utils import timezone

from nearer.accounts.events import What
from nearer.accounts.profile import Face, save_face
from nearer.accounts.ways_in import unlock
from nearer.bonds import invitations
from nearer.bonds.models import Bond
from nearer.bonds.place import place_in
from nearer.home.event_views import WORDS
from nearer.home.renewal import lock_anew
from nearer.plans import lines
from nearer.practices.listening.moves import SetTopic
from nearer.pulse import readings
from nearer.pulse.readings import READING, Reading
from nearer.records import keeping
from nearer.records.models import Record
from nearer.records.shelf import Shelf
from nearer.sittings.letters.reminders import WISH, Wish
from nearer.sittings.models import Sitting
from nearer.testing import thief
from nearer.testing.cast import Pair, Person, make_invitation, play, sign_in
from nearer.vault import keys, recovery
from nearer.vault.drawer import Drawer
from nearer.vault.errors import KeyRenewed, VaultError
from nearer.vault.identity import new_identity
from nearer.vault.models import Identity, StoredKey, UnlockMethod
from tests.pages.reading import everything_stored, is_signed_in, marked, words
from tests.pages.test_opening import join
from tests.pages.test_rotation import keys_made_of

pytestmark = pytest.mark.django_db

NEW = "harbour pebble violin"
PAGE = "/settings/passphrase"
TOPIC = "the drive home"


@pytest.fixture
def full(pair: Pair, floor: Sitting, other_pair: Pair) -> Sitting:
    """Alice in two bonds and with an invitation out, with something kept of every sort."""
    now = timezone.now()
    play(pair.host, floor, SetTopic(topic=TOPIC))
    lines.propose(pair.host.at(pair.bond), cue="the kitchen is tidy", act="sit", at=now)
    reading = Reading(bond=str(pair.bond.pk), name="Bob", sitting="one", understood=8)
    readings.give(Shelf.of_person(pair.host.user.pk, pair.host.ring), reading, at=now)
    wish = Wish(ref="x", came=now.isoformat(), at=now.isoformat())
    keeping.put(Shelf.at_hand(pair.host.user.pk, pair.host.ring), WISH, wish, at=now)
    return floor


def opened_vault(person: Person) -> unlock.Unlocked:
    return unlock.by_passphrase(person.username, person.passphrase)


def lock_with_form(person: Person, why: str = "known") -> Any:
    return person.client.post(PAGE, {"passphrase": person.passphrase, "new": NEW, "why": why})


def everything_known(person: Person, *bonds: Bond) -> set[bytes]:
    """Return every key that follows from what somebody knew, with both stores in hand."""
    vault, secrets = opened_vault(person), {bytes(row.secret) for row in StoredKey.objects.all()}
    code = recovery.read_code(person.code)
    known = {vault.master, vault.ring.identity, vault.ring.profile, keys.drawer_key(vault.master)}
    known |= thief.derived_from(known | {vault.ring.private, keys.private_key_from(vault.master, "private")})
    known |= {keys.key_encryption_key(code, secret, "recovery", person.user.pk) for secret in secrets}
    known |= thief.guessed([person.passphrase], secrets)
    for bond in bonds:
        known |= keys_made_of(person.at(bond))
    return known


def theirs(person: Person) -> list[thief.Locked]:
    """Return what is sealed, apart from what is the others' alone and the session in hand."""
    return [each for each in thief.everything_locked() if each.what != "session"]


def test_one_screen_does_it_and_goes_on_to_the_new_code(pair: Pair, full: Sitting) -> None:
    elsewhere = sign_in(pair.host, Client())

    assert lock_with_form(pair.host)["Location"] == "/signup/recovery"

    code = marked(pair.host.client.get("/signup/recovery"), "data-recovery-code")
    assert pair.host.client.post("/signup/recovery", {"code": code})["Location"] == "/"
    assert not is_signed_in(elsewhere)
    for secret in (pair.host.passphrase, "wrong"):
        with pytest.raises(unlock.NotOpened):
            unlock.by_passphrase(pair.host.username, secret)
    with pytest.raises(unlock.NotOpened):
        unlock.by_recovery(pair.host.username, pair.host.code)
    assert unlock.by_recovery(pair.host.username, code).master == unlock.by_passphrase("u-alice", NEW).master
    assert str(WORDS[What.SOMEBODY_KNEW]) in words(pair.host.client.get("/settings/events"))


def test_nothing_that_was_known_opens_anything(pair: Pair, full: Sitting, other_pair: Pair) -> None:
    known = everything_known(pair.host, pair.bond, other_pair.bond)
    before = {each.what for each in theirs(pair.host) if each.opens_with(known)}

    lock_anew(opened_vault(pair.host), NEW)

    known |= everything_known_still(pair.host, known)
    assert [each.what for each in theirs(pair.host) if each.opens_with(known)] == []
    assert before >= {"identity", "profile", "bond key", "card", "roster", "entry", "header", "bond's record"}


def everything_known_still(person: Person, known: set[bytes]) -> set[bytes]:
    """With the new contents of the key store, too: the old passphrase and code guess no further."""
    secrets = {bytes(row.secret) for row in StoredKey.objects.all()}
    seeds = {keys.sitting_key(key, secret) for key in known if len(key) == 32 for secret in secrets}
    return thief.guessed([person.passphrase], secrets) | seeds


def test_everything_of_theirs_is_there_as_before(pair: Pair, full: Sitting, other_pair: Pair) -> None:
    paths = ("/us", f"/s/{full.pk}", "/settings")
    pages = [words(pair.host.client.get(path)) for path in paths]

    lock_with_form(pair.host)

    assert [words(pair.host.client.get(path)) for path in paths] == pages
    assert "8 of 10" in words(pair.host.client.get("/pulse")), (
        "the drawer is open: they have just shown who they are"
    )
    vault = unlock.by_passphrase(pair.host.username, NEW)
    drawer = Drawer.opened(vault.master, at=timezone.now())
    mine = Shelf.of_person(pair.host.user.pk, vault.ring, drawer)
    assert keeping.is_there(mine, READING, "one")
    assert len(keeping.find(Shelf.at_hand(pair.host.user.pk, vault.ring), WISH)) == 1


def test_the_other_sees_nothing_of_it(pair: Pair, full: Sitting) -> None:
    paths = ("/", "/us", f"/s/{full.pk}", "/settings")
    before = [words(pair.guest.client.get(path)) for path in paths]

    lock_with_form(pair.host)

    assert [words(pair.guest.client.get(path)) for path in paths] == before


def test_an_invitation_that_is_out_works_on(alice: Person, bob: Person) -> None:
    bond, shown = make_invitation(alice)

    lock_anew(opened_vault(alice), NEW)

    assert join(bob.client, shown.secret).status_code == 302
    vault = unlock.by_passphrase(alice.username, NEW)
    place = place_in(bond.pk, alice.user.pk, ring=vault.ring)
    assert place.their_card is not None
    assert invitations.shown(place) is None


def test_an_old_backup_of_the_records_goes_dark(
    alice: Person, django_capture_on_commit_callbacks: Any
) -> None:
    method = UnlockMethod.objects.get(user=alice.user, kind="passphrase")
    identity = Identity.objects.get(user=alice.user)

    with django_capture_on_commit_callbacks(execute=True):
        lock_anew(opened_vault(alice), NEW)
    UnlockMethod.objects.filter(user=alice.user).delete()
    method.save(force_insert=True)
    identity.save()

    with pytest.raises(unlock.NotOpened):
        unlock.by_passphrase(alice.username, alice.passphrase)


def test_another_passphrase_alone_renews_nothing_else(pair: Pair) -> None:
    public = bytes(Identity.objects.get(user=pair.host.user).public)

    assert lock_with_form(pair.host, why="other")["Location"] == "/settings"

    assert bytes(Identity.objects.get(user=pair.host.user).public) == public
    assert unlock.by_recovery(pair.host.username, pair.host.code).user == pair.host.user
    assert pair.host.client.post(PAGE, {"passphrase": NEW, "new": NEW, "why": "?"}).status_code == 422


def test_what_does_not_open_is_left_as_it_is(alice: Person) -> None:
    shelf = Shelf.at_hand(alice.user.pk, alice.ring)
    wish = Wish(ref="x", came="", at="")
    kept = keeping.put(shelf, WISH, wish, at=timezone.now())
    Record.objects.filter(pk=kept.ref).update(sealed=b"damaged")

    lock_anew(opened_vault(alice), NEW)

    assert bytes(Record.objects.get(pk=kept.ref).sealed) == b"damaged"


def test_a_bond_in_which_the_others_key_was_swapped_keeps_its_key_and_says_so(
    pair: Pair, full: Sitting
) -> None:
    Identity.objects.filter(user=pair.guest.user).update(public=new_identity()[1])

    lock_with_form(pair.host)

    assert Bond.objects.get(pk=pair.bond.pk).key_version == 2
    assert TOPIC in words(pair.host.client.get(f"/s/{full.pk}"))
    assert str(WORDS[What.KEY_UNKNOWN]) in words(pair.host.client.get("/settings/events"))


class TestAllOrNothing:
    def test_whatever_breaks_on_the_way_nothing_has_happened(
        self,
        pair: Pair,
        full: Sitting,
        monkeypatch: pytest.MonkeyPatch,
        django_capture_on_commit_callbacks: Any,
    ) -> None:
        vault, before, steps = opened_vault(pair.host), everything_stored(), 0
        with django_capture_on_commit_callbacks(execute=True):
            while not self.breaks_at(steps, vault, monkeypatch):
                assert everything_stored() == before, steps
                steps += 1

        assert steps > 12
        assert unlock.by_passphrase(pair.host.username, NEW).user == pair.host.user
        owners = set(StoredKey.objects.values_list("owner", flat=True))
        assert Identity.objects.get(user=pair.host.user).shred in owners
        assert pair.host.user.pk not in owners

    def breaks_at(self, step: int, vault: unlock.Unlocked, monkeypatch: pytest.MonkeyPatch) -> bool:
        """Let the write number `step` fail; say whether there was none."""
        left = [step]

        def failing(write: Any) -> Any:
            def run(*args: Any, **kwargs: Any) -> Any:
                left[0] -= 1
                if left[0] < 0:
                    raise OSError("the disk is full")
                return write(*args, **kwargs)

            return run

        with monkeypatch.context() as patch:
            patch.setattr(CursorWrapper, "executemany", failing(CursorWrapper.executemany))
            patch.setattr(QuerySet, "update", failing(QuerySet.update))
            patch.setattr(Model, "save", failing(Model.save))
            try:
                lock_anew(vault, NEW)
            except OSError:
                return False
        return True

    def test_a_second_one_with_the_old_keys_is_refused(self, alice: Person) -> None:
        vault = opened_vault(alice)
        lock_anew(vault, NEW)
        before = self.records()

        for late in (
            lambda: lock_anew(vault, "another one at last"),
            lambda: unlock.change_passphrase(vault, "another one at last"),
            lambda: unlock.renew_recovery(vault),
            lambda: save_face(alice.user.pk, Face(name="A"), ring=alice.ring),
            lambda: readings.give(
                Shelf.of_person(alice.user.pk, alice.ring),
                Reading(bond="", name="B", close=1),
                at=timezone.now(),
            ),
            lambda: make_invitation(alice),
        ):
            with pytest.raises(KeyRenewed):
                late()

        assert self.records() == before

    def records(self) -> dict[str, Any]:
        # A secret that nothing came to need waits in the key store to be swept out.
        return {name: rows for name, rows in everything_stored().items() if name != "vault.StoredKey"}

    def test_a_page_that_was_open_in_that_moment_leads_to_the_door(
        self, pair: Pair, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        elsewhere = sign_in(pair.host, Client())
        real, done = lines.propose, []

        def run(*args: Any, **kwargs: Any) -> None:
            done.append(lock_anew(opened_vault(pair.host), NEW))
            real(*args, **kwargs)

        monkeypatch.setattr(lines, "propose", run)

        answer = elsewhere.post(f"/b/{pair.bond.pk}/plans", {"cue": "it rains", "act": "stay in bed"})

        assert done
        assert answer["Location"] == "/"
        assert not is_signed_in(elsewhere)


def test_nobody_has_no_secret_in_the_key_store(db: None) -> None:
    with pytest.raises(VaultError):
        unlock.shred_of(uuid4())
