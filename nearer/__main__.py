"""The installed command: `nearer …` is Django's manage command with our settings."""

import os
import sys


def main() -> None:
    """Run one management command; a wrong setting ends the start with one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nearer.settings")
    # Whatever a command writes, databases first of all, is for this account of the machine alone.
    os.umask(0o077)
    if sys.argv[1:2] == ["demo"]:  # it has a folder and settings of its own
        from nearer.demo.command import run

        return run(sys.argv[2:])
    from nearer.config import ConfigError
    from nearer.server.program import Program

    try:
        Program(sys.argv).execute()
    except ConfigError as problem:
        sys.exit(f"Nearer cannot start: {problem}")


if __name__ == "__main__":
    main()
