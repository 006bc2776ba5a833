"""What somebody wrote in a copy of theirs: in the library, also once it was put away, and where they have left."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from nearer.bonds import first
from nearer.files.rewritten import Rewritten
from nearer.keepsakes import items
from nearer.leaving.leave import leave
from nearer.library import comments, desk
from nearer.library.models import Author
from nearer.library.stages import Step
from nearer.plans import lines, parking
from nearer.practices.needs import signs
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.sittings.taking_back.prune import CLOSED_KEEPS
from nearer.testing.cast import Pair, Person, open_drawer, sign_in
from nearer.testing.library import DAY, give, make_article, make_document, make_draft
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.copying import names_in, take
from tests.pages.needs_talk import begin, take_turns
from tests.pages.reading import at
from tests.unit.needs.maps import map_of

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R18")]


@pytest.fixture(autouse=True)
def _commit(django_capture_on_commit_callbacks: Any) -> Any:
    with django_capture_on_commit_callbacks(execute=True):
        yield


def told(person: Person) -> tuple[str, str]:
    """Return the data and the page of somebody's copy as text."""
    data, page, _ = take(person)
    return json.dumps(data), page


def test_what_one_wrote_in_the_library_is_in_it_with_the_names_one_wrote_under(
    alice: Person, bob: Person
) -> None:
    comments.say(
        comments.take_name(alice.user.pk, "Fern", at=timezone.now()),
        make_article(),
        "my comment",
        at=timezone.now(),
    )
    make_draft(alice, "a-draft", title="A draft of mine", body="the first words of it", short=["in short"])
    Author.objects.filter(account=alice.user).update(about="I write about rain")

    data, page, _ = take(alice)

    for text in (
        "Fern",
        "Alice Byline",
        "I write about rain",
        "my comment",
        "A draft of mine",
        "the first words of it",
        "in short",
    ):
        assert text in json.dumps(data), text
        assert text in page, text
    assert [each["state"] for each in data["articles"]] == ["draft"]
    assert data["library"]["comments_as"] == "Fern"
    assert not any(
        each in " ".join(told(bob)) for each in ("Fern", "Byline", "my comment", "the first words")
    )


def test_of_what_somebody_else_wrote_only_ones_own_note_is_in_it(alice: Person, bob: Person) -> None:
    article = make_draft(alice, "a-draft", body="her words")
    desk.take(give(bob, "editor"), article.pk, Step.EDIT, note="his note", on=DAY)
    desk.write(
        give(bob, "editor"), article.pk, category=article.category, document=make_document(body="his version"),
        seen=2, on=DAY,
    )  # fmt: skip

    his, hers = told(bob), told(alice)

    for each in his:
        assert "his note" in each
        assert "his version" in each
        assert "her words" not in each
    assert all("her words" in each and "his version" not in each for each in hers)


def test_both_first_answers_are_in_it_once_they_are_put_away(pair: Pair) -> None:
    first.begin(pair.bond, key=pair.host.at(pair.bond).key, question="smile", words="Alice answered")
    first.answer(pair.guest.at(pair.bond), "Bob answered")
    pair.host.client.post(f"/b/{pair.bond.pk}/away", {"sort": "first", "record": str(pair.bond.pk)})
    assert "Alice answered" not in pair.host.client.get("/").content.decode()

    for text in told(pair.host):
        assert "Alice answered" in text
        assert "Bob answered" in text


def test_the_others_first_answer_is_not_in_it_before_both_are_in(pair: Pair) -> None:
    first.begin(pair.bond, key=pair.host.at(pair.bond).key, question="smile", words="Alice answered")
    first.let_go(pair.guest.at(pair.bond))

    assert not any("Alice answered" in text for text in told(pair.guest))
    assert all("Alice answered" in text for text in told(pair.host))


def test_own_names_for_cards_are_in_it_while_a_map_is_being_drawn_and_the_others_are_not(pair: Pair) -> None:
    take_turns(pair, begin(pair), (True, map_of({3: 4}, names={3: "her own word"})))

    assert all("her own word" in text for text in told(pair.host))
    assert not any("her own word" in text for text in told(pair.guest))


@pytest.fixture(name="gone")
def _gone(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> Pair:
    """Both have written in many places; then Alice leaves."""
    at(monkeypatch, timezone.now())
    now = timezone.now()
    first.begin(pair.bond, key=pair.host.at(pair.bond).key, question="smile", words="Alice first")
    first.answer(pair.guest.at(pair.bond), "Bob first")
    keep_it(pair, play_to_the_end(pair, topic="Alice topic", said="Alice said"))
    for person in (pair.host, pair.guest):
        place, name = person.at(pair.bond), person.name
        lines.propose(place, cue=f"{name} cue", act="we act", at=now)
        parking.park(place, f"{name} parked", at=now)
        made, sort = Rewritten(content=b"a photo"), items.Sort.PHOTO
        items.add(place, made, sort=sort, words=f"{name} keepsake", at=now - items.WAITS)
        line = signs.Line(channel="voice", words=f"{name} line")
        signs.show(
            place, keeping.put(Shelf.of_person(person.user.pk, person.ring), signs.LINE, line, at=now), at=now
        )
        signs.notice(place, f"{name} noticed", at=now)
    leave(pair.host.at(pair.bond), pair.host.ring, at=now)
    return pair


WRITTEN = ("first", "cue", "parked", "keepsake", "line", "noticed")


def test_of_a_space_one_left_there_are_ones_own_words_and_none_of_the_others(gone: Pair) -> None:
    data, page, _ = take(gone.host)

    for text in (json.dumps(data), page):
        assert [each for each in (*WRITTEN, "topic", "said") if f"Alice {each}" not in text] == []
        assert [each for each in WRITTEN if f"Bob {each}" in text] == []
        assert "my note" in text
        assert "I heard you" not in text
    assert [space["state"] for space in data["spaces"]] == ["left"]
    assert [name for name in names_in(gone.host) if name.startswith("files/")] == [
        each["file"] for each in data["spaces"][0]["keepsakes"]
    ]
    assert len(data["spaces"][0]["keepsakes"]) == 1


def test_whoever_stays_has_what_was_opened_to_them(gone: Pair) -> None:
    for text in told(gone.guest):
        assert [each for each in WRITTEN if f"Alice {each}" not in text or f"Bob {each}" not in text] == []


def test_what_one_withdrew_after_leaving_is_in_nobodys_copy(gone: Pair) -> None:
    open_drawer(gone.host)
    gone.host.client.post("/settings/spaces", {"bond": str(gone.bond.pk), "do": "withdraw"})

    hers, his = take(gone.host)[0], told(gone.guest)

    shared = [each for each in WRITTEN if each != "line"]
    assert [each for each in shared if f"Alice {each}" in json.dumps(hers)] == []
    assert "Alice line" in json.dumps(hers["practices"]), "her own guide is hers"
    assert "Alice line" not in json.dumps(hers["spaces"])
    for text in his:
        assert [each for each in (*WRITTEN, "said", "topic") if f"Alice {each}" in text] == []
        assert [each for each in WRITTEN if f"Bob {each}" not in text] == []


def test_once_nobody_can_come_back_it_is_in_no_copy(gone: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, found = timezone.now(), []
    for days in (29, 30):
        at(monkeypatch, begun + timedelta(days=days))
        sign_in(gone.host)
        found.append(len(take(gone.host)[0]["spaces"]))

    assert timedelta(days=30) == CLOSED_KEEPS
    assert found == [1, 0]
