"""With You: how an answer reads, for whoever asked and for whoever gives it."""

from __future__ import annotations

import pytest

from nearer.practices.support.forms import HeartForm
from nearer.testing.cast import Pair
from tests.pages.reading import html, words
from tests.pages.test_with_you import ASK, answer, ask

pytestmark = pytest.mark.django_db


def test_ones_own_words_stand_before_what_the_other_answered(pair: Pair) -> None:
    ask(pair.host)
    answer(pair, "line", line="thinking of you")

    page = words(pair.host.client.get(ASK))
    assert page.index("it was a long day") < page.index("thinking of you")


def test_whoever_is_full_sees_when_they_said_that_there_is_room(pair: Pair) -> None:
    ask(pair.host)
    answer(pair, "full", full_pick="I need to catch my breath first.", when="tomorrow")

    assert "room again tomorrow" in words(pair.guest.client.get(ASK))


def test_a_hand_on_the_heart_may_be_tomorrow_as_well() -> None:
    assert HeartForm({"minutes": ""}).errors["minutes"] == ["Choose a time."]


@pytest.mark.parametrize(("how", "way"), [("line", "One caring line"), ("full", "I am full just now")])
def test_heavy_words_in_an_answer_show_it_beside_the_button_that_sends_them(
    pair: Pair, how: str, way: str
) -> None:
    ask(pair.host)
    before = html(pair.host.client.get(ASK))
    page = answer(pair, how, **{how: "I want to hurt myself"})

    assert page.status_code == 422
    said = words(page)
    assert said.count("This sounds heavy.") == 1
    assert said.index(way) < said.index("This sounds heavy.")
    assert html(pair.host.client.get(ASK)) == before
    assert answer(pair, how, **{how: "I want to hurt myself", "sure": "yes"}).status_code == 302
