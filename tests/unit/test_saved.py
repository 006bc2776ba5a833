"""What was set in the browser: read at the next start, and overruled by the environment."""

from __future__ import annotations

from pathlib import Path

import pytest

from nearer.config import Config, ConfigError
from nearer.saved import FILE, save, with_saved

URL, OTHER = "https://nearer.example.org", "https://elsewhere.example.org"


def test_what_was_saved_holds_where_the_environment_says_nothing(tmp_path: Path) -> None:
    save(
        tmp_path,
        {"NEARER_URL": URL, "NEARER_OPERATOR": "Robin Vale", "NEARER_MAIL_URL": "", "NEARER_BIND": "x"},
    )
    data = {"NEARER_DATA": str(tmp_path)}

    assert Config.from_env(with_saved(data | {"NEARER_URL": " "})).url == URL
    assert Config.from_env(with_saved(data | {"NEARER_URL": OTHER})).url == OTHER
    assert Config.from_env(with_saved(data)).operator == "Robin Vale"
    assert "NEARER_MAIL_URL" not in with_saved(data | {"NEARER_MAIL_URL_FILE": "/mail"})
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["{", "[]", "\xff"])
def test_a_damaged_file_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="latin-1")

    with pytest.raises(ConfigError, match="is damaged"):
        with_saved({"NEARER_DATA": str(tmp_path)})


def test_a_copy_without_one_is_as_the_environment_says(tmp_path: Path) -> None:
    assert with_saved({"NEARER_DATA": str(tmp_path)}) == {"NEARER_DATA": str(tmp_path)}
