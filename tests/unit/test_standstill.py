"""A standstill lets nobody in, waits for whoever is in, and ends with whoever wanted it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client
from pytest_django import Settings

from nearer import standstill as place
from nearer.standstill import StillBusy, going_on, here, move_away, standstill


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CONFIG = replace(django_settings.CONFIG, data=tmp_path)
    monkeypatch.setattr(place, "PATIENCE_SECONDS", 0)


def may_go_on() -> bool:
    with going_on() as may:
        return may


def test_many_go_on_together_and_nobody_during_a_standstill() -> None:
    with going_on() as one, going_on() as other:
        assert (one, other) == (True, True)
    with standstill():
        assert not may_go_on()
        with pytest.raises(StillBusy), standstill():
            pass
    assert may_go_on()


def test_whoever_is_in_is_waited_for_but_for_oneself() -> None:
    with going_on(), going_on(), pytest.raises(StillBusy), standstill():
        pass
    with going_on(), standstill():  # such as a page that restores
        assert not may_go_on()
    assert may_go_on()


def test_a_copy_that_moved_goes_on_where_it_is_now_alone(settings: Settings) -> None:
    move_away(settings.CONFIG.data, here())
    assert not may_go_on()

    settings.CONFIG = replace(settings.CONFIG, database_url="postgres://there/words")
    assert may_go_on()


def test_a_folder_that_can_only_be_read_has_no_door(settings: Settings, tmp_path: Path) -> None:
    settings.CONFIG = replace(settings.CONFIG, data=tmp_path / "nowhere")
    assert may_go_on()


@pytest.mark.django_db
def test_whoever_comes_by_is_told_that_it_is_back_in_a_minute(client: Client) -> None:
    with standstill():
        page, alive = client.get("/help"), client.get("/healthz")

    assert (page.status_code, page["Retry-After"]) == (503, "60")
    assert "Back in a minute" in page.text
    assert alive.status_code == 200
    assert client.get("/help").status_code == 200
