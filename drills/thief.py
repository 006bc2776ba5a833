"""A thief with the whole machine, switched off: no word is found, and only a passphrase from the list opens anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import chain

from drills.crowd import PASSPHRASE, Crowd, Pair, Person
from drills.figures import Figure, Ground, at_least, exactly, told
from drills.opening import Reader
from drills.rows import Stores
from nearer.testing import scan
from nearer.testing.server import Copy
from nearer.vault.errors import VaultError

# Long enough for the door, and the first thing a guesser makes of a common word.
WEAK = "sunshine123456"
ENDINGS = ("", "1", "123", "123456")
LIST = [
    "123456",
    "password",
    "qwerty",
    "abc123",
    "letmein",
    "monkey",
    "dragon",
    "sunshine",
    "princess",
    "football",
    "iloveyou",
    "shadow",
    "master",
    "superman",
    "michael",
    "charlie",
    "flower",
    "welcome",
    "baseball",
    "jordan",
    "hunter",
    "summer",
    "ginger",
    "cookie",
    "pepper",
    "thomas",
    "robert",
    "soccer",
    "killer",
    "freedom",
    "whatever",
]
WORDS = {
    "topic": "the kestrel on the drive", "words": "I felt quillwort that evening", "note": "marrowfat at dusk",
    "plan, cue": "the gorse is cut", "plan, act": "we walk to the lighthouse", "parked": "the saxhorn holidays",
    "answer": "climbing the hornbeam", "passphrase": PASSPHRASE,
}  # fmt: skip


def drill(ground: Ground) -> list[Figure]:
    """Say something in every field, switch the server off, and take everything away."""
    with ground.serving() as copy, Crowd(copy.url) as crowd:
        weak = crowd.person("weak")
        names = {"the weak one's": weak.name}
        _sign_up(weak)
        pair = crowd.pair(1)
        speak(pair, WORDS)
        people = (pair.host.name, pair.guest.name)
        copy.stop()
        found = scan.findings_in(_everything(copy), WORDS)
        reached = scan.findings_in(_everything(copy), names)
        guesses = _guesses(ground)
        opened = {name for name in (*people, weak.name) if _opens(Stores.of(copy), name, guesses)}
    return [
        told("things that were said, in as many fields", len(WORDS)),
        exactly("places where one of them was found, in any disguise", ", ".join(map(str, found)) or 0, 0),
        at_least("places where a name that is in clear was found", len(reached), 1),
        told("passphrases tried for each of three people", len(guesses)),
        exactly("people whose vault they opened", ", ".join(sorted(opened)), weak.name),
    ]


def _sign_up(weak: Person) -> None:
    weak.send("/signup", name="Weak", username=weak.name, passphrase=WEAK)


def speak(pair: Pair, words: Mapping[str, str]) -> str:
    """Let two people use every kind of field there is for words; return the address of where they sit."""
    path = pair.sit_down()
    pair.host.send(path, move="SetTopic", topic=words["topic"])
    pair.guest.send(path, move="TakeTopic")
    for person in (pair.host, pair.guest):
        person.send(path, move="Heat", level="easy")
    pair.host.send(path, action="/park", text=words["parked"])
    pair.host.send(path, move="Volunteer")
    pair.host.send(path, move="Speak", words=words["words"])
    pair.guest.send(path, move="Reflect", words=words["note"])
    bond = re.search(r"/b/[0-9a-f-]{36}", pair.host.see("/us").text)
    assert bond, "no bond on the page"
    pair.host.send(f"{bond[0]}/plans", cue=words["plan, cue"], act=words["plan, act"])
    pair.host.send("/invite", kin="friend", question="ten", answer=words["answer"])
    return path


def _everything(copy: Copy) -> chain[tuple[str, bytes]]:
    rows = [scan.rows_of(path) for path in sorted(copy.data.glob("*.sqlite3"))]
    return chain(scan.files_under(copy.data), *rows)


def _guesses(ground: Ground) -> list[str]:
    """Return what a guesser tries: common words, each with its usual endings; in the long form a thousand and more."""
    words = (
        LIST
        if not ground.is_long
        else [*LIST, *(f"{word}{year}" for word in LIST for year in range(1990, 2024))]
    )
    return [word + ending for word in words for ending in ENDINGS]


def _opens(stores: Stores, name: str, guesses: list[str]) -> bool:
    for guess in guesses:
        try:
            Reader(stores, name, guess)
        except VaultError:
            continue
        return True
    return False
