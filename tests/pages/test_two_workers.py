"""Two workers at once, one of them killed in the middle of sending: everybody is called once."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import time
from time import monotonic
from urllib.parse import quote

import pytest
from django.db import connection
from django.utils import timezone

from nearer.notices import causes, channels
from nearer.notices.channels import Sort
from nearer.notices.models import Cause, Job
from nearer.notices.rules import Wish
from nearer.testing.cast import Pair, Person
from tests.house.tree import ROOT
from tests.pages.calling import NOW
from tests.pages.push_service import Browser, PushService, push_service

PHONES = 6
ALWAYS = Wish(quiet_from=time(), quiet_until=time())


def worker() -> subprocess.Popen[bytes]:
    """Start one on this test's database."""
    said = connection.settings_dict
    url = f"postgres://{said['USER']}@{quote(said['HOST'], safe='')}/{said['NAME']}"
    environ = {**os.environ, "NEARER_DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "nearer.settings"}
    environ[NOW] = timezone.now().isoformat()
    return subprocess.Popen([sys.executable, "-m", "tests.pages.calling"], cwd=ROOT, env=environ)


@pytest.mark.django_db(transaction=True, databases=["default", "keys"])
def test_everybody_is_called_once_by_two_workers_of_which_one_is_killed(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("one process serves a copy with SQLite")
    with push_service(monkeypatch) as service:
        phones = [phone for person in (pair.host, pair.guest) for phone in called(person, service)]
        for person in (pair.host, pair.guest):
            for number in range(5):
                causes.comes(person.at(pair.bond).me, f"thing {number}", after=timezone.now())
        Cause.objects.update(due=timezone.now())
        service.holds = threading.Event()
        workers = [worker()]
        try:
            until(lambda: bool(service.bodies))
            end(workers.pop())
            service.holds.set()
            Job.objects.update(due=timezone.now())
            workers = [worker(), worker()]
            until(lambda: not (Job.objects.exists() or Cause.objects.exists()))
        finally:
            for each in workers:
                end(each)

    counts = Counter(service.paths)
    assert sorted(counts) == sorted(phone.endpoint.removeprefix(service.url) for phone in phones)
    assert sum(counts.values()) <= len(phones) + 1, (
        "what was under way as the first was killed goes out once more, and nothing else"
    )
    assert Counter(path for path, _topic in service.waiting) == dict.fromkeys(counts, 1), (
        "and takes its place"
    )


def end(each: subprocess.Popen[bytes]) -> None:
    """End one as a power cut would."""
    each.kill()
    each.wait()


def until(met: Callable[[], bool]) -> None:
    """Return once something is so; fail after half a minute."""
    ends = monotonic() + 30
    while not met():
        assert monotonic() < ends
        threading.Event().wait(0.02)


def called(person: Person, service: PushService) -> list[Browser]:
    """Let somebody be called on several phones."""
    phones = [service.browser(f"{person.name}-{number}") for number in range(PHONES)]
    for phone in phones:
        channels.add(person.user.pk, person.ring.profile, Sort.PUSH, phone.subscription, name="phone")
    causes.change(person.user.pk, wish=ALWAYS)
    return phones
