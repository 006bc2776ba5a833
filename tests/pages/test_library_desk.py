"""Writing, editing, reviewing and publishing in the browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from nearer.library.models import Article, Author, Category, Role, Version
from nearer.testing.cast import Person
from nearer.testing.library import give, make_article, make_draft
from tests.pages.reading import text_of

pytestmark = pytest.mark.django_db
Kind = Role.Kind
WORDS: dict[str, Any] = {
    "title": "New words", "summary": "One sentence.", "short": "First\nSecond", "body": "## One\n\nText",
    "practice": "listening", "evidence": "early", "sources": "Somebody (2000). Something.", "category": "drafts",
}  # fmt: skip


@pytest.fixture
def places() -> None:
    Category.objects.create(slug="drafts", name="Drafts")


def step(person: Person, article: Article, what: str, note: str = "") -> int:
    return person.client.post(f"/library/desk/{article.pk}/step", {"step": what, "note": note}).status_code


@pytest.fixture
def draft(alice: Person) -> Article:
    return make_draft(alice)


def test_an_article_goes_from_draft_to_its_readers(
    alice: Person, bob: Person, charlie: Person, client: Client, places: None
) -> None:
    give(alice, Kind.AUTHOR)
    give(bob, Kind.EDITOR)
    give(charlie, Kind.REVIEWER, name="Dr Charlie Real")

    alice.client.post("/library/desk/new", {**WORDS, "slug": "new-words"})
    article = Article.objects.get(slug="new-words")
    assert client.get("/library/new-words").status_code == 404
    step(bob, article, "edit", "shorter")
    step(charlie, article, "review", "facts and sources")
    step(bob, article, "publish")

    page = client.get("/library/new-words").content.decode()
    assert "Text" in page
    assert "Checked by Dr Charlie Real" in text_of(page)
    assert "Edited by Bob Byline" in text_of(page)
    assert "Written by Alice Byline" in text_of(page)
    assert 'href="/practise/listening"' in page
    assert [each.state for each in article.versions.order_by("number")] == [
        "draft",
        "edited",
        "reviewed",
        "published",
    ]
    history = bob.client.get(f"/library/desk/{article.pk}").content.decode()
    assert "facts and sources" in history


def test_no_step_is_skipped_and_nobody_signs_their_own(alice: Person, bob: Person, draft: Article) -> None:
    give(alice, Kind.EDITOR, Kind.REVIEWER)
    give(bob, Kind.EDITOR)

    for what in ("edit", "review", "publish", "withdraw", "write", "nonsense", ""):
        step(alice, draft, what)
    step(bob, draft, "publish")
    step(bob, draft, "review")

    draft.refresh_from_db()
    assert (draft.state, draft.live, draft.versions.count()) == ("draft", None, 1)


def test_a_changed_word_is_a_draft_again_and_readers_keep_what_was_checked(
    alice: Person, bob: Person, charlie: Person, client: Client, draft: Article
) -> None:
    give(bob, Kind.EDITOR)
    give(charlie, Kind.REVIEWER)
    for person, what in ((bob, "edit"), (charlie, "review"), (bob, "publish")):
        step(person, draft, what)

    alice.client.post(f"/library/desk/{draft.pk}/write", {**WORDS, "body": "## Other\n\nChanged", "seen": 4})

    draft.refresh_from_db()
    assert draft.state == "draft"
    assert "Changed" not in client.get("/library/a-draft").content.decode()
    step(bob, draft, "edit")
    step(bob, draft, "publish")
    assert "Changed" not in client.get("/library/a-draft").content.decode()
    changes = alice.client.get(f"/library/desk/{draft.pk}/5").content.decode()
    assert "<ins>Changed</ins>" in changes


def test_two_who_write_at_once_do_not_lose_each_other(alice: Person, bob: Person, draft: Article) -> None:
    give(bob, Kind.EDITOR)
    alice.client.post(f"/library/desk/{draft.pk}/write", {**WORDS, "title": "Mine", "seen": 1})

    answer = bob.client.post(f"/library/desk/{draft.pk}/write", {**WORDS, "title": "Yours", "seen": 1})

    assert answer.status_code == 422
    assert "Yours" in answer.content.decode()
    assert draft.versions.latest("number").document["title"] == "Mine"


def test_an_editor_takes_it_from_its_readers(
    bob: Person, charlie: Person, client: Client, draft: Article
) -> None:
    give(bob, Kind.EDITOR)
    give(charlie, Kind.REVIEWER)
    for person, what in ((bob, "edit"), (charlie, "review"), (bob, "publish"), (bob, "withdraw")):
        step(person, draft, what)

    assert client.get("/library/a-draft").status_code == 404
    assert Version.objects.filter(article=draft).count() == 4


def test_what_came_with_a_pack_is_changed_there(alice: Person) -> None:
    article = make_article()
    give(alice, Kind.AUTHOR, Kind.EDITOR)

    assert alice.client.get(f"/library/desk/{article.pk}").status_code == 404


def test_an_author_sees_their_own_and_others_see_no_desk(
    alice: Person, bob: Person, charlie: Person, draft: Article
) -> None:
    give(bob, Kind.AUTHOR)
    path = f"/library/desk/{draft.pk}"

    assert alice.client.get(path).status_code == 200
    for person in (bob, charlie):
        for address in (path, f"{path}/write", f"{path}/1"):
            assert person.client.get(address).status_code == 404
    assert charlie.client.get("/library/desk/").status_code == 404
    assert 'href="/library/desk/"' in alice.client.get("/library/").content.decode()
    assert 'href="/library/desk/"' not in charlie.client.get("/library/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("title", ""), ("title", "x" * 91), ("slug", "Not An Address"), ("slug", "desk"), ("category", "nowhere"),
     ("body", " "), ("evidence", "sure"), ("practice", "sauna"), ("short", "\n".join("x" * 30)), ("sources", "x" * 6000)],
)  # fmt: skip
def test_what_will_not_do_is_said_and_the_words_stay(
    alice: Person, places: None, field: str, value: str
) -> None:
    give(alice, Kind.AUTHOR)

    answer = alice.client.post(
        "/library/desk/new", {**WORDS, "slug": "new-words", "summary": "Stays.", field: value}
    )

    assert answer.status_code == 422
    assert "Stays." in answer.content.decode()
    assert not Article.objects.exists()


def test_an_address_is_taken_once(alice: Person, draft: Article) -> None:
    answer = alice.client.post("/library/desk/new", {**WORDS, "slug": "a-draft"})

    assert answer.status_code == 422
    assert Article.objects.count() == 1


def test_what_is_sent_twice_is_saved_once(alice: Person, bob: Person, places: None) -> None:
    for person in (alice, bob):
        give(person, Kind.AUTHOR)
    new = {**WORDS, "slug": "new-words"}

    first, again = (alice.client.post("/library/desk/new", new) for _ in range(2))
    article = Article.objects.get()
    later = {**WORDS, "title": "Other words", "seen": 1}
    saved = [alice.client.post(f"/library/desk/{article.pk}/write", later).status_code for _ in range(2)]

    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert saved == [302, 302]
    assert [each.number for each in article.versions.order_by("number")] == [1, 2]
    assert bob.client.post("/library/desk/new", new).status_code == 422


def test_hostile_words_come_out_harmless_at_the_desk_and_for_readers(alice: Person, places: None) -> None:
    give(alice, Kind.AUTHOR)
    body = "## <img src=x onerror=alert(1)>\n\n<script>alert(1)</script> [x](javascript:alert(1)) ![y](https://e.example/z)"

    alice.client.post("/library/desk/new", {**WORDS, "slug": "odd", "body": body, "title": "<b>T</b>"})
    page = alice.client.get(f"/library/desk/{Article.objects.get().pk}").content.decode().split("<main")[1]

    for harm in ("<script", "<img", "<b>T", 'href="javascript'):
        assert harm not in page


def test_a_public_page_is_ones_own(alice: Person, bob: Person) -> None:
    for person in (alice, bob):
        Role.objects.create(account=person.user, kind=Kind.AUTHOR)
        person.client.post(
            "/library/desk/byline", {"name": "Ada", "role": "", "about": "", "credentials": "a\n\nb"}
        )

    assert sorted(Author.objects.values_list("slug", "account_id")) == sorted(
        [("ada", alice.user.pk), ("ada-2", bob.user.pk)]
    )
    assert Author.objects.get(pk="ada").credentials == ["a", "b"]


def test_the_operator_gives_and_takes_roles(alice: Person) -> None:
    call_command("role", "give", alice.username.upper(), "editor", verbosity=0)
    assert alice.client.get("/library/desk/").status_code == 200

    call_command("role", "take", alice.username, "editor", verbosity=0)
    assert alice.client.get("/library/desk/").status_code == 404
    with pytest.raises(CommandError):
        call_command("role", "give", "nobody", "editor")
