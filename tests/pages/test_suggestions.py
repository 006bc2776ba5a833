"""What Nearer suggests: a person's own choice, obeyed by their own Today, and nobody else's business."""

from __future__ import annotations

import pytest
from django.test import Client

from nearer.accounts.models import Profile
from nearer.accounts.profile import face_of
from nearer.home.suggestions import suggestions
from nearer.sittings.practice import practices
from nearer.testing.cast import Pair, Person
from tests.pages.reading import words

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R11", "R18")]

PAGE = "/settings/suggestions"


def choose(person: Person, *wanted: str) -> None:
    assert person.client.post(PAGE, {"wanted": wanted}).status_code == 302


def without(name: str) -> list[str]:
    return [each for each in suggestions() if each != name]


def test_there_are_nine_and_all_are_on_at_first(alice: Person) -> None:
    page = alice.client.get(PAGE).content.decode()

    assert len(suggestions()) == 9
    assert page.count('type="checkbox"') == page.count(" checked") == 9
    assert all(str(room.title) in page for room in practices()), "called what it is called everywhere"


def test_every_room_can_be_left_out_of_ones_own_today(pair: Pair) -> None:
    for room in practices():
        begin = f'href="/practise/{room.where}"'
        choose(pair.host, *suggestions())
        if room.gated:
            assert begin not in pair.host.client.get("/").content.decode()
            pair.host.client.post(f"/{room.where}/on", {"on": "yes"})
        assert begin in pair.host.client.get("/").content.decode()

        choose(pair.host, *without(room.glyph))

        assert begin not in pair.host.client.get("/").content.decode()
        assert f"/practise/{room.where}/start" not in pair.host.client.get("/").content.decode()
        # It is not taken away: it stands where it stood.
        assert begin in pair.host.client.get("/practise").content.decode()


def test_plans_and_practising_alone_can_be_left_out(pair: Pair, charlie: Person) -> None:
    assert "Make a plan" in words(pair.host.client.get("/"))
    assert "with a scripted partner" in words(charlie.client.get("/"))

    choose(pair.host, *without("plan"))
    choose(charlie, *without("alone"))

    assert "plan" not in words(pair.host.client.get("/"))
    assert "with a scripted partner" not in words(charlie.client.get("/"))


def test_with_nothing_wanted_today_is_calm(pair: Pair) -> None:
    choose(pair.host)

    page = pair.host.client.get("/")
    assert page.status_code == 200
    assert "/practise/" not in page.content.decode()


def test_the_other_and_the_database_see_nothing_of_it(pair: Pair) -> None:
    paths = ("/", "/us", "/practise", "/settings", PAGE)
    before = [words(pair.guest.client.get(path)) for path in paths]
    row = Profile.objects.filter(user=pair.host.user)
    size = len(bytes(row.get().sealed))

    choose(pair.host, *without("repair"))

    assert [words(pair.guest.client.get(path)) for path in paths] == before
    stored = bytes(row.get().sealed)
    assert len(stored) == size
    assert b"repair" not in stored


def test_it_outlives_other_settings_and_bad_input(alice: Person) -> None:
    choose(alice, *without("trust"))

    alice.client.post("/settings", {"name": "Alicia", "ink": "fig", "theme": "dark"})
    refused = alice.client.post(PAGE, {"wanted": ["anything"]})

    face = face_of(alice.user.pk, ring=alice.ring)
    assert refused.status_code == 422
    assert (face.name, face.unwanted) == ("Alicia", ("trust",))


def test_a_stranger_is_led_to_the_login(db: None) -> None:
    assert Client().get(PAGE)["Location"].startswith("/login")
