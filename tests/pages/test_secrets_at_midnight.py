"""What a tired person meets while signing up: one group of the code is enough, suggestions are tapped, a colour is chosen."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.pages.reading import html, marked, words

pytestmark = pytest.mark.django_db


def sign_up(client: Client, **changes: str) -> Any:
    sent = {"name": "Sam", "username": "Sam.1", "passphrase": "lantern orbit willow"}
    return client.post("/signup", sent | changes)


def test_the_last_group_of_the_code_is_enough_and_no_other() -> None:
    client = Client()
    sign_up(client)
    code = marked(client.get("/signup/recovery"), "data-recovery-code").strip()
    first, _, last = code.partition("-")[0], "", code.rpartition("-")[2]

    assert client.post("/signup/recovery", {"code": first}).status_code == 422
    assert client.post("/signup/recovery", {"code": ""}).status_code == 422
    assert client.post("/signup/recovery", {"code": f" {last.lower()} "})["Location"] == "/"


def test_a_colour_is_chosen_as_one_signs_up() -> None:
    fig, plain, odd = Client(), Client(), Client()
    sign_up(fig, ink="fig")
    sign_up(plain, username="sam.2")

    assert 'data-me="fig"' in html(fig.get("/"))
    assert 'data-me="lagoon"' in html(plain.get("/"))
    refused = sign_up(odd, username="sam.3", ink="gold")
    assert refused.status_code == 422
    assert "Choose one of these." in words(refused)
    assert 'value="Sam"' in html(refused)


def test_a_suggested_passphrase_can_be_tapped() -> None:
    page = html(Client().get("/signup"))

    assert page.count('data-into="id_passphrase"') == page.count("data-suggestion ") == 3
