"""Whether an account exists: the log-in page says the same, and takes as long, for a name that nobody has."""

from __future__ import annotations

import re
import statistics
import time

from drills.crowd import Crowd, Person
from drills.figures import Figure, Ground, at_most, exactly, time_of, told
from drills.parallel import form_of

REAL = True
TRIES_A_NAME = 5
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


def drill(ground: Ground) -> list[Figure]:
    """Try wrong passphrases for names that exist and for names that do not, in turn."""
    names = ground.size(short=1, long=30)
    seen: dict[bool, list[tuple[int, str]]] = {True: [], False: []}
    times: dict[bool, list[float]] = {True: [], False: []}
    with ground.serving() as copy, Crowd(copy.url) as crowd:
        guesser = crowd.person("guesser")
        for number in range(names):
            crowd.person(f"known{number:03}").sign_up()
        for number in range(names):
            for _ in range(TRIES_A_NAME):
                for known in (True, False):
                    name = f"{'known' if known else 'other'}{number:03}"
                    answer, took = _guess(guesser, name)
                    seen[known].append(answer)
                    times[known].append(took)
    apart = abs(statistics.median(times[True]) - statistics.median(times[False]))
    return [
        told("tries for names that exist, and as many for others", len(seen[True])),
        exactly("answers that differ", sum(a != b for a, b in zip(seen[True], seen[False], strict=True)), 0),
        time_of(at_most("the medians of the times are apart by", round(apart, 1), 10, " ms")),
    ]


def _guess(guesser: Person, name: str) -> tuple[tuple[int, str], float]:
    path, fields = form_of(guesser, "/login", username=name, passphrase="a guess and no more than that")
    begun = time.perf_counter()
    answer = guesser.client.post(path, data=fields)
    took = (time.perf_counter() - begun) * 1000
    return (answer.status_code, TOKEN.sub("", answer.text).replace(name, "")), took
