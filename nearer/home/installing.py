"""How the place gets onto a home screen: for each system, in steps with a picture each."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nearer.accounts.sessions.devices import system_of


@dataclass(frozen=True)
class Step:
    """One thing to do.

    Attributes:
        picture: the name of a drawing in `home/install.svg`.
        words: what to do, so that it can be done without the picture.
    """

    picture: str
    words: str | Promise


@dataclass(frozen=True, kw_only=True)
class System:
    """What somebody has in front of them.

    Attributes:
        name: what it is called, with its browser.
        fits: the systems it stands for, as `devices` names them.
        steps: what to do, in order.
        note: what is different there; or empty.
        own: whether this page was asked for from it.
    """

    name: str | Promise
    fits: frozenset[str]
    steps: tuple[Step, ...]
    note: str | Promise = ""
    own: bool = False


SYSTEMS = (
    System(
        name=_("iPhone and iPad, with Safari"),
        fits=frozenset({"iPhone", "iPad"}),
        steps=(
            Step("share", _("Tap Share: the square with an arrow. Where there is none, it is behind the three dots.")),
            Step("row", _("Scroll down, and tap “Add to Home Screen”.")),
            Step("grid", _("Leave “Open as Web App” on if you see it, and tap “Add”. The picture stands among your others.")),
        ),
        note=_("It keeps its own log-in, apart from Safari: log in there once more."),
    ),
    System(
        name=_("Android, with Chrome"),
        fits=frozenset({"Android"}),
        steps=(
            Step("dots", _("Tap the three dots at the top.")),
            Step("row", _("Tap “Add to home screen”, then “Install”.")),
            Step("grid", _("The picture stands among your others. Hold it to move it where you like.")),
        ),
        note=_("Firefox and other browsers say it in nearly the same words, in their own menu."),
    ),
    System(
        name=_("Computer"),
        fits=frozenset({"Windows", "Mac", "Linux", "ChromeOS"}),
        steps=(
            Step("bar", _("Chrome and Edge: choose the small screen with an arrow, at the end of the address line.")),
            Step("menu", _("Safari on a Mac: in the menu “File”, choose “Add to Dock”.")),
        ),
        note=_("Firefox does this only on some systems; a bookmark leads here as well."),
    ),
)  # fmt: skip


def systems(agent: str) -> list[System]:
    """Return all of them, with the one marked that this browser runs on.

    Args:
        agent: what the browser says of itself; it is looked at and not kept.
    """
    here = system_of(agent)
    return [replace(each, own=here in each.fits) for each in SYSTEMS]
