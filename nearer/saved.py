"""What was set in the browser on the first run: a small file beside the databases, which the environment overrules."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from nearer import ownfile
from nearer.config import Config, ConfigError, data_folder

FILE = "settings.json"
NAMES = ("NEARER_URL", "NEARER_OPERATOR", "NEARER_MAIL_URL", "NEARER_MAIL_FROM")


def config_from(environ: Mapping[str, str]) -> Config:
    """Read the environment, over what was saved.

    Raises:
        ConfigError: something in it is wrong; the message says where it stands, if that is the file.
    """
    whole = with_saved(environ)
    try:
        return Config.from_env(whole)
    except ConfigError as problem:
        name = str(problem).partition(" ")[0]
        if whole.get(name, "") == environ.get(name, ""):
            raise
        raise ConfigError(f"{problem} It stands in {data_folder(environ) / FILE}.") from problem


def with_saved(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment, and under it what was saved.

    Args:
        environ: variable names to values, as in `os.environ`.

    Raises:
        ConfigError: the file is damaged.
    """
    path = data_folder(environ) / FILE
    try:
        saved = kept(path.parent)
    except (OSError, ValueError, AttributeError) as problem:
        raise ConfigError(
            f"{path} is damaged: mend it, or delete it and say its settings again."
        ) from problem
    # A variable that is set to nothing counts as not set, and one that is given as a file as set.
    said = {
        name for name in saved if environ.get(name, "").strip() or environ.get(f"{name}_FILE", "").strip()
    }
    return {**environ, **{name: value for name, value in saved.items() if name not in said}}


def kept(data: Path) -> dict[str, str]:
    """Return what was saved in a data folder, by the names of variables; nothing where nobody did.

    Raises:
        OSError, ValueError, AttributeError: the file is damaged.
    """
    path = data / FILE
    return read(path.read_text(encoding="utf-8")) if path.exists() else {}


def read(text: str) -> dict[str, str]:
    """Return the settings that a file holds.

    Raises:
        ValueError, AttributeError: it is no such file.
    """
    told = json.loads(text)
    return {name: str(told[name]) for name in NAMES if told.get(name)}


def save(data: Path, told: Mapping[str, str]) -> None:
    """Keep settings for the next start, readable to nobody else on this machine.

    Args:
        data: the data folder.
        told: values by the names of variables, of `NAMES`; empty ones are left out.
    """
    text = json.dumps({name: told[name] for name in NAMES if told.get(name)}, indent=1)
    ownfile.write(data / FILE, text.encode())
