"""What the owner of a copy may set, read once from the environment, strictly."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote, urlsplit

LOCAL_HOSTS = ("localhost", "127.0.0.1", "[::1]")
LOCAL_PROXIES = ("127.0.0.1", "::1")
PORTS = 65536
MAIL_SCHEMES = {"smtp": {}, "smtp+tls": {"use_tls": True}, "smtps": {"use_ssl": True}}
MAIL_SECONDS = 10
TOKEN_LETTERS = 32
RECIPIENT = re.compile(r"age1[0-9a-z]{58}")
DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")


class ConfigError(Exception):
    """A setting is wrong. The message says which, and what to write instead."""


@dataclass(frozen=True, kw_only=True)
class Config:
    """The settings of one running copy.

    Attributes:
        data: the folder for databases, host key and nothing else.
        bind: "host:port" to listen on.
        url: the public address without a trailing slash.
        database_url: where sealed records live.
        keys_database_url: where the key store lives, always apart from the records.
        valkey_url: carries live notices between processes; empty for one process.
        operator: who runs this copy, as people should read it.
        proxies: whose word on a client's address counts: addresses or networks of the proxy in front.
        exit_url: the neutral page that quick exit leads to.
        library_is_public: whether people without an account may read the library.
        hsts: what browsers are told never to reach without TLS again: this "host", its "subdomains" too, or those and a
            place on the list that browsers are shipped with ("preload").
        mail_url: the mail server that notices are sent by, or the path of another of Django's backends; empty for none.
        mail_from: the address they come from.
        backup_to: where backups go: a folder, or "|" and a command that takes one on its standard input; empty for a
            folder in the data folder.
        backup_keys_to: the same for backups of the key store, which live for seven days.
        backup_recipient: to whom they are sealed (age1…); empty for the one that `nearer backup --new-key` noted.
        services: which other services notices may go to, as "tgram" or "ntfys://push.example.org".
        log: how the program writes what happens: "plain" lines, or one "json" object a line.
        metrics_token: whoever shows it may read counts and timings; empty for nobody.
    """

    data: Path
    bind: str
    url: str
    database_url: str = field(repr=False)
    keys_database_url: str = field(repr=False)
    valkey_url: str = field(repr=False)
    operator: str
    proxies: tuple[str, ...]
    exit_url: str
    library_is_public: bool
    hsts: str
    mail_url: str = field(repr=False, default="")
    mail_from: str = ""
    services: tuple[str, ...] = ()
    log: str = "plain"
    metrics_token: str = field(repr=False, default="")
    backup_to: str = field(repr=False, default="")
    backup_keys_to: str = field(repr=False, default="")
    backup_recipient: str = ""

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> Self:
        """Read the settings.

        Args:
            environ: variable names to values, as in `os.environ`.

        Returns:
            The checked settings.

        Raises:
            ConfigError: a value is wrong; the message says what to write instead.
        """
        data = data_folder(environ)
        bind = _bind(_value(environ, "NEARER_BIND", "127.0.0.1:8000"))
        config = cls(
            data=data,
            bind=bind,
            url=_url(_value(environ, "NEARER_URL", f"http://{bind}")),
            database_url=_database(environ, "NEARER_DATABASE_URL", f"sqlite:///{data}/nearer.sqlite3"),
            keys_database_url=_database(
                environ, "NEARER_KEYS_DATABASE_URL", f"sqlite:///{data}/keys.sqlite3"
            ),
            valkey_url=_valkey(_secret(environ, "NEARER_VALKEY_URL", "")),
            operator=_value(environ, "NEARER_OPERATOR", ""),
            proxies=_proxies(_value(environ, "NEARER_PROXY", ",".join(LOCAL_PROXIES))),
            exit_url=_exit(_value(environ, "NEARER_EXIT_URL", "https://www.wikipedia.org/")),
            library_is_public=_one_of(environ, "NEARER_LIBRARY", ("public", "members")) == "public",
            hsts=_one_of(environ, "NEARER_HSTS", ("host", "subdomains", "preload")),
            mail_url=_mail(_secret(environ, "NEARER_MAIL_URL", "")),
            mail_from=_mail_from(_value(environ, "NEARER_MAIL_FROM", "")),
            services=_services(_value(environ, "NEARER_SERVICES", "")),
            log=_one_of(environ, "NEARER_LOG", ("plain", "json")),
            metrics_token=_token(_secret(environ, "NEARER_METRICS_TOKEN", "")),
            backup_to=_backup(environ, "NEARER_BACKUP_TO"),
            backup_keys_to=_backup(environ, "NEARER_BACKUP_KEYS_TO"),
            backup_recipient=_recipient(_value(environ, "NEARER_BACKUP_RECIPIENT", "")),
        )
        _check_together(config)
        return config

    @property
    def host(self) -> str:
        """The public host name, without a port."""
        return urlsplit(self.url).hostname or "127.0.0.1"

    @property
    def is_https(self) -> bool:
        """Whether people reach this copy over TLS."""
        return self.url.startswith("https://")

    @property
    def is_safe(self) -> bool:
        """Whether browsers allow here what they allow on a safe line alone: over TLS, and on the machine itself."""
        return self.is_https or self.host in {*LOCAL_HOSTS, "::1"}

    @property
    def mailers(self) -> dict[str, dict[str, Any]]:  # Any: as Django has it
        """How mail is sent, in the form of Django's setting of that name; to nobody where it was not set."""
        parts = urlsplit(self.mail_url)
        if parts.scheme == "django":
            return {"default": {"BACKEND": parts.path}}
        if not parts.scheme:
            return {"default": {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}}
        given = {"username": parts.username, "password": parts.password}
        options = {name: unquote(value) for name, value in given.items() if value}
        port = {"port": parts.port} if parts.port else {}
        more = {"host": parts.hostname, "timeout": MAIL_SECONDS, **port, **MAIL_SCHEMES[parts.scheme]}
        return {"default": {"OPTIONS": {**options, **more}}}


def data_folder(environ: Mapping[str, str]) -> Path:
    """Return where everything of a copy lies, as the environment says."""
    return Path(_value(environ, "NEARER_DATA", "./data")).expanduser().resolve()


def _check_together(config: Config) -> None:
    if config.database_url == config.keys_database_url:
        raise ConfigError("NEARER_KEYS_DATABASE_URL must name another database than NEARER_DATABASE_URL.")
    if bool(config.backup_to) != bool(config.backup_keys_to) or (
        config.backup_to and config.backup_to == config.backup_keys_to
    ):
        raise ConfigError(
            "Set NEARER_BACKUP_TO and NEARER_BACKUP_KEYS_TO to two places: the key store's backups live seven days, the others longer."
        )
    if urlsplit(config.exit_url).hostname == config.host:
        raise ConfigError("NEARER_EXIT_URL must lead to another site than NEARER_URL.")


def _value(environ: Mapping[str, str], name: str, default: str) -> str:
    return environ.get(name, "").strip() or default


def _secret(environ: Mapping[str, str], name: str, default: str) -> str:
    path = environ.get(f"{name}_FILE", "").strip()
    if not path:
        return _value(environ, name, default)
    if environ.get(name, "").strip():
        raise ConfigError(f"Set {name} or {name}_FILE, not both.")
    try:
        return Path(path).read_text(encoding="utf-8").strip() or default
    except (OSError, UnicodeDecodeError) as problem:
        raise ConfigError(f"{name}_FILE must name a file that can be read.") from problem


def _one_of(environ: Mapping[str, str], name: str, choices: tuple[str, ...]) -> str:
    text = _value(environ, name, choices[0])
    if text not in choices:
        raise ConfigError(f"{name} must be {', '.join(choices[:-1])} or {choices[-1]}.")
    return text


def _bind(text: str) -> str:
    host, colon, port = text.rpartition(":")
    if not (colon and host and port.isascii() and port.isdigit() and 0 < int(port) < PORTS):
        raise ConfigError("NEARER_BIND must look like 127.0.0.1:8000.")
    return text


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    if parts.scheme in {"http", "https"} and parts.hostname and parts.path.strip("/"):
        raise ConfigError(
            "NEARER_URL must be an address without a path: Nearer needs a name of its own, such as https://nearer.example.org, "
            "or a port of its own, such as https://example.org:8443, and does not run below a path."
        )
    is_plain = not (parts.query or parts.fragment or parts.username)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not is_plain:
        raise ConfigError(
            "NEARER_URL must look like https://nearer.example.org, without a path or a name in it."
        )
    return text.rstrip("/")


def _database(environ: Mapping[str, str], name: str, default: str) -> str:
    text = _secret(environ, name, default)
    scheme, separator, rest = text.partition("://")
    if scheme not in DATABASE_SCHEMES or not separator or not rest:
        raise ConfigError(
            f"{name} must look like postgres://user:password@host/name or sqlite:///folder/file.sqlite3."
        )
    return text


def _proxies(text: str) -> tuple[str, ...]:
    try:
        return tuple(str(ipaddress.ip_network(part.strip())) for part in text.split(","))
    except ValueError as problem:
        raise ConfigError("NEARER_PROXY must look like 127.0.0.1 or 172.18.0.0/16.") from problem


def _valkey(text: str) -> str:
    if text and not text.startswith(("valkey://", "redis://", "valkeys://", "rediss://", "unix://")):
        raise ConfigError("NEARER_VALKEY_URL must look like valkey://host:6379.")
    return text


def _exit(text: str) -> str:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        parts = urlsplit("")
    # Spaces, quotes and control characters have no place in an address that pages and a header carry.
    is_clean = text.isascii() and text.isprintable() and not set(text) & set(" \"'<>\\;,")
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.fragment or not is_clean:
        raise ConfigError(
            "NEARER_EXIT_URL must look like https://www.wikipedia.org/, a plain page anybody might read."
        )
    return text


def _mail(text: str) -> str:
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        parts = urlsplit("wrong:")
    is_server = parts.scheme in MAIL_SCHEMES and parts.hostname and not (parts.path.strip("/") or parts.query)
    if text and not is_server and not (parts.scheme == "django" and "." in parts.path):
        raise ConfigError(
            "NEARER_MAIL_URL must look like smtp+tls://user:password@mail.example.org:587 (or smtps://, smtp://), "
            "or like django:package.Backend."
        )
    return text


def _mail_from(text: str) -> str:
    name, mark, host = text.rpartition("@")
    if (text and not (name and mark and host)) or not text.isprintable():
        raise ConfigError("NEARER_MAIL_FROM must look like nearer@example.org.")
    return text


def _token(text: str) -> str:
    if text and (len(text) < TOKEN_LETTERS or not text.isascii() or not text.isprintable() or " " in text):
        raise ConfigError(
            "NEARER_METRICS_TOKEN must be 32 letters or more that nobody guesses, such as `openssl rand -hex 32` prints."
        )
    return text


def _services(text: str) -> tuple[str, ...]:
    found = tuple(part.strip().lower().rstrip("/") for part in text.split(",") if part.strip())
    for each in found:
        scheme, _mark, host = each.partition("://")
        if not scheme.isalnum() or (host and not set(host) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-")):
            raise ConfigError("NEARER_SERVICES must look like tgram, ntfys://push.example.org.")
    return found


def _backup(environ: Mapping[str, str], name: str) -> str:
    text = _secret(environ, name, "")
    command = text.removeprefix("|").strip()
    if text and not (command if text.startswith("|") else Path(text).is_absolute()):
        raise ConfigError(
            f"{name} must be a whole path, or | and a command such as |rclone rcat there:{{name}}."
        )
    return text


def _recipient(text: str) -> str:
    if text and not RECIPIENT.fullmatch(text):
        raise ConfigError(
            "NEARER_BACKUP_RECIPIENT must look like age1…, as `nearer backup --new-key FILE` or age-keygen print it."
        )
    return text
