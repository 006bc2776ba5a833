"""Words stay their author's: edited for both to see, or taken back with only "withdrawn" left."""

from __future__ import annotations

import re
from typing import Any

import pytest

from nearer.protocol import Seat
from nearer.sittings.models import Entry, Sitting
from nearer.sittings.taking_back.sayings import own_and_opened
from nearer.testing.cast import Pair, Person, fresh, run_of
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.letters import CHECKED, NOTING, SAID_BACK, letters
from tests.pages.reading import html, words

pytestmark = pytest.mark.django_db

EARLIER = re.compile(r"<details[^>]*data-edited.*?</details>", re.DOTALL)


@pytest.fixture(name="kept")
def _kept(pair: Pair, django_capture_on_commit_callbacks: Any) -> Sitting:
    with django_capture_on_commit_callbacks(execute=True):
        sitting = play_to_the_end(pair, topic="the drive home", said="I felt left out")
        keep_it(pair, sitting)
    return fresh(sitting)


def where(person: Person, sitting: Sitting, text: str) -> str:
    """Return where a person's page of what was said has these words."""
    run = run_of(person, sitting)
    for seq, played in enumerate(run.log):
        for name, value in vars(played.move).items():
            if value == text:
                return f"{seq}.{name}"
    raise AssertionError(text)


def change(person: Person, sitting: Sitting, said: str, **fields: str) -> Any:
    return person.client.post(f"/s/{sitting.pk}/words", {"where": where(person, sitting, said), **fields})


def pages(person: Person, sitting: Sitting) -> str:
    paths = ("/us", f"/us/{sitting.bond_id}/week", f"/s/{sitting.pk}", f"/s/{sitting.pk}/words")
    return "".join(html(person.client.get(path)) for path in paths)


@pytest.mark.rule("R8")
@pytest.mark.parametrize("author", ["host", "guest"])
def test_what_is_taken_back_leaves_only_that_it_was(pair: Pair, kept: Sitting, author: str) -> None:
    person: Person = getattr(pair, author)
    text = "I felt left out" if author == "host" else "I heard you"
    other = pair.guest if person is pair.host else pair.host
    assert text in pages(other, kept)

    assert change(person, kept, text, do="take").status_code == 302

    for reader in (pair.host, pair.guest):
        seen = pages(reader, kept)
        assert text not in seen
        assert "data-withdrawn" in seen
        assert "I heard you" not in seen, "what was said back goes with the words it was made of"
        assert "your note" in seen, "the rest stays"


@pytest.mark.rule("R8")
def test_an_edit_shows_the_earlier_words_beneath(pair: Pair, kept: Sitting) -> None:
    change(pair.host, kept, "I felt left out", do="edit", text="I felt alone")
    change(pair.host, kept, "I felt alone", do="edit", text="I felt tired")

    for reader in (pair.host, pair.guest):
        seen = html(reader.client.get(f"/s/{kept.pk}"))
        folded = EARLIER.findall(seen)
        assert len(folded) == 1
        assert "I felt left out" in folded[0]
        assert "I felt alone" in folded[0]
        assert "I felt tired" in EARLIER.sub("", seen)
    change(pair.host, kept, "I felt tired", do="take")
    assert not re.search("I felt (left out|alone|tired)", pages(pair.guest, kept)), "nor an earlier text"


def test_the_topic_goes_from_the_list_as_well(pair: Pair, kept: Sitting) -> None:
    assert "the drive home" in words(pair.guest.client.get("/us"))

    change(pair.host, kept, "the drive home", do="edit", text="the way home")
    assert "the way home" in words(pair.guest.client.get("/us"))
    change(pair.host, kept, "the way home", do="take")

    assert not re.search("the (drive|way) home", pages(pair.guest, kept) + pages(pair.host, kept))


def test_nobody_changes_the_others_words(pair: Pair, charlie: Person, dana: Person, kept: Sitting) -> None:
    before = [bytes(sealed) for sealed in Entry.objects.values_list("sealed", flat=True)]
    spot = where(pair.host, kept, "I felt left out")

    for person in (pair.guest, charlie, dana):
        for sent in ({"do": "take"}, {"do": "edit", "text": "I was wrong"}):
            answer = person.client.post(f"/s/{kept.pk}/words", {"where": spot, **sent})
            assert answer.status_code in {404, 422}
        for nonsense in ("", "0", "999.words", "topic", "0.seat", "-1.words"):
            answer = person.client.post(f"/s/{kept.pk}/words", {"where": nonsense, "do": "take"})
            assert answer.status_code == 404

    assert [bytes(sealed) for sealed in Entry.objects.values_list("sealed", flat=True)] == before


def test_a_change_that_does_not_fit_keeps_what_was_typed(pair: Pair, kept: Sitting) -> None:
    long = "a word " * 100

    answer = change(pair.host, kept, "I felt left out", do="edit", text=long)

    assert answer.status_code == 422
    assert long.strip() in html(answer)
    assert "characters too long" in words(answer)
    assert "I felt left out" in pages(pair.guest, kept)


def test_heavy_words_in_the_place_of_others_show_help_to_their_author_first(
    pair: Pair, kept: Sitting
) -> None:
    heavy = "I am afraid of you when it gets late"

    asked = change(pair.host, kept, "I felt left out", do="edit", text=heavy)

    assert (asked.status_code, "This sounds heavy." in words(asked), heavy in html(asked)) == (
        422,
        True,
        True,
    )
    assert heavy not in pages(pair.guest, kept)
    assert change(pair.host, kept, "I felt left out", do="edit", text=heavy, sure="yes").status_code == 302
    assert heavy in pages(pair.guest, kept)


@pytest.mark.parametrize("do", ["take", "edit"])
def test_letters_that_go_on_read_the_same_way(pair: Pair, do: str) -> None:
    sitting = letters(pair, SAID_BACK)

    change(pair.host, sitting, "a first letter", do=do, text="another first letter")

    seen = html(pair.guest.client.get(f"/s/{sitting.pk}/words"))
    assert ("data-withdrawn" in seen) == (do == "take")
    assert ("a first letter" in seen) == (do == "edit")
    assert run_of(pair.host, sitting).position.calls_on(Seat.HOST), "and it goes on from where it was"


def test_a_sealed_note_is_not_among_what_was_said(pair: Pair) -> None:
    sitting = letters(pair, NOTING + 1)

    for person in (pair.host, pair.guest):
        assert "mine" not in words(person.client.get(f"/s/{sitting.pk}/words"))
    assert change(pair.host, sitting, "mine", do="take").status_code == 404


def test_a_sitting_that_left_nothing_has_no_such_page(pair: Pair, floor: Sitting) -> None:
    assert pair.host.client.get(f"/s/{floor.pk}/words")["Location"] == f"/s/{floor.pk}"


@pytest.mark.rule("R8")
def test_in_letters_what_was_said_back_goes_with_the_letter_for_its_author_too(pair: Pair) -> None:
    sitting = letters(pair, CHECKED)
    assert "what came through" in html(pair.guest.client.get(f"/s/{sitting.pk}/words"))

    change(pair.host, sitting, "a first letter", do="take")
    change(pair.host, sitting, "the missing part", do="take")

    for person in (pair.host, pair.guest):
        seen = pages(person, sitting)
        assert "data-withdrawn" in seen
        assert "came through" not in seen
        assert not any(
            "came through" in str(saying.words) for saying in own_and_opened(run_of(person, sitting))
        )
