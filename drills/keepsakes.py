"""A power cut while somebody keeps photos: what was acknowledged opens, and nothing is left over for long."""

from __future__ import annotations

import random
import re
import time
from datetime import timedelta
from functools import partial
from itertools import count

from drills.crowd import Crowd, Pair, Writer
from drills.figures import Figure, Ground, at_least, exactly, told
from drills.rows import Stores
from nearer.testing.media import photo

BOTH = True
WAITS = timedelta(minutes=2)
SHELF = re.compile(r"/b/[0-9a-f-]{36}/keepsakes")
TOKEN = "csrfmiddlewaretoken"
# A photo takes about a quarter of a second: reading, rewriting, sealing and storing are all hit.
LEAST_SECONDS, MOST_SECONDS = 0.1, 1.2
# A page shows eight: after so many power cuts another pair goes on.
CUTS_OF_A_PAIR = 15
# What a pair has a secret for, besides first questions: two people and their bond.
SECRETS_OF_A_PAIR = 3
PHOTO = photo((48, 32))


def drill(ground: Ground) -> list[Figure]:
    """Kill the server while photos are kept and taken back, and look for them as the other."""
    times, chance, numbers = ground.size(short=2, long=100), random.Random(5), count()
    acknowledged: list[int] = []
    with ground.serving() as copy, Crowd(copy.url) as crowd:
        pairs = [crowd.pair(number) for number in range(1 + times // CUTS_OF_A_PAIR)]
        for cut in range(times):
            pair = pairs[cut // CUTS_OF_A_PAIR]
            writer = Writer(partial(_keep, pair), numbers)
            writer.start()
            time.sleep(chance.uniform(LEAST_SECONDS, MOST_SECONDS))
            copy.kill()
            acknowledged += writer.done().acknowledged
            copy.start()
        _keep(pairs[-1], last := next(numbers))
        copy.wait(WAITS)
        seen = set().union(*map(_opened_by_the_other, pairs))
        copy.wait(timedelta(days=2))
        copy.run("prune")
        stores = Stores.of(copy)
        files = {row[0] for row in stores.records.rows("SELECT id FROM files_sealedfile")}
        secrets = {row[0] for row in stores.keys.rows("SELECT owner FROM vault_storedkey")}
        needed = SECRETS_OF_A_PAIR * len(pairs) + stores.records.count("bonds_firstquestion")
        whole = stores.are_whole()
    return [
        told("kills", times),
        at_least("photos acknowledged", len(acknowledged) + 1, 1),
        exactly("acknowledged and lost", len({*acknowledged, last} - seen), 0),
        exactly("files that no page shows", len(files) - len(seen), 0),
        exactly("files without a secret", len(files - secrets), 0),
        exactly("secrets that nothing needs, two days later", len(secrets - files) - needed, 0),
        exactly("both stores are in order", whole, asked=True),
    ]


def _keep(pair: Pair, number: int) -> None:
    path = f"{_shelf(pair)}/photo"
    token = next(form.fields[TOKEN] for form in pair.host.page(path).forms if TOKEN in form.fields)
    sent = {TOKEN: token, "words": f"number {number}."}
    files = {"file": ("a.jpg", PHOTO, "image/jpeg")}
    pair.host.client.post(path, data=sent, files=files).raise_for_status()


def _shelf(pair: Pair) -> str:
    return str(SHELF.findall(pair.host.see("/us").text)[0])


def _opened_by_the_other(pair: Pair) -> set[int]:
    """Return the numbers of the photos that the guest finds and that open."""
    shelf, seen, page = _shelf(pair), set(), 1
    while True:
        text = pair.guest.see(f"{shelf}?page={page}").text
        for part in text.split("<figure")[1:]:
            address = part.split('src="', 1)[1].split('"', 1)[0]
            assert pair.guest.see(address).content.startswith(b"RIFF")
            seen.add(int(part.split("number ", 1)[1].split(".", 1)[0]))
        if f"?page={page + 1}" not in text:
            return seen
        page += 1
