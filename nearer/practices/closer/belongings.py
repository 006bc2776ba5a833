"""What Closer keeps of two people beyond its sittings: to take it back, or to take it along."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from nearer.bonds.place import Place
from nearer.practices.closer import said
from nearer.practices.closer.hopes.drawer import HOPE
from nearer.practices.closer.hopes.forms import FEELINGS
from nearer.practices.closer.promises import keeping as promises
from nearer.practices.closer.promises.keeping import NOTE, PROMISE
from nearer.practices.closer.promises.rules import Seen as Promised
from nearer.practices.closer.promises.rules import State
from nearer.practices.closer.questions import question
from nearer.practices.closer.settles import THIRD
from nearer.practices.closer.told import keeping as tellings
from nearer.practices.closer.told.keeping import TOLD
from nearer.practices.closer.told.names import HEADINGS, SORTS, WAYS
from nearer.practices.closer.told.rules import Seen, Way
from nearer.practices.closer.trust.forms import SENTENCES
from nearer.practices.closer.trust.readings import FELT
from nearer.records import between, keeping
from nearer.records.between import Item
from nearer.records.shelf import Shelf
from nearer.sittings.belongings import Part, Piece
from nearer.web.words import words_of


def withdraw(place: Place, *, at: datetime) -> None:
    """Take back all that this person told, answered and promised, as far as the other still has it."""
    for kind in (TOLD, PROMISE):
        between.withdraw(place, kind)
    THIRD.withdraw(place)


def own(drawer: Shelf) -> list[Part]:
    """Return what somebody said before, might say one day, noted of their promises, and answered about relying on the other."""
    answers = [
        _mine(kept.document.words, f"{kept.day.isoformat()} · {question(kept.document.card)}")
        for kept in said.own(drawer)
    ]
    found, feelings = keeping.gather(drawer, HOPE, NOTE, FELT), dict(FEELINGS)
    hopes = [_mine(kept.document.words, str(feelings[kept.document.feeling])) for kept in found.of(HOPE)]
    notes = [
        _mine(kept.document.line or _("No line"), _sentence(kept.document.cue, kept.document.act))
        for kept in found.of(NOTE)
    ]
    felt = [
        _mine(
            _("%(level)s of 10") % {"level": level},
            f"{str(text).format(name=kept.document.name)} · {kept.document.quarter}",
        )
        for kept in found.of(FELT)
        for item, text in SENTENCES.items()
        if (level := getattr(kept.document, item)) is not None
    ]
    return [
        Part(title=_("What you said before"), pieces=tuple(answers)),
        Part(title=_("Things to say one day"), pieces=tuple(hopes)),
        Part(title=_("Promises, for you alone"), pieces=tuple(notes)),
        Part(title=_("Relying on each other"), pieces=tuple(felt)),
    ]


def shared(place: Place) -> list[Part]:
    """Return what the two told each other and promised, as somebody may see it."""
    found = keeping.gather(Shelf.of_bond(place), TOLD, PROMISE)
    told = [piece for item in tellings.items_in(found, place)[::-1] for piece in _told(item)]
    made = [piece for item in promises.items_in(found, place, at=timezone.now()) for piece in _promise(item)]
    return [
        Part(title=_("What you told each other"), pieces=tuple(told)),
        Part(title=_("Promises"), pieces=tuple(made)),
        Part(
            title=_("The third level"), pieces=tuple(_mine(_("switched on"), "") for _on in THIRD.own(place))
        ),
    ]


def _told(item: Item[Seen]) -> Iterator[Piece]:
    told, day = item.seen, timezone.localdate(item.at).isoformat()
    sort = str(SORTS[told.sort])
    if told.withdrawn:
        yield Piece(mine=told.mine, words=words_of("", withdrawn=True), about=f"{sort} · {day}")
    for part, text in told.said:
        about = " · ".join(filter(None, (sort, str(HEADINGS[part]), day)))
        yield Piece(mine=told.mine, words=words_of(text), about=about)
    if told.answer_withdrawn and told.mine:
        yield Piece(mine=not told.mine, words=words_of("", withdrawn=True), about=_("Answer"))
    if told.way:
        way = str(WAYS[told.way] if told.way is not Way.VIEW else WAYS[Way.BACK])
        yield Piece(mine=not told.mine, words=words_of(told.words or way), about=way)
    if told.view:
        yield Piece(mine=not told.mine, words=words_of(told.view), about=str(WAYS[Way.VIEW]))
    if told.reply:
        yield Piece(mine=told.mine, words=words_of(told.reply), about=_("What I would like"))


def _promise(item: Item[Promised]) -> Iterator[Piece]:
    made = item.seen
    about = " · ".join(
        filter(None, (made.by.isoformat() if made.by else "", _("kept") if made.state is State.KEPT else ""))
    )
    earlier = tuple(_sentence(cue, act) for cue, act in made.earlier)
    words = words_of(_sentence(made.cue, made.act), earlier=earlier, withdrawn=made.withdrawn)
    yield Piece(mine=made.mine, words=words, about=about)
    if made.repair:
        yield Piece(mine=made.mine, words=words_of(made.repair), about=_("To mend it"))
    if made.noticed:
        yield Piece(mine=not made.mine, words=words_of(_("I noticed")))


def _sentence(cue: str, act: str) -> str:
    return _("When %(cue)s, I will %(act)s.") % {"cue": cue, "act": act}


def _mine(text: str, about: str) -> Piece:
    return Piece(mine=True, words=words_of(text), about=about)
