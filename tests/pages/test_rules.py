"""The abuse-aware rules, where no other file is about one: docs/rule-ids.txt says them in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from nearer.practices.listening.moves import Feel, Heat, Speak
from nearer.protocol import Mode
from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, Person, make_invitation, play, post_move, start_floor, start_sitting
from nearer.vault.sessions import SessionStore
from tests.pages.conversations import CALM, WARM, agreed, opening, take_turns
from tests.pages.reading import TOKEN, everything_stored, html, unlotted, words

pytestmark = pytest.mark.django_db

NOW = re.compile(r'data-now="[^"]*"')
BOBS = ("/", "/us", "/practise", "/practise/listening", "/settings")


def bobs_pages(pair: Pair, *more: str) -> list[str]:
    """Everything the other reads, to the byte, but for form tokens and the time of day."""
    return [NOW.sub("", TOKEN.sub("", html(pair.guest.client.get(path)))) for path in (*BOBS, *more)]


class Forms(HTMLParser):
    """Finds the forms in which somebody writes words, and whether each says who will see them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "form":
            self.found.append(
                {"words": False, "sees": False, "where": told.get("action") or told.get("data-move")}
            )
        if self.found:
            self.found[-1]["words"] |= told.get("dir") == "auto" and tag in {"input", "textarea"}
            self.found[-1]["sees"] |= "data-sees" in told

    @classmethod
    def silent(cls, page: str) -> list[str]:
        """Return the forms for words that do not say who will see them."""
        reader = cls()
        reader.feed(page)
        return [form["where"] for form in reader.found if form["words"] and not form["sees"]]


@pytest.mark.rule("R1")
def test_every_field_for_words_says_who_will_see_them(pair: Pair) -> None:
    seen = [pair.host.client.get(path) for path in ("/invite", f"/b/{pair.bond.pk}/plans")]

    assert all("data-sees" in html(page) for page in seen)
    assert [where for page in seen for where in Forms.silent(html(page))] == []


@pytest.mark.rule("R1")
@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.ASYNC])
def test_a_sitting_says_once_at_its_start_who_sees_what_is_written(pair: Pair, mode: Mode) -> None:
    sitting = start_sitting(pair, mode=mode)

    seen = words(pair.host.client.get(f"/s/{sitting.pk}"))

    assert f"{pair.guest.name} sees what you write once you send it." in seen
    assert "Once it is open, it could be copied." in seen


@pytest.mark.rule("R1", "R3")
def test_what_is_typed_and_not_sent_is_nobody_elses(pair: Pair, floor: Sitting) -> None:
    before = bobs_pages(pair, f"/s/{floor.pk}")

    # Too long to be taken: it came to the server, and went back to its writer alone.
    refused = post_move(pair.host, floor, "SetTopic", topic="x" * 500, variant="everyday")

    assert refused.status_code == 422
    assert bobs_pages(pair, f"/s/{floor.pk}") == before


ADDRESS, BROWSER, PLACE = "203.0.113.77", "Mozilla/5.0 (canary-browser)", "Winterthur"
FROM = {
    "REMOTE_ADDR": ADDRESS, "HTTP_X_FORWARDED_FOR": ADDRESS, "HTTP_X_REAL_IP": ADDRESS, "HTTP_CF_IPCITY": PLACE,
    "HTTP_USER_AGENT": BROWSER, "HTTP_X_TIMEZONE": "Europe/Zurich", "HTTP_ACCEPT_LANGUAGE": "de-CH",
}  # fmt: skip


@pytest.mark.rule("R2", "R3")
def test_no_address_of_a_connection_and_no_place_is_kept_or_shown(
    pair: Pair, floor: Sitting, caplog: pytest.LogCaptureFixture
) -> None:
    browser = Client()
    browser.defaults.update(FROM)
    sent = {"username": pair.host.username, "passphrase": pair.host.passphrase}
    browser.post("/login", {**sent, "passphrase": "wrong lantern orbit willow"})
    assert browser.post("/login", sent).status_code == 302
    browser.post(f"/s/{floor.pk}", {"move": "SetTopic", "topic": "a walk", "variant": "everyday", "seq": "2"})
    browser.post("/settings/elsewhere")
    pages = [browser.get(path) for path in (*BOBS, "/settings/devices", "/settings/events", f"/s/{floor.pk}")]
    pages += [pair.guest.client.get(path) for path in (*BOBS, f"/s/{floor.pk}")]

    kept = repr(everything_stored()) + repr(
        SessionStore.load_each([c.value for c in browser.cookies.values()])
    )
    shown = "".join(page.content.decode() for page in pages)
    for place in (ADDRESS, PLACE, "Zurich", "canary-browser"):
        assert place not in kept + shown + caplog.text, place
    assert {page.status_code for page in pages} <= {200, 403}
    assert all("geolocation=()" in page["Permissions-Policy"] for page in pages)


@pytest.mark.rule("R3", "R11")
def test_looking_leaves_no_trace_for_the_other(pair: Pair, floor: Sitting) -> None:
    path = f"/s/{floor.pk}"
    before = bobs_pages(pair, path)

    for looked in ("/", "/us", "/practise", "/settings", "/settings/suggestions", "/pulse", "/help", path):
        pair.host.client.get(looked)
    pair.host.client.post("/settings/home-screen", {"sign": "leaf"})
    pair.host.client.post("/settings/suggestions", {"wanted": []})
    pair.host.client.post("/settings/elsewhere")
    pair.host.client.post("/logout")

    assert bobs_pages(pair, path) == before


@pytest.mark.rule("R4")
def test_every_step_of_every_page_can_be_left_and_no_field_is_the_price_of_another(pair: Pair) -> None:
    sitting = start_floor(pair)
    for is_host, move in (*opening("the drive home", CALM), (True, Speak(words="", aloud=True))):
        take_turns(pair, sitting, (is_host, move))
        for person in (pair.host, pair.guest):
            page = html(person.client.get(f"/s/{sitting.pk}"))
            assert 'data-move="Leave"' in page
            # What one could write is optional, or can be skipped, or is said aloud.
            for form in re.findall(r'<form[^>]*data-move="(?!SetTopic)\w+".*?</form>', page, re.DOTALL):
                assert "<textarea" not in form or re.search(r'name="(?:aloud|skip)"|\(optional\)', form)


@pytest.mark.rule("R5", "R7")
@pytest.mark.parametrize(
    "levels", [(Feel.EASY,), (Feel.TOUCHY, Feel.NOT_TODAY)], ids=["go on", "something lighter"]
)
def test_a_private_answer_changes_no_byte_of_the_others_page(pair: Pair, levels: tuple[Feel, ...]) -> None:
    seen = []
    for level in levels:
        sitting = start_floor(pair)
        take_turns(pair, sitting, *agreed("the drive home"), (True, Heat(level=level)))
        before = pair.guest.client.get(f"/s/{sitting.pk}")
        take_turns(pair, sitting, (False, Heat(level=CALM)))
        after = pair.guest.client.get(f"/s/{sitting.pk}")
        ids = re.compile(re.escape(str(sitting.pk)))
        seen.append(tuple(NOW.sub("", ids.sub("", unlotted(page))) for page in (before, after)))
        post_move(pair.host, sitting, "Leave")

    assert len(set(seen)) == 1


@pytest.mark.rule("R5", "R14")
def test_who_would_rather_not_is_never_named(pair: Pair) -> None:
    """Too warm for the one or for the other: both read the same, and it is the same sentence."""
    read = set()
    for hot, cool in ((pair.host, pair.guest), (pair.guest, pair.host)):
        sitting = start_floor(pair)
        take_turns(pair, sitting, *agreed("the drive home"))
        play(hot, sitting, Heat(level=WARM))
        play(cool, sitting, Heat(level=CALM))
        read |= {tuple(_leads(html(p.client.get(f"/s/{sitting.pk}")))) for p in (pair.host, pair.guest)}
        post_move(pair.host, sitting, "Leave")

    assert len(read) == 1
    assert "Something lighter today" in read.pop()


def _leads(page: str) -> Iterator[str]:
    yield from re.findall(r"<h1>([^<]*)</h1>", page)
    yield from re.findall(r'<p class="lead">([^<]*)</p>', page)


@pytest.mark.rule("R15")
def test_the_way_back_in_asks_for_the_owners_own_code_alone(alice: Person) -> None:
    page = html(Client().get("/recover"))

    names = set(re.findall(r'<input[^>]*name="(\w+)"', page)) - {"csrfmiddlewaretoken"}
    assert names == {"username", "code", "passphrase", "shared"}  # and whether others use this device
    assert not re.search(
        r"e-?mail|phone|SMS|question|maiden|birth|pet\b", words(Client().get("/recover")), re.IGNORECASE
    )


@pytest.mark.rule("R15")
def test_the_other_cannot_open_what_is_ones_own(pair: Pair) -> None:
    """No passphrase, code or page of the other leads to it, whatever is tried from their own account."""
    guest = pair.guest.client
    for path in ("/settings/passphrase", "/settings/recovery"):
        guest.post(path, {"passphrase": pair.host.passphrase, "new": "entirely new willow lantern"})
    tried = Client().post(
        "/recover",
        {"username": pair.host.username, "code": pair.guest.code, "passphrase": "new willow lantern orbit"},
    )

    assert tried.status_code == 422
    sent = {"username": pair.host.username, "passphrase": pair.host.passphrase}
    assert Client().post("/login", sent)["Location"] == "/"


@pytest.mark.rule("R13")
def test_a_link_alone_agrees_to_nothing(alice: Person, bob: Person) -> None:
    """Each says yes with a hand of their own: to join, and to who joined."""
    bond, shown = make_invitation(alice)
    bob.client.post("/j/open", {"secret": shown.secret})
    bob.client.get("/j/")
    assert alice.at(bond).them is None

    bob.client.post("/j/join")
    bond.refresh_from_db()
    assert bond.state == "joined"
    bob.client.post(f"/b/{bond.pk}/confirm", {"answer": "yes"})
    bond.refresh_from_db()
    assert bond.state == "joined"
