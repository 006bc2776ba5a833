"""Reading in the library: what is there, who stands for it, how it is found."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from nearer.library import loading
from nearer.library.models import Article, Author, Pack
from nearer.library.pack import PackError
from nearer.records.models import Record
from nearer.testing.cast import Person
from nearer.testing.library import DAY, make_article
from tests.pages.reading import text_of

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def shut(settings: Settings) -> None:
    settings.CONFIG = replace(django_settings.CONFIG, library_is_public=False)


def test_a_stranger_reads_an_article_in_numbered_sections(client: Client) -> None:
    make_article(practices=["listening"], short=["The gist."], sources=[_source()])

    page = client.get("/library/on-listening").content.decode()

    assert re.findall(r'<span class="num">(\d)\.</span> (\w+)', page) == [("1", "One"), ("2", "Two")]
    assert page.count('href="/practise/listening"') == 1
    assert "The gist." in page
    assert "Somebody (2000)" in page
    assert "Not yet expert-reviewed" in text_of(page)
    assert "Log in to comment" in page
    assert "csrfmiddlewaretoken" not in page.split("<main")[1]


def test_a_practice_that_is_not_installed_is_passed_over(client: Client) -> None:
    make_article(practices=["sauna", "listening"])
    make_article("other", practices=["sauna"])

    assert 'href="/practise/listening"' in client.get("/library/on-listening").content.decode()
    assert "Do it together now" not in client.get("/library/other").content.decode()


def test_who_edited_and_checked_it_is_said_once_it_is_true(client: Client) -> None:
    article = make_article()
    article.reviewer = Author.objects.create(slug="ada", name="Ada Real", role="therapist")
    article.editor, article.checked_on = article.reviewer, date(2026, 11, 12)
    article.save()

    page = text_of(client.get("/library/on-listening").content.decode())

    assert "Checked by Ada Real, therapist, 12 November 2026." in page
    assert "Edited by Ada Real" in page
    assert "Not yet" not in page
    assert "Ada Real" in client.get("/library/author/ada").content.decode()


def test_an_author_has_a_page_with_what_they_wrote(client: Client) -> None:
    make_article()
    Author.objects.filter(pk="on-listening").update(
        about="Has <b>read</b> much.", credentials=["Twenty years"]
    )

    page = client.get("/library/author/on-listening").content.decode()

    assert "Twenty years" in page
    assert "/library/on-listening" in page
    assert "&lt;b&gt;read" in page


def test_the_index_shows_recent_posts_with_author_and_category(client: Client) -> None:
    make_article()

    page = text_of(client.get("/library/").content.decode())

    assert "Recent posts" in page
    assert "About on-listening · Writer of on-listening · 1 minute" in page
    assert "A pack 1, by us, none." in page


def test_a_category_has_a_page_and_another_is_not_there(client: Client) -> None:
    make_article()

    assert "/library/on-listening" in client.get("/library/category/on-listening").content.decode()
    assert client.get("/library/category/nowhere").status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [("LISTEN", 1), ("words listen", 1), ("nothing", 0), ("", 0), ("%", 0), ("_", 0), ("cafe", 1), ("CAFÉ", 1),
     ("a" * 500, 0), ("\0", 0), ("'; DROP TABLE", 0), ("on listening", 1), ("ﬁsh", 1)],
)  # fmt: skip
def test_search_finds_every_word_without_capitals_and_accents(client: Client, query: str, found: int) -> None:
    make_article(body="## Café\n\nSome words about fish.")

    page = client.get("/library/search", {"q": query})

    assert page.status_code == 200
    assert page.content.decode().count('href="/library/on-listening"') == found


def test_search_puts_a_title_before_a_mention(client: Client) -> None:
    make_article("a", title="Something else", body="## x\n\nabout silence")
    make_article("b", title="Silence")

    page = client.get("/library/search", {"q": "silence"}).content.decode()

    assert page.index("/library/b") < page.index("/library/a")


def test_what_was_searched_for_stands_in_the_field_and_nowhere_else(client: Client) -> None:
    page = client.get("/library/search", {"q": '"><script>x'}).content.decode()

    assert "<script>x" not in page
    assert page.count("&quot;&gt;&lt;script&gt;x") == 1
    assert re.search(r"<title>[^<]*</title>", page)[0] == "<title>Library</title>"  # type: ignore[index]


def test_the_feed_names_articles_by_their_whole_address(client: Client) -> None:
    make_article(title="A & B")

    answer = client.get("/library/feed")
    entry = ET.fromstring(answer.content).find(f"{ATOM}entry")

    assert answer["Content-Type"].startswith("application/atom+xml")
    assert entry is not None
    assert entry.findtext(f"{ATOM}title") == "A & B"
    assert entry.find(f"{ATOM}link").attrib["href"] == f"{django_settings.CONFIG.url}/library/on-listening"  # type: ignore[union-attr]
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Writer of on-listening"


def test_a_page_can_be_shown_elsewhere_and_read_by_machines(client: Client) -> None:
    make_article()

    page = client.get("/library/on-listening").content.decode()

    for part in ('property="og:title"', 'property="og:description"', 'itemtype="https://schema.org/Article"',
                 'itemprop="headline"', 'itemprop="datePublished"', 'rel="canonical"'):  # fmt: skip
        assert part in page
    assert 'content="noindex"' not in page


def test_a_picture_can_do_nothing_even_by_itself(client: Client) -> None:
    make_article()

    answer = client.get("/library/picture/on-listening.svg")

    assert answer["Content-Type"] == "image/svg+xml"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert client.get("/library/picture/nothing.svg").status_code == 404


@pytest.mark.usefixtures("shut")
def test_where_the_operator_wants_it_only_members_read(client: Client, alice: Person) -> None:
    make_article()

    for path in ("/library/", "/library/on-listening", "/library/search", "/library/feed"):
        answer = client.get(path)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/login?next=/library/")
    page = alice.client.get("/library/on-listening").content.decode()
    assert "On listening" in page
    assert 'content="noindex"' in page
    assert "data-offline" not in alice.client.get("/library/").content.decode()


class TestBookmarks:
    def test_they_are_kept_for_oneself_and_survive_logging_out(self, alice: Person, bob: Person) -> None:
        make_article()
        page = alice.client.post(
            "/library/on-listening/bookmark", {"on": "yes"}, follow=True
        ).content.decode()
        assert 'aria-pressed="true"' in page
        alice.client.post("/library/on-listening/bookmark", {"on": "yes"})

        alice.client.post("/logout")
        alice.client.post("/login", {"username": alice.username, "passphrase": alice.passphrase})

        mine = alice.client.get("/library/bookmarks").content.decode()
        assert mine.count(">On listening</a>") == 1
        assert "On listening" not in bob.client.get("/library/bookmarks").content.decode()

    def test_no_row_says_what_was_marked(self, alice: Person) -> None:
        make_article()
        alice.client.post("/library/on-listening/bookmark", {"on": "yes"})

        row = Record.objects.get(user=alice.user)
        assert b"listening" not in bytes(row.sealed)

    def test_taken_away_it_is_gone(self, alice: Person) -> None:
        make_article()
        for on in ("yes", "no", "no"):
            alice.client.post("/library/on-listening/bookmark", {"on": on})

        assert "On listening" not in alice.client.get("/library/bookmarks").content.decode()

    def test_what_does_not_exist_cannot_be_marked(self, alice: Person) -> None:
        assert alice.client.post("/library/nothing/bookmark", {"on": "yes"}).status_code == 404


class TestPacks:
    def test_the_starter_pack_loads_once_and_is_shown(self, client: Client) -> None:
        assert loading.load(loading.STARTER, on=DAY)
        assert not loading.load(loading.STARTER, on=DAY)

        for article in Article.objects.all():
            assert client.get(f"/library/{article.slug}").status_code == 200, article.slug
        assert "Nearer starter library 1.0" in text_of(client.get("/library/").content.decode())

    def test_a_practice_leads_to_its_article(self, client: Client) -> None:
        loading.load(loading.STARTER, on=DAY)

        assert (
            client.get("/library/practice/listening")["Location"]
            == "/library/listening-so-the-other-feels-it"
        )
        assert client.get("/library/practice/sauna").status_code == 404
        for page, slug, there in (
            ("our-hour", "a-rhythm-of-your-own", "/us/rhythm"),
            ("check-up", "a-look-twice-a-year", "/us/check-up"),
        ):
            assert client.get(f"/library/practice/{page}")["Location"] == f"/library/{slug}"
            assert f'href="{there}"' in client.get(f"/library/{slug}").content.decode()

    def test_removed_it_is_gone_and_a_foreign_article_is_not_taken_over(self, client: Client) -> None:
        make_article("what-emotional-intimacy-is")
        with pytest.raises(PackError, match="here already"):
            loading.load(loading.STARTER, on=DAY)
        assert not Pack.objects.filter(pk="starter").exists()

        call_command("content", "remove", "what-emotional-intimacy-is", verbosity=0)

        assert client.get("/library/what-emotional-intimacy-is").status_code == 404


def test_lists_cost_the_same_however_many_there_are(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(3):
        make_article(f"a-{number}", category="one")
    client.get("/library/")
    with django_assert_num_queries(3):
        client.get("/library/")
    for number in range(3, 9):
        make_article(f"a-{number}", category="one")
    with django_assert_num_queries(3):
        client.get("/library/")


def _source() -> dict[str, str]:
    return {"text": "Somebody (2000). Something.", "evidence": "trials"}
