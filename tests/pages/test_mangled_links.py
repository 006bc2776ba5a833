"""Invitation links as people receive them, at the page that opens them."""

from __future__ import annotations

import pytest
from django.test import Client

from nearer.accounts.slowing import limits
from nearer.testing.cast import Person, make_invitation
from tests.pages.reading import words

pytestmark = pytest.mark.django_db

DAMAGED = "This link is damaged"
GONE = "not open any more"


@pytest.mark.parametrize("field", ["secret", "code"])
@pytest.mark.parametrize(
    "shape",
    ["https://testserver/j/#{}", "{}.", "TESTSERVER/J/%23{}", "Join me: http://testserver/j/#{}). Till soon"],
)
def test_a_mangled_link_opens_followed_or_pasted(alice: Person, field: str, shape: str) -> None:
    _, shown = make_invitation(alice)
    browser = Client()

    assert browser.post("/j/open", {field: shape.format(shown.secret.lower())})["Location"] == "/j/"
    assert "Alice" in words(browser.get("/j/"))


@pytest.mark.parametrize("lost", ["/j/%23{}", "/J/%23{}", "/j/{}.", "/j/%2523{}"])
def test_a_link_that_lost_its_sign_leads_to_where_it_is_read(alice: Person, lost: str) -> None:
    _, shown = make_invitation(alice)

    answer = Client().get(lost.format(shown.secret))

    assert answer.status_code == 302
    path, _, fragment = answer["Location"].partition("#")
    assert path == "/j/"
    assert Client().post("/j/open", {"secret": fragment}).status_code == 302


def test_a_link_without_a_piece_is_damaged_and_not_gone(alice: Person) -> None:
    _, shown = make_invitation(alice)
    for field, text in (
        ("secret", shown.secret[:-4]),
        ("code", f"https://testserver/j/#{shown.secret[:-4]}"),
    ):
        answer = Client().post("/j/open", {field: text})
        assert answer.status_code == 422
        assert DAMAGED in words(answer)
        assert GONE not in words(answer)
        assert field == "secret" or shown.secret[:-4] in answer.content.decode()


def test_a_code_of_another_length_is_asked_for_again(alice: Person) -> None:
    answer = Client().post("/j/open", {"code": "ABCD-12"})

    assert answer.status_code == 422
    assert "A code has nine letters and numbers:" in words(answer)
    assert GONE not in words(answer)


def test_a_wrong_letter_is_told_and_costs_no_try(alice: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "check_code", lambda *_: pytest.fail("nothing is looked up"))
    _, shown = make_invitation(alice)
    for field, text, told in (
        ("code", shown.code, "or a letter of it is wrong"),
        ("secret", shown.secret, DAMAGED),
        ("code", f"https://testserver/j/#{shown.secret}", DAMAGED),
    ):
        wrong = text[:-1] + ("0" if text[-1] != "0" else "1")
        answer = Client().post("/j/open", {field: wrong})
        assert answer.status_code == 422
        assert told in words(answer)
        assert GONE not in words(answer)


def test_both_pages_say_where_the_code_is_the_better_way(alice: Person) -> None:
    bond, shown = make_invitation(alice)
    page = alice.client.get(f"/b/{bond.pk}/invitation")

    assert "the code is the better way" in words(page)
    assert shown.code in page.content.decode()
    assert 'data-copy="short-code"' in page.content.decode()
    assert "Then type the code." in words(Client().get("/j/"))
    assert 'href="/j/"' in Client().get("/").content.decode()
