"""After somebody deletes their account nothing of them is on the server's disk, in any disguise; nor does a backup help.

Every field gets words of its own, in private and in public ones, and the whole data folder is searched, with the
write-ahead log and what the program printed.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import chain
from pathlib import Path
from uuid import uuid4

import pytest
from playwright.sync_api import Browser

from nearer.testing import scan
from nearer.testing.people import Person, newcomer
from nearer.testing.server import Copy
from tests.browser.conftest import bond_quickly, send, sign_up_quickly

ARTICLE = "/library/what-emotional-intimacy-is"
# What is readable for everybody, or for who has the database: these show that the search finds what is there.
IN_CLEAR = {"username", "pen name", "what I am", "about me", "degree", "draft title", "draft sum", "draft body", "voice", "comment"}  # fmt: skip
OPENS = """
from nearer.accounts.ways_in import unlock
try:
    unlock.by_passphrase({username!r}, {passphrase!r})
    print("it opened")
except unlock.NotOpened:
    print("it did not open")
"""


class Marks(dict[str, str | bytes]):
    """Words that were written nowhere before, each under the name of the field it was written into."""

    def word(self, field: str) -> str:
        """Make the words for a field."""
        self[field] = f"mark{uuid4().hex[:12]}"
        return str(self[field])


@pytest.fixture
def marks() -> Marks:
    return Marks()


@pytest.fixture
def two(browser: Browser, own_copy: Copy, marks: Marks) -> Iterator[tuple[Person, Person]]:
    """Somebody whose every word is marked, and the other of their space."""
    leaver, other = (
        newcomer(browser, own_copy.url, marks.word("name")),
        newcomer(browser, own_copy.url, "Noor"),
    )
    leaver.username, leaver.passphrase = marks.word("username"), marks.word("passphrase")
    for person in (leaver, other):
        sign_up_quickly(person)
    bond_quickly(leaver, other)
    write_everywhere(own_copy, leaver, marks)
    yield leaver, other
    for person in (leaver, other):
        person.page.context.close()


def write_everywhere(copy: Copy, person: Person, marks: Marks) -> None:
    """Write into everything that is the person's own, in private and in public."""
    bond = re.search(r"/b/[0-9a-f-]{36}", send(person, "/us", ""))
    assert bond
    send(person, "/us", f"{bond[0]}/plans", cue=marks.word("cue"), act=marks.word("act"))
    send(person, "/invite", "/invite", kin="friend", question="smile", answer=marks.word("first answer"))
    copy.run("role", "give", person.username, "author")
    byline = {"name": "pen name", "role": "what I am", "about": "about me", "credentials": "degree"}
    sent = {field: marks.word(name) for field, name in byline.items()}
    send(person, "/library/desk/byline", "/library/desk/byline", **sent)
    category = re.search(r'<option value="([a-z-]+)"', send(person, "/library/desk/new", ""))
    assert category
    draft = {"title": "draft title", "summary": "draft sum", "body": "draft body"}
    words = {field: marks.word(name) for field, name in draft.items()}
    more = {
        "slug": marks.word("draft address"),
        "category": category[1],
        "evidence": "early",
        "sources": "Somebody.",
    }
    send(person, "/library/desk/new", "/library/desk/new", **words, **more)
    send(person, ARTICLE, "/library/voice", name=marks.word("voice"), article=ARTICLE.rpartition("/")[2])
    send(person, ARTICLE, f"{ARTICLE}/comment", text=marks.word("comment"))
    send(person, ARTICLE, f"{ARTICLE}/bookmark", on="yes")


def delete(person: Person) -> None:
    """Delete the account as one does: the passphrase opens the page, and a tick and a button do it."""
    person.go("/settings/account")
    if person.page.get_by_role("button", name="Open it").count():
        person.fill("Passphrase", person.passphrase)
        person.press("Open it")
    person.page.get_by_label("I am sure").check()
    person.press("Delete it now")
    person.page.wait_for_url(f"{person.url}/")


def found(folder: Path, marks: Marks) -> set[str]:
    """Return which fields' words are anywhere under a folder."""
    rows = [scan.rows_of(path) for path in sorted(folder.glob("*.sqlite3"))]
    return set().union(*scan.findings_in(chain(scan.files_under(folder), *rows), marks).values())


def test_nothing_of_somebody_who_deleted_their_account_is_on_the_disk(
    own_copy: Copy, two: tuple[Person, Person], marks: Marks, tmp_path: Path
) -> None:
    leaver, _ = two
    assert found(own_copy.data, marks) == {*IN_CLEAR, "draft address"}
    backup = tmp_path / "backup"
    backup.mkdir()
    with closing(sqlite3.connect(own_copy.data / "nearer.sqlite3")) as records:
        records.execute(f"VACUUM INTO '{backup / 'nearer.sqlite3'}'")

    delete(leaver)

    assert found(own_copy.data, marks) == set()
    assert (own_copy.data / "nearer.sqlite3-wal").stat().st_size == 0
    own_copy.stop()
    shutil.copy(own_copy.data / "keys.sqlite3", backup)
    shutil.copy(own_copy.data / "host.key", backup)
    old = Copy(data=backup, port=own_copy.port)
    opens = OPENS.format(username=leaver.username, passphrase=leaver.passphrase)
    assert "it did not open" in old.run("shell", "-c", opens)
    assert found(backup, marks) >= IN_CLEAR, "a backup of the records keeps what is in clear"


def test_a_log_that_somebody_is_reading_is_settled_by_the_next_pruning(
    own_copy: Copy, two: tuple[Person, Person], marks: Marks
) -> None:
    leaver, _ = two
    with closing(sqlite3.connect(own_copy.data / "nearer.sqlite3", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM accounts_user").fetchone()
        delete(leaver)
        assert "username" in found(own_copy.data, marks), "whoever reads sees what was there when they began"
        reader.execute("ROLLBACK")

    own_copy.run("prune")

    assert found(own_copy.data, marks) == set()


def test_what_is_erased_is_written_over_in_both_files(own_copy: Copy) -> None:
    asked = own_copy.run(
        "shell",
        "-c",
        "from django.db import connections\n"
        "for alias in connections:\n"
        "    with connections[alias].cursor() as cursor:\n"
        "        pragmas = ('secure_delete', 'journal_mode', 'synchronous')\n"
        "        print(alias, [cursor.execute('PRAGMA ' + p).fetchone()[0] for p in pragmas])\n",
    )

    assert "default [1, 'wal', 2]" in asked
    assert "keys [1, 'delete', 2]" in asked
