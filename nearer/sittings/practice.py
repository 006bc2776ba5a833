"""What a room says about itself. Django's app registry is the only registry of rooms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol

from django.apps import AppConfig, apps
from django.forms import Form
from django.utils.functional import cached_property

from nearer.protocol import HOUSE_MOVES, Dialogue, Move
from nearer.protocol.partner import Script
from nearer.sittings import plain_partner
from nearer.sittings.belongings import Belongings, Nothing

if TYPE_CHECKING:
    from nearer.bonds.place import Place  # models, which a room's own config comes before

NOTHING = "sittings/nothing.html"


class Keep(Protocol):
    """Puts onto a shelf what a move leaves behind, in the transaction in which it is stored.

    Called with the place of whoever plays, the positions before and after, and the time.
    """

    def __call__(self, place: Place, before: Any, after: Any, *, at: datetime) -> None:  # Any: a room's own
        """Keep what is to be kept."""


class PracticeConfig(AppConfig):
    """One room: a folder under `nearer/practices` with `protocol.DIALOGUE` and `forms.FORMS`.

    Attributes:
        title: its neutral name, also the page's title.
        summary: one sentence about what two people do in it.
        tip: its place among the practices.
        glyph: the name of its picture.
        minutes: about how long it takes.
        style: static path of its stylesheet, or "".
        parks: whether a parked topic can be its beginning; its rules then take the fact `topic`.
    """

    title: Any = ""  # Any: lazily translated
    summary: Any = ""
    tip: int = 99
    glyph: str = "listen"
    minutes: int = 15
    style: str = ""
    parks: bool = False

    @cached_property
    def dialogue(self) -> type[Dialogue]:
        """The room's rules."""
        rules: type[Dialogue] = import_module(f"{self.name}.protocol").DIALOGUE
        return rules

    @cached_property
    def forms(self) -> Mapping[type[Move], type[Form]]:
        """The form of each of the room's moves."""
        forms: Mapping[type[Move], type[Form]] = import_module(f"{self.name}.forms").FORMS
        return forms

    @cached_property
    def script(self) -> Script[Any]:  # Any: each room's own personas
        """What its practice partners say: the room's `partner.py`, or plain sentences."""
        if find_spec(f"{self.name}.partner") is None:
            return Script(personas=plain_partner.PERSONAS, plain=plain_partner.PLAIN)
        lines = import_module(f"{self.name}.partner")
        return Script(personas=lines.PERSONAS, lines=lines.LINES, plain=plain_partner.PLAIN)

    @cached_property
    def offer(self) -> Callable[[Move], str | None]:
        """Say of a move what it might be that belongs into the parking place; the room's `offers.py`, if any."""
        if find_spec(f"{self.name}.offers") is None:
            return lambda _: None
        offer: Callable[[Move], str | None] = import_module(f"{self.name}.offers").offer
        return offer

    @cached_property
    def hint(self) -> Callable[[Move], str | None]:
        """Name what might help the author of a move before it goes; the room's `hints.py`, if any."""
        if find_spec(f"{self.name}.hints") is None:
            return lambda _: None
        hint: Callable[[Move], str | None] = import_module(f"{self.name}.hints").hint
        return hint

    @cached_property
    def keep(self) -> Keep:
        """Keep what outlives the sitting, move by move; the room's `keeps.py`, if any."""
        if find_spec(f"{self.name}.keeps") is None:
            return lambda *_, **__: None
        keep: Keep = import_module(f"{self.name}.keeps").keep
        return keep

    @cached_property
    def belongings(self) -> Belongings:
        """What it keeps beyond its sittings, to take back or along; the room's `belongings.py`, if any."""
        if find_spec(f"{self.name}.belongings") is None:
            return Nothing()
        found: Belongings = import_module(f"{self.name}.belongings")
        return found

    @cached_property
    def kinds(self) -> dict[str, type[Move]]:
        """Every kind of move that can occur here, by name."""
        return {
            kind.__name__: kind
            for kind in sorted(self.dialogue.moves | HOUSE_MOVES, key=lambda k: k.__name__)
        }

    @property
    def stages(self) -> list[str]:
        """Templates for the stage, best first: the room's own, else the generic one."""
        return [f"{self.label}/stage.html", "sittings/generic.html"]

    @property
    def halves(self) -> list[str]:
        """Templates for one person's half of a shared phone, best first."""
        return [f"{self.label}/half.html", *self.stages]

    @property
    def guides(self) -> list[str]:
        """Templates that say what will happen, best first."""
        return [f"{self.label}/guide.html", "sittings/guide.html"]

    @property
    def remains(self) -> list[str]:
        """Templates for what a finished sitting says about what stays, best first."""
        return [f"{self.label}/remains.html", NOTHING]

    @property
    def pages(self) -> list[str]:
        """Templates that lead to pages of the room's own, best first."""
        return [f"{self.label}/pages.html", NOTHING]

    @property
    def keepsakes(self) -> list[str]:
        """Templates for what both kept, best first."""
        return [f"{self.label}/kept.html", "sittings/kept.html"]


class NoSuchPractice(LookupError):
    """No room has this name."""


def practices() -> list[PracticeConfig]:
    """Return every installed room in the order of the practices."""
    found = [config for config in apps.get_app_configs() if isinstance(config, PracticeConfig)]
    return sorted(found, key=lambda config: (config.tip, config.label))


def practice(slug: str) -> PracticeConfig:
    """Return the room with this name.

    Raises:
        NoSuchPractice: there is none.
    """
    for config in practices():
        if config.dialogue.slug == slug:
            return config
    raise NoSuchPractice
