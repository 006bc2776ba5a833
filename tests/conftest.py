"""What all tests share: both databases, no network, steady examples, a clock of their own."""

from __future__ import annotations

import gc
import ipaddress
import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.template import Template
from django.utils import timezone
from hypothesis import settings

from nearer import clock as machine
from nearer import hostkey
from nearer.content import decks
from nearer.testing import clock
from nearer.testing.examples import examples
from tests.migrated import copied

HERE = Path(__file__).parent
ON_POSTGRES = os.environ.get("NEARER_TEST_DATABASE") == "postgres"
BROWSER = "browser/"
# What meets no database, only looks at pages, refuses words, counts in memory or how often is asked, hunts in what was
# read, or sends no statement that others do not send as well: it runs with SQLite, and not again. Of the browsers' tests
# one does: what the others do, the page tests do with PostgreSQL, too.
ONCE = (
    "unit/backups", "unit/test_standstill.py", "pages/test_backup_places.py", "pages/test_backups.py::test_fifty",
    "pages/test_backups.py::test_links", "pages/test_backups.py::test_without_room", "pages/test_backups.py::test_it_is_not",
    "pages/test_backups.py::test_what_does_not_belong", "pages/test_backups.py::test_whoever", "pages/test_backups.py::test_a_database",
    "doors", "drills/test_drills.py::test_the_drill_holds[halfway]", "unit/calendars", "unit/closeness",
    "unit/closer", "unit/content", "unit/demo", "unit/files", "unit/library", "unit/listening", "unit/live/test_gate.py",
    "unit/live/test_stream.py", "unit/needs", "unit/notices", "unit/onething", "unit/ourtime", "unit/parts", "unit/protocol", "unit/rhythm",
    "unit/server", "unit/statistics", "unit/study", "unit/support", "unit/testing", "unit/vault",
    "unit/test_calendar.py", "unit/test_clock.py", "unit/test_containers.py",
    "unit/test_config.py", "unit/test_disk.py", "unit/test_fields.py", "unit/test_links.py", "unit/test_names.py", "unit/test_ownfile.py", "unit/test_saved.py",
    "house/test_abuse_cases.py", "house/test_asvs.py", "house/test_clock.py", "house/test_docs.py",
    "house/test_helplines.py", "house/test_imports.py", "house/test_mission.py", "house/test_mutations.py",
    "house/test_no_third_party.py", "house/test_old_words.py", "house/test_partners.py",
    "house/test_passphrase_fields.py", "house/test_rules.py", "house/test_seventh_room.py", "house/test_sizes.py",
    "house/test_words.py", "processes",
    "pages/test_appreciations.py", "pages/test_bad_input.py", "pages/test_bad_invitations.py",
    "pages/test_bad_moves.py", "pages/test_checkup.py", "pages/test_closer.py", "pages/test_common_times.py",
    "pages/test_counts.py", "pages/test_discreet.py", "pages/test_drafts.py", "pages/test_ended.py",
    "pages/test_everything_in_the_copy.py", "pages/test_export.py", "pages/test_first_run.py", "pages/test_given_back.py",
    "pages/test_guessing.py", "pages/test_help.py", "pages/test_inks.py", "pages/test_installed.py", "pages/test_kept_copies.py",
    "pages/test_leaving.py", "pages/test_letter_pages.py", "pages/test_letters.py", "pages/test_looking.py",
    "pages/test_looking_back.py", "pages/test_mangled_links.py", "pages/test_needs.py",
    "pages/test_needs_taken_back.py", "pages/test_never_locked_out.py", "pages/test_notice_mail.py", "pages/test_no_cause_shows.py",
    "pages/test_on_its_way.py", "pages/test_onething.py", "pages/test_onething_offered.py",
    "pages/test_our_evenings.py", "pages/test_our_time.py", "pages/test_own_time.py", "pages/test_parked.py",
    "pages/test_parking.py", "pages/test_pulse.py", "pages/test_queries.py", "pages/test_quick_exit.py",
    "pages/test_reading_me.py", "pages/test_rehearsals.py", "pages/test_relying.py", "pages/test_rules.py",
    "pages/test_same_form.py", "pages/test_secrets_at_midnight.py", "pages/test_study.py::test_a_",
    "pages/test_study.py::test_nobody", "pages/test_study.py::test_one", "pages/test_suggestions.py",
    "pages/test_table.py", "pages/test_taken_names.py", "pages/test_taking_back.py", "pages/test_taking_up.py",
    "pages/test_thief.py", "pages/test_ticks.py", "pages/test_together.py", "pages/test_watching_letters.py",
    "pages/test_who_runs_it.py",
    "pages/test_going.py::test_the_other_cannot_tell", "pages/test_going.py::test_nor_when_its_day_comes",
    "pages/test_putting_away.py::test_it_is_out_of_sight",
)  # fmt: skip

# Each argument of these is another way to meet a database.
DIFFER = ("drills", "house/test_migrations.py", "pages/test_forged_rows.py")

# What walks through whole conversations, or tries very many things: `make quick` leaves it out.
LONG = (
    "doors", "pages/test_backups.py", "pages/test_backup_places.py", "house/test_partners.py", "house/test_rooms.py::test_the_room_keeps_the_laws",
    "house/test_seventh_room.py", "pages/test_bad_input.py", "pages/test_bad_moves.py",
    "pages/test_book.py::test_five_hundred", "pages/test_cards.py::test_what_waits",
    "pages/test_closeness.py::test_withdrawing", "pages/test_closer.py::test_own_answers_can_be_kept",
    "pages/test_closer.py::test_the_third_level", "pages/test_coming_back.py",
    "pages/test_common_times.py::test_nothing_the_other", "pages/test_copy_of_a_life.py", "pages/test_counts.py",
    "pages/test_everything_in_the_copy.py", "pages/test_export.py", "pages/test_first_question.py",
    "pages/test_forged_rows.py", "pages/test_going.py", "pages/test_guessing.py",
    "pages/test_keeping_letters.py::test_what_one", "pages/test_keys_in_any_order.py", "pages/test_letters.py",
    "pages/test_letting_in.py", "pages/test_looking.py", "pages/test_needs.py", "pages/test_never_locked_out.py",
    "pages/test_no_cause_shows.py", "pages/test_on_its_way.py", "pages/test_onething.py::test_every_cause",
    "pages/test_onething_letters.py::test_a_talk", "pages/test_onething_offered.py::test_seven_quiet",
    "pages/test_our_evenings.py::test_pages_cost", "pages/test_our_time.py::test_in_random_lives",
    "pages/test_putting_away.py::test_it_is_out_of_sight", "pages/test_queries.py", "pages/test_rehearsals.py",
    "pages/test_renewal.py", "pages/test_same_form.py",
    "pages/test_sittings.py::TestStarting::test_and_stays_theirs", "pages/test_table.py",
    "pages/test_taking_all_back.py", "pages/test_taking_back.py", "pages/test_taking_up.py",
    "pages/test_tellings.py::test_its_pages_cost", "pages/test_thief.py", "pages/test_together.py",
    "pages/test_walking_all_rows.py", "pages/test_watching_letters.py", "processes",
    "unit/listening/test_partner.py::test_nothing_it_says",
    "unit/onething/test_one_thing.py::test_nothing_can_be_solved",
    "unit/onething/test_one_thing.py::test_over_several", "unit/onething/test_one_thing.py::test_pages_tell_nothing",
)  # fmt: skip

# How the server renders; before a test environment adds what nobody here asks for.
PLAINLY = vars(Template)["_render"]

settings.register_profile(
    "nearer", max_examples=examples(100), derandomize=True, deadline=None, print_blob=True
)
settings.load_profile("nearer")


def pytest_configure() -> None:
    """Serve static files by their own names: nothing collects them before unit and page tests."""
    django_settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    hostkey.made_now.clear()  # the keys of a test run are new, and missed by nobody


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave unread what this run is not about: each worker reads all of what is left."""
    folder, about = f"{HERE}/{BROWSER}", config.option.markexpr
    path = f"{collection_path}/"
    browsers = path.startswith(folder)
    on_the_way = browsers or folder.startswith(path)
    unread = browsers if about.startswith("not browser") else about == "browser" and not on_the_way
    once = (
        ON_POSTGRES
        and collection_path.is_relative_to(HERE)
        and f"{collection_path.relative_to(HERE)}".startswith(ONCE)
    )
    return unread or once or None


def pytest_collection_finish() -> None:
    """Leave what is loaded by now out of every later look for garbage: it stays to the end."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give every test both databases, which are never used apart, and put the browsers' tests last.

    Once Playwright has started in a process, an event loop runs there, in which neither Django's
    queries nor `asyncio.run` may be used.
    """
    for item in items:
        mark = item.get_closest_marker("django_db")
        if mark and "databases" not in mark.kwargs:
            item.add_marker(pytest.mark.django_db(**mark.kwargs, databases="__all__"), append=False)
        if _where(item).startswith(BROWSER):
            item.add_marker(pytest.mark.browser)
        if _where(item).startswith(LONG):
            item.add_marker(pytest.mark.slow)
    items.sort(key=lambda item: _where(item).startswith(BROWSER))
    if ON_POSTGRES:
        again = _one_of_each([item for item in items if _meets_the_database(item)])
        config.hook.pytest_deselected(items=[item for item in items if item not in again])
        items[:] = again


def _where(item: pytest.Item) -> str:
    return item.nodeid.removeprefix("tests/")


def _meets_the_database(item: pytest.Item) -> bool:
    where = _where(item)
    law = where.startswith("house/test_rooms.py") and not item.get_closest_marker("django_db")
    if where.startswith(BROWSER):
        return where.startswith("browser/test_the_floor.py::test_two_people_play_the_floor_from")
    return not (law or where.startswith(ONCE))


def _one_of_each(items: list[pytest.Item]) -> list[pytest.Item]:
    """Return one item of each test: what it is asked with beside makes no difference to a database, but for a few."""
    named = (
        (where if where.startswith(DIFFER) else where.partition("[")[0], item)
        for item in reversed(items)
        for where in [_where(item)]
    )
    return list(dict(named).values())[::-1]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Begin with databases that were migrated before, where there are any."""
    with copied():
        yield


@pytest.fixture(autouse=True, scope="session")
def _plain_templates(django_test_environment: None) -> None:
    """Render pages as the server does: no test asks which templates they were made of."""
    pytest.MonkeyPatch().setattr(Template, "_render", PLAINLY)


@pytest.fixture(autouse=True)
def _clock(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every test begin at a moment it knows: the one it is marked with, else noon of a day like any other.

    From there time goes on. The browser's tests have their copies' clocks, see `tests/browser/conftest.py`.
    """
    mark = request.node.get_closest_marker("begins")
    shift = clock.begins(*mark.args if mark else ()) - datetime.now(UTC)
    monkeypatch.setattr(timezone, "now", lambda: datetime.now(UTC) + shift)
    # What a command has started in this process ends with the test.
    monkeypatch.setattr(machine._clock, "folder", None)


@pytest.fixture(autouse=True)
def _no_packs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a test without a database know only the decks that come along; elsewhere what was loaded is looked up anew."""
    if not (
        {"db", "transactional_db"} & set(request.fixturenames) or request.node.get_closest_marker("django_db")
    ):
        monkeypatch.setattr(decks, "_from_packs", dict)
    monkeypatch.setattr(decks, "_added", None)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse connections that would leave this machine."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and not _is_here(address[0]):
            pytest.fail(f"a test reached for {address[0]}")
        real(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
