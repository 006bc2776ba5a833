"""What the owner of a copy may set: right values are read, wrong ones stop the start with a way out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nearer.config import Config, ConfigError

SECRETS = {
    "NEARER_DATABASE_URL": ("database_url", "postgres://nearer@db/records"),
    "NEARER_KEYS_DATABASE_URL": ("keys_database_url", "postgresql://nearer@db/keys"),
    "NEARER_VALKEY_URL": ("valkey_url", "valkey://cache:6379"),
    "NEARER_METRICS_TOKEN": ("metrics_token", "0123456789abcdef0123456789abcdef"),
}

RIGHT = [
    ("NEARER_BIND", "0.0.0.0:80", "bind", "0.0.0.0:80"),
    ("NEARER_BIND", "[::1]:8000", "bind", "[::1]:8000"),
    ("NEARER_BIND", "127.0.0.1:65535", "bind", "127.0.0.1:65535"),
    ("NEARER_URL", "https://nearer.example.org", "url", "https://nearer.example.org"),
    ("NEARER_URL", "https://nearer.example.org/", "url", "https://nearer.example.org"),
    ("NEARER_URL", "http://192.0.2.1:8000", "url", "http://192.0.2.1:8000"),
    ("NEARER_URL", "https://home.example.org:8443", "url", "https://home.example.org:8443"),
    ("NEARER_DATABASE_URL", "sqlite:////srv/a.sqlite3", "database_url", "sqlite:////srv/a.sqlite3"),
    ("NEARER_DATABASE_URL", "postgres://n:p@db/n", "database_url", "postgres://n:p@db/n"),
    ("NEARER_KEYS_DATABASE_URL", "postgresql://n:p@db/k", "keys_database_url", "postgresql://n:p@db/k"),
    ("NEARER_VALKEY_URL", "valkeys://cache:6379", "valkey_url", "valkeys://cache:6379"),
    ("NEARER_VALKEY_URL", "unix:///run/valkey", "valkey_url", "unix:///run/valkey"),
    ("NEARER_OPERATOR", "The Harbour Practice", "operator", "The Harbour Practice"),
    ("NEARER_PROXY", "172.18.0.0/16, ::1", "proxies", ("172.18.0.0/16", "::1/128")),
    ("NEARER_HSTS", "subdomains", "hsts", "subdomains"),
    ("NEARER_HSTS", "", "hsts", "host"),
    ("NEARER_EXIT_URL", "https://weather.example/today?c=1", "exit_url", "https://weather.example/today?c=1"),
]

WRONG = [
    ("NEARER_HSTS", "yes", "host, subdomains or preload"),
    ("NEARER_BIND", "8000", "127.0.0.1:8000"),
    ("NEARER_BIND", "127.0.0.1", "127.0.0.1:8000"),
    ("NEARER_BIND", ":8000", "127.0.0.1:8000"),
    ("NEARER_BIND", "127.0.0.1:0", "127.0.0.1:8000"),
    ("NEARER_BIND", "127.0.0.1:65536", "127.0.0.1:8000"),
    ("NEARER_BIND", "127.0.0.1:http", "127.0.0.1:8000"),
    ("NEARER_BIND", "127.0.0.1:٨٠", "127.0.0.1:8000"),
    ("NEARER_URL", "nearer.example.org", "https://nearer.example.org"),
    ("NEARER_URL", "ftp://nearer.example.org", "https://nearer.example.org"),
    ("NEARER_URL", "https://", "https://nearer.example.org"),
    ("NEARER_URL", "https://nearer.example.org/app", "does not run below a path"),
    ("NEARER_LOG", "xml", "plain or json"),
    ("NEARER_METRICS_TOKEN", "short", "32 letters or more"),
    ("NEARER_URL", "https://nearer.example.org?x=1", "https://nearer.example.org"),
    ("NEARER_URL", "https://nearer.example.org#here", "https://nearer.example.org"),
    ("NEARER_URL", "https://me:secret@nearer.example.org", "https://nearer.example.org"),
    ("NEARER_URL", "https://nearer.example.org:99999", "https://nearer.example.org"),
    ("NEARER_URL", "https://[::1", "https://nearer.example.org"),
    ("NEARER_DATABASE_URL", "mysql://n@db/n", "postgres://"),
    ("NEARER_DATABASE_URL", "/srv/nearer.sqlite3", "postgres://"),
    ("NEARER_DATABASE_URL", "postgres://", "postgres://"),
    ("NEARER_KEYS_DATABASE_URL", "keys", "sqlite:///"),
    ("NEARER_VALKEY_URL", "cache:6379", "valkey://"),
    ("NEARER_VALKEY_URL", "http://cache:6379", "valkey://"),
    ("NEARER_PROXY", "*", "127.0.0.1"),
    ("NEARER_PROXY", "caddy", "127.0.0.1"),
    ("NEARER_EXIT_URL", "http://weather.example/", "https://www.wikipedia.org/"),
    ("NEARER_EXIT_URL", "//weather.example/", "https://www.wikipedia.org/"),
    ("NEARER_EXIT_URL", "javascript:alert(1)", "https://www.wikipedia.org/"),
    ("NEARER_EXIT_URL", "https://me:secret@weather.example/", "https://www.wikipedia.org/"),
    ("NEARER_EXIT_URL", "https://weather.example/#top", "https://www.wikipedia.org/"),
    ("NEARER_EXIT_URL", "https://weather.example/a b", "https://www.wikipedia.org/"),
    ("NEARER_EXIT_URL", 'https://weather.example/";x', "https://www.wikipedia.org/"),
    ("NEARER_EXIT_URL", "https://[::1", "https://www.wikipedia.org/"),
    ("NEARER_EXIT_URL", "https://127.0.0.1/", "another site"),
]


def test_an_empty_environment_runs_on_this_machine_alone() -> None:
    config = Config.from_env({})

    assert config.data == Path("data").resolve()
    assert config.bind == "127.0.0.1:8000"
    assert config.url == "http://127.0.0.1:8000"
    assert config.host == "127.0.0.1"
    assert not config.is_https
    assert config.database_url == f"sqlite:///{config.data}/nearer.sqlite3"
    assert config.keys_database_url == f"sqlite:///{config.data}/keys.sqlite3"
    assert config.valkey_url == config.operator == ""


@pytest.mark.parametrize(("name", "value", "field", "meant"), RIGHT)
def test_a_right_value_is_read(name: str, value: str, field: str, meant: str) -> None:
    assert getattr(Config.from_env({name: f"  {value} "}), field) == meant


@pytest.mark.parametrize(("name", "value", "instead"), WRONG)
def test_a_wrong_value_is_refused_with_what_to_write(name: str, value: str, instead: str) -> None:
    with pytest.raises(ConfigError) as problem:
        Config.from_env({name: value})

    said = str(problem.value)
    assert name in said
    assert instead in said
    assert said.endswith(".")
    assert "\n" not in said


def test_an_empty_value_means_the_default() -> None:
    names = ["NEARER_DATA", "NEARER_BIND", "NEARER_URL", "NEARER_OPERATOR", *SECRETS]

    assert Config.from_env(dict.fromkeys(names, "  ")) == Config.from_env({})


def test_the_address_follows_the_bind() -> None:
    assert Config.from_env({"NEARER_BIND": "127.0.0.1:8010"}).url == "http://127.0.0.1:8010"


def test_the_data_folder_may_be_the_persons_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))

    assert Config.from_env({"NEARER_DATA": "~/nearer"}).data == tmp_path / "nearer"


def test_a_public_address_over_tls_is_told_from_a_local_one() -> None:
    config = Config.from_env({"NEARER_URL": "https://nearer.example.org:8443"})

    assert config.is_https
    assert config.host == "nearer.example.org"


def test_the_key_store_is_never_in_the_same_database() -> None:
    with pytest.raises(ConfigError, match="NEARER_KEYS_DATABASE_URL must name another database"):
        Config.from_env({name: "postgres://n@db/all" for name in SECRETS if "DATABASE" in name})


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_may_stand_in_a_file(name: str, tmp_path: Path) -> None:
    field, value = SECRETS[name]
    file = tmp_path / "secret"
    file.write_text(f"{value}\n", encoding="utf-8")

    assert getattr(Config.from_env({f"{name}_FILE": str(file)}), field) == value


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_is_set_one_way_only(name: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text(SECRETS[name][1], encoding="utf-8")

    with pytest.raises(ConfigError, match=f"Set {name} or {name}_FILE, not both"):
        Config.from_env({name: SECRETS[name][1], f"{name}_FILE": str(file)})


@pytest.mark.parametrize("name", SECRETS)
def test_a_secret_file_that_cannot_be_read_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=f"{name}_FILE must name a file that can be read"):
        Config.from_env({f"{name}_FILE": str(tmp_path / "missing")})

    garbled = tmp_path / "garbled"
    garbled.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ConfigError, match=f"{name}_FILE must name a file that can be read"):
        Config.from_env({f"{name}_FILE": str(garbled)})


@pytest.mark.parametrize("name", SECRETS)
def test_a_wrong_secret_is_not_repeated_in_the_message(name: str, tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("hunter2", encoding="utf-8")

    with pytest.raises(ConfigError) as problem:
        Config.from_env({f"{name}_FILE": str(file)})

    assert "hunter2" not in str(problem.value)


def test_secrets_do_not_show_when_the_settings_are_printed() -> None:
    config = Config.from_env(
        {name: value.replace("//", "//n:hunter2@") for name, (_, value) in SECRETS.items()}
    )

    assert "hunter2" not in repr(config)


def test_a_wrong_value_stops_the_start_with_one_sentence(tmp_path: Path) -> None:
    environ = {**os.environ, "NEARER_DATA": str(tmp_path), "NEARER_BIND": "everywhere"}

    ran = subprocess.run(
        [sys.executable, "-m", "nearer", "check"], env=environ, capture_output=True, text=True, check=False
    )

    assert ran.returncode == 1
    assert ran.stderr.strip() == "Nearer cannot start: NEARER_BIND must look like 127.0.0.1:8000."
