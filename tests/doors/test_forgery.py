"""A form counts only when it comes from a page of this house: with its token, and from no other site."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, sign_in
from tests.doors.authz import routes
from tests.doors.test_matrix import ask

pytestmark = pytest.mark.django_db

CHANGING = ("POST", "PUT", "PATCH", "DELETE")
# Quick exit ends the session of whoever sends it, and another site's form comes without the session's cookie.
# Going is open to everybody; a link that mutes is its own token, and mail programs press it for one.
NEEDS_NO_TOKEN = {"accounts:lock", "home:mute"}


def test_no_form_is_taken_without_its_token(pair: Pair, floor: Sitting) -> None:
    forger = sign_in(pair.host, Client(enforce_csrf_checks=True))
    page = Client().get("/help").content

    for client in (forger, Client(enforce_csrf_checks=True)):
        for route in [route for route in routes() if route.name not in NEEDS_NO_TOKEN]:
            path = route.path(bond=pair.bond.pk, ref=floor.pk)
            for method in CHANGING:
                answer = ask(client, method, path)
                assert answer.status == 403, (method, route.name)
                assert answer.body != page
    assert Sitting.objects.get(pk=floor.pk).seq == floor.seq
    assert pair.host.at(pair.bond).bond.state == "open"


def test_a_token_of_somebody_else_is_not_taken_either(pair: Pair) -> None:
    forger = sign_in(pair.host, Client(enforce_csrf_checks=True))
    elsewhere = Client(enforce_csrf_checks=True)
    elsewhere.get("/login")
    forger.get("/settings")

    token = elsewhere.cookies[settings.CSRF_COOKIE_NAME].value
    answer = forger.post(f"/b/{pair.bond.pk}/space", {"csrfmiddlewaretoken": token})

    assert answer.status_code == 403


def test_a_form_from_another_site_is_not_taken(pair: Pair) -> None:
    forger = sign_in(pair.host, Client(enforce_csrf_checks=True))
    forger.get("/settings")

    token = forger.cookies[settings.CSRF_COOKIE_NAME].value
    sent = {"csrfmiddlewaretoken": token}
    refused = forger.post("/settings/elsewhere", sent, headers={"origin": "https://evil.example"})
    taken = forger.post("/settings/elsewhere", sent)

    assert refused.status_code == 403
    assert taken.status_code == 302
