"""`nearer demo`: tell the story once, and serve it."""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from types import FrameType

from nearer.config import ConfigError
from nearer.demo import making
from nearer.demo.folder import own_folder
from nearer.demo.story import people


def run(arguments: list[str]) -> None:
    """Serve the demo until told to stop.

    Args:
        arguments: what follows `nearer demo`.

    Raises:
        SystemExit: at its end, with a sentence where it cannot begin.
    """
    parser = argparse.ArgumentParser(
        prog="nearer demo",
        description="Two people who do not exist, twelve weeks of their life, and both their windows on one page. "
        "NEARER_BIND says where (127.0.0.1:8010), NEARER_DATA in which empty folder (a temporary one).",
    )
    parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _leave)
    try:
        with own_folder(os.environ) as folder:
            os.environ["DJANGO_SETTINGS_MODULE"] = "nearer.demo.settings"
            print("Telling twelve weeks of two lives. This takes half a minute, or a whole one.", flush=True)  # noqa: T201
            made = making.make(folder)
            making.put_in_place(made, folder)
            for each in people()["person"]:
                print(f"{each['username']}: {each['passphrase']}")  # noqa: T201
            from nearer.demo.serving import serve

            serve(folder)
    except ConfigError as problem:
        sys.exit(f"The demo cannot start: {problem}")
    except subprocess.CalledProcessError:
        sys.exit("The demo cannot start: the story could not be told. What went wrong stands above.")
    except KeyboardInterrupt:
        pass


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(os.EX_OK)
