"""A sign-up says that a name is somebody's, but not for a list of names."""

from __future__ import annotations

import pytest
from django.test import Client

from nearer.accounts.slowing import limits
from nearer.testing.cast import Person
from tests.pages.reading import words

pytestmark = pytest.mark.django_db

TAKEN = "This username cannot be used."


def try_name(username: str, network: str) -> tuple[int, str]:
    sent = {"name": "Robin", "username": username, "passphrase": "harbour lantern velvet orbit"}
    answer = Client(REMOTE_ADDR=network).post("/signup", sent)
    return answer.status_code, words(answer) if answer.status_code != 302 else ""


def test_whoever_goes_through_a_list_is_slowed_and_others_are_not(alice: Person) -> None:
    for _ in range(limits.TAKEN.most):
        status, page = try_name(alice.username, "192.0.2.7")
        assert (status, TAKEN in page) == (422, True)
        limits.ADDRESSES.forget()

    status, page = try_name(alice.username, "192.0.2.7")
    assert (status, TAKEN in page) == (429, False)
    assert try_name(alice.username, "198.51.100.7")[0] == 422
    assert try_name("nobodys-name", "192.0.2.7")[0] == 302


def test_from_many_networks_together_there_is_an_end_as_well(
    alice: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits.TAKEN_EVERYWHERE, "most", 3)
    seen = [try_name(alice.username, f"198.51.{n}.1")[0] for n in range(4)]

    assert seen == [422, 422, 422, 429]
