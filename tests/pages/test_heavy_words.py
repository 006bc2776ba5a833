"""Words that point to harm or fear lead their author to help, in every room; they are held back from nobody."""

from __future__ import annotations

from typing import Any

import pytest

from nearer.protocol import Ready
from nearer.sittings.models import Entry
from nearer.testing.cast import Pair, play, post_move, start_sitting
from tests.pages.reading import words

pytestmark = pytest.mark.django_db
SAID = "I am afraid of you when it gets late"
CARD = "This sounds heavy."

FIRST_WORDS: dict[str, tuple[tuple[str, dict[str, Any]], ...]] = {
    "listening": (("SetTopic", {"topic": SAID, "variant": "everyday"}),),
    "closer": (("Draw", {}), ("Answer", {"words": SAID})),
}


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
