"""Who runs a copy is said before the first word is written, wherever somebody may write one."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from nearer.accounts.profile import Face
from nearer.bonds import invitations
from nearer.bonds.questions import questions
from nearer.testing.cast import Person

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R1")]

TRUTH = "They cannot read the stored words, but someone who runs a server can change it."
FREE = "and you do not feel free with them, do not write here."
FIELD = re.compile(r"<(?:textarea|input type=\"(?:text|password)\"|form [^>]*data-move=\"Ready\")")


def before_the_first_field(html: str) -> str:
    body = html[html.index("<main") :]
    field = FIELD.search(body)
    assert field, "nothing can be written here"
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body[: field.start()])).split())


def secret_of(person: Person, *, question: str = "", words: str = "") -> str:
    """Let somebody make an invitation, and return what its link carries."""
    bond = invitations.invite(
        person.user.pk,
        face=Face(name="Alice"),
        public=person.ring.public,
        kin="friend",
        at=timezone.now(),
        question=question,
        words=words,
    )
    shown = invitations.shown(person.at(bond))
    assert shown
    return shown.secret


@pytest.fixture
def pages(alice: Person) -> list[str]:
    """Every page on which somebody without an account may write their first word."""
    guest = Client()
    guest.post("/j/open", {"secret": secret_of(alice, question=next(iter(questions())), words="the sea")})
    stranger = Client()
    asked = [
        (stranger, "/signup"), (guest, "/j/"), (stranger, "/practise/listening/partner"),
    ]  # fmt: skip
    return [client.get(path).content.decode() for client, path in asked]


def test_the_operator_is_named(pages: list[str]) -> None:
    for page in pages:
        said = before_the_first_field(page)
        assert "has not given their name here" in said
        assert TRUTH in said
        assert FREE in said


def test_it_is_said_once_and_folded(pages: list[str]) -> None:
    assert [page.count(TRUTH) for page in pages] == [1] * len(pages)
    assert all(
        re.search(r"<details class=\"runs\">(?:(?!</details>).)*" + re.escape(TRUTH), page, re.DOTALL)
        for page in pages
    )


def test_whoever_has_read_it_beside_the_question_or_sits_with_a_script_does_not_read_it_again(
    alice: Person, bob: Person
) -> None:
    guest = Client()
    guest.post("/j/open", {"secret": secret_of(alice, question=next(iter(questions())), words="the sea")})
    asked = guest.get("/j/").content.decode()
    assert (
        asked.index("would like to try this with you")
        < asked.index("One question to begin with")
        < asked.index(TRUTH)
    )
    assert TRUTH not in guest.get("/signup").content.decode()
    bob.client.post(
        "/j/open", {"secret": secret_of(alice, question=next(iter(questions())), words="the sea")}
    )
    own = bob.client.get("/j/").content.decode()
    assert "One question to begin with" in own
    assert TRUTH not in own, "with an account the first word was written before"

    unasked = Client()
    unasked.post("/j/open", {"secret": secret_of(alice)})
    assert TRUTH not in unasked.get("/j/").content.decode()
    assert TRUTH in unasked.get("/signup").content.decode()

    alone = Client()
    page = alone.get("/practise/listening/partner").content.decode()
    state = re.search(r'name="state" value="([^"]+)"', page)
    assert state
    begun = alone.post(
        "/practise/listening/partner", {"move": "Ready", "state": unescape(state[1]), "seq": "1"}
    )
    assert 'data-move="Ready"' not in begun.content.decode()
    assert TRUTH not in begun.content.decode()


def test_the_name_is_the_one_that_was_set(alice: Person, settings: Settings) -> None:
    settings.CONFIG = replace(django_settings.CONFIG, operator="The Harbour <Practice>")

    for path in ("/signup", "/practise/listening/partner"):
        said = before_the_first_field(Client().get(path).content.decode())
        assert "This copy of Nearer is run by The Harbour <Practice>." in said
        assert TRUTH in said


def test_nothing_claims_more_than_is_true() -> None:
    claims = re.compile(
        r"end-to-end|zero.knowledge|unbreakable|anonymous|military|100 ?%|GDPR|HIPAA", re.IGNORECASE
    )

    for path in ("/", "/signup", "/help", "/practise/listening/partner"):
        assert not claims.search(Client().get(path).content.decode()), path
