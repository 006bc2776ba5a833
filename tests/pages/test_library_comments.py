"""What people say beneath an article, and who looks at it first."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from nearer.library import comments
from nearer.library.models import Article, Comment, Role, Voice
from nearer.testing.cast import Person
from nearer.testing.library import give, make_article
from tests.pages.reading import text_of

pytestmark = pytest.mark.django_db
PATH = "/library/on-listening"


@pytest.fixture
def article() -> Article:
    return make_article()


def named(person: Person, name: str = "", *, known: bool = False, article: Article | None = None) -> Voice:
    """Give somebody a name for comments; a known one has said things before."""
    voice = comments.take_name(person.user.pk, name or f"{person.name[0]} somebody", at=timezone.now())
    if known and article:
        for number in range(comments.KNOWN_AFTER):
            Comment.objects.create(
                article=article,
                voice=voice,
                text=f"before {number}",
                state="shown",
                at=timezone.now() - timedelta(days=9),
            )
    return voice


def say(person: Person, text: str, **more: str) -> str:
    return person.client.post(f"{PATH}/comment", {"text": text, **more}, follow=True).content.decode()


class TestANameFirst:
    def test_whoever_has_none_chooses_one_and_has_posted_their_words_by_that(
        self, alice: Person, article: Article
    ) -> None:
        page = say(alice, "What I wanted to say")
        assert "Name for comments" in page
        assert 'value="What I wanted to say"' in page

        answer = alice.client.post(
            "/library/voice", {"name": "Heron", "article": article.slug, "text": "What I wanted to say"}
        )

        said = Comment.objects.get()
        assert (said.text, said.voice.name) == ("What I wanted to say", "Heron")
        assert answer["Location"] == f"/library/{article.pk}#c-{said.pk}"

    def test_an_answer_stays_an_answer(self, alice: Person, bob: Person, article: Article) -> None:
        named(bob)
        say(bob, "A first word")
        Comment.objects.update(state="shown")
        first = Comment.objects.get()
        sent = {"answers": str(first.pk), f"{first.pk}-text": "And one back"}

        page = alice.client.post(f"{PATH}/comment", sent).content.decode()
        assert f'name="{first.pk}-text" value="And one back"' in page
        alice.client.post("/library/voice", {**sent, "name": "Heron", "article": article.slug})

        assert Comment.objects.get(text="And one back").answers_id == first.pk

    def test_what_cannot_be_posted_stands_in_its_field(self, alice: Person, article: Article) -> None:
        page = alice.client.post(
            "/library/voice", {"name": "Heron", "article": article.slug, "text": "x" * 5_000}
        )

        assert page.status_code == 422
        assert "x" * 5_000 in page.content.decode()
        assert not Comment.objects.exists()

    def test_it_must_not_lead_to_the_person_nor_play_tricks_on_the_eye(self, alice: Person) -> None:
        tricks = ("Her\u202enor", "\u3164", "H" + "\u0351" * 9, "\u0301\u0302", "Heron\U000e0041")
        for name in (alice.name, alice.username.upper(), " ", *tricks):
            answer = alice.client.post("/library/voice", {"name": name})
            assert answer.status_code == 422
        assert not Voice.objects.exists()

    def test_nobody_takes_anothers_however_it_is_written(self, alice: Person, bob: Person) -> None:
        named(alice, "Héron")

        answer = bob.client.post("/library/voice", {"name": "heron"})

        assert answer.status_code == 422
        assert "heron" in answer.content.decode()


class TestLookedAtFirst:
    def test_first_comments_wait_and_their_writer_sees_them(
        self, alice: Person, bob: Person, article: Article
    ) -> None:
        named(alice)
        page = say(alice, "A first word")

        assert "Only you see this until somebody has looked at it" in text_of(page)
        assert "A first word" not in bob.client.get(PATH).content.decode()
        assert "0 comments" in text_of(page)

    def test_a_moderator_shows_it_or_takes_it_down(
        self, alice: Person, bob: Person, client: Client, article: Article
    ) -> None:
        named(alice)
        say(alice, "A good word")
        say(alice, "A bad word")
        give(bob, Role.Kind.MODERATOR)
        good, bad = Comment.objects.order_by("at")
        assert "A bad word" in bob.client.get("/library/desk/comments").content.decode()

        bob.client.post("/library/desk/comments", {"comment": good.pk, "answer": "show"})
        bob.client.post("/library/desk/comments", {"comment": bad.pk, "answer": "hide"})

        page = client.get(PATH).content.decode()
        assert "A good word" in page
        assert "A bad word" not in page
        assert "1 comment" in text_of(page)
        assert "This was taken down" in alice.client.get(PATH).content.decode()
        assert "A bad word" not in bob.client.get("/library/desk/comments").content.decode()

    def test_who_has_been_shown_twice_needs_no_look(
        self, alice: Person, client: Client, article: Article
    ) -> None:
        named(alice, known=True, article=article)

        say(alice, "A third word")

        assert "A third word" in client.get(PATH).content.decode()

    def test_only_a_moderator_reaches_that_page(self, alice: Person, article: Article) -> None:
        give(alice, Role.Kind.EDITOR)

        assert alice.client.get("/library/desk/comments").status_code == 404


class TestThreads:
    def test_an_answer_stands_beneath_and_no_deeper(
        self, alice: Person, bob: Person, article: Article
    ) -> None:
        named(alice, known=True, article=article)
        named(bob, known=True, article=article)
        top = Comment.objects.filter(voice__account=alice.user).earliest("at")
        say(bob, "", **{"answers": str(top.pk), f"{top.pk}-text": "An answer"})
        answer = Comment.objects.get(text="An answer")

        say(alice, "", **{"answers": str(answer.pk), f"{answer.pk}-text": "Back"})

        assert answer.answers == top
        assert Comment.objects.get(text="Back").answers == top

    def test_what_is_gone_cannot_be_answered_and_the_words_stay(
        self, alice: Person, article: Article
    ) -> None:
        named(alice, known=True, article=article)
        top = Comment.objects.first()
        assert top is not None
        ref = str(top.pk)
        Comment.objects.update(state="hidden")

        answer = alice.client.post(f"{PATH}/comment", {"answers": ref, f"{ref}-text": "Late words"})

        assert answer.status_code == 422

    def test_an_empty_answer_is_asked_for_where_it_stands(self, alice: Person, article: Article) -> None:
        named(alice, known=True, article=article)
        top = Comment.objects.filter(state="shown").earliest("at")

        page = alice.client.post(
            f"{PATH}/comment", {"answers": str(top.pk), f"{top.pk}-text": " "}
        ).content.decode()

        assert "<details open" in page
        assert "Write a few words." in page


class TestLimits:
    def test_sent_twice_it_counts_once(self, alice: Person, article: Article) -> None:
        named(alice)
        say(alice, "Same")
        say(alice, "Same")

        assert Comment.objects.count() == 1

    def test_too_many_in_an_hour_stay_in_the_field(self, alice: Person, article: Article) -> None:
        named(alice)
        for number in range(5):
            say(alice, f"Number {number}")

        page = say(alice, "One too many")

        assert "One too many</textarea>" in page
        assert Comment.objects.count() == 5

    def test_reports_of_three_people_send_it_back_to_be_looked_at(
        self, alice: Person, bob: Person, charlie: Person, dana: Person, client: Client, article: Article
    ) -> None:
        named(alice, known=True, article=article)
        ref = Comment.objects.filter(text="before 0").get().pk
        for person in (bob, charlie, dana):
            named(person)
            person.client.post(f"/library/comments/{ref}/report")
            person.client.post(f"/library/comments/{ref}/report")

        assert "before 0" not in client.get(PATH).content.decode()
        assert list(comments.to_look_at().values_list("pk", flat=True)) == [ref]

    def test_nobody_reports_their_own_or_what_is_not_there(self, alice: Person, article: Article) -> None:
        named(alice, known=True, article=article)
        mine = Comment.objects.filter(state="shown").earliest("at").pk

        assert alice.client.post(f"/library/comments/{mine}/report").status_code == 404


class TestHarmless:
    @pytest.mark.parametrize(
        "words",
        ["<script>alert(1)</script>", "[a](javascript:alert(1))", "<img src=x onerror=alert(1)>", "{{ 7|add:7 }}",
         "https://evil.example/?x=1", "data:text/html,<b>", "\u202eeslaf\u202c"],
    )  # fmt: skip
    def test_words_are_words_and_links_are_dead(
        self, alice: Person, client: Client, article: Article, words: str
    ) -> None:
        named(alice, known=True, article=article)

        say(alice, words)
        shown = client.get(PATH).content.decode().split('id="comments"')[1]

        assert Comment.objects.filter(text=words).exists()
        for harm in ("<script", "<img", 'href="https://evil', 'href="data', 'href="javascript', " onerror="):
            assert harm not in shown.replace("&lt;img src=x onerror=", "")

    def test_nothing_of_a_bond_is_beside_it(self, alice: Person, bob: Person, article: Article) -> None:
        named(alice, known=True, article=article)
        named(bob)

        page = bob.client.get(PATH).content.decode()

        assert "A somebody" in page
        assert alice.username not in page
        assert f">{alice.name}<" not in page.split("<main")[1]


def test_ones_own_comment_can_be_taken_away_with_what_answers_it(
    alice: Person, bob: Person, article: Article
) -> None:
    named(alice, known=True, article=article)
    named(bob, known=True, article=article)
    top = Comment.objects.filter(voice__account=alice.user).earliest("at")
    say(bob, "", **{"answers": str(top.pk), f"{top.pk}-text": "An answer"})

    assert bob.client.post(f"/library/comments/{top.pk}/delete").status_code == 404
    assert alice.client.post(f"/library/comments/{top.pk}/delete").status_code == 302

    assert not Comment.objects.filter(text="An answer").exists()


def test_with_an_account_go_its_comments(alice: Person, article: Article) -> None:
    named(alice, known=True, article=article)

    alice.user.delete()

    assert not Comment.objects.exists()
