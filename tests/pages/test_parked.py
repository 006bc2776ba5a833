"""The parking place, met in a sitting: what is offered, what is kept, and where it opens again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nearer.home.rotation import rotate
from nearer.plans import parking
from nearer.plans.parking import EACH_MOST
from nearer.practices.listening import moves
from nearer.protocol import Leave, Ready
from nearer.sittings.models import Sitting
from nearer.sittings.run.ending import end_what_is_over
from nearer.sittings.run.header import Header
from nearer.testing.cast import Pair, Person, fresh, play, post_move, run_of, sign_in
from nearer.vault import store
from nearer.vault.errors import VaultError
from tests.pages.conversations import CALM, floor_of_host, keep_it, opening, take_turns
from tests.pages.reading import html, moves_on, words

pytestmark = pytest.mark.django_db

ADVICE = "Have you tried telling her?"
STAGE = {"HTTP_X_FRAGMENT": "stage"}


@pytest.fixture
def spoken(pair: Pair, floor: Sitting) -> Sitting:
    """The host has spoken; the guest says it back."""
    take_turns(
        pair, floor, *opening("the drive home", CALM), (True, moves.Speak(words="I felt small", aloud=False))
    )
    return fresh(floor)


def park(person: Person, sitting: Sitting, text: str, **headers: Any) -> Any:
    return person.client.post(f"/s/{sitting.pk}/park", {"text": text}, **headers)


def parked_by(pair: Pair) -> list[str]:
    return [item.text for item in parking.items_of(pair.host.at(pair.bond))]


def test_advice_is_offered_the_parking_place_and_stays_in_its_box(pair: Pair, spoken: Sitting) -> None:
    answer = post_move(pair.guest, spoken, "Reflect", words=ADVICE)

    assert answer.status_code == 422
    assert "This may be a way to solve it." in words(answer)
    assert f'value="{ADVICE}"' in html(answer)
    assert f"{ADVICE}</textarea>" in html(answer)
    assert fresh(spoken).seq == spoken.seq
    assert ADVICE not in html(pair.host.client.get(f"/s/{spoken.pk}"))


def test_whoever_is_sure_sends_it_as_it_is(pair: Pair, spoken: Sitting) -> None:
    offered = post_move(pair.guest, spoken, "Reflect", words=ADVICE)
    assert 'name="sure" value="light"' in html(offered)

    assert post_move(pair.guest, spoken, "Reflect", words=ADVICE, sure="light").status_code == 302
    assert "Check" in moves_on(pair.host.client.get(f"/s/{spoken.pk}"))


def test_the_speaker_is_offered_it_for_another_topic(pair: Pair, floor: Sitting) -> None:
    take_turns(pair, floor, *opening("the drive home", CALM))

    answer = post_move(pair.host, floor, "Speak", words="I felt small. By the way, the sink leaks.")

    assert answer.status_code == 422
    assert "This may be another topic." in words(answer)


def test_said_aloud_nothing_is_offered(pair: Pair, spoken: Sitting) -> None:
    assert post_move(pair.guest, spoken, "Reflect", aloud="yes").status_code == 302


def test_what_is_not_open_is_told_so_before_anything_is_offered(pair: Pair, spoken: Sitting) -> None:
    answer = post_move(pair.host, spoken, "Reflect", words=ADVICE)

    assert answer.status_code == 409
    assert "This may be" not in words(answer)


def test_parking_keeps_it_for_both_and_goes_on(pair: Pair, spoken: Sitting) -> None:
    answer = pair.guest.client.post(f"/s/{spoken.pk}/park", {"text": "Tell her together"}, follow=True)

    assert "It is in the parking place and will not be lost." in words(answer)
    assert "Reflect" in moves_on(answer)
    assert parked_by(pair) == ["Tell her together"]
    for person in (pair.host, pair.guest):
        assert "Tell her together" in words(person.client.get("/us"))
    assert fresh(spoken).seq == spoken.seq


def test_the_pages_script_gets_the_stage_back(pair: Pair, spoken: Sitting) -> None:
    answer = park(pair.guest, spoken, "Tell her together", **STAGE)

    assert answer.status_code == 200
    assert '<div id="stage"' in html(answer)
    assert "will not be lost" in words(answer)


@pytest.mark.parametrize("text", ["", "   ", "x" * 141, "a\x00b"])
def test_what_cannot_be_parked_is_told_and_stays(pair: Pair, spoken: Sitting, text: str) -> None:
    answer = park(pair.guest, spoken, text)

    assert answer.status_code == 422
    assert "data-unsent" in html(answer) or not text.strip()
    assert parked_by(pair) == []


def test_a_full_place_says_what_to_do_and_loses_nothing(pair: Pair, spoken: Sitting) -> None:
    for number in range(EACH_MOST):
        park(pair.guest, spoken, f"thing {number}")

    answer = park(pair.guest, spoken, "one more thing")

    assert answer.status_code == 422
    assert "The parking place is full." in words(answer)
    assert "one more thing</textarea>" in html(answer)


def test_the_listener_has_nowhere_to_park_while_the_other_speaks(pair: Pair, floor: Sitting) -> None:
    """L7: attention stays on what the speaker tries to say."""
    take_turns(pair, floor, *opening("the drive home", CALM))

    assert "/park" not in html(pair.guest.client.get(f"/s/{floor.pk}"))
    assert "/park" in html(pair.host.client.get(f"/s/{floor.pk}"))


@pytest.mark.parametrize("client", [Client(), None])
def test_strangers_park_nothing(pair: Pair, spoken: Sitting, charlie: Person, client: Client | None) -> None:
    answer = (client or charlie.client).post(f"/s/{spoken.pk}/park", {"text": "mine now"})

    assert answer.status_code == (403 if client else 404)
    assert parked_by(pair) == []


@pytest.mark.parametrize("mode", ["live", "one", "async"])
def test_a_parked_topic_opens_a_sitting_of_its_own(pair: Pair, mode: str) -> None:
    item = parking.park(pair.guest.at(pair.bond), "The sink", at=timezone.now())

    started = pair.host.client.post("/practise/listening/start", {"parked": item.ref, "mode": mode})
    sitting = Sitting.objects.get(pk=started["Location"].removeprefix("/s/"))
    play(pair.host, sitting, Ready())

    assert (
        run_of(pair.host, sitting).position.view(pair.host.at(pair.bond).seat).get("topic", "The sink")
        == "The sink"
    )
    assert run_of(pair.host, sitting).header.facts["topic"] == "The sink"
    assert parked_by(pair) == ["The sink"], "it stays until it is let go"


def about_the_sink(pair: Pair) -> Sitting:
    item = parking.park(pair.guest.at(pair.bond), "The sink", at=timezone.now())
    started = pair.host.client.post("/practise/listening/start", {"parked": item.ref})
    sitting = Sitting.objects.get(pk=started["Location"].removeprefix("/s/"))
    play(pair.host, sitting, Ready())
    play(pair.guest, sitting, Ready())
    return sitting


def left(pair: Pair, sitting: Sitting) -> None:
    play(pair.host, sitting, Leave())


def run_out(pair: Pair, sitting: Sitting) -> None:
    assert end_what_is_over(timezone.now() + timedelta(days=4)) == 1


def to_the_end(pair: Pair, sitting: Sitting) -> None:
    """Until only the question is left whether to keep it."""
    level = moves.Heat(level=CALM)
    take_turns(
        pair, sitting, (True, level), (False, level), (True, moves.Volunteer()), *floor_of_host("so small")
    )


def finished(pair: Pair, sitting: Sitting) -> None:
    to_the_end(pair, sitting)
    keep_it(pair, sitting, guest=False)


@pytest.mark.parametrize("over", [left, run_out, finished], ids=lambda over: over.__name__)
def test_what_a_sitting_was_about_goes_with_it(pair: Pair, over: Callable[[Pair, Sitting], None]) -> None:
    """Whoever has the bond's key and the row as it was, yet not the secret, reads nothing of it."""
    sitting = about_the_sink(pair)
    over(pair, sitting)

    header, place = Header.of(fresh(sitting), pair.host.at(pair.bond)), pair.host.at(pair.bond)
    assert "The sink" not in repr(header)
    assert header.topic == "" or store.secrets_of([sitting.pk]) == {}
    for other in (place.key, bytes(32)):
        with pytest.raises(VaultError):
            Header.of(sitting, place).opened(sitting, other)
    for person in (pair.host, pair.guest):
        assert "The sink" not in html(person.client.get(f"/s/{sitting.pk}"))


def test_what_it_was_about_stays_where_both_kept_it_under_the_next_key_too(pair: Pair) -> None:
    sitting = about_the_sink(pair)
    to_the_end(pair, sitting)
    keep_it(pair, sitting, guest=True)
    rotate(pair.guest.at(pair.bond))

    for person in (pair.host, pair.guest):
        assert "The sink" in words(person.client.get(f"/s/{sitting.pk}"))
        assert run_of(person, sitting).header.facts["topic"] == "The sink"


def test_it_opens_its_own_while_something_else_is_open(pair: Pair, floor: Sitting) -> None:
    item = parking.park(pair.host.at(pair.bond), "The sink", at=timezone.now())
    asked = {"parked": item.ref}

    opened = pair.host.client.post("/practise/listening/start", asked)["Location"]

    assert opened != f"/s/{floor.pk}"
    assert pair.guest.client.post("/practise/listening/start", asked)["Location"] == opened


@pytest.mark.parametrize("parked", ["", "junk", "00000000-0000-4000-8000-000000000000"])
def test_nothing_parked_begins_as_ever(pair: Pair, parked: str) -> None:
    started = pair.host.client.post("/practise/listening/start", {"parked": parked})

    sitting = Sitting.objects.get(pk=started["Location"].removeprefix("/s/"))
    assert "topic" not in run_of(pair.host, sitting).header.facts


def test_another_bonds_parked_topic_opens_nothing_here(pair: Pair, other_pair: Pair) -> None:
    item = parking.park(other_pair.guest.at(other_pair.bond), "Theirs", at=timezone.now())

    started = pair.guest.client.post("/practise/listening/start", {"parked": item.ref})

    sitting = Sitting.objects.get(pk=started["Location"].removeprefix("/s/"))
    assert "topic" not in run_of(pair.guest, sitting).header.facts


def test_that_it_is_parked_is_said_where_it_was_parked(pair: Pair, floor: Sitting) -> None:
    answer = pair.host.client.post(f"/s/{floor.pk}/park", {"text": "the holidays"})

    assert answer["Location"] == f"/s/{floor.pk}?parked=1#park"
    page = html(pair.host.client.get(answer["Location"]))
    park = page.split('id="park"', 1)[1].split("</details>", 1)[0]
    assert "It is in the parking place" in park
    assert 'role="status"' in park


def test_on_one_phone_each_half_has_a_place_for_what_is_its_own(pair: Pair) -> None:
    for person in (pair.host, pair.guest):
        sign_in(person).post(f"/b/{pair.bond.pk}/switch")
    start = pair.host.client.post("/practise/one-thing/start", {"mode": "one"})
    path = start["Location"]
    post_move(pair.host, Sitting.objects.get(), "Ready", seat="host")
    assert html(pair.host.client.get(path)).count("Park something") == 2

    for seat, text in (("host", "the summer holidays"), ("guest", "the car"), ("guest", "x" * 200)):
        pair.host.client.post(f"{path}/park", {"seat": seat, "text": text})
    assert "It is in the parking place" in words(pair.host.client.get(f"{path}?parked=1"))

    items = parking.items_of(pair.guest.at(pair.bond))
    assert {(str(item.text), item.mine, item.on_phone_of) for item in items} == {
        ("the summer holidays", False, ""),
        ("the car", True, pair.host.name),
    }
    elsewhere = pair.guest.client.post(f"{path}/park", {"seat": "host", "text": "mine"})
    assert elsewhere.status_code == 302
    assert next(item for item in parking.items_of(pair.guest.at(pair.bond)) if item.text == "mine").mine
