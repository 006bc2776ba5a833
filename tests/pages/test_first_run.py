"""Setting a copy up in the browser: by whoever reads its log, once, and only where nobody has an account."""

from __future__ import annotations

import re
from base64 import b64encode
from html import escape
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from nearer import saved
from nearer.accounts import nobody_yet
from nearer.accounts.models import User
from nearer.bonds.models import Invitation
from nearer.firstrun import restarting
from nearer.library.models import Role
from nearer.testing.cast import make_person
from nearer.vault.age import new_pair
from nearer.vault.models import StoredKey
from tests.pages.keeping_backups import keeper
from tests.pages.reading import html, words

pytestmark = pytest.mark.django_db

STEPS = ("place", "restore", "kit", "kit/file", "people")
ACCOUNT = {"name": "Robin", "username": "robin", "passphrase": "kite meadow anchor flute", "kin": "friend"}
PLACE = {"url": "https://nearer.example.org", "operator": "Robin Vale", "mail_url": "", "mail_from": ""}


@pytest.fixture(name="starts")
def _starts(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count starts, and let none happen."""
    counted: list[str] = []
    monkeypatch.setattr(restarting, "begin_anew", lambda: counted.append("again"))
    return counted


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no code and no settings behind where other tests look."""
    monkeypatch.setattr(saved, "save", lambda _data, told: saved_to(tmp_path, told))
    monkeypatch.setattr(nobody_yet, "FILE", f"{tmp_path}/setup.code")


def saved_to(folder: Path, told: dict[str, str]) -> None:
    (folder / "told").write_text(repr(sorted(told.items())), encoding="utf-8")


@pytest.fixture(name="operator")
def _operator(client: Client) -> Client:
    """Somebody who has typed the code from the log, in their own way."""
    assert client.post("/setup", {"code": nobody_yet.code().lower().replace("-", " ")}).status_code == 302
    return client


def test_without_the_code_every_step_leads_back_to_it(client: Client) -> None:
    assert "The code from the log" in words(client.get("/setup"))
    assert client.post("/setup", {"code": "0000-0000-0000-0000"}).status_code == 422
    for step in STEPS:
        assert client.get(f"/setup/{step}")["Location"] == "/setup", step
        assert client.post(f"/setup/{step}", ACCOUNT).status_code in {302, 405}
    assert not User.objects.exists()


def test_a_fresh_copy_takes_sign_ups_without_it_and_then_it_is_gone(client: Client, operator: Client) -> None:
    assert "Set it up" in words(Client().get("/"))
    assert Client().get("/signup").status_code == 200

    make_person("Alice")

    assert "Set it up" not in words(Client().get("/"))
    for step in ("", *(f"/{each}" for each in STEPS if each != "restore")):
        assert operator.get(f"/setup{step}").status_code == 404, step


def test_a_copy_that_variables_set_up_has_no_such_page(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEARER_OPERATOR", "Robin Vale")

    assert client.get("/setup").status_code == 404
    assert "Set it up" not in words(client.get("/"))


def test_what_is_wrong_with_a_place_is_said_and_a_good_one_starts_it_anew(
    operator: Client, starts: list[str], tmp_path: Path
) -> None:
    wrong = operator.post("/setup/place", {**PLACE, "url": "nearer", "mail_url": "mail.example.org"})
    assert wrong.status_code == 422
    for said in (
        "This must look like https://nearer.example.org",
        "This must look like smtp+tls://",
        "notices come from",
    ):
        assert said in words(wrong)
    assert 'value="Robin Vale"' in html(wrong)
    assert starts == []

    good = operator.post("/setup/place", PLACE)

    assert 'url=https://nearer.example.org/setup/kit"' in html(good)
    assert starts == ["again"]
    assert "('NEARER_OPERATOR', 'Robin Vale')" in (tmp_path / "told").read_text(encoding="utf-8")


@pytest.mark.django_db(transaction=True)
def test_a_backup_comes_back_and_one_that_does_not_open_changes_nothing(
    starts: list[str], tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, alice = keeper(tmp_path, settings, monkeypatch), make_person("Alice")
    paths = dict(zip(("records", "keys"), kept.back_up(timezone.now()), strict=True))
    User.objects.all().delete()
    StoredKey.objects.all().delete()
    operator = Client()
    operator.post("/setup", {"code": nobody_yet.code()})

    def sends(secret: str) -> str:
        files = {name: SimpleUploadedFile(name, path.read_bytes()) for name, path in paths.items()}
        key = SimpleUploadedFile("key.txt", secret.encode())
        return words(operator.post("/setup/restore", {**files, "key": key}))

    assert "comes along with the backup" in words(operator.get("/setup/place?way=back"))
    now = {"url": settings.CONFIG.url, "operator": "", "mail_url": "", "mail_from": ""}
    assert operator.post("/setup/place", now)["Location"] == "/setup/restore", (
        "nothing to say, nothing to start anew"
    )
    assert "There is no key in this file." in sends("nothing")
    assert "This backup does not open" in sends(new_pair()[0])
    assert (starts, User.objects.exists()) == ([], False)

    assert "everybody logs in with their own passphrase" in sends(kept.secret)
    assert starts == ["again"]
    sent = {"username": alice.username, "passphrase": alice.passphrase}
    assert Client().post("/login", sent).status_code == 302
    assert operator.post("/setup/restore")["Location"] == "/login", "the second of two forms"
    monkeypatch.setattr(restarting, "is_wanted", lambda: True)
    assert "everybody logs in with their own passphrase" in words(operator.post("/setup/restore"))


def test_the_kit_comes_before_the_first_word(operator: Client) -> None:
    assert operator.post("/setup/people", ACCOUNT)["Location"] == "/setup/kit"

    kit = operator.get("/setup/kit/file")

    assert kit["Content-Disposition"] == 'attachment; filename="nearer-rescue-kit.txt"'
    for key in (django_settings.HOST_KEY, django_settings.NOTICES_KEY):
        assert b64encode(key).decode() in html(kit)
    assert "key store:" in html(kit)
    assert "password" not in html(kit)
    assert "You, and whom you invite" in words(operator.get("/setup/people"))


def test_the_first_account_looks_after_the_copy_and_its_invitation_is_there(operator: Client) -> None:
    operator.get("/setup/kit/file")

    made = operator.post("/setup/people", ACCOUNT, follow=True)

    assert "data-recovery-code" in html(made)
    user = User.objects.get()
    assert [role.kind for role in Role.objects.filter(account=user)] == [Role.Kind.OPERATOR]
    assert Invitation.objects.count() == 1
    assert operator.get("/setup/people").status_code == 404


def test_sent_twice_the_last_form_makes_one_account_and_one_invitation(operator: Client) -> None:
    operator.get("/setup/kit/file")
    once = re.search(r'name="once" value="([^"]+)"', operator.get("/setup/people").text)
    assert once
    sent = {**ACCOUNT, "once": once[1]}
    as_it_was = {name: cookie.value for name, cookie in operator.cookies.items()}
    assert operator.post("/setup/people", sent).status_code == 302

    stranger, other = (
        Client(),
        Client(),
    )  # one who was never here, and the same browser, whose first answer was lost
    for name, value in as_it_was.items():
        other.cookies[name] = value
    stranger.get("/login")
    for client, told in ((stranger, sent), (other, {**sent, "username": "sam"})):
        assert client.post("/setup/people", told).status_code == 404
    again = other.post("/setup/people", sent, follow=True)

    assert "data-recovery-code" in html(again)
    assert [user.username for user in User.objects.all()] == ["robin"]
    assert Role.objects.filter(kind=Role.Kind.OPERATOR).count() == 1
    assert Invitation.objects.count() == 1


def test_whoever_fills_it_in_as_the_second_is_told_and_keeps_what_they_typed(operator: Client) -> None:
    second = Client()
    second.post("/setup", {"code": nobody_yet.code()})
    operator.get("/setup/kit/file")
    operator.post("/setup/people", ACCOUNT)

    late = second.post("/setup/people", {**ACCOUNT, "username": "sam"})

    assert (late.status_code, "made the first account meanwhile" in words(late)) == (422, True)
    assert 'value="sam"' in html(late)
    assert User.objects.count() == 1


def test_a_name_that_was_taken_meanwhile_is_said(operator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    operator.get("/setup/kit/file")
    make_person("Robin")
    taken = User.objects.get().username
    monkeypatch.setattr(nobody_yet, "is_open", lambda: True)  # as it was when the page was asked for

    answer = operator.post("/setup/people", {**ACCOUNT, "username": taken})

    assert (answer.status_code, "cannot be used" in words(answer)) == (422, True)
    assert not Role.objects.exists()


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "{{7*7}} %(name)s", "'\"&amp;", "السلام عليكم"]
)
def test_whatever_is_typed_comes_back_as_it_was_typed(operator: Client, typed: str) -> None:
    operator.get("/setup/kit/file")
    refused = [
        operator.post("/setup/place", {**PLACE, "url": "nearer", "operator": typed}),
        operator.post("/setup/people", {**ACCOUNT, "passphrase": "short", "name": typed}),
    ]

    for answer in refused:
        assert answer.status_code == 422
        assert f'value="{escape(typed)}"' in html(answer)
