"""An evening in a copy of Nearer that has a seventh room; run as a script beside that copy, not as a test."""

from __future__ import annotations

import os
import re
import sys
from importlib import import_module
from io import BytesIO, StringIO
from typing import TYPE_CHECKING
from zipfile import ZipFile

import django

if TYPE_CHECKING:
    from nearer.sittings.models import Sitting
    from nearer.testing.cast import Pair, Person


def main() -> None:
    """Bring the copy up, and let two people find the room, open it, and play it to its end."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "nearer.settings"
    django.setup()

    from django.conf import settings
    from django.core.management import call_command

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())
    for alias in settings.DATABASES:
        call_command("migrate", database=alias, verbosity=0)
    call_command("check", fail_level="WARNING", stdout=StringIO())
    keeps_the_laws()
    is_found_and_played()


def keeps_the_laws() -> None:
    """The laws hold for the new room without a word about it anywhere."""
    from nearer.sittings.practice import practice
    from nearer.testing.laws import keep_the_laws, replay_law

    room = practice("harbour")
    keep_the_laws(room.dialogue)
    replay_law(room.dialogue)()


def is_found_and_played() -> None:
    """Two people find it, start it, and come to its end on the generic page."""
    from nearer.sittings.models import Entry, Sitting
    from nearer.testing.cast import make_pair, make_person, post_move

    pair = make_pair(make_person("Alice"), make_person("Bob"))
    alice, bob = pair.host.client, pair.guest.client
    shows(
        alice.get("/practise"),
        'href="/practise/harbour"',
        "The Harbour",
        "Each says one good thing about today.",
    )
    shows(alice.get("/"), 'href="/practise/harbour"')
    shows(alice.get("/practise/harbour"), "The Harbour", "Start together", "About 2 minutes")

    started = alice.post("/practise/harbour/start")
    assert started.status_code == 302, started.status_code
    assert bob.post("/practise/harbour/start")["Location"] == started["Location"]
    page, sitting = started["Location"], Sitting.objects.get()
    shows(alice.get(page), 'data-move="Ready"', 'data-move="Leave"')

    for person in (pair.host, pair.guest):
        assert post_move(person, sitting, "Ready").status_code == 302
    shows(alice.get(page), 'data-move="Speak"', 'name="words"', 'data-move="Pause"')
    shows(bob.get(page), 'data-move="Nod"')
    is_heard_and_told(pair, sitting)
    shows(alice.get(page), "You did this together")
    assert Sitting.objects.get().is_over
    assert not Entry.objects.exists()
    is_played_on_one_phone(pair)
    is_written_in_letters(pair)
    is_taken_along_and_taken_back(pair)


def is_heard_and_told(pair: Pair, sitting: Sitting) -> None:
    """Alice is heard; then both tell, and nothing opens before both have."""
    from nearer.testing.cast import arrive, post_move

    alice, bob = pair.host, pair.guest
    assert post_move(alice, sitting, "Speak", words="I swam").status_code == 302
    arrive(pair, sitting)
    post_move(bob, sitting, "Ready")
    assert post_move(bob, sitting, "Reflect", words="You swam").status_code == 302
    arrive(pair, sitting)
    assert post_move(alice, sitting, "Check", answer="yes").status_code == 302
    shows(bob.client.get(f"/s/{sitting.pk}"), 'data-move="Note"', "One good thing about today")
    assert post_move(alice, sitting, "Note", words="t" * 281).status_code == 422
    assert post_move(alice, sitting, "Note", words="the tide").status_code == 302
    assert "the tide" not in text(bob.client.get(f"/s/{sitting.pk}"))
    assert post_move(bob, sitting, "Note", words="the gulls").status_code == 302
    arrive(pair, sitting)
    for person in (alice, bob):
        shows(person.client.get(f"/s/{sitting.pk}"), "the tide", "the gulls", 'data-move="Finish"')
    assert post_move(bob, sitting, "Finish").status_code == 302


def is_written_in_letters(pair: Pair) -> None:
    """Alice writes, and Bob says it back in his own time."""
    from nearer.sittings.models import Sitting
    from nearer.testing.cast import post_move, sign_in

    sign_in(pair.host)  # her phone lay between the two
    page = pair.host.client.post("/practise/harbour/start", {"mode": "async"})["Location"]
    sitting = Sitting.objects.get(is_over=False)
    assert post_move(pair.host, sitting, "Ready").status_code == 302
    is_heard_and_told(pair, sitting)
    shows(pair.guest.client.get(page), "You did this together")


def is_played_on_one_phone(pair: Pair) -> None:
    """The same two lay one phone between them: two halves of the generic page, and a curtain for each."""
    from nearer.sittings.models import Sitting
    from nearer.testing.cast import post_move

    alice = pair.host.client
    page = alice.post("/practise/harbour/start", {"mode": "one"})["Location"]
    sitting = Sitting.objects.get(is_over=False)
    assert post_move(pair.host, sitting, "Ready", seat="host").status_code == 302
    shows(alice.get(page), 'class="half near" data-seat="host"', 'class="half far" data-seat="guest"')
    for kind, seat, said in (
        ("Speak", "host", {"aloud": "yes"}), ("Reflect", "guest", {"aloud": "yes"}), ("Check", "host", {"answer": "yes"}),
    ):  # fmt: skip
        assert post_move(pair.host, sitting, kind, seat=seat, **said).status_code == 302
    for seat, name, words in (("host", "Alice", "the tide"), ("guest", "Bob", "the gulls")):
        shows(alice.get(page), "Hand the phone to", "I am", name, 'data-lies="curtain"')
        assert 'name="words"' not in text(alice.get(page))
        shows(
            alice.get(f"{page}?holding={seat}"), f'data-holding="{seat}"', 'data-move="Note"', 'name="words"'
        )
        assert post_move(pair.host, sitting, "Note", seat=seat, words=words).status_code == 302
    shows(alice.get(page), "the tide", "the gulls")
    assert post_move(pair.host, sitting, "Finish", seat="guest").status_code == 302
    shows(alice.get(page), "You did this together", "Take the phone back")


def is_taken_along_and_taken_back(pair: Pair) -> None:
    """What the room keeps is in a copy, and goes when whoever left takes their words back."""
    from django.utils import timezone

    from nearer.records import keeping
    from nearer.records.shelf import Shelf
    from nearer.testing.cast import open_drawer

    harbour = import_module("nearer.practices.harbour.belongings")  # there is no such room but in this copy
    alice, now = pair.host, timezone.now()
    drawer = Shelf.of_person(alice.user.pk, alice.ring)
    keeping.put(drawer, harbour.BOTTLE, harbour.Bottle(seat="", words="a bottle in her drawer"), at=now)
    for person in (pair.host, pair.guest):
        place = person.at(pair.bond)
        bottle = harbour.Bottle(seat=place.seat, words=f"a bottle of {person.name}")
        keeping.put(Shelf.of_bond(place), harbour.BOTTLE, bottle, at=now)
    shows(alice.client.get("/"), "data-bottle", "a bottle of Bob")
    shows(alice.client.get("/us"), "a bottle of Alice", "a bottle of Bob")
    assert "a bottle of Alice" not in text(alice.client.get("/"))
    everything = ("a bottle in her drawer", "a bottle of Alice", "a bottle of Bob")
    shows_in_copy(alice, *everything)
    assert alice.client.post(f"/b/{pair.bond.pk}/space").status_code == 302
    open_drawer(alice)
    left = {"bond": str(pair.bond.pk), "do": "withdraw"}
    shows(alice.client.post("/settings/spaces", left), "Your words there are withdrawn.")
    kept = keeping.find(Shelf.of_bond(pair.guest.at(pair.bond)), harbour.BOTTLE)
    assert [each.document.words for each in kept] == ["a bottle of Bob"]


def shows_in_copy(person: Person, *parts: str) -> None:
    """Insist that somebody's copy says these, as data and as a page."""
    from nearer.testing.cast import open_drawer

    open_drawer(person)
    with ZipFile(BytesIO(person.client.post("/settings/copy").content)) as packed:
        for name in ("words.json", "words.html"):
            said = packed.read(name).decode()
            assert not [part for part in parts if part not in said], (name, said)


def text(response: object) -> str:
    """Return a page's HTML, without the marks that let names stand by themselves."""
    content: bytes = response.content  # type: ignore[attr-defined]
    return re.sub(r"</?bdi[^>]*>", "", content.decode())


def shows(response: object, *parts: str) -> None:
    """Insist that a page says these."""
    said = text(response)
    missing = [part for part in parts if part not in said]
    assert not missing, (missing, said)


if __name__ == "__main__":
    main()
    sys.stdout.write("played to the end\n")
