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
from nearer.bonds.questions import QUESTIONS
from nearer.testing.cast import Person

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R1")]

TRUTH = "They cannot read the stored words, but someone who runs a server can change it."
FREE = "and you do not feel free with them, do not write here."
FIELD = re.compile(r"<(?:textarea|input type=\"(?:text|password)\"|div id=\"stage\")")


def before_the_first_field(html: str) -> str:
    body = html[html.index("<main") :]
    field = FIELD.search(body)
    assert field, "nothing can be written here"
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body[: field.start()])).split())


@pytest.fixture
def pages(alice: Person) -> list[str]:
    """Every page on which somebody without an account may write."""
    question = next(iter(QUESTIONS))
    bond = invitations.invite(
        alice.user.pk, face=Face(name="Alice"), public=alice.ring.public, kin="friend", at=timezone.now(),
        question=question, words="the sea",
    )  # fmt: skip
    shown = invitations.shown(alice.at(bond))
    assert shown
    guest = Client()
    guest.post("/j/open", {"secret": shown.secret})
    stranger = Client()
    asked = [
        (stranger, "/signup"), (guest, "/signup"), (guest, "/j/"), (stranger, "/practise/listening/partner"),
    ]  # fmt: skip
    return [client.get(path).content.decode() for client, path in asked]


def test_the_operator_is_named(pages: list[str]) -> None:
    for page in pages:
        said = before_the_first_field(page)
        assert "has not given their name here" in said
        assert TRUTH in said
        assert FREE in said


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
