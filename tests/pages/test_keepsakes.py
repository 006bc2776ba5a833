"""Keepsakes: either adds, both look and listen, whoever added takes back, and nobody else finds anything."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO
from typing import Any
from unittest.mock import patch
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from nearer.bonds.models import Bond
from nearer.files import storing
from nearer.files.models import SealedFile
from nearer.files.rewritten import Rewritten
from nearer.files.storing import Ref
from nearer.home.rotation import rotate
from nearer.keepsakes import book_views, items
from nearer.keepsakes.items import LINE_STAYS, WAITS, Item, Sort
from nearer.leaving import leave as leaving
from nearer.records import keeping
from nearer.records.models import Record
from nearer.sittings.taking_back.prune import CLOSED_KEEPS, prune
from nearer.testing.cast import Pair, Person
from nearer.testing.media import MARK, photo, voice
from nearer.vault import store
from nearer.vault.models import StoredKey
from tests.pages.reading import words

pytestmark = pytest.mark.django_db

WORDS = "the lake: 51c0"
SOUND = bytes(range(256)) * 20


def shelf(pair: Pair) -> str:
    return f"/b/{pair.bond.pk}/keepsakes"


def keep(
    person: Person,
    pair: Pair,
    *,
    sort: Sort = Sort.VOICE,
    words: str = WORDS,
    content: bytes = SOUND,
    before: timedelta = WAITS,
) -> Item:
    """Put something onto the shelf that is what the workshop could have made."""
    made = Rewritten(content=content, seconds=75)
    return items.add(person.at(pair.bond), made, sort=sort, words=words, at=timezone.now() - before)


def send(person: Person, pair: Pair, what: str, raw: bytes | None, **fields: str) -> Any:
    sent: dict[str, Any] = {**fields}
    if raw is not None:
        sent["file"] = SimpleUploadedFile("IMG_0001.JPG", raw)
    return person.client.post(f"{shelf(pair)}/{what}", sent)


def later(monkeypatch: pytest.MonkeyPatch, time: timedelta) -> None:
    """Let time pass."""
    moment = timezone.now() + time
    monkeypatch.setattr(timezone, "now", lambda: moment)


def on_shelf(person: Person, pair: Pair) -> list[Item]:
    return items.items_of(person.at(pair.bond), at=timezone.now())


def file_of(pair: Pair, item: Item) -> str:
    return f"{shelf(pair)}/{item.ref}"


def secret_of(pair: Pair, item: Item) -> UUID:
    return Ref.read(item.what.file).file


@pytest.mark.rule("R1", "R2")
def test_a_photo_is_seen_by_both_without_what_came_with_it(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = words(pair.host.client.get(f"{shelf(pair)}/photo"))
    assert "Bob will see it, and nobody else." in page
    assert "Once opened, it can be copied." in page

    answer = send(pair.host, pair, "photo", photo(turned=6), words=WORDS, alt="Two people & a lake")
    assert (answer.status_code, answer["Location"]) == (302, shelf(pair))

    (item,) = on_shelf(pair.host, pair)
    later(monkeypatch, WAITS)
    for person in (pair.host, pair.guest):
        html = person.client.get(shelf(pair)).content.decode()
        assert WORDS in html
        assert 'alt="Two people &amp; a lake"' in html
        assert f'src="{file_of(pair, item)}" width="480" height="640"' in html
        assert (f'action="{shelf(pair)}/take-back"' in html) is (person is pair.host)
        us = person.client.get("/us").content.decode()
        assert f'src="{file_of(pair, item)}"' in us, "a picture, not a line"
        assert WORDS not in us, "a caption waits behind a tap"
        sent = person.client.get(file_of(pair, item))
        assert MARK.encode() not in sent.content
        assert Image.open(BytesIO(sent.content)).size == (480, 640)


def test_a_voice_note_is_heard_by_both(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    send(pair.guest, pair, "voice", voice(2), words=WORDS)

    later(monkeypatch, WAITS)
    (item,) = on_shelf(pair.host, pair)
    html = pair.host.client.get(shelf(pair)).content.decode()
    sent = pair.host.client.get(file_of(pair, item))

    assert (item.mine, item.length) == (False, "0:02")
    assert f'<audio controls preload="none" src="{file_of(pair, item)}"' in html
    assert sent.content[4:8] == b"ftyp"
    assert MARK.encode() not in sent.content


def test_a_file_is_sent_so_that_it_is_only_what_it_is(pair: Pair) -> None:
    kinds = {Sort.VOICE: ("audio/mp4", "voice.m4a"), Sort.PHOTO: ("image/webp", "photo.webp")}
    for sort, (kind, name) in kinds.items():
        answer = pair.guest.client.get(file_of(pair, keep(pair.host, pair, sort=sort)))

        assert answer.content == SOUND
        assert answer["Content-Type"] == kind
        assert answer["Content-Disposition"] == f'inline; filename="{name}"'
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == "no-store"
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_part_of_a_file_can_be_asked_for(pair: Pair) -> None:
    address, size = file_of(pair, keep(pair.host, pair)), len(SOUND)
    parts = {
        "bytes=0-1": (0, 2), "bytes=100-": (100, size), "bytes=-20": (size - 20, size), "bytes=5-999999": (5, size),
        "bytes=-999999": (0, size), f"bytes={size - 1}-": (size - 1, size),
    }  # fmt: skip

    for asked, (start, stop) in parts.items():
        answer = pair.guest.client.get(address, headers={"range": asked})
        assert (answer.status_code, answer.content) == (206, SOUND[start:stop]), asked
        assert answer["Content-Range"] == f"bytes {start}-{stop - 1}/{size}", asked
    for asked in (f"bytes={size}-", "bytes=-0", "bytes=99999999-"):
        answer = pair.guest.client.get(address, headers={"range": asked})
        assert (answer.status_code, answer.content, answer["Content-Range"]) == (
            416,
            b"",
            f"bytes */{size}",
        ), asked
    for asked in ("bytes=0-1,5-6", "bytes=5-2", "bytes=-", "chapters=1-2", "bytes=x-y", ""):
        answer = pair.guest.client.get(address, headers={"range": asked})
        assert (answer.status_code, answer.content, answer["Accept-Ranges"]) == (200, SOUND, "bytes"), asked


def test_nobody_else_finds_a_file(pair: Pair, other_pair: Pair, charlie: Person) -> None:
    mine, other = keep(pair.host, pair), keep(other_pair.host, other_pair)
    never = charlie.client.get(f"{shelf(pair)}/{pair.bond.pk}")

    for client in (charlie.client, other_pair.guest.client):
        for address in (file_of(pair, mine), f"{shelf(pair)}/photo", shelf(pair)):
            answer = client.get(address)
            assert (answer.status_code, answer.content) == (404, never.content)
    crossed = pair.host.client.get(f"{shelf(pair)}/{other.ref}")
    assert (crossed.status_code, crossed.content) == (404, never.content)
    assert Client().get(file_of(pair, mine)).status_code == 302


@pytest.mark.rule("R17")
def test_for_two_minutes_it_can_be_taken_back_without_a_trace(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = [pair.guest.client.get(path).content for path in (shelf(pair), "/us")]
    item, other = (keep(pair.host, pair, before=timedelta()) for _ in range(2))
    never = pair.guest.client.get(f"{shelf(pair)}/{pair.bond.pk}")

    assert "Bob sees it in two minutes." in words(pair.host.client.get(shelf(pair)))
    assert pair.host.client.get(file_of(pair, item)).content == SOUND
    hidden = pair.guest.client.get(file_of(pair, item))
    assert (hidden.status_code, hidden.content) == (404, never.content)
    pair.host.client.post(f"{shelf(pair)}/take-back", {"record": str(item.ref)})
    leaving.leave(pair.host.at(pair.bond), pair.host.ring, at=timezone.now())
    Bond.objects.update(state="open")
    assert [len(pair.guest.client.get(path).content) for path in (shelf(pair), "/us")] == [*map(len, before)]

    later(monkeypatch, WAITS)
    assert on_shelf(pair.guest, pair) == []
    assert pair.guest.client.get(file_of(pair, other)).status_code == 404
    assert not SealedFile.objects.exists()


@pytest.mark.rule("R8")
def test_whoever_added_takes_back_and_a_line_says_so_for_a_while(pair: Pair) -> None:
    item, stays = keep(pair.host, pair), keep(pair.guest, pair, words="stays")
    secret, now = secret_of(pair, item), timezone.now()

    pair.guest.client.post(f"{shelf(pair)}/take-back", {"record": str(item.ref)})
    assert pair.guest.client.get(file_of(pair, item)).status_code == 200

    for record in (item.ref, item.ref, secret, "no id", ""):
        answer = pair.host.client.post(f"{shelf(pair)}/take-back", {"record": str(record)})
        assert answer["Location"] == shelf(pair)

    for person, line in ((pair.host, "You took something back."), (pair.guest, "Alice took something back.")):
        page = words(person.client.get(shelf(pair)))
        assert line in page
        assert WORDS not in page
        assert WORDS not in person.client.get("/us").content.decode()
        gone, never = (person.client.get(f"{shelf(pair)}/{ref}") for ref in (item.ref, pair.bond.pk))
        assert (gone.status_code, gone.content) == (404, never.content)
    assert [row.pk for row in SealedFile.objects.all()] == [secret_of(pair, stays)]

    for later, lines in ((LINE_STAYS, 1), (LINE_STAYS + timedelta(days=1), 0)):
        made = Rewritten(content=SOUND)
        items.add(pair.guest.at(pair.bond), made, sort=Sort.VOICE, at=now + later)
        assert sum(each.is_gone for each in on_shelf(pair.host, pair)) == lines


def test_what_was_taken_back_opens_in_no_backup(pair: Pair, django_capture_on_commit_callbacks: Any) -> None:
    item = keep(pair.host, pair)
    ref, row = Ref.read(item.what.file), SealedFile.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        items.take_back(pair.host.at(pair.bond), item.ref, at=timezone.now())
    row.save(force_insert=True)

    assert not StoredKey.objects.filter(owner=ref.file).exists()
    with pytest.raises(storing.Gone):
        storing.content_of(pair.bond, ref)


def test_in_a_closed_space_files_open_for_who_stayed_until_they_are_erased(pair: Pair) -> None:
    mine, theirs = keep(pair.guest, pair), keep(pair.host, pair, words="from the one who left")
    leaving.leave(pair.host.at(pair.bond), pair.host.ring, at=timezone.now())

    never = pair.host.client.get(f"{shelf(pair)}/{pair.bond.pk}").content
    for address in (file_of(pair, theirs), file_of(pair, mine), shelf(pair), f"{shelf(pair)}/voice"):
        gone = pair.host.client.get(address)
        assert (gone.status_code, gone.content) == (404, never)

    assert pair.guest.client.get(file_of(pair, theirs)).content == SOUND
    for what, raw in (("photo", photo((9, 9))), ("voice", voice())):
        assert send(pair.guest, pair, what, raw)["Location"] == shelf(pair)
        assert pair.guest.client.get(f"{shelf(pair)}/{what}").status_code == 302
    assert "Add a photo" not in pair.guest.client.get(shelf(pair)).content.decode()
    pair.guest.client.post(f"{shelf(pair)}/take-back", {"record": str(mine.ref)})
    assert [each.is_gone for each in on_shelf(pair.guest, pair)] == [False, True]

    owners = {secret_of(pair, each) for each in (mine, theirs)}
    prune(timezone.now() + CLOSED_KEEPS + timedelta(days=2))
    assert not SealedFile.objects.exists()
    assert not StoredKey.objects.filter(owner__in=owners).exists()


def test_a_failure_between_the_steps_leaves_nothing_unreadable_and_no_secret_for_long(pair: Pair) -> None:
    good = keep(pair.host, pair)
    before = set(StoredKey.objects.values_list("owner", flat=True))
    for place in ((SealedFile.objects, "create"), (keeping, "put")):
        with patch.object(*place, side_effect=OSError), pytest.raises(OSError):  # noqa: PT011
            keep(pair.host, pair)
    with patch.object(keeping, "replace", side_effect=OSError), pytest.raises(OSError):  # noqa: PT011
        items.take_back(pair.host.at(pair.bond), good.ref, at=timezone.now())

    left = set(StoredKey.objects.values_list("owner", flat=True)) - before
    assert len(left) == 2
    assert pair.guest.client.get(file_of(pair, good)).content == SOUND
    assert [row.pk for row in SealedFile.objects.all()] == [secret_of(pair, good)]

    prune(timezone.now() + timedelta(days=2))

    assert not StoredKey.objects.filter(owner__in=left).exists()
    assert store.secret_of(secret_of(pair, good))
    assert pair.guest.client.get(file_of(pair, good)).content == SOUND


def test_a_bond_with_a_new_key_opens_its_files_as_before(pair: Pair) -> None:
    mine, theirs = keep(pair.host, pair), keep(pair.guest, pair, sort=Sort.PHOTO, content=b"theirs")
    sealed = {row.pk: bytes(row.sealed) for row in SealedFile.objects.all()}

    rotate(pair.guest.at(pair.bond))

    assert {row.pk: bytes(row.sealed) for row in SealedFile.objects.all()} == sealed
    for person in (pair.host, pair.guest):
        assert person.client.get(file_of(pair, mine)).content == SOUND
        assert person.client.get(file_of(pair, theirs)).content == b"theirs"
    pair.host.client.post(f"{shelf(pair)}/take-back", {"record": str(mine.ref)})
    assert [each.ref for each in on_shelf(pair.guest, pair) if each.is_gone] == [mine.ref]


def test_a_file_in_the_place_of_another_does_not_open(pair: Pair) -> None:
    one, other = keep(pair.host, pair), keep(pair.host, pair, content=b"other" * 900)
    rows = {row.pk: row for row in SealedFile.objects.all()}
    SealedFile.objects.filter(pk=secret_of(pair, one)).update(sealed=rows[secret_of(pair, other)].sealed)

    refused = pair.guest.client.get(file_of(pair, one))
    assert b"other" * 900 not in refused.content
    assert (refused.status_code, "could not be opened" in words(refused)) == (409, True)
    assert pair.guest.client.get(file_of(pair, other)).content == b"other" * 900


def test_a_row_tells_neither_what_it_is_nor_how_long_exactly(pair: Pair) -> None:
    for length in (5000, 5020, 5050):
        keep(pair.host, pair, content=b"RIFF" + bytes(length))

    (row, *_) = rows = list(SealedFile.objects.values())
    assert set(row) == {"id", "bond_id", "sealed"}
    assert len({len(bytes(each["sealed"])) for each in rows}) == 1
    assert not any(b"RIFF" in bytes(each["sealed"]) for each in rows)


def test_a_full_shelf_says_so_and_keeps_what_was_typed(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(pair.host, pair)
    for limit, most in (("MOST_FILES", 1), ("MOST_BYTES", len(SOUND))):
        with monkeypatch.context() as patched:
            patched.setattr(storing, limit, most)
            answer = send(pair.guest, pair, "photo", photo((40, 30)), words=WORDS, alt="a lake")
        html = answer.content.decode()
        assert answer.status_code == 422
        assert "The book is full. Take one of yours back, and there is room again." in html
        assert WORDS in html
        assert "a lake" in html
    assert SealedFile.objects.count() == 1


def test_what_cannot_be_kept_is_said_in_a_sentence_and_keeps_what_was_typed(pair: Pair) -> None:
    cases = {
        ("photo", b"<svg/>"): "That file could not be read as a photo. A JPEG, PNG or WebP works.",
        ("photo", b""): "That file is empty. Choose another photo.",
        ("photo", None): "Choose a photo first.",
        (
            "voice",
            photo((9, 9)),
        ): "That file could not be heard as a voice note. An MP3, M4A, WAV, Ogg or WebM works.",
        ("voice", None): "Record something, or choose a recording, first.",
    }
    for (what, raw), sentence in cases.items():
        answer = send(pair.host, pair, what, raw, words=WORDS)
        assert answer.status_code == 422, what
        assert sentence in answer.content.decode()
        assert WORDS in answer.content.decode()
    long = send(pair.host, pair, "photo", photo((9, 9)), words="x" * 141, alt="y" * 301)
    assert long.content.decode().count("too long") >= 2
    assert not SealedFile.objects.exists()


def test_the_shelf_has_pages_and_us_shows_the_newest(pair: Pair) -> None:
    for number in range(book_views.A_LEAF + 1):
        keep(pair.host, pair, words=f"word {number}.", content=b"x")
    newest, *_, oldest = on_shelf(pair.guest, pair)

    first, second = (pair.guest.client.get(f"{shelf(pair)}?page={page}").content.decode() for page in (1, 2))
    us = pair.guest.client.get("/us").content.decode()

    assert ("word 8." in first, "word 0." in first, "word 0." in second) == (True, False, True)
    assert (file_of(pair, newest) in us, file_of(pair, oldest) in us) == (True, False)
    assert "Page 1 of 2" in first
    for strange in ("0", "99", "-1", "x", ""):
        assert pair.guest.client.get(f"{shelf(pair)}?page={strange}").status_code == 200


def test_only_the_page_that_records_may_ask_for_the_microphone(pair: Pair) -> None:
    for path in (shelf(pair), f"{shelf(pair)}/photo", "/us", "/"):
        assert "microphone=()" in pair.host.client.get(path)["Permissions-Policy"]
    policy = pair.host.client.get(f"{shelf(pair)}/voice")["Permissions-Policy"]

    assert "microphone=(self)" in policy
    assert "camera=()" in policy
    assert len(policy.split(", ")) == len(pair.host.client.get("/")["Permissions-Policy"].split(", "))


def test_everything_can_be_opened_at_once_to_be_taken_along(pair: Pair) -> None:
    kept, gone = keep(pair.host, pair), keep(pair.guest, pair)
    items.take_back(pair.guest.at(pair.bond), gone.ref, at=timezone.now())

    for person in (pair.host, pair.guest):
        assert [
            (item.ref, content) for item, content in items.open_all(person.at(pair.bond), at=timezone.now())
        ] == [(kept.ref, SOUND)]


def test_looking_leaves_no_trace_for_the_other(pair: Pair) -> None:
    item = keep(pair.host, pair)
    shared = SealedFile.objects.all(), Record.objects.filter(user=None)
    before = [list(rows.values_list()) for rows in shared]
    page = pair.host.client.get(shelf(pair)).content

    pair.guest.client.get(shelf(pair))
    pair.guest.client.get(file_of(pair, item))

    assert [list(rows.all().values_list()) for rows in shared] == before
    assert not Record.objects.filter(user=pair.host.user).exists()
    assert len(pair.host.client.get(shelf(pair)).content) == len(page)
