"""A torn write-ahead log: the power goes while the disk writes, and the end of the log is cut off or garbage."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

from drills.crowd import PASSPHRASE, Crowd
from drills.figures import Figure, Ground, exactly, told
from drills.opening import Reader
from drills.rows import RECORDS, Row, Stores
from nearer.vault.errors import VaultError

MOVES = 24
LOG = f"{RECORDS}-wal"
ENTRIES = "SELECT id, sitting_id, seq, sealed FROM sittings_entry ORDER BY sitting_id, seq"


def drill(ground: Ground) -> list[Figure]:
    """Cut the log of a busy evening at random places, and open what each cut leaves."""
    times = ground.size(short=60, long=1000)
    whole = _evening(ground)
    log, every = (whole / LOG).read_bytes(), Stores.in_folder(_copied(whole, ground.folder / "all"))
    entries = every.records.rows(ENTRIES)
    chance, torn = random.Random(5), ground.folder / "torn"
    damaged = broken = shut = 0
    lengths = set()
    for _ in range(times):
        (_copied(whole, torn) / LOG).write_bytes(_torn(log, chance))
        stores = Stores.in_folder(torn)
        damaged += not stores.are_whole()
        left = stores.records.rows(ENTRIES)
        broken += not _is_prefix(left, entries) or not _counts(stores)
        shut += _shut(stores)
        lengths.add(len(left))
    return [
        told("logs cut or spoilt at random places", times),
        exactly("moves in the whole log", len(entries), MOVES + 2),
        exactly("files that are out of order", damaged, 0),
        exactly("files whose moves are no beginning of the evening", broken, 0),
        exactly("sealed things that are there and do not open", shut, 0),
        told("different lengths left", len(lengths)),
    ]


def _evening(ground: Ground) -> Path:
    """Let two people move back and forth, and keep the files as they are while the server still runs."""
    kept = ground.folder / "kept"
    with ground.serving() as copy:
        # The tables are made and in the file itself before the log that will be cut begins.
        copy.stop()
        copy.start()
        with Crowd(copy.url) as crowd:
            pair = crowd.pair(1)
            path = pair.sit_down()
            for number in range(MOVES):
                pair.host.send(path, move="Resume" if number % 2 else "Pause")
        _copied(copy.data, kept)
    return kept


def _copied(folder: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    for path in folder.glob("*.sqlite3*"):
        if not path.name.endswith("-shm"):
            shutil.copy(path, to)
    return to


def _torn(log: bytes, chance: random.Random) -> bytes:
    """Return the log up to a random place; every third time with garbage after it."""
    kept = log[: chance.randrange(len(log))]
    if chance.random() < 1 / 3:
        return kept + chance.randbytes(chance.randrange(1, len(log) - len(kept) + 1))
    return kept


def _is_prefix(left: list[Row], whole: list[Row]) -> bool:
    return left == whole[: len(left)]


def _counts(stores: Stores) -> bool:
    """Say whether each sitting has all the moves it tells of; a sealed one it does not count before both are in."""
    said = stores.records.rows("SELECT id, seq FROM sittings_sitting")
    return all(
        stores.records.count("sittings_entry", "sitting_id = ?", sitting) >= seq for sitting, seq in said
    )


def _shut(stores: Stores) -> int:
    """Return how many of the things that are there do not open; people who are not there yet have none."""
    shut = 0
    names = [name for (name,) in stores.records.rows("SELECT username FROM accounts_user")]
    for name in names:
        try:
            shut += len(Reader(stores, name, PASSPHRASE).everything().shut)
        except (VaultError, LookupError):
            shut += 1
    return shut
