"""Whatever is put into a form outside a sitting: a sentence that helps, the words stay, nothing is lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from nearer.accounts.slowing import limits
from nearer.testing.cast import Person, open_drawer
from tests.pages.bad_words import CONTROL, LINES, LONG, NOTHING, ODD
from tests.pages.reading import everything_stored, html, words

pytestmark = pytest.mark.django_db
TURNING = ("override", "isolate, never closed")

ERRORS = re.compile(r'<ul class="errorlist"[^>]*>(.*?)</ul>', re.DOTALL)
# The framework's own sentences speak to programmers.
FOREIGN = (
    "Ensure this",
    "Select a valid",
    "Null characters",
    "This field",
    "Enter a",
    "Enter the",
    "is not one of",
)
SECRET = "a fine lantern orbit willow"
LINE = NOTHING | CONTROL | LONG | LINES
WRONG = NOTHING | CONTROL | LONG | {"wrong": "not the one at all"}
WEAK = {"empty": "", "short": "elevenchars", "common": "qwerty123456", "same": "aaaaaaaaaaaaaaaa"} | LONG
CHOICE = {"unknown": "enemy", "two": "lagoon,fig"} | CONTROL | LONG
CODES = CONTROL | LONG | {"garbage": "not a code", "dashes": "----", "astral": "𝟘𝟙𝟚𝟛-𝟘𝟙𝟚𝟛"}


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page with a form.

    Attributes:
        path: where it is.
        good: what it would take.
        bad: field name to what it takes not; the words by which a test names it first.
        secret: fields whose words never come back.
        signed_in: whether it is Alice who fills it in.
        status: what it answers.
        asked: the address that gives what the page is about, for one's passphrase.
    """

    path: str
    good: dict[str, str]
    bad: dict[str, dict[str, str]]
    secret: frozenset[str] = frozenset()
    signed_in: bool = True
    status: int = 422
    asked: str = ""


PAGES = [
    Page(
        path="/signup", good={"name": "Sam", "username": "sam", "passphrase": SECRET},
        bad={"name": LINE, "username": LINE | {"space": "two words", "grows": "\ufdfa" * 9}, "passphrase": WEAK},
        secret=frozenset({"passphrase"}), signed_in=False,
    ),
    Page(
        path="/login", good={"username": "u-alice", "passphrase": SECRET},
        bad={"username": LINE, "passphrase": WRONG}, secret=frozenset({"passphrase"}), signed_in=False,
    ),
    Page(
        path="/recover", good={"username": "u-alice", "code": "0" * 26, "passphrase": SECRET},
        bad={"username": LINE, "code": WRONG | CODES, "passphrase": WEAK}, secret=frozenset({"passphrase"}),
        signed_in=False,
    ),
    Page(path="/signup/recovery", good={"code": ""}, bad={"code": WRONG | CODES}, asked="/settings/recovery"),
    Page(
        path="/settings", good={"name": "Alice", "ink": "fig", "theme": "dark"},
        bad={"name": LINE, "ink": CHOICE | NOTHING, "theme": CHOICE},
        secret=frozenset({"ink", "theme"}),  # tiles, with nothing to type into
    ),
    Page(
        path="/settings/passphrase", good={"passphrase": "Alice lantern orbit willow", "new": SECRET},
        bad={"passphrase": WRONG, "new": WEAK}, secret=frozenset({"passphrase", "new"}),
    ),
    Page(
        path="/settings/recovery", good={"passphrase": "Alice lantern orbit willow"}, bad={"passphrase": WRONG},
        secret=frozenset({"passphrase"}),
    ),
    Page(path="/invite", good={"kin": "friend"}, bad={"kin": CHOICE | NOTHING}, secret=frozenset({"kin"})),
    Page(
        path="/j/open", good={"code": ""}, bad={"code": NOTHING | CODES, "secret": CODES},
        signed_in=False, status=410,
    ),
]  # fmt: skip
FIELDS = [pytest.param(page, name, id=f"{page.path} {name}") for page in PAGES for name in page.bad]


def stored() -> dict[str, list[tuple[Any, ...]]]:
    """Return everything but sessions, which a wrong try may touch."""
    return {name: rows for name, rows in everything_stored().items() if name != "vault.SealedSession"}


def browser_for(page: Page, alice: Person) -> Client:
    open_drawer(alice)
    if page.asked:
        alice.client.post(page.asked, {"passphrase": alice.passphrase})
    return alice.client if page.signed_in else Client()


@pytest.mark.parametrize(("page", "name"), FIELDS)
def test_what_a_field_does_not_take_is_said_and_the_words_stay(page: Page, name: str, alice: Person) -> None:
    browser, before = browser_for(page, alice), stored()
    for what, bad in page.bad[name].items():
        limits.reset()
        answer = browser.post(page.path, page.good | {name: bad})

        assert answer.status_code in {page.status, 422}, what
        said = sentences(answer)
        assert said, what
        assert not any(foreign in sentence for sentence in said for foreign in FOREIGN), (what, said)
        for field_, typed in (page.good | {name: bad}).items():
            stays = field_ not in page.secret
            shown = typed.replace("\r\n", "\n") in unescape(html(answer)).replace("\r\n", "\n")
            assert shown is stays or len(typed) < 12, (what, field_)
        assert stored() == before, what


def sentences(answer: Any) -> list[str]:
    """Return what the page says is wrong."""
    found = [re.sub(r"<[^>]+>", "", inner) for inner in ERRORS.findall(html(answer))]
    head = re.findall(r'<div class="sum"[^>]*><h2[^>]*>(.*?)</h2>', html(answer))
    return [unescape(text).strip() for text in (*found, *head) if text.strip()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_form_with_nothing_in_it_at_all(page: Page, alice: Person) -> None:
    browser, before = browser_for(page, alice), stored()

    for body in ({}, {"unknown": "field"}, {"csrfmiddlewaretoken": "x"}):
        answer = browser.post(page.path, body)
        assert answer.status_code in {page.status, 422, 200}
        assert "<form" in html(answer)
    assert stored() == before


BODIES: dict[str, tuple[bytes, str]] = {
    "not utf-8": (b"name=\xff\xfe\xed\xa0\x80&username=\xc0\xaf", "application/x-www-form-urlencoded"),
    "lone surrogate": (b"name=%ED%A0%80&username=%ED%BF%BF", "application/x-www-form-urlencoded"),
    "no boundary": (b"--x\r\n", "multipart/form-data"),
    "a broken part": (b"--x\r\nContent-Disposition: form-data; name", "multipart/form-data; boundary=x"),
    "json": (b'{"name": ["a"]}', "application/json"),
    "another encoding": (b"name=%E9", "application/x-www-form-urlencoded; charset=utf-7"),
    "an unknown encoding": (b"name=%E9", "application/x-www-form-urlencoded; charset=nonsense"),
    "many fields": (b"&".join(b"f%d=1" % n for n in range(5000)), "application/x-www-form-urlencoded"),
    "one field, many times": (b"&".join([b"name=a"] * 190), "application/x-www-form-urlencoded"),
    "five megabytes": (b"name=" + b"a" * 5_000_000, "application/x-www-form-urlencoded"),
    "only a sign": (b"=&=&==", "application/x-www-form-urlencoded"),
}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path)
def test_a_body_no_browser_sends_gets_a_page_and_changes_nothing(page: Page, alice: Person) -> None:
    browser, before = browser_for(page, alice), stored()
    for what, (body, kind) in BODIES.items():
        limits.reset()
        answer = browser.generic("POST", page.path, body, content_type=kind)

        assert 400 <= answer.status_code < 500 or (answer.status_code == 200 and "<form" in html(answer)), (
            what
        )
        assert "<h1" in html(answer), what
        assert stored() == before, what


def test_a_file_in_the_place_of_words_is_not_taken(alice: Person) -> None:
    sent = {"name": SimpleUploadedFile("name.txt", b"Alice"), "ink": "fig", "theme": "auto"}
    answer = alice.client.post("/settings", sent)

    assert answer.status_code == 422
    assert "Write the name you like to be called." in words(answer)


@pytest.mark.parametrize("odd", [ODD[name] for name in TURNING], ids=TURNING)
def test_a_name_that_turns_a_line_around_is_refused_and_stays_in_its_field(odd: str, alice: Person) -> None:
    answer = alice.client.post("/settings", {"name": odd, "ink": "fig", "theme": "auto"})

    assert answer.status_code == 422
    assert "There is a sign in there that nobody can see." in words(answer)
    assert f'value="{escaped(odd)}"' in html(answer)


@pytest.mark.parametrize(
    "odd", [ODD[name] for name in ODD if name not in TURNING], ids=[n for n in ODD if n not in TURNING]
)
def test_an_odd_name_is_a_name_and_does_nothing(odd: str, alice: Person) -> None:
    name = odd[:40].strip()
    answer = alice.client.post("/settings", {"name": name, "ink": "fig", "theme": "auto"})

    assert answer.status_code == 302
    page = html(alice.client.get("/settings"))
    assert f'value="{escaped(name)}"' in page
    assert not any(mark in page for mark in ("<script>alert", "<img src=x", "<b>bold", " 14 "))


def escaped(text: str) -> str:
    from django.utils.html import escape

    return str(escape(text))


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_words_for_a_username_are_said_to_be_so_or_taken(odd: str) -> None:
    limits.reset()
    answer = Client().post("/signup", {"name": "Sam", "username": odd, "passphrase": SECRET})

    assert answer.status_code in {302, 422}
    assert answer.status_code == 302 or escaped(odd) in html(answer)


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD)
def test_odd_words_for_a_passphrase_open_the_same_vault_again(odd: str) -> None:
    passphrase = f"{odd} and a lantern"
    assert (
        Client().post("/signup", {"name": "Sam", "username": "sam", "passphrase": passphrase}).status_code
        == 302
    )
    assert Client().post("/login", {"username": "sam", "passphrase": passphrase}).status_code == 302


@pytest.mark.parametrize("odd", (CONTROL | LONG | ODD).values(), ids=CONTROL | LONG | ODD)
def test_odd_words_in_an_address_get_a_page(odd: str, alice: Person) -> None:
    for browser in (alice.client, Client()):
        for answer in (
            browser.get("/login", {"next": odd[:5000]}),
            browser.get("/", {"q": odd[:5000]}),
            browser.get("/j/", {"secret": odd[:5000]}),
        ):
            assert answer.status_code in {200, 302, 400}
        assert browser.get("/" + odd[:200].replace("/", "-")).status_code == 404


@pytest.mark.parametrize(
    "going", ["/" + "a" * 5000, "/\nSet-Cookie: x=1", "/[", "/%", "/\x00", "/s/" + "é" * 400]
)
def test_an_odd_place_to_go_on_to_does_not_keep_anybody_out(going: str, alice: Person) -> None:
    browser = Client()
    sent = {"username": alice.username, "passphrase": alice.passphrase, "next": going}
    answer = browser.post("/login", sent)

    assert answer.status_code == 302
    assert "\n" not in answer["Location"]
    assert browser.get("/settings").status_code == 200


@pytest.mark.parametrize(
    "cookie",
    [
        "",
        "x",
        "a" * 5000,
        "\x7f",
        "é" * 20,
        "0" * 32,
        "../../x",
        "7b1c7a52-0f0e-4d0b-9a53-3f1f6f0c9a11",
        "'; --",
    ],
    ids=ascii,
)
def test_an_odd_cookie_is_nobody(cookie: str) -> None:
    for name in ("s", "c", "d"):
        browser = Client()
        browser.cookies[name] = cookie
        assert browser.get("/settings").status_code == 302
        assert browser.get("/").status_code == 200
        assert browser.post("/login", {"username": "nobody", "passphrase": SECRET}).status_code == 422
