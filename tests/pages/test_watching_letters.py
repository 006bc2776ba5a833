"""What somebody who waits for a letter could learn by watching: nothing of what leads up to it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from nearer.practices.listening.protocol import Listening
from nearer.protocol import Leave
from nearer.sittings.models import Sitting
from nearer.sittings.run import queries
from nearer.sittings.run.access import may_watch
from nearer.testing.cast import Pair, play
from tests.pages.conversations import keep_it, play_to_the_end
from tests.pages.letters import NOTING, OPENED, SENT, STEPS, VALIDATED, go_on, letters
from tests.pages.reading import html

pytestmark = pytest.mark.django_db

HIDDEN = [(SENT, OPENED), (VALIDATED, VALIDATED + 1), (NOTING, NOTING + 1)]


@pytest.mark.parametrize(("first", "last"), HIDDEN)
def test_the_stream_tells_nothing_of_what_leads_up_to_a_letter(pair: Pair, first: int, last: int) -> None:
    sitting = letters(pair, first)
    watcher = pair.guest if STEPS[last - 1][0] else pair.host
    before = may_watch([(watcher.token, sitting.pk)])

    go_on(pair, sitting, first, last)

    assert may_watch([(watcher.token, sitting.pk)]) == before


@pytest.mark.parametrize(("first", "last"), HIDDEN)
def test_a_pause_counts_nothing_the_one_who_pauses_does_not_know(pair: Pair, first: int, last: int) -> None:
    def probe(*, moved: bool) -> list[str]:
        sitting = letters(pair, first)
        if moved:
            go_on(pair, sitting, first, last)
        for name in ("Pause", "Resume"):
            seq = re.search(r'name="seq" value="(\d+)"', html(watcher.client.get(f"/s/{sitting.pk}")))
            watcher.client.post(f"/s/{sitting.pk}", {"move": name, "seq": seq[1] if seq else ""})
        page = html(watcher.client.get(f"/s/{sitting.pk}"))
        play(watcher, sitting, Leave())
        return re.findall(r'(?:data-seq|name="seq" value)="(\d+)"', page)

    watcher = pair.guest if STEPS[last - 1][0] else pair.host

    assert probe(moved=True) == probe(moved=False)


def test_a_letter_that_was_begun_and_dropped_changes_no_byte(pair: Pair) -> None:
    keep_it(pair, play_to_the_end(pair), guest=False)
    Sitting.objects.update(day=timezone.now().date() - timedelta(days=2))
    before = html(pair.guest.client.get("/"))

    dropped = letters(pair, SENT - 1)
    assert html(pair.guest.client.get("/")) == before
    play(pair.host, dropped, Leave())

    assert html(pair.guest.client.get("/")) == before


def test_what_both_kept_cannot_be_pushed_out_of_sight(pair: Pair) -> None:
    keep_it(pair, play_to_the_end(pair, topic="the drive home"))
    Sitting.objects.update(day=timezone.now().date() - timedelta(days=2))

    for _ in range(queries.RECENT + 1):
        play(pair.host, letters(pair, 1), Leave())

    assert "the drive home" in html(pair.guest.client.get("/us"))
    assert queries.facts_for(pair.guest.at(pair.bond), Listening) == {"practised": 1}
