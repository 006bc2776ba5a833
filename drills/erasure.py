"""An old backup: with today's key store, what was erased since, by people or by time, stays dark; the rest opens."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from drills.crowd import PASSPHRASE, Crowd, Pair
from drills.figures import Figure, Ground, at_least, exactly, told
from drills.opening import Found, Reader
from drills.rows import KEYS, RECORDS, Stores, keep
from nearer.testing.server import Copy

SAID, AN_HOUR = timedelta(hours=72), timedelta(hours=1)


def drill(ground: Ground) -> list[Figure]:
    """Keep a backup of the records, erase, and read the backup with the keys there are now."""
    pairs, backup = ground.size(short=2, long=10), ground.folder / "backup"
    with ground.serving() as copy, Crowd(copy.url) as crowd:
        leaving, staying = crowd.pair(0), [crowd.pair(number) for number in range(1, pairs)]
        for pair in (leaving, *staying):
            talk(pair)
        copy.stop()
        _back_up(copy, backup)
        was_open = _opened(Stores.in_folder(backup), leaving)
        copy.start()
        _leave(leaving)
        copy.stop()
        keep(copy.data / KEYS, backup)
        stores = Stores.in_folder(backup)
        erased, living = _opened(stores, leaving), [_opened(stores, pair) for pair in staying]
        copy.wait(SAID + AN_HOUR)
        copy.run("prune")
        keep(copy.data / KEYS, backup)
        ended = [_opened(stores, pair) for pair in staying]
    return [
        told("bonds in the backup", pairs),
        at_least("moves of the two who leave that the backup opened before", was_open.counts["entry"], 5),
        exactly("of them it opens with today's keys", erased.counts["entry"], 0),
        at_least("moves of the others that it opens", min(found.counts["entry"] for found in living), 5),
        exactly("things of theirs that do not open", sum(len(found.shut) for found in living), 0),
        exactly(
            "moves of theirs it opens an hour after they ended by themselves",
            sum(found.counts["entry"] for found in ended),
            0,
        ),
    ]


def talk(pair: Pair) -> None:
    """Let two people say how a topic feels, in a sitting that stays open."""
    path = pair.sit_down()
    pair.host.send(path, move="SetTopic", topic="the drive home")
    pair.guest.send(path, move="TakeTopic")
    for person in (pair.host, pair.guest):
        person.send(path, move="Heat", level="easy")


def _back_up(copy: Copy, to: Path) -> None:
    to.mkdir()
    for name in (RECORDS, KEYS):
        keep(copy.data / name, to)


def _leave(pair: Pair) -> None:
    """Both leave: nobody is left in the bond, and with that its secrets go."""
    for person in (pair.host, pair.guest):
        bond = re.search(r"/b/[0-9a-f-]{36}/space", person.see("/us").text)
        assert bond, "there is no way to leave"
        person.send(bond[0])


def _opened(stores: Stores, pair: Pair) -> Found:
    return Reader(stores, pair.host.name, PASSPHRASE).everything()
