"""Both seal at the same moment: neither answer is lost, and both pages go on together."""

from __future__ import annotations

from drills.crowd import Crowd, Pair
from drills.figures import Figure, Ground, exactly, told
from drills.parallel import all_at_once, form_of
from drills.rows import Stores

BOTH = True


def drill(ground: Ground) -> list[Figure]:
    """Let two people give their sealed answers at once, and look at what each of them sees then."""
    times = ground.size(short=5, long=200)
    odd = stuck = early = failures = 0
    with ground.serving() as copy, Crowd(copy.url) as crowd:
        pair, stores = crowd.pair(1), Stores.of(copy)
        for number in range(times):
            path = pair.sit_down()
            pair.host.send(path, move="SetTopic", topic="the drive home")
            pair.guest.send(path, move="TakeTopic")
            levels = ("easy", "touchy") if number % 2 else ("touchy", "easy")
            before = stores.records.count("sittings_entry")
            answers = _seal_at_once(pair, path, levels)
            failures += sum(answer >= 500 for answer in answers)
            odd += stores.records.count("sittings_entry") - before != 2
            open_to = [{form.move for form in person.page(path).forms} for person in (pair.host, pair.guest)]
            early += any("Heat" in moves for moves in open_to)
            stuck += not any(moves - {"Pause", "Leave", "Heat", ""} for moves in open_to)
            pair.host.send(path, move="Leave")
    return [
        told("exchanges in which both answers came at once", times),
        exactly("exchanges with more or fewer than two answers", odd, 0),
        exactly("exchanges in which somebody was asked again", early, 0),
        exactly("exchanges that did not go on", stuck, 0),
        exactly("answers that were a failure of the server", failures, 0),
    ]


def _seal_at_once(pair: Pair, path: str, levels: tuple[str, str]) -> list[int]:
    both = zip((pair.host, pair.guest), levels, strict=True)
    requests = [(person, *form_of(person, path, move="Heat", level=level)) for person, level in both]
    return [answer.status_code for answer in all_at_once(requests)]
