"""What a room says about itself. Django's app registry is the only registry of rooms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from django.apps import AppConfig, apps
from django.forms import Form
from django.template.loader import select_template
from django.utils.functional import cached_property

from nearer.content.deck import Entry
from nearer.protocol import HOUSE_MOVES, Dialogue, Mode, Move
from nearer.protocol.partner import Script
from nearer.sittings.belongings import Belongings, Nothing
from nearer.sittings.partner.plain import PERSONAS, PLAIN
from nearer.web.fields import WordsField

if TYPE_CHECKING:
    from nearer.bonds.place import Place  # models, which a room's own config comes before
    from nearer.records.keeping import Gathered, Kind
    from nearer.records.shelf import Shelf
    from nearer.sittings.grown import Grown

NOTHING = "sittings/nothing.html"


class Keep(Protocol):
    """Puts onto a shelf what a move leaves behind, in the transaction in which it is stored.

    Called with the place of whoever plays, the positions before and after, and the time.
    """

    def __call__(self, place: Place, before: Any, after: Any, *, at: datetime) -> None:  # Any: a room's own
        """Keep what is to be kept."""


class Remember(Protocol):
    """Puts into somebody's own drawer what they asked to keep of a move of theirs, once it has been played.

    Called with their drawer, which need not be open, the move, the position after it, the time, and what tells the page
    the move came from: sent twice, it is kept once.
    """

    def __call__(
        self, drawer: Shelf, move: Move, after: Any, *, at: datetime, once: str
    ) -> None:  # Any: a room's own
        """Keep it."""


class Starters(Protocol):
    """What a room gives two people to talk about: the kinds of records it needs, and the questions made of them."""

    @property
    def KINDS(self) -> Sequence[Kind[Any]]:  # noqa: N802 - as in `today.py`; Any: of whichever shape
        """Kinds on the bond's shelf."""

    def grown(self, found: Gathered, place: Place) -> list[str]:
        """Return the questions, made of nothing that one of the two has not seen."""


class Grows(Protocol):
    """Knows of something somebody says of a bond for themselves alone, over years, and where it goes: for the check-up."""

    def grown(self, drawer: Shelf, place: Place) -> Grown:
        """Return it, out of somebody's open drawer."""


class Together(Protocol):
    """Knows on which days two people were together, beyond its sittings: the kinds of records it needs, and the days."""

    @property
    def KINDS(self) -> Sequence[Kind[Any]]:  # noqa: N802 - as in `today.py`; Any: of whichever shape
        """Kinds on the bond's shelf."""

    def days(self, found: Gathered, place: Place) -> list[date]:
        """Return the days, where the reader lives, as far as both have told of them."""


class Settle(Protocol):
    """Says what a move becomes by what only the house knows of whoever makes it, before it is played.

    Called with their place, the move, and the time.
    """

    def __call__(self, place: Place, move: Move, *, at: datetime) -> Move:
        """Return the move as it is to be played."""


class Brings(Protocol):
    """Says what the house knows of two people as a sitting begins: facts that its rules take, and that both know."""

    def __call__(self, place: Place, *, at: datetime) -> dict[str, Any]:  # Any: as the rules take them
        """Return the facts."""


class Recall(Protocol):
    """Says with what a form of somebody's begins that only they know: never on a phone between two people.

    Called with their place, the name of the move, and what they may see.
    """

    def __call__(self, place: Place, name: str, view: dict[str, Any]) -> dict[str, Any]:  # Any: plain values
        """Return what stands in it, by the names of its fields."""


class Switch(Protocol):
    """What switches a room on for one person alone: a kind of record, and since when somebody has one."""

    SWITCH: Kind[Any]  # Any: a room's own shape

    def since(self, found: Gathered, place: Place) -> date | None:
        """Return on which day they did, among what was gathered of their bond; None where they have not."""


class PracticeConfig(AppConfig):
    """One room: a folder under `nearer/practices` with `protocol.DIALOGUE` and `forms.FORMS`.

    Attributes:
        title: its neutral name, also the page's title.
        summary: one sentence about what two people do in it.
        tip: its place among the practices.
        glyph: the name of its picture.
        minutes: about how long it takes.
        style: static path of its stylesheet, or "".
        script_path: static path of a script that its sittings load, or "".
        parks: whether a parked topic can be its beginning; its rules then take the fact `topic`.
        gated: whether it opens only to two who have each switched it on: it is offered for nothing that merely came up, and
            its letters are shown to nobody at night.
        is_time: whether it is a time together, after which each may note for themselves how present they were.
        address: its name in addresses, where its own would tell a passing glance too much.
        arrives: the name of an address where each may look how they are, for two who begin an hour together, or "".
        draws: decks it draws from when it begins: the fact its rules take the texts as, the deck, and how many.
    """

    title: Any = ""  # Any: lazily translated
    summary: Any = ""
    tip: int = 99
    glyph: str = "listen"
    minutes: int = 15
    style: str = ""
    script_path: str = ""
    parks: bool = False
    gated: bool = False
    is_time: bool = False
    address: str = ""
    arrives: str = ""
    draws: Mapping[str, tuple[str, int]] = MappingProxyType({})

    def fits(self, entry: Entry) -> bool:
        """Whether it may begin with an entry of a deck that it draws from."""
        return True

    @property
    def where(self) -> str:
        """Its name in addresses, which stand in a browser's history: its own, where that tells nothing."""
        return self.address or self.dialogue.slug

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

    def form(
        self, kind: type[Move], mode: str, *given: Any, **more: Any
    ) -> Form | None:  # Any: as Django has it
        """Return a fresh form of a move for a way of sitting together; there is more room in a letter.

        Args:
            kind: the kind of move.
            mode: how they sit.
            given: what was posted, if anything.
            more: what else a form takes.
        """
        if kind not in self.forms:
            return None
        form = self.forms[kind](*given, **more)
        for field in form.fields.values():
            if mode == Mode.ASYNC and isinstance(field, WordsField):
                field.limit = field.in_letters
        return form

    @cached_property
    def script(self) -> Script[Any]:  # Any: each room's own personas
        """What its practice partners say: the room's `partner.py`, or plain sentences."""
        if find_spec(f"{self.name}.partner") is None:
            return Script(personas=PERSONAS, plain=PLAIN)
        lines = import_module(f"{self.name}.partner")
        return Script(personas=lines.PERSONAS, lines=lines.LINES, plain=PLAIN)

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
    def remember(self) -> Remember:
        """Keep for whoever made a move what they asked to keep of it; the room's `remembers.py`, if any."""
        if find_spec(f"{self.name}.remembers") is None:
            return lambda *_, **__: None
        remember: Remember = import_module(f"{self.name}.remembers").remember
        return remember

    @cached_property
    def settle(self) -> Settle:
        """Say what a move becomes before it is played; the room's `settles.py`, if any."""
        if find_spec(f"{self.name}.settles") is None:
            return _as_it_is
        settle: Settle = import_module(f"{self.name}.settles").settle
        return settle

    @cached_property
    def brings(self) -> Brings:
        """Say what the house knows of the two as they begin; the room's `brings.py`, if any."""
        if find_spec(f"{self.name}.brings") is None:
            return lambda *_, **__: {}
        brings: Brings = import_module(f"{self.name}.brings").facts
        return brings

    @cached_property
    def recall(self) -> Recall:
        """Say with what somebody's own forms begin; the room's `recalls.py`, if any."""
        if find_spec(f"{self.name}.recalls") is None:
            return lambda *_: {}
        recall: Recall = import_module(f"{self.name}.recalls").recall
        return recall

    @cached_property
    def refuses(self) -> Callable[[str], bool]:
        """Say whether a topic begins no sitting here; the `refuses` of the room's `hints.py`, if any."""
        found = import_module(f"{self.name}.hints") if find_spec(f"{self.name}.hints") else None
        refuses: Callable[[str], bool] = getattr(found, "refuses", lambda _: False)
        return refuses

    @cached_property
    def switch(self) -> Switch | None:
        """What somebody switches it on with, for themselves alone; the `switch.py` of one that is gated."""
        found: Switch | None = import_module(f"{self.name}.switch") if self.gated else None
        return found

    def is_for(self, place: Place | None, found: Gathered | None) -> bool:
        """Say whether it is offered to somebody unasked: one that is gated, to whoever has switched it on for themselves.

        Args:
            place: theirs, if they are in a bond.
            found: what was gathered of that, with the kind of the switch.
        """
        if self.switch is None:
            return True
        return bool(place and found and self.switch.since(found, place))

    @cached_property
    def starters(self) -> Starters | None:
        """What two people could talk about that grows from what they did here; the room's `starters.py`, if any."""
        if find_spec(f"{self.name}.starters") is None:
            return None
        found: Starters = import_module(f"{self.name}.starters")
        return found

    @cached_property
    def grows(self) -> Grows | None:
        """What somebody says of a bond for themselves alone, over years; the room's `grows.py`, if any."""
        if find_spec(f"{self.name}.grows") is None:
            return None
        found: Grows = import_module(f"{self.name}.grows")
        return found

    @cached_property
    def together(self) -> Together | None:
        """On which days two people were together beyond its sittings; the room's `together.py`, if any."""
        if find_spec(f"{self.name}.together") is None:
            return None
        found: Together = import_module(f"{self.name}.together")
        return found

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

    def steps(self, stage: str) -> list[str]:
        """Return the templates of a step, best first: the room's own, the shared one, the generic one."""
        named = [f"{home}/steps/{stage}.html" for home in (self.label, "parts")] if stage else []
        return [*named, f"{self.label}/stage.html", "sittings/generic.html"]

    def frame(self, shape: str) -> Any:  # Any: as the template engine has it
        """Return the template a step stands in: a whole "page", or the "half" of a shared phone."""
        return select_template([f"{self.label}/{shape}.html", f"parts/{shape}.html"])

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
        return [f"{self.label}/kept.html", "parts/kept.html"]


def _as_it_is(place: Place, move: Move, *, at: datetime) -> Move:
    return move


class NoSuchPractice(LookupError):
    """No room has this name."""


def practices() -> list[PracticeConfig]:
    """Return every installed room in the order of the practices."""
    found = [config for config in apps.get_app_configs() if isinstance(config, PracticeConfig)]
    return sorted(found, key=lambda config: (config.tip, config.label))


def suggested(
    unwanted: Collection[str], place: Place | None = None, found: Gathered | None = None
) -> list[PracticeConfig]:
    """Return the rooms that may be suggested to somebody.

    Args:
        unwanted: the glyphs of those that they do not want.
        place: theirs, if they are in a bond.
        found: see `PracticeConfig.is_for`.
    """
    return [room for room in practices() if room.glyph not in unwanted and room.is_for(place, found)]


def about_something(place: Place, found: Gathered) -> list[PracticeConfig]:
    """Return the rooms that may be offered to somebody for a topic of their own: see `PracticeConfig.is_for`."""
    return [room for room in practices() if room.parks and room.is_for(place, found)]


def switches() -> list[Kind[Any]]:  # Any: of whichever shape
    """Return the kinds of record with which somebody switches a room on."""
    return [room.switch.SWITCH for room in practices() if room.switch]


def practice(slug: str) -> PracticeConfig:
    """Return the room with this name, its own or that in addresses.

    Raises:
        NoSuchPractice: there is none.
    """
    for config in practices():
        if slug in {config.dialogue.slug, config.where}:
            return config
    raise NoSuchPractice
