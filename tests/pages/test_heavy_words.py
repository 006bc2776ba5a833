"""Words that point to harm or fear lead their author to help, in every room; they are held back from nobody."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from nearer.protocol import Ready
from nearer.sittings.models import Entry
from nearer.testing.cast import Pair, open_drawer, play, post_move, start_sitting
from tests.pages.reading import words

pytestmark = pytest.mark.django_db
SAID = "I am afraid of you when it gets late"
CARD = "This sounds heavy."

FIRST_WORDS: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "listening": (("SetTopic", {"topic": SAID, "variant": "everyday"}),),
    "closer": (("Draw", {}), ("Answer", {"words": SAID})),
    "support": (("Want", {"wish": "listen"}), ("Speak", {"words": SAID})),
}

SOON = "soon"
PROMISED = {"cue": "I am home", "act": "call", "by": SOON, "bad_day": "yes"}
BETWEEN: dict[str, tuple[str, tuple[str, ...], dict[str, str]]] = {
    "a hope": ("/closer/notes/mine", ("words",), {"feeling": "worry"}),
    "a promise": ("/closer/words", ("cue", "act"), PROMISED),
    "a heads-up": ("/closer/ahead", ("deciding", "feel", "think"), {"wish": "nothing"}),
    "an apology": ("/closer/again", ("did", "landed", "part", "next"), {"did": "I was late"}),
    "an ask": ("/with-you/ask", ("words",), {"wish": "listen"}),
    "a sky": ("/with-you/sky", ("line",), {"look": "rain", "shown": "yes"}),
}
"""What is written between the sittings: where, in which fields, and beside what."""


@pytest.mark.rule("R16")
@pytest.mark.parametrize("room", FIRST_WORDS)
def test_help_is_shown_to_the_author_alone_and_sent_again_they_go(pair: Pair, room: str) -> None:
    sitting = start_sitting(pair, room)
    for person in (pair.host, pair.guest):
        play(person, sitting, Ready())
    *before, (kind, fields) = FIRST_WORDS[room]
    for each, more in before:
        assert post_move(pair.host, sitting, each, **more).status_code == 302
    theirs, moves = words(pair.guest.client.get(f"/s/{sitting.pk}")), Entry.objects.count()

    asked = post_move(pair.host, sitting, kind, **fields)

    assert (asked.status_code, CARD in words(asked), SAID in asked.content.decode()) == (422, True, True)
    assert Entry.objects.count() == moves
    assert words(pair.guest.client.get(f"/s/{sitting.pk}")) == theirs
    assert post_move(pair.host, sitting, kind, sure="yes", **fields).status_code == 302
    assert Entry.objects.count() == moves + 1
    assert CARD not in words(pair.guest.client.get(f"/s/{sitting.pk}"))


@pytest.mark.parametrize(
    ("what", "field"), [(what, field) for what, (_, fields, _) in BETWEEN.items() for field in fields]
)
def test_so_do_they_in_every_field_between_the_sittings(pair: Pair, what: str, field: str) -> None:
    address, _, beside = BETWEEN[what]
    soon = (timezone.localdate() + timedelta(days=2)).isoformat()
    sent = {name: soon if text == SOON else text for name, text in {**beside, field: SAID}.items()}
    open_drawer(pair.host)
    before = [words(pair.guest.client.get(page)) for page in ("/", "/us")]

    asked = pair.host.client.post(address, sent)

    assert (asked.status_code, CARD in words(asked), SAID in asked.content.decode()) == (422, True, True)
    assert [words(pair.guest.client.get(page)) for page in ("/", "/us")] == before
    assert pair.host.client.post(address, {**sent, "sure": "yes"}).status_code == 302
    assert not any(CARD in words(pair.guest.client.get(page)) for page in ("/", "/us"))
