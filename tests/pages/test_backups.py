"""Backups and restoring, in this process: what comes back, what does not, and what is refused and changes nothing."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from itertools import count
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import DatabaseError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from nearer import disk, saved
from nearer.accounts.models import User
from nearer.backups import points, rows, state
from nearer.backups.along import VARIABLES, Came, take_along
from nearer.backups.archive import About, Kind, open_sealed, seal
from nearer.backups.errors import BackupError, DoesNotFit, DoesNotOpen, NotStored, Occupied, TooNew
from nearer.backups.files import address_of, beside, snapshot
from nearer.backups.restoring import go_back, restore
from nearer.backups.work import FOLDER, in_plain_words
from nearer.sittings.taking_back import erasing
from nearer.sittings.taking_back.prune import prune
from nearer.testing.cast import Pair, Person, make_pair, make_person
from nearer.vault import store
from nearer.vault.age import new_pair, recipient_of
from nearer.vault.models import Identity, SealedSession, StoredKey
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.keeping_backups import Keeper, everything
from tests.pages.reading import words

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timedelta(days=1)


@pytest.fixture
def lived(pair: Pair) -> Pair:
    keep_it(pair, play_to_the_end(pair, topic="the drive home", said="a kept word"))
    return pair


def logs_in(person: Person) -> bool:
    person.client.cookies.clear()
    sent = {"username": person.username, "passphrase": person.passphrase}
    return bool(person.client.post("/login", sent).status_code == 302)


@pytest.mark.shows("F2", "P1")
def test_what_was_backed_up_comes_back_row_by_row_and_its_people_open_it(kept: Keeper, lived: Pair) -> None:
    before, at = everything(), timezone.now()
    records, _keys = kept.back_up(at, tests=True)
    assert (state.last_backup(), state.last_tested_restore(), state.known().shut) == (at, at, 0)
    make_pair(make_person("Erin"), make_person("Finn"))
    User.objects.filter(pk=lived.guest.user.pk).delete()

    restored = kept.restore(records, at=at + DAY)

    secrets = StoredKey._meta.label
    assert {**everything(), secrets: ()} == {**before, secrets: ()}
    assert (restored.made_at, restored.shut, restored.came) == (at, 0, Came())
    assert not SealedSession.objects.exists()
    for person in (lived.host, lived.guest):
        assert logs_in(person)
        assert "the drive home" in words(person.client.get("/us"))
    assert not (kept.data / FOLDER).exists()

    # And nothing of it was lost: how it was before stays for seven days.
    assert restored.point is not None
    go_back(restored.point, at=at + DAY)
    assert User.objects.filter(username="u-erin").exists()
    points.drop_old(at + 9 * DAY)
    assert points.kept() == []


def test_on_a_new_machine_both_backups_and_the_key_are_enough(kept: Keeper, lived: Pair) -> None:
    before, at = everything(), timezone.now()
    (kept.data / "host.key").write_bytes(bytes(range(32)))
    records, keys = kept.back_up(at)
    for model in (Identity, User, StoredKey):
        model._default_manager.all().delete()
    (kept.data / "host.key").write_bytes(bytes(32))

    with pytest.raises(DoesNotFit, match="--keys"):
        kept.restore(records, at=at)
    restored = kept.restore(records, keys, at=at)

    assert everything() == before
    assert (restored.point, restored.came.keys) == (None, True)
    assert (kept.data / "host.key").read_bytes() == bytes(range(32))
    assert logs_in(lived.host)


@pytest.mark.shows("F2")
def test_what_was_set_comes_along_and_holds_only_where_nothing_is_set(
    kept: Keeper, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def set_here(**told: str) -> None:
        saved.save(kept.data, {f"NEARER_{name.upper()}": text for name, text in told.items()})

    recipient = state.recipient()
    monkeypatch.setenv("NEARER_VALKEY_URL", "valkey://there:6379")
    set_here(
        url="https://old.example.org", operator="Robin Vale", mail_url="smtp://a:b@there", mail_from="a@b.c"
    )
    records, keys = kept.back_up(timezone.now())
    monkeypatch.delenv("NEARER_VALKEY_URL")

    came = []
    for told in ({}, {"url": "https://new.example.org"}):
        for model in (Identity, User, StoredKey):
            model._default_manager.all().delete()
        (kept.data / state.RECIPIENT).unlink()
        set_here(**told)
        came.append(kept.restore(records, keys, at=timezone.now()).came)

    assert [each.missing for each in came] == [("NEARER_VALKEY_URL",)] * 2
    assert came[0].told == saved.NAMES
    assert came[1].told == saved.NAMES[1:]
    assert saved.kept(kept.data)["NEARER_URL"] == "https://new.example.org"
    assert saved.kept(kept.data)["NEARER_MAIL_URL"] == "smtp://a:b@there"
    assert (kept.data / saved.FILE).stat().st_mode & 0o077 == 0
    assert state.recipient() == recipient, "and the next night's backup is made"


def test_small_files_that_are_none_of_ours_or_damaged_are_left_out(kept: Keeper) -> None:
    before = sorted(path.name for path in kept.data.iterdir())

    came = take_along(
        {
            "host.key": b"short",
            saved.FILE: b"[]",
            state.RECIPIENT: b"age1nobody",
            "../elsewhere": b"x",
            VARIABLES: b"\xff NOTHING",
        }
    )

    assert came == Came()
    assert sorted(path.name for path in kept.data.iterdir()) == before


@pytest.mark.shows("F2")
def test_who_was_erased_since_stays_erased_and_the_others_open(
    kept: Keeper, lived: Pair, charlie: Person
) -> None:
    at = timezone.now()
    records, keys = kept.back_up(at)
    erasing.erase(lived.host.user.pk, at=at)

    with pytest.raises(DoesNotFit, match="what people erased since would be back"):
        kept.restore(records, keys, at=at + DAY)
    restored = kept.restore(records, at=at + DAY)

    assert restored.shut == 1
    assert not logs_in(lived.host)
    assert logs_in(lived.guest)
    assert logs_in(charlie)
    assert "the drive home" in words(lived.guest.client.get("/us"))
    prune(at + 3 * DAY)
    assert not User.objects.filter(username=lived.host.username).exists()
    assert User.objects.filter(username=charlie.username).exists()


@pytest.mark.rule("R17")
def test_whoever_took_the_deleting_back_since_is_not_deleted_and_nobody_without_time_to_say_no(
    kept: Keeper, alice: Person, bob: Person, charlie: Person
) -> None:
    at = timezone.now()
    for person in (alice, bob):
        erasing.ask(person.user.pk, on=at.date())
    records, _keys = kept.back_up(at)
    erasing.keep(alice.user.pk)
    erasing.ask(charlie.user.pk, on=at.date() + DAY)
    User.objects.filter(pk=bob.user.pk).delete()

    kept.restore(records, at=at + 20 * DAY)

    days = dict(User.objects.values_list("username", "deleted_on"))
    assert days == {
        alice.username: None,
        bob.username: (at + 27 * DAY).date(),
        charlie.username: (at + 8 * DAY).date(),
    }


def test_fifty_flipped_bytes_are_fifty_refusals_and_so_is_every_cut(
    kept: Keeper, lived: Pair, tmp_path: Path
) -> None:
    records, _keys = kept.back_up(timezone.now())
    whole, chance, refused = records.read_bytes(), random.Random(50), 0
    damaged = [whole[: len(whole) * part // 10] for part in range(10)] + [whole[:-1], whole + b"\n"]
    for place in chance.sample(range(len(whole)), 50):
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        damaged.append(bytes(changed))

    for each in damaged:
        with pytest.raises(DoesNotOpen):
            open_sealed(BytesIO(each), kept.secret, tmp_path / "opened", Kind.RECORDS)
        refused += not (tmp_path / "opened").exists()

    assert refused == len(damaged) == 62
    open_sealed(BytesIO(whole), kept.secret, tmp_path / "opened", Kind.RECORDS)


def test_what_does_not_belong_together_is_refused_and_changes_nothing(kept: Keeper, lived: Pair) -> None:
    at = timezone.now()
    old_records, old_keys = kept.back_up(at - 3 * DAY)
    records, keys = kept.back_up(at)
    secrets = list(StoredKey.objects.all())
    StoredKey.objects.all().delete()
    store.make_secret(uuid4())
    _other_records, other_keys = kept.back_up(at + timedelta(minutes=1))
    StoredKey.objects.all().delete()
    before = everything()

    for problem, say, one, other, secret in (
        (DoesNotFit, "two different copies", records, other_keys, ""),
        (DoesNotFit, "older than the records", records, old_keys, ""),
        (DoesNotOpen, "The one of the records is needed", keys, None, ""),
        (DoesNotOpen, "The one of the key store is needed", records, records, ""),
        (DoesNotOpen, "the key is another one", records, keys, new_pair()[0]),
    ):
        with pytest.raises(problem, match=say):
            kept.restore(one, other, at=at, secret=secret)
        assert everything() == before

    assert kept.restore(records, old_keys, at=at, even_so=True).shut == 0
    assert {each.owner for each in secrets} == set(StoredKey.objects.values_list("owner", flat=True))
    assert kept.restore(old_records, at=at).made_at == at - 3 * DAY  # old records with the keys of today


def test_it_is_not_put_into_the_place_of_other_people(kept: Keeper, alice: Person) -> None:
    records, _keys = kept.back_up(timezone.now())
    User.objects.all().delete()
    make_person("Erin")
    before = everything()

    with pytest.raises(Occupied, match="other people"):
        kept.restore(records, at=timezone.now())

    assert everything() == before


def test_one_of_an_older_version_is_brought_up_to_date_and_one_of_a_newer_is_refused(
    kept: Keeper, lived: Pair, tmp_path: Path
) -> None:
    before, at, copied = everything(), timezone.now(), tmp_path / "copied"
    snapshot("default", copied)
    with beside("older", address_of(copied)):
        MigrationExecutor(connections["older"]).migrate([("library", "0001_initial")])
    User.objects.filter(pk=lived.guest.user.pk).delete()

    def sealed(version: str) -> BytesIO:
        whole = BytesIO()
        about = About.of(copied, Kind.RECORDS, at=at, version=version, files={})
        seal(about, copied, whole, recipient_of(kept.secret))
        return BytesIO(whole.getvalue())

    with pytest.raises(TooNew, match=r"1\.0\.0"):
        restore(sealed("1.0.0"), kept.secret, at=at)
    restore(sealed("0.0.9"), kept.secret, at=at)
    assert everything() == before

    with beside("newer", address_of(copied)):
        connections["newer"].cursor().execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('vault', '9999_later', '2030-01-01')"
        )
    with pytest.raises(TooNew, match="newer version"):
        restore(sealed("0.9.0"), kept.secret, at=at)
    with beside("newer", address_of(copied)):
        MigrationRecorder(connections["newer"]).record_applied("nearer", "major_1")
    with pytest.raises(TooNew, match="later major version"):
        restore(sealed("0.9.0"), kept.secret, at=at)
    assert everything() == before


def test_what_fails_in_the_middle_is_rolled_back(
    kept: Keeper, lived: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    records, _keys = kept.back_up(timezone.now())
    make_person("Erin")
    before = everything()

    def fails(*_given: object) -> None:
        raise DatabaseError

    never_the_same = count()
    for name, instead in (
        ("_go_on_counting", fails),
        ("_copy", fails),
        ("_sum", lambda *_given: (next(never_the_same), 0)),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(rows, name, instead)
            with pytest.raises(BackupError, match="Nothing was changed"):
                kept.restore(records, at=timezone.now())
        assert everything() == before


def test_without_room_nothing_is_begun_and_what_is_there_stays(
    kept: Keeper, alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = timezone.now()
    records, keys = kept.back_up(at)
    before = everything()
    monkeypatch.setattr(disk, "room", lambda _folder: 1 << 20)

    with pytest.raises(NotStored, match="no room"):
        kept.back_up(at + DAY)
    with pytest.raises(NotStored, match="no room"):
        kept.restore(records, at=at)

    assert everything() == before
    assert records.exists()
    assert keys.exists()
    assert (state.last_backup(), state.known().failed_at) == (at, at + DAY)


def test_a_database_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    (tmp_path / "damaged").write_bytes(b"no database at all" * 99)

    with closing(sqlite3.connect(tmp_path / "damaged")) as opened:
        with pytest.raises(sqlite3.DatabaseError) as found:
            opened.execute("SELECT * FROM sqlite_master")
        problem = DatabaseError()
        problem.__cause__ = found.value
    with pytest.raises(BackupError, match="is damaged"), in_plain_words():
        raise problem


def test_links_are_not_followed(kept: Keeper, alice: Person, tmp_path: Path) -> None:
    at, outside = timezone.now(), tmp_path / "outside"
    outside.mkdir()
    (outside / "keys").write_text("somebody's")
    (kept.data / FOLDER).symlink_to(outside)
    (kept.data / "backups").mkdir()
    records = kept.data / "backups" / "records"
    records.mkdir()
    (records / "nearer-records-20261130T120000Z.age").symlink_to(outside / "keys")
    (records / "notes.txt").write_text("somebody's")

    stored, _keys = kept.back_up(at)
    shutil.copy(stored, tmp_path / "taken away")

    assert (outside / "keys").read_text() == "somebody's"
    assert (records / "notes.txt").read_text() == "somebody's"
    assert not stored.is_symlink()
