"""What the Needs Mirror keeps of two people beyond its sittings: to take it back, or to take it along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from nearer.bonds.place import Place
from nearer.parts.forms import WAYS
from nearer.practices.needs import cards, kept, mirror, signs
from nearer.practices.needs.kept import ASKED, ROUND, Asked, Round
from nearer.practices.needs.moves import UNSAID
from nearer.practices.needs.page_forms import CHANNELS
from nearer.practices.needs.signs import LINE, NOTICED, Noticed
from nearer.records import keeping
from nearer.records.keeping import Kept
from nearer.records.shelf import Shelf
from nearer.sittings.belongings import Part, Piece
from nearer.web.words import words_of


def withdraw(place: Place, *, at: datetime) -> None:
    """Take back all that this person put into maps, requests and guides, as far as the other still has it."""
    kept.withdraw(place)
    signs.withdraw(place)


def own(drawer: Shelf) -> list[Part]:
    """Return the lines of somebody's own guide, shown or not."""
    lines = [_mine(line.document.words, _about(line.document.channel)) for line in keeping.find(drawer, LINE)]
    return [Part(title=_("Your own guide"), pieces=tuple(lines))]


def shared(place: Place) -> list[Part]:
    """Return what somebody may see of maps, requests and guides, and all they put into them themselves."""
    found, guides = kept.gather(place), signs.gather(place)
    maps = [piece for each in found.of(ROUND) for piece in _map(each, place)]
    requests = [piece for each in found.of(ASKED) for piece in _request(each.document, place)]
    lines = [
        Piece(
            mine=seat == place.seat,
            words=words_of(line.document.words, withdrawn=line.document.withdrawn),
            about=_about(line.document.channel),
        )
        for seat in (place.seat, place.seat.other)
        for line in signs.lines_of(guides, seat)
    ]
    asked = [piece for each in guides.of(NOTICED) for piece in _noticed(each.document, place)]
    return [
        Part(title=_("Your maps"), pieces=tuple(maps)),
        Part(title=_("What was put off"), pieces=tuple(requests)),
        Part(title=_("Reading me"), pieces=(*lines, *asked)),
    ]


def _map(each: Kept[Round], place: Place) -> Iterator[Piece]:
    """Tell one's own cards, and of the other's what the picture shows; what one guessed only where it shows that."""
    sides, day = each.document.opened, each.day.isoformat()
    mine, theirs = sides[place.seat], sides[place.seat.other]
    for card, level in enumerate(mine.importance):
        if level != UNSAID:
            yield _mine(cards.name_of(card, mine.names[card]), _level(day, level, mine.met[card]))
    for row in mirror.rows(sides, place.seat):
        if row["theirs"] is not None:
            name = cards.name_of(row["card"], theirs.names[row["card"]])
            met = UNSAID if row["their_met"] is None else row["their_met"]
            yield Piece(mine=False, words=words_of(name), about=_level(day, row["theirs"], met))
        if row["guess"] is not None:
            guess = _("your guess: %(level)s") % {"level": cards.IMPORTANCE[row["guess"]]}
            yield _mine(cards.name_of(row["card"]), f"{day} · {guess}")
    if place.seat.other in each.document.gone:
        yield Piece(mine=False, words=words_of("", withdrawn=True), about=day)


def _request(asked: Asked, place: Place) -> Iterator[Piece]:
    mine, need = asked.owner == place.seat, cards.name_of(asked.card, asked.name) if asked.card >= 0 else ""
    words = words_of(asked.words or _("Said out loud"), withdrawn=asked.gone == asked.owner)
    yield Piece(mine=mine, words=words, about=" · ".join(filter(None, (need, asked.by))))
    if asked.way:
        way = str(dict(WAYS)[asked.way])
        yield Piece(mine=not mine, words=words_of(asked.answer or way), about=way)
    elif asked.gone and asked.gone != asked.owner:
        yield Piece(mine=not mine, words=words_of("", withdrawn=True))


def _noticed(asked: Noticed, place: Place) -> Iterator[Piece]:
    mine = asked.seat == place.seat
    question = words_of(asked.words, withdrawn=asked.gone == asked.seat)
    yield Piece(mine=mine, words=question, about=_("I noticed …"))
    if asked.said not in signs.UNANSWERED:
        yield Piece(mine=not mine, words=words_of(asked.answer or _("Yes, that is so.")), about=_("Answer"))
    elif asked.gone and asked.gone != asked.seat:
        yield Piece(mine=not mine, words=words_of("", withdrawn=True), about=_("Answer"))


def _mine(text: str, about: str) -> Piece:
    return Piece(mine=True, words=words_of(text), about=about)


def _about(channel: str) -> str:
    return str(dict(CHANNELS)[channel])


def _level(day: str, importance: int, met: int) -> str:
    said = [day, str(cards.IMPORTANCE[importance])]
    if met != UNSAID:
        said.append(_("met %(how)s") % {"how": cards.MET[met]})
    return " · ".join(said)
