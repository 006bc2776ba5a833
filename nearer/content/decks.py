"""Every deck there is: those that come with an app, in its folder `decks`, and what packs have added to them."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from django.apps import apps
from django.utils.translation import get_language

from nearer.content.deck import Deck, NotADeck, read_deck
from nearer.content.models import PackedDeck
from nearer.database import writing

FOLDER = "decks"
FRESH_SECONDS = 60.0
"""How long what packs added is kept in memory: by then every process knows of a pack that was loaded."""

_added: tuple[float, Mapping[str, list[Deck]]] | None = None


def deck(name: str) -> Deck:
    """Return a deck, with what packs have added to it, in the language that is spoken now where there is one in it.

    Raises:
        KeyError: no deck is called so.
    """
    own = built_in()[name]
    found = _spoken(own)
    if found.fixed:
        return found
    for more in _from_packs().get(name, ()):
        if more.language == found.language:
            found = found.with_more(more)
    return found


@cache
def built_in() -> Mapping[str, Mapping[str, Deck]]:
    """Return the decks that come with the program: by name, and then by language.

    Raises:
        NotADeck: one of them cannot be used.
    """
    found: dict[str, dict[str, Deck]] = {}
    for path in files():
        try:
            read = read_deck(path.read_text(encoding="utf-8"))
        except NotADeck as problem:
            raise NotADeck(f"{path.name}: {problem}") from None
        found.setdefault(read.name, {})[read.language] = read
    return found


def files() -> list[Path]:
    """Return the files of the decks that come with the program, in every installed app."""
    return [
        path for app in apps.get_app_configs() for path in sorted((Path(app.path) / FOLDER).glob("*.toml"))
    ]


def check_addition(more: Deck) -> None:
    """Insist that a deck of a pack may be added to one that is here.

    Raises:
        NotADeck: it adds to none, to one of another kind, or to one that nothing is added to.
    """
    own = built_in().get(more.name)
    if own is None:
        raise NotADeck(
            f"no practice here has a deck {more.name!r}; there are {', '.join(sorted(built_in()))}."
        )
    first = next(iter(own.values()))
    if first.fixed:
        raise NotADeck(f"nothing is added to {more.name!r}: its practice counts on the entries it has.")
    if first.kind != more.kind:
        raise NotADeck(f"{more.name!r} holds entries of the kind {first.kind!r}.")


def keep_of_pack(pack: str, texts: Iterable[str]) -> None:
    """Put a pack's decks in the place of those it had before; none takes them out."""
    global _added  # noqa: PLW0603 - what is in memory is older than what is kept now
    with writing():
        PackedDeck.objects.filter(pack=pack).delete()
        PackedDeck.objects.bulk_create(
            PackedDeck(pack=pack, name=deck.name, language=deck.language, text=text)
            for text, deck in ((text, read_deck(text)) for text in texts)
        )
    _added = None


def _spoken(own: Mapping[str, Deck]) -> Deck:
    language = get_language() or ""
    return (
        own.get(language) or own.get(language.partition("-")[0]) or own.get("en") or next(iter(own.values()))
    )


def _from_packs() -> Mapping[str, list[Deck]]:
    global _added  # noqa: PLW0603 - one look for all that ask within a minute
    now = time.monotonic()
    if _added is None or now - _added[0] > FRESH_SECONDS:
        found: dict[str, list[Deck]] = {}
        for text in PackedDeck.objects.order_by("pack", "name").values_list("text", flat=True):
            read = read_deck(text)
            found.setdefault(read.name, []).append(read)
        _added = now, found
    return _added[1]
