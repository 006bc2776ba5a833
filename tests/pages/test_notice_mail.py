"""Notices by mail: confirmed with a code, the same bytes for every cause, one way out of them in each."""

from __future__ import annotations

import email
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.message import Message
from threading import Condition
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from nearer.home import notices_views
from nearer.home.notices_forms import MailForm, PushForm
from nearer.notices import causes, channels, turn, wishes
from nearer.notices.channels import Sort
from nearer.notices.models import Cause, Channel, Job
from nearer.notices.queue import Later
from nearer.notices.rules import Told
from nearer.notices.sending import services
from nearer.notices.sending.words import Gone
from nearer.plans import lines
from nearer.testing.cast import Pair, Person
from nearer.testing.server import free_port
from tests.pages.push_service import push_service

pytestmark = pytest.mark.django_db

ADDRESS = "someone@example.org"


@dataclass
class Post:
    """A mail server of our own."""

    mails: list[Message] = field(default_factory=list)
    refuses: str = ""
    arrived: Condition = field(default_factory=Condition)

    def number(self, number: int) -> str:
        """Return what a mail says, once it is there."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.mails) >= number, timeout=10), "no mail came"
            return words(self.mails[number - 1])

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd calls it
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.refuses:
            return self.refuses
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - as aiosmtpd calls it
        self, _server: Any, _session: Any, envelope: Any
    ) -> str:
        with self.arrived:
            self.mails.append(email.message_from_bytes(envelope.content))
            self.arrived.notify_all()
        return "250 OK"


@pytest.fixture
def post(settings: Settings) -> Iterator[Post]:
    """A mail server, which this copy sends by."""
    handler = Post()
    server = Controller(handler, hostname="127.0.0.1", port=free_port())
    server.start()
    config = replace(
        settings.CONFIG, mail_url=f"smtp://127.0.0.1:{server.port}", mail_from="nearer@example.org"
    )
    settings.CONFIG, settings.MAILERS = config, config.mailers
    yield handler
    server.stop()


def sure(monkeypatch: pytest.MonkeyPatch, person: Person) -> None:
    """Let somebody have shown that it is them."""
    monkeypatch.setattr(notices_views, "is_sure", lambda _request: True)
    open_drawer(person)


def open_drawer(person: Person) -> None:
    """Let somebody's private drawer be open."""
    session: Any = person.client.session
    session.drawer = person.drawer
    session.save()


def words(mail: Message) -> str:
    return mail.get_payload(decode=True).decode().replace("\r\n", "\n")  # type: ignore[union-attr]


def test_an_address_is_confirmed_by_a_code_and_its_owner_is_then_called_there(
    pair: Pair, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = pair.guest
    asked = bob.client.post("/settings/notices/mail", {"address": ADDRESS})
    assert asked.status_code == 403, "whoever adds an address shows that it is them"
    sure(monkeypatch, bob)
    wrong = bob.client.post("/settings/notices/mail", {"address": "<b>bob"})
    assert wrong.status_code == 422
    assert "&lt;b&gt;bob" in wrong.content.decode(), "what was typed is kept"
    sent = bob.client.post("/settings/notices/mail", {"address": ADDRESS}, follow=True)
    assert ADDRESS in sent.content.decode()
    turn.turn(timezone.now())
    [mail] = post.mails
    assert (mail["To"], mail["Subject"]) == (ADDRESS, "Nearer: a code")
    [code] = re.findall(r"^\d{6}$", words(mail), re.MULTILINE)
    wrong = bob.client.post("/settings/notices/code", {"code": "<b>1"})
    assert wrong.status_code == 422
    assert "&lt;b&gt;1" in wrong.content.decode()
    assert not Channel.objects.exists()
    bob.client.post("/settings/notices/code", {"code": f"{code[:3]} {code[3:]}"})
    assert ADDRESS in bob.client.get("/settings/notices").content.decode()
    assert ADDRESS.encode() not in bytes(Channel.objects.get().sealed)
    assert ADDRESS not in pair.host.client.get("/settings/notices").content.decode()

    for cue in ("the kitchen is tidy", "it rains on a long and quiet evening"):
        lines.propose(pair.host.at(pair.bond), cue=cue, act="sit down", at=timezone.now())
        turn.turn(Cause.objects.latest("due").due)
        causes.change(bob.user.pk, told=Told())
    first, second = post.mails[1:]
    assert words(first) == words(second)
    assert first["Subject"] == second["Subject"] == "Nearer: something is waiting."
    assert words(first).startswith("Nearer: something is waiting.\n\nhttp://127.0.0.1:8000/\n\n")
    [link] = re.findall(r"/mute/\S+", words(first))
    assert first["List-Unsubscribe"].strip() == f"<http://127.0.0.1:8000{link}>"
    assert not re.search("Alice|Bob|kitchen", first.as_string())


def test_a_code_holds_for_five_tries_and_half_an_hour(
    pair: Pair, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = pair.guest
    sure(monkeypatch, bob)
    bob.client.post("/settings/notices/mail", {"address": ADDRESS})
    for _ in range(notices_views.TRIES):
        assert bob.client.post("/settings/notices/code", {"code": "x"}).status_code == 422
    assert "over" in bob.client.post("/settings/notices/code", {"code": "x"}).content.decode()
    assert bob.client.get("/settings/notices/code").status_code == 302
    for _ in range(4):
        assert bob.client.post("/settings/notices/mail", {"address": ADDRESS}).status_code == 302
    assert bob.client.post("/settings/notices/mail", {"address": ADDRESS}).status_code == 429
    assert not Channel.objects.exists()


@pytest.mark.parametrize(
    ("said", "stays"), [("550 no such person", False), ("451 later", True)], ids=["for good", "for now"]
)
def test_an_address_that_is_gone_is_forgotten(pair: Pair, post: Post, *, said: str, stays: bool) -> None:
    bob = pair.guest
    channels.add(bob.user.pk, bob.ring.profile, Sort.MAIL, {"address": ADDRESS}, name=ADDRESS)
    causes.comes(bob.at(pair.bond).me, "something", after=timezone.now())
    post.refuses = said
    turn.turn(Cause.objects.get().due)

    assert Channel.objects.exists() is stays
    assert Job.objects.exists() is stays


@pytest.mark.parametrize("typed", ["a@b.org\nBcc: c@d.org", "a@b.org, c@d.org", "a", "a@b.org\r\n\r\nHello"])
def test_an_address_is_one_address_and_no_header(typed: str) -> None:
    assert not MailForm({"address": typed}).is_valid()


def test_a_browser_is_added_by_what_it_hands_over_and_by_nothing_else(pair: Pair) -> None:
    point = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
    good = {"endpoint": "https://push.example.net/a", "key": point, "auth": "BTBZMqHH6r4Tts7J_aSIgg"}
    bob = pair.guest
    assert bob.client.post("/settings/notices/push", good).status_code == 403
    open_drawer(bob)
    for _ in range(2):
        assert (
            bob.client.post("/settings/notices/push", good, HTTP_USER_AGENT="Firefox/140 Android").status_code
            == 302
        )
    [shown] = channels.channels_of(bob.user.pk, bob.ring.profile)
    assert shown.name == "Firefox on Android"

    for wrong in (
        {"endpoint": "http://push.example.net/a"},
        {"endpoint": "https://a@b/"},
        {"key": "AAAA"},
        {"auth": "AAAA"},
    ):
        assert not PushForm({**good, **wrong}).is_valid()
    saved = {"at": "20:30", "quiet_from": "22:00", "quiet_until": "07:00", "on_time": "on"}
    assert bob.client.post("/settings/notices", {**saved, "at": "23:00"}).status_code == 422
    assert bob.client.post("/settings/notices", saved).status_code == 302
    chosen = wishes.chosen_by(bob.user.pk)
    assert chosen is not None
    assert (chosen.wish.at.isoformat(), chosen.wish.on_time) == ("20:30:00", True)
    bob.client.post("/settings/notices/quiet", {"do": "mute"})
    assert "Notices are muted" in bob.client.get("/settings/notices").content.decode()
    bob.client.post("/settings/notices/remove", {"channel": str(shown.ref)})
    assert wishes.chosen_by(bob.user.pk) is None, "with the last place notices are off"


def test_whoever_looks_after_the_copy_is_sent_one_at_once_and_sees_what_became_of_it(
    pair: Pair, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    alice, bob = pair.host, pair.guest
    call_command("role", "give", alice.username, "operator")
    open_drawer(alice)
    open_drawer(bob)

    def tried() -> str:
        return alice.client.post("/operator/notice").content.decode()

    assert "You are called nowhere yet" in tried()
    with push_service(monkeypatch) as service:
        for name in ("phone", "lost"):
            where = service.browser(name).subscription
            channels.add(alice.user.pk, alice.ring.profile, Sort.PUSH, where, name=f"my {name}")
        for one, address in ((alice, ADDRESS), (bob, "bob@example.org")):
            channels.add(one.user.pk, one.ring.profile, Sort.MAIL, {"address": address}, name=address)
        service.answers = [201, 410]
        page = tried()
        service.answers, post.refuses = [500], "451 later"
        again = tried()

    assert [mail["To"] for mail in post.mails] == [ADDRESS], "and nobody else is called"
    assert words(post.mails[0]).startswith("Nearer: something is waiting.")
    assert (page.count("It was taken, and"), page.count("no such place")) == (2, 1)
    assert ("the mail server did not take it" in again.lower(), "could not be reached" in again) == (
        True,
        True,
    )
    assert "no such place" not in again
    assert bob.client.post("/operator/notice").status_code == 404


def test_it_is_asked_once_after_the_first_plan_and_never_again(pair: Pair) -> None:
    bob, at = pair.guest, timezone.now()
    assert b"data-asks-notices" not in bob.client.get("/").content
    lines.propose(pair.host.at(pair.bond), cue="it rains", act="sit down", at=at - timedelta(days=2))
    lines.confirm(
        bob.at(pair.bond), lines.lines_of(bob.at(pair.bond)).lines[0].ref, at=at - timedelta(days=2)
    )
    assert b"data-asks-notices" in bob.client.get("/").content
    bob.client.post("/settings/notices/decline")
    assert b"data-asks-notices" not in bob.client.get("/").content
    assert b"data-asks-notices" in pair.host.client.get("/").content, "each for themselves"


def test_another_service_gets_the_one_sentence_and_nothing_else(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CONFIG = replace(settings.CONFIG, services=("ntfy://127.0.0.1",))
    with push_service(monkeypatch) as service:
        where = {"address": f"ntfy://{service.url.removeprefix('http://')}/topic"}
        service.answers = [200, 500]
        services.send(where, "mark")
        with pytest.raises(Later):
            services.send(where, "mark")
    assert json.loads(service.bodies[0]) == {"topic": "topic", "message": "Nearer: something is waiting."}
    assert not any("://" in value for value in service.headers[0].values()), (
        "nor a picture that lies with others"
    )
    settings.CONFIG = replace(settings.CONFIG, services=())
    with pytest.raises(Gone):
        services.send(where, "mark")


def test_another_service_is_one_that_the_operator_allows(pair: Pair, settings: Settings) -> None:
    assert not services.is_allowed("ntfys://push.example.org/topic"), "none, unless the operator says so"
    settings.CONFIG = replace(settings.CONFIG, services=("ntfys://push.example.org", "tgram"))
    open_drawer(pair.guest)
    refused = pair.guest.client.post("/settings/notices/service", {"address": "<b>1"})
    assert refused.status_code == 422
    assert "&lt;b&gt;1" in refused.content.decode(), "what was typed is kept"
    assert services.is_allowed("ntfys://push.example.org/topic")
    assert services.is_allowed("tgram://123456789:AAabcdefghijklmnopqrstuvwxyz012345/12345678")
    for wrong in (
        "ntfys://push.example.org.evil.example/topic", "ntfys://push.example.org@evil.example/topic", "ntfy://push.example.org/t",
        "ntfys://evil.example/push.example.org", "json://127.0.0.1/", "ntfys://push.example.org/t?avatar=http://127.0.0.1/",
        "ntfys://evil.example#push.example.org", "file:///etc/passwd", "",
    ):  # fmt: skip
        assert not services.is_allowed(wrong), wrong
