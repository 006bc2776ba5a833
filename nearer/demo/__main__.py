"""`python -m nearer.demo`: tell the story into the folder that `NEARER_DATA` names, in a process with a clock of its own."""

from __future__ import annotations

import os


def main() -> None:
    """Make the databases, the two and their twelve weeks."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "nearer.demo.settings"
    import django

    django.setup()
    from nearer.demo.building import build

    build()


if __name__ == "__main__":
    main()
