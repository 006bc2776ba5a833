"""What two people write is nowhere on the server's disk, in any disguise; with their passphrases it all opens.

Every field gets words of its own. The server is killed in the middle of an open sitting, so that the
write-ahead log and whatever else it leaves behind is searched as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import urlopen
from uuid import uuid4

import pytest
from playwright.sync_api import Browser

from nearer.testing import scan
from nearer.testing.people import Person, newcomer, sit_down
from nearer.testing.server import Copy
from nearer.vault.invitations import new_short_code
from tests.browser.cases import move
from tests.browser.steps import REFUSED

# Prints what one person's passphrase opens, and the keys on the way, which must not be on the disk either.
OPEN_ALL = """
import json
from nearer.accounts.ways_in import unlock
from nearer.accounts.profile import face_of
from nearer.bonds.place import places_of
from nearer.sittings.run.log import open_run
from nearer.sittings.models import Sitting
from nearer.protocol import encode
opened = unlock.by_passphrase({username!r}, {passphrase!r})
ring, place = opened.ring, places_of(opened.user.pk, ring=opened.ring)[0]
runs = [open_run(sitting, place) for sitting in Sitting.objects.filter(bond=place.bond)]
print("opened " + json.dumps({{
    "name": face_of(opened.user.pk, ring=ring).name,
    "cards": [place.my_card.name, place.their_card.name],
    "moves": [encode(played.move) for run in runs for played in run.log],
    "keys": [key.hex() for key in (opened.master, ring.identity, ring.profile, place.key, *[r.key for r in runs if r.key])],
}}))
"""


class Canaries(dict[str, str | bytes]):
    """Words that were written nowhere before, each under the name of the field it was written into."""

    def word(self, field: str, least: int = 0) -> str:
        """Make the words for a field: not only plain letters, so that every encoding shows."""
        mark = uuid4().hex[:12]
        self[field] = mark
        whole = f"{mark} öber {uuid4().hex[:12]}".ljust(least, "x")
        self[f"{field}, whole"] = whole
        return whole


@pytest.fixture
def words() -> Canaries:
    return Canaries()


@pytest.fixture
def two(browser: Browser, own_copy: Copy, words: Canaries) -> Iterator[tuple[Person, Person]]:
    """Two people whose names and passphrases are canaries; their usernames are on the clear list."""
    people = [newcomer(browser, own_copy.url, words.word(f"name {n}")[:38]) for n in (1, 2)]
    for number, person in enumerate(people):
        person.passphrase = words.word(f"passphrase {number}")
    yield people[0], people[1]
    for person in people:
        person.page.context.close()


def test_nothing_anybody_wrote_is_on_the_disk(
    own_copy: Copy, two: tuple[Person, Person], words: Canaries, tmp_path: Path
) -> None:
    sam, noor = two
    own_copy.stop()
    own_copy.databases["TMPDIR"] = str(tmp_path / "data" / "tmp")
    (tmp_path / "data" / "tmp").mkdir()
    own_copy.start()

    come_in(sam, noor, words)
    refused_at_the_door(sam, words)
    refused_in_settings(noor, words)
    path = sit_down(sam, noor)
    half_a_floor(sam, noor, path, words)
    own_copy.kill()
    assert own_copy.databases.keys() > {"TMPDIR"} or (own_copy.data / "nearer.sqlite3-wal").stat().st_size
    search(own_copy, words, sam)
    said = {str(words[name]) for name in ("topic", "spoken", "reflected", "clarified")}
    opens(own_copy, words, said, sam, noor)

    own_copy.start()
    the_rest_of_the_floor(sam, noor, path, words)
    own_copy.stop()
    search(own_copy, words, sam)
    opens(own_copy, words, said | {str(words[f"note {n}"]) for n in (1, 2)}, sam, noor)


def test_what_was_not_kept_is_gone_with_its_key(
    own_copy: Copy, two: tuple[Person, Person], words: Canaries
) -> None:
    sam, noor = two
    come_in(sam, noor, words)
    path = sit_down(sam, noor)
    half_a_floor(sam, noor, path, words)
    kept_of_this = opens(own_copy, words, set(), sam)
    the_rest_of_the_floor(sam, noor, path, words, keep="no")
    own_copy.stop()

    search(own_copy, words, sam)
    left = opens(own_copy, words, set(), sam)
    assert len(kept_of_this["moves"]) > 8
    assert left["moves"] == []
    assert len(left["keys"]) == len(kept_of_this["keys"]) - 1


def test_a_mistyped_address_is_in_no_log(own_copy: Copy, words: Canaries) -> None:
    # An invitation whose # was lost on the way, for one.
    for path in ("/", "/j/", "/s/", "/login?next=/", "/practise/"):
        mark = words.word(f"address {path}").partition(" ")[0]
        with suppress(HTTPError):
            urlopen(f"{own_copy.url}{path}{mark}").close()
    own_copy.stop()

    assert scan.findings_in(stored(own_copy), words) == {}


def come_in(sam: Person, noor: Person, words: Canaries) -> None:
    """Sign up, mistype the code once, invite, open by code, join and confirm."""
    for number, person in enumerate((sam, noor)):
        person.go("/signup")
        person.fill("What shall we call you?", person.name)
        person.fill("Username", person.username)
        person.fill("Passphrase", person.passphrase)
        person.press("Create account")
        person.code = person.page.locator("[data-recovery-code]").inner_text()
        words[f"recovery code {number}"] = person.code
        words[f"recovery code {number}, as one"] = person.code.replace("-", "")
        person.fill("Type the code back", words.word(f"mistyped code {number}"))
        person.press("Continue")
        person.sees("That is not the same code.")
        person.fill("Type the code back", person.code)
        person.press("Continue")
    link = sam.invite("family")
    words["link"] = link.partition("#")[2]
    words["short code"] = sam.page.locator("[data-invite-code]").inner_text()
    noor.go("/j/")
    noor.fill("Code", words.word("mistyped invitation"))
    noor.press("Open the invitation")
    noor.sees(re.compile("This is not the whole code, or a letter of it is wrong"))
    words["code of nobody"] = new_short_code()
    noor.fill("Code", str(words["code of nobody"]))
    noor.press("Open the invitation")
    noor.sees("This invitation is not open any more.")
    noor.join(link)
    sam.confirm(noor.name)


def refused_at_the_door(sam: Person, words: Canaries) -> None:
    """Log in with the wrong passphrase, and with the wrong recovery code."""
    page = sam.page
    sam.page = page.context.browser.new_context().new_page()  # type: ignore[union-attr]
    sam.go("/login")
    sam.fill("Username", sam.username)
    sam.fill("Passphrase", words.word("wrong passphrase"))
    sam.press("Log in")
    sam.sees("We could not log you in with that.")
    sam.go("/recover")
    sam.fill("Username", sam.username)
    sam.fill("Recovery code", words.word("wrong recovery code"))
    sam.fill("New passphrase", words.word("passphrase not taken"))
    sam.press("Set the new passphrase")
    sam.sees("That name and code do not open anything.")
    sam.page.context.close()
    sam.page = page


def refused_in_settings(noor: Person, words: Canaries) -> None:
    """Change the name, the passphrase and the recovery code; each of the last two goes wrong once."""
    noor.name = words.word("new name")[:38]
    noor.go("/settings")
    noor.fill("What shall we call you?", noor.name)
    noor.press("Save")
    noor.go("/settings/passphrase")
    noor.fill("Passphrase now", words.word("not the old passphrase"))
    noor.fill("New passphrase", words.word("new passphrase not taken"))
    noor.press("Change it")
    noor.sees("That is not your passphrase.")
    fresh = words.word("new passphrase")
    noor.fill("Passphrase now", noor.passphrase)
    noor.fill("New passphrase", fresh)
    noor.press("Change it")
    noor.page.wait_for_url("**/settings")
    noor.passphrase = fresh
    noor.go("/settings/recovery")
    noor.fill("Passphrase", noor.passphrase)
    noor.press("Make a new code")
    noor.code = noor.page.locator("[data-recovery-code]").inner_text()
    words["new recovery code"] = noor.code
    noor.fill("Type the code back", noor.code)
    noor.press("Continue")


def half_a_floor(sam: Person, noor: Person, path: str, words: Canaries) -> None:
    """Up to the middle of the first turn, with a topic that is too long before the one that is not."""
    assert "too long" in move(
        sam, path, "SetTopic", topic=words.word("topic too long", least=200), variant="everyday"
    )
    play(
        path,
        (sam, "SetTopic", {"topic": words.word("topic"), "variant": "everyday"}),
        (noor, "TakeTopic", {}),
    )
    play(path, *[(person, "Heat", {"level": "easy"}) for person in (sam, noor)], (sam, "Volunteer", {}))
    play(
        path,
        (sam, "Speak", {"words": words.word("spoken")}),
        (noor, "Reflect", {"words": words.word("reflected")}),
    )
    play(path, (sam, "Check", {"answer": "nearly"}), (sam, "Clarify", {"words": words.word("clarified")}))


def the_rest_of_the_floor(sam: Person, noor: Person, path: str, words: Canaries, keep: str = "yes") -> None:
    """From saying it back again to the two notes."""
    play(path, (noor, "Reflect", {"words": words.word("reflected again")}), (sam, "Check", {"answer": "yes"}))
    play(
        path,
        (noor, "Validate", {"words": words.word("validated")}),
        (noor, "Ask", {"words": words.word("asked")}),
    )
    play(path, (sam, "More", {"more": "no"}), (noor, "EndHere", {}))
    for number, person in enumerate((sam, noor), start=1):
        play(path, (person, "Note", {"words": words.word(f"note {number}")}))
    play(path, *[(person, "Keep", {"keep": keep}) for person in (sam, noor)])


def play(path: str, *turns: tuple[Person, str, dict[str, str]]) -> None:
    """Send moves with the forms of their pages; each is taken."""
    for person, kind, fields in turns:
        answer = move(person, path, kind, **fields)
        assert 'id="stage"' in answer, kind
        assert not REFUSED.search(answer), kind


def search(copy: Copy, words: Canaries, sam: Person) -> None:
    """Find no canary anywhere; the clear list is what the search does find."""
    blobs = list(stored(copy))
    assert scan.findings_in(blobs, words) == {}
    # docs/threat-model.md lists what is in clear. Of all the fields that is the username, and finding it
    # shows that the search reaches the records.
    assert scan.findings_in(blobs, {"username": sam.username})


def stored(copy: Copy) -> Iterator[tuple[str, bytes]]:
    """Return everything a copy has left behind: files, logs, and the rows of its databases."""
    dumps = [scan.tables_of(url) for url in copy.databases.values() if url.startswith("postgres")]
    rows = [scan.rows_of(path) for path in sorted(copy.data.glob("*.sqlite3"))]
    return chain(scan.files_under(copy.data), *rows, *dumps)


def opens(copy: Copy, words: Canaries, said: set[str], *people: Person) -> dict[str, Any]:
    """The same rows open with each person's passphrase, and their keys become canaries too."""
    opened: dict[str, Any] = {}
    for person in people:
        printed = copy.run(
            "shell", "-c", OPEN_ALL.format(username=person.username, passphrase=person.passphrase)
        )
        opened = json.loads(printed.rpartition("opened ")[2])
        assert opened["name"] == person.name
        assert person.name in opened["cards"]
        assert all(any(mark in str(move) for move in opened["moves"]) for mark in said)
        words |= {f"key {key[:6]}": bytes.fromhex(key) for key in opened["keys"]}
    return opened
