"""Somebody with the records opens nothing; somebody who changes them is refused.

The thief knows the code, so every place and every way to make a key is tried. A thief who opens nothing
proves little by that: the last tests show that the right keys open everything.
"""

from __future__ import annotations

import pytest
from django.utils import timezone

from nearer.accounts.events import What, note
from nearer.accounts.ways_in import unlock
from nearer.bonds import invitations, returns
from nearer.bonds.place import places_of
from nearer.files.rewritten import Rewritten
from nearer.files.storing import Ref
from nearer.keepsakes import items as things
from nearer.library import bookmarks
from nearer.plans import lines, parking
from nearer.practices.listening import moves
from nearer.pulse import readings
from nearer.pulse.readings import Reading
from nearer.records import keeping
from nearer.records.models import Record
from nearer.records.shelf import Shelf
from nearer.sittings.letters import reminders
from nearer.sittings.models import Sitting
from nearer.testing import thief
from nearer.testing.cast import Pair, Person, fresh, make_invitation, open_drawer, play, run_of
from nearer.vault import keys, recovery, store
from nearer.vault.envelope import MAGIC
from nearer.vault.models import Identity, SealedSession, StoredKey, UnlockMethod
from nearer.vault.tokens import hash_of
from tests.pages.conversations import CALM

pytestmark = pytest.mark.django_db

ZERO = bytes(32)


@pytest.fixture
def loot(pair: Pair, floor: Sitting, other_pair: Pair) -> Sitting:
    """Records with something of every kind in them."""
    play(pair.host, floor, moves.SetTopic(topic="the drive home"))
    play(pair.guest, floor, moves.TakeTopic())
    play(pair.host, floor, moves.Heat(level=CALM))
    play(pair.guest, floor, moves.Heat(level=CALM))
    play(pair.host, floor, moves.Volunteer())
    play(pair.host, floor, moves.Speak(words="I felt left out", aloud=False))
    make_invitation(pair.host, kin="family")
    keep_something(pair)
    ask_back(other_pair.guest, pair)
    for person in (pair.host, pair.guest):
        person.client.post("/invite", {"kin": "friend", "question": "ten", "answer": "Climbing trees"})
    return floor


def keep_something(pair: Pair) -> None:
    """Let both keep something of every kind, for the two and for oneself."""
    now = timezone.now()
    lines.propose(pair.host.at(pair.bond), cue="the kitchen is tidy", act="sit on the sofa", at=now)
    parking.park(pair.guest.at(pair.bond), "the holidays", at=now)
    things.add(pair.host.at(pair.bond), Rewritten(content=b"the two of us"), sort=things.Sort.PHOTO, at=now)
    reading = Reading(bond=str(pair.bond.pk), name=pair.guest.name, understood=8)
    readings.give(Shelf.of_person(pair.host.user.pk, pair.host.ring), reading, at=now)
    bookmarks.put(pair.host.user.pk, "something-marked", on=True, ring=pair.host.ring, at=now)
    wish = reminders.Wish(ref=str(pair.bond.pk), came=now.isoformat(), at=now.isoformat())
    keeping.put(Shelf.at_hand(pair.host.user.pk, pair.host.ring), reminders.WISH, wish, at=now)
    note(pair.host.user.pk, pair.host.ring, What.CODE_RENEWED)
    open_drawer(pair.host)


def ask_back(person: Person, pair: Pair) -> None:
    """Let somebody ask for a place in a bond, and its host say yes."""
    now = timezone.now()
    returns.ask(person.user.pk, ring=person.ring, name=person.name, at=now)
    asking = returns.asking(person.user.pk, ring=person.ring, at=now)
    assert asking
    returns.say_yes(pair.host.at(pair.bond), asking.secret, at=now)


def opened(candidates: set[bytes], *, among: list[thief.Locked] | None = None) -> list[str]:
    """Return what these candidates open."""
    return [found.what for found in among or thief.everything_locked() if found.opens_with(candidates)]


def real_key(sitting: Sitting, person: Person) -> bytes:
    return keys.sitting_key(person.at(sitting.bond).key, store.secret_of(sitting.pk))


def file_of(pair: Pair) -> Ref:
    (item,) = things.items_of(pair.host.at(pair.bond), at=timezone.now())
    return Ref.read(item.what.file)


def masters(person: Person) -> bytes:
    return unlock.by_passphrase(person.username, person.passphrase).master


def own_record_keys(person: Person) -> set[bytes]:
    """Return the keys of everything in a person's drawer."""
    writing = keys.private_subkey(person.ring.private, "drawer")
    rows = [row for row in Record.objects.filter(user=person.user) if not bytes(row.sealed).startswith(MAGIC)]
    secrets = [
        keys.open_from_drawer(
            person.drawer.key, bytes(row.sealed)[: keys.SEALED_SIZE], person=person.user.pk, row=row.pk
        )
        for row in rows
    ]
    return {keys.drawer_record_key(secret, writing) for secret in secrets}


def test_the_loot_holds_something_of_every_kind(loot: Sitting) -> None:
    kinds = {found.what for found in thief.everything_locked()}

    assert kinds == {
        "master key", "identity", "profile", "session", "bond key", "card", "invitation", "invitation code",
        "kept invitation", "first question", "header", "entry", "roster", "bond's record", "own record",
        "own record's secret", "drawer", "file", "request", "request's code", "kept request", "promise",
    }  # fmt: skip


@pytest.mark.slow
def test_every_value_in_both_stores_and_every_key_made_of_one_opens_nothing(loot: Sitting) -> None:
    # The records alone are among these: what both stores do not open, one of them does not.
    candidates = thief.derived_from(thief.values() | thief.host_secrets())

    assert len(candidates) > 2000
    assert opened(candidates, among=thief.some_of_every_kind(most=1)) == []


def test_common_passphrases_open_nothing_without_the_key_store(loot: Sitting) -> None:
    candidates = thief.guessed(thief.common_passphrases(1000), [ZERO])

    assert opened(candidates, among=thief.of_kind("master key")) == []


@pytest.mark.slow
def test_the_right_passphrases_and_codes_open_nothing_without_the_key_store(
    pair: Pair, loot: Sitting
) -> None:
    people = (pair.host, pair.guest)
    seeds = thief.values(key_store=False) | thief.host_secrets() | {ZERO}
    candidates = thief.guessed([person.passphrase for person in people], seeds)
    for person in people:
        code = recovery.read_code(person.code)
        locks = {
            keys.key_encryption_key(code, s, "recovery", person.user.pk) for s in seeds if len(s) == len(ZERO)
        }
        candidates |= locks | thief.derived_from({code, person.code.encode(), person.passphrase.encode()})

    assert opened(candidates, among=thief.some_of_every_kind()) == []


def test_the_bond_key_opens_no_entry_without_the_key_store(pair: Pair, loot: Sitting) -> None:
    key = pair.host.at(pair.bond).key
    candidates = thief.derived_from({key})
    candidates |= {
        keys.sitting_key(key, seed)
        for seed in thief.values(key_store=False) | {ZERO, key}
        if len(seed) == len(ZERO)
    }

    assert opened(candidates, among=thief.of_kind("entry")) == []


def test_the_bond_key_opens_no_record_without_the_key_store(pair: Pair, loot: Sitting) -> None:
    key = pair.host.at(pair.bond).key
    candidates = thief.derived_from({key})
    seeds = thief.values(key_store=False) | {ZERO, key}
    candidates |= {keys.record_key(key, seed) for seed in seeds if len(seed) == len(ZERO)}

    assert opened(candidates, among=thief.of_kind("bond's record")) == []


def test_what_opens_the_record_of_a_file_opens_no_file_without_the_key_store(
    pair: Pair, loot: Sitting
) -> None:
    place, ref = pair.host.at(pair.bond), file_of(pair)
    candidates = thief.derived_from({place.key, ref.key})
    seeds = thief.values(key_store=False) | {ZERO, place.key, ref.key}
    candidates |= {keys.file_key(ref.key, seed) for seed in seeds if len(seed) == len(ZERO)}
    right = keys.file_key(ref.key, store.secret_of(ref.file))

    assert opened(candidates, among=thief.of_kind("file")) == []
    assert opened({right}, among=thief.of_kind("file")) == ["file"]


def test_a_members_keys_and_both_stores_open_nothing_the_other_keeps_alone(pair: Pair, loot: Sitting) -> None:
    key, master = pair.guest.at(pair.bond).key, masters(pair.guest)
    candidates = thief.derived_from({key, master, keys.private_key_from(master, "private")})
    candidates |= thief.derived_from(thief.values())

    assert opened(candidates, among=thief.of_kind("own record")) == []


def test_an_open_phone_without_the_drawer_opens_nothing_of_what_lies_in_it(pair: Pair, loot: Sitting) -> None:
    """The ring is what a session holds for weeks: no key made of it opens the drawer."""
    ring = pair.host.ring
    candidates = thief.derived_from({ring.identity, ring.profile, ring.private, ring.slot})
    at_hand = [found for found in thief.of_kind("own record") if found.opens_with(candidates)]

    assert opened(candidates, among=thief.of_kind("own record's secret")) == []
    assert len(at_hand) == 2
    assert len(thief.of_kind("own record")) == 4


def test_nobody_can_tell_which_kind_of_record_a_row_is(loot: Sitting) -> None:
    labels = {bytes(row.label) for row in Record.objects.all()}
    candidates = thief.derived_from(thief.values() | thief.host_secrets())
    tried = {key for key in candidates if len(key) == len(ZERO)}

    assert len(labels) == Record.objects.count() == len(thief.KINDS)
    assert not labels & {keys.label_of(key, kind) for key in tried for kind in thief.KINDS}
    for row in Record.objects.all():
        assert not any(kind.encode() in bytes(row.sealed) for kind in thief.KINDS)


def test_the_bond_key_and_the_links_secret_open_no_first_question_without_the_key_store(
    pair: Pair, loot: Sitting
) -> None:
    place = next(place for place in places_of(pair.guest.user.pk, ring=pair.guest.ring) if place.first)
    shown = invitations.shown(place)
    assert shown
    seeds = thief.values(key_store=False) | {ZERO, place.key}
    candidates = thief.derived_from({place.key, keys.read_invite_secret(shown.secret)})
    candidates |= {keys.sitting_key(place.key, seed) for seed in seeds if len(seed) == len(ZERO)}
    right = keys.sitting_key(place.key, store.secret_of(place.bond.first.pk))

    assert opened(candidates, among=thief.of_kind("first question")) == []
    assert opened({right}, among=thief.of_kind("first question")) == ["first question"]


def test_both_stores_and_common_passphrases_open_nobody_with_a_good_one(loot: Sitting) -> None:
    shreds = [bytes(row.secret) for row in StoredKey.objects.all()]

    candidates = thief.guessed(thief.common_passphrases(200), shreds)

    assert opened(candidates, among=thief.of_kind("master key")) == []


def test_a_stolen_session_row_is_no_cookie(pair: Pair, loot: Sitting) -> None:
    for stolen in (hash_of(pair.host.token), hash_of(pair.host.token)[:32]):
        pair.guest.client.cookies["s"] = stolen
        assert pair.guest.client.get("/settings").status_code == 302


def test_another_bonds_key_opens_no_entry(pair: Pair, other_pair: Pair, loot: Sitting) -> None:
    theirs = other_pair.host.at(other_pair.bond).key
    secrets = [bytes(row.secret) for row in StoredKey.objects.all()]
    candidates = thief.derived_from({theirs}) | {keys.sitting_key(theirs, secret) for secret in secrets}

    assert opened(candidates, among=thief.of_kind("entry")) == []


def test_the_guessing_itself_works(loot: Sitting, pair: Pair) -> None:
    passphrases = [pair.host.passphrase, pair.guest.passphrase]
    shreds = [bytes(row.secret) for row in StoredKey.objects.all()]

    assert opened(thief.guessed(passphrases, shreds)).count("master key") == 2


def drawers(person: Person) -> set[bytes]:
    """Return the key of somebody's drawer, if it is open: of their cookie and a secret of the key store."""
    ref = SealedSession.objects.get(user=person.user).ref
    return {keys.open_drawer_key(person.token, secret) for secret in store.secrets_of([ref]).values()}


def test_the_right_keys_open_everything(pair: Pair, other_pair: Pair, loot: Sitting) -> None:
    people = (pair.host, pair.guest, other_pair.guest)
    candidates = {real_key(fresh(loot), pair.host)}
    for person in people:
        master = masters(person)
        identity = bytes(Identity.objects.get(user=person.user).wrapped_private)
        wrapped_with = keys.private_key_from(master, "identity")
        candidates |= {
            wrapped_with, keys.unwrap(wrapped_with, identity, purpose="identity", owner=person.user.pk),
            keys.private_key_from(master, "profile"), keys.session_key(person.token), *drawers(person),
            keys.private_subkey(keys.private_key_from(master, "private"), "record"), keys.drawer_key(master),
            keys.private_subkey(keys.private_key_from(master, "private"), "return-link"),
        }  # fmt: skip
        code, shred = recovery.read_code(person.code), store.secret_of(person.user.pk)
        candidates.add(keys.key_encryption_key(code, shred, UnlockMethod.Kind.RECOVERY, person.user.pk))
    shreds = [store.secret_of(person.user.pk) for person in people]
    candidates |= thief.guessed([person.passphrase for person in people], shreds)
    for pair_ in (pair, other_pair):
        key = pair_.host.at(pair_.bond).key
        candidates |= {keys.bond_subkey(key, purpose) for purpose in ("card", "sitting", "roster", "return")}
    shared = pair.host.at(pair.bond).key
    candidates.add(keys.record_key(shared, store.secret_of(pair.bond.pk)))
    ref = file_of(pair)
    candidates.add(keys.file_key(ref.key, store.secret_of(ref.file)))
    candidates |= own_record_keys(pair.host)
    closed = {found.what for found in thief.everything_locked()} - set(opened(candidates))

    # The other bonds only have an invitation, whose secret is in no store at all; nor is that of a request.
    assert closed == {
        "invitation", "invitation code", "kept invitation", "first question", "request", "request's code",
    }  # fmt: skip
    assert (
        len(opened(candidates, among=thief.of_kind("entry")))
        == len(run_of(pair.host, loot).log)
        == len(thief.of_kind("entry"))
    )
