"""What others may glimpse: titles, home screens, calendars and pages for strangers give nothing away."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from nearer.accounts.profile import SIGNS
from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, Person, make_invitation
from tests.pages.reading import html

pytestmark = [pytest.mark.django_db, pytest.mark.rule("R10")]

TITLE = re.compile(r"<title>([^<]*)</title>")
# What a title may never say: a count, a person, or what a page is about when that is nobody's business.
TELLING = re.compile(
    r"\d|\(|abuse|safe|violence|conflict|quarrel|fight|unread|message|waiting", re.IGNORECASE
)
STRANGERS = ("/", "/help", "/signup", "/login", "/recover", "/j/", "/practise/listening/partner", "/nothing")


def own_paths(pair: Pair, floor: Sitting) -> list[str]:
    bond = pair.bond.pk
    return [
        "/", "/us", "/practise", "/practise/listening", "/pulse", "/settings", "/settings/suggestions",
        "/settings/home-screen", "/settings/passphrase", "/settings/recovery", "/invite", f"/b/{bond}/space",
        f"/b/{bond}/plans", f"/s/{floor.pk}",
    ]  # fmt: skip


def title_of(client: Client, path: str) -> str:
    found = TITLE.search(client.get(path).content.decode())
    assert found, path
    return found[1]


def test_titles_say_where_one_is_and_nothing_more(pair: Pair, floor: Sitting) -> None:
    seen = {path: title_of(pair.host.client, path) for path in own_paths(pair, floor)}
    seen |= {path: title_of(Client(), path) for path in STRANGERS if path != "/"}

    for path, title in seen.items():
        assert not TELLING.search(title), (path, title)
        assert pair.host.name not in title
        assert pair.guest.name not in title
    assert seen[f"/s/{floor.pk}"] == "Practise · Nearer"


def test_one_of_three_dull_names_takes_the_place_of_ours(pair: Pair, floor: Sitting) -> None:
    dull = [sign for sign in SIGNS if sign != "nearer"]
    assert len(dull) == 3
    for sign in dull:
        pair.host.client.post("/settings/home-screen", {"sign": sign})
        for path in own_paths(pair, floor):
            page = pair.host.client.get(path).content.decode().partition("<body")[0]
            assert f"<title>{SIGNS[sign]}</title>" in page, path
            assert f'rel="manifest" href="/static/web/signs/{sign}.json"' in page
            assert f'rel="apple-touch-icon" href="/static/web/signs/{sign}-180.png"' in page
            assert "/signs/nearer" not in page
    # It is theirs alone: the other's pages keep their own.
    assert title_of(pair.guest.client, "/us") == "Us · Nearer"
    assert pair.host.client.post("/settings/home-screen", {"sign": "bomb"}).status_code == 422


def test_every_name_has_a_manifest_and_pictures_of_its_own() -> None:
    for sign, name in SIGNS.items():
        found = finders.find(f"web/signs/{sign}.json")
        assert isinstance(found, str)
        manifest = json.loads(Path(found).read_text(encoding="utf-8"))
        assert (manifest["name"], manifest["short_name"]) == (name, name)
        assert manifest["start_url"] == manifest["id"] == "/"
        assert {icon.get("purpose", "any") for icon in manifest["icons"]} == {"any", "maskable"}
        for icon in manifest["icons"]:
            assert icon["src"].startswith(sign)
            assert finders.find(f"web/signs/{icon['src']}"), icon
        assert finders.find(f"web/signs/{sign}-180.png")
        assert "Nearer" not in Path(found).read_text(encoding="utf-8") or sign == "nearer"


def test_a_page_that_is_nobodys_own_offers_no_name_for_a_home_screen(pair: Pair) -> None:
    # An installed copy would take it up, and be called by our name again.
    for path in STRANGERS:
        assert 'rel="manifest"' not in Client().get(path).content.decode()
    assert 'rel="manifest"' not in pair.host.client.get("/help").content.decode()


def test_no_name_is_on_a_page_for_strangers_even_on_a_known_device(pair: Pair) -> None:
    browser = pair.host.client
    browser.post("/login", {"username": pair.host.username, "passphrase": pair.host.passphrase})
    browser.post("/logout")

    for path in STRANGERS:
        page = html(browser.get(path))
        for person in (pair.host, pair.guest):
            assert person.name not in page, path
            assert person.username not in page, path
    assert settings.DEVICE_COOKIE_NAME


def test_an_invitation_names_its_sender_only_to_who_holds_the_secret(alice: Person) -> None:
    make_invitation(alice)

    assert alice.name not in html(Client().get("/j/"))


def test_nothing_asks_to_send_notifications() -> None:
    scripts = Path(str(finders.find("web/js/page.js"))).parent

    for script in scripts.glob("*.js"):
        text = script.read_text(encoding="utf-8")
        assert not re.search(r"Notification|PushManager|setAppBadge", text), script.name
