"""Whoever deletes their account is nobody in the library any more; what people read stays readable."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nearer.accounts.models import User
from nearer.library import bylines, desk
from nearer.library.models import Article, Author, Role, Version
from nearer.library.stages import Step
from nearer.sittings.taking_back import erasing
from nearer.testing.cast import Person, open_drawer
from nearer.testing.library import DAY, give, make_article, make_document, make_draft
from tests.pages.reading import everything_stored, words

pytestmark = pytest.mark.django_db

Kind = Role.Kind
PEN, SECRET = "Penname 7c51", "Secret 90ab"


@pytest.fixture
def writer(alice: Person) -> Person:
    """Somebody with a byline."""
    give(alice, *Kind, name=PEN)
    Author.objects.filter(account=alice.user).update(
        role=f"{SECRET} role", about=f"{SECRET} about", credentials=[f"{SECRET} degree"]
    )
    return alice


def delete(person: Person) -> None:
    open_drawer(person)
    assert person.client.post("/settings/account", {"when": "now", "sure": "yes"}).status_code == 302


def published(author: Person, editor: Person, reviewer: Person, slug: str) -> Article:
    """Let three people bring an article to its readers."""
    article = make_draft(author, slug, title="What people read")
    hands = [give(editor, Kind.EDITOR), give(reviewer, Kind.REVIEWER), give(editor, Kind.EDITOR)]
    for hand, step in zip(hands, (Step.EDIT, Step.REVIEW, Step.PUBLISH), strict=True):
        article = desk.take(hand, article.pk, step, note=f"{SECRET} note", on=DAY)
    return article


def stored() -> str:
    return repr(everything_stored())


def test_a_byline_and_drafts_are_erased(writer: Person) -> None:
    draft = make_draft(
        writer, "secret-90ab", title=f"{SECRET} title", summary=f"{SECRET} sum", body=f"{SECRET} body"
    )
    desk.write(
        desk.hand_of(writer.user.pk), draft.pk, category=draft.category,
        document=make_document(title=f"{SECRET} again"), seen=1, on=DAY + timedelta(days=1),
    )  # fmt: skip
    assert {PEN, SECRET, "secret-90ab"} & set(_found()) == {PEN, SECRET, "secret-90ab"}

    delete(writer)

    assert _found() == []


def test_what_is_published_stays_without_a_name_and_nothing_else_of_it(
    writer: Person, bob: Person, charlie: Person, client: Client
) -> None:
    article = published(writer, bob, charlie, "for-readers")
    desk.write(
        desk.hand_of(writer.user.pk), article.pk, category=article.category,
        document=make_document(title=f"{SECRET} next"), seen=4, on=DAY,
    )  # fmt: skip

    delete(writer)

    page = words(client.get("/library/for-readers"))
    assert "What people read" in page
    assert "Written by A former author" in page
    assert "Edited by Bob Byline" in page
    assert "What people read" in words(client.get(f"/library/author/{bylines.NOBODY}"))
    assert client.get("/library/author/penname-7c51").status_code == 404
    (left,) = Version.objects.filter(article=article)
    assert left == Article.objects.get(pk=article.pk).live
    assert PEN not in stored()
    assert f"{SECRET} next" not in stored()
    desk_page = words(bob.client.get(f"/library/desk/{article.pk}"))
    assert "Version 4" in desk_page


def test_what_somebody_checked_is_no_longer_checked(writer: Person, bob: Person, client: Client) -> None:
    article = published(bob, writer, writer, "by-bob")
    assert PEN in words(client.get("/library/by-bob"))

    delete(writer)

    page = words(client.get("/library/by-bob"))
    assert "Written by Bob Byline" in page
    assert "Not yet expert-reviewed" in page
    assert "Checked by" not in page
    assert _found() == [], "nor are their notes to the author there"
    history = words(bob.client.get(f"/library/desk/{article.pk}"))
    assert "· ·" not in history
    assert words(bob.client.get(f"/library/desk/{article.pk}/3")).count("Bob Byline") == 0


def test_whom_a_pack_names_is_the_packs(alice: Person, client: Client) -> None:
    article = make_article()
    Author.objects.filter(pk=article.author_id).update(account=alice.user)

    delete(alice)

    assert "Written by Writer of on-listening" in words(client.get("/library/on-listening"))
    assert Author.objects.get(pk=article.author_id).account is None


def test_two_former_authors_are_one_name(
    writer: Person, bob: Person, charlie: Person, client: Client
) -> None:
    published(writer, bob, charlie, "one")
    published(charlie, bob, writer, "two")

    delete(writer)
    delete(charlie)

    assert words(client.get("/library/")).count("A former author") >= 2
    assert Author.objects.filter(account=None).count() == 1


def test_nobody_can_take_the_name_that_is_nobodys(
    writer: Person, bob: Person, charlie: Person, dana: Person
) -> None:
    published(writer, bob, charlie, "one")
    delete(writer)

    Role.objects.create(account=dana.user, kind=Kind.AUTHOR)
    dana.client.post("/library/desk/byline", {"name": "Former author"})

    assert Author.objects.get(account=dana.user).pk == "former-author" != bylines.NOBODY


def test_it_goes_as_well_when_the_day_comes(writer: Person) -> None:
    make_draft(writer, "secret-90ab", body=f"{SECRET} body")

    erasing.erase(writer.user.pk, at=timezone.now())

    assert _found() == []
    assert not User.objects.filter(pk=writer.user.pk).exists()


def _found() -> list[str]:
    everything = stored()
    return [word for word in (PEN, SECRET, "secret-90ab", "penname") if word in everything]
