"""Promises that every installed room keeps, so that no author can forget one."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.contrib.staticfiles import finders
from django.forms import Form
from django.http import QueryDict
from django.template.loader import select_template
from django.urls import resolve, reverse
from django.utils import timezone

import nearer
from nearer.protocol import HOUSE_MOVES, Move, Seat, encode
from nearer.protocol.moves import rules_of
from nearer.sittings.practice import PracticeConfig, practice, practices
from nearer.sittings.run.queries import PRACTISED, facts_for
from nearer.testing import clock
from nearer.testing.cast import Pair
from nearer.testing.laws import keep_the_laws, replay_law
from nearer.testing.samples import samples
from nearer.web.pictures import glyph_names

ROOMS = practices()
EVERY_ROOM = pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.label)
EVERY_MOVE = pytest.mark.parametrize(
    ("room", "kind"),
    [(room, kind) for room in ROOMS for kind in sorted(room.dialogue.moves, key=lambda kind: kind.__name__)],
    ids=lambda value: getattr(value, "label", None) or value.__name__,
)
# Where something grew from the two's own talks there is a move more, and otherwise all is the same.
GROWN = "ours"
FACTS: list[dict[str, Any]] = [
    {},
    {GROWN: True},
    {PRACTISED: 2},
    {"common": ("a walk", "a song"), GROWN: True},
]
EVERY_BEGINNING = pytest.mark.parametrize(
    ("room", "facts"),
    [
        pytest.param(room, facts, marks=pytest.mark.slow if facts.keys() - {GROWN} else ())
        for room in ROOMS
        for facts in FACTS
        if facts.keys() <= (known := room.dialogue.__dataclass_fields__.keys())
        and (facts or GROWN not in known)
    ],
    ids=lambda value: getattr(value, "label", None) or ",".join(value) or "new",
)


def posted(form: type[Form], move: Move) -> dict[str, str]:
    """Return a move as a browser sends its form."""
    fields = {name: value for name, value in encode(move).items() if name != "kind"}
    rows = {name: fields.pop(name) for name, value in list(fields.items()) if isinstance(value, tuple)}
    fields |= {f"{name}-{n}": value for name, row in rows.items() for n, value in enumerate(row)}
    return {
        name: ("yes" if value else "no") if isinstance(value, bool) else _written(form, name, value)
        for name, value in fields.items()
    }


def _written(form: type[Form], name: str, value: Any) -> str:
    field = form.base_fields.get(name)
    return str(field.prepare_value(value) if field else value)


def filled(form: type[Form], values: dict[str, str]) -> Form:
    """Return the form as sent."""
    sent = QueryDict(mutable=True)
    sent.update(values)
    return form(sent)


def test_there_are_rooms() -> None:
    assert ROOMS


@EVERY_BEGINNING
def test_the_room_keeps_the_laws(room: PracticeConfig, facts: dict[str, Any]) -> None:
    # Two ways to each place where the rules are strictest; elsewhere, and where a room has very many, one is enough.
    walk = keep_the_laws(room.dialogue, ways=1 if facts or room.gated else 2, **facts)

    assert walk.positions > 10


@EVERY_BEGINNING
def test_a_stored_log_played_again_gives_the_same(room: PracticeConfig, facts: dict[str, Any]) -> None:
    replay_law(room.dialogue, **facts)()


@EVERY_ROOM
def test_every_move_has_a_form_and_every_form_a_move(room: PracticeConfig) -> None:
    assert set(room.forms) == set(room.dialogue.moves)
    assert len(room.kinds) == len(room.dialogue.moves | HOUSE_MOVES), "two moves share a name"


@EVERY_MOVE
@pytest.mark.begins(clock.NOON)
@pytest.mark.django_db
def test_a_forms_fields_are_named_like_the_moves(room: PracticeConfig, kind: type[Move]) -> None:
    names, form = set(rules_of(kind)), room.forms[kind]
    drawn_here = names - set(form.base_fields)

    with timezone.override(
        ZoneInfo("Pacific/Kiritimati")
    ):  # where it is tomorrow, and a day can be the furthest away
        sent = [filled(form, posted(form, move)) for move in samples(kind, Seat.HOST)]
        taken = [each for each in sent if each.is_valid()]

    assert taken, "no sample is accepted"
    for each in taken:
        assert set(each.cleaned_data) == names
        made = kind(**each.cleaned_data)
        if not drawn_here:
            assert made in samples(kind, Seat.HOST)


@EVERY_MOVE
def test_every_field_is_labelled(room: PracticeConfig, kind: type[Move]) -> None:
    assert all(str(field.label).strip() for field in room.forms[kind]())


@EVERY_MOVE
def test_a_form_survives_whatever_is_sent(room: PracticeConfig, kind: type[Move]) -> None:
    form = room.forms[kind]
    for junk in ("", "\x00", "\ud800", "-1", "9" * 400, "٣", "x" * 10_000, "<script>", "null"):
        each = filled(form, dict.fromkeys(form.base_fields, junk))
        if each.is_valid():
            kind(**each.cleaned_data)


@EVERY_ROOM
def test_the_room_says_what_it_is(room: PracticeConfig) -> None:
    assert str(room.title).strip()
    assert re.fullmatch(r"[A-Z].{10,200}\.", str(room.summary))
    assert 1 <= room.minutes <= 90
    assert re.fullmatch(r"[a-z][a-z0-9_]*", room.label)
    assert re.fullmatch(r"[a-z][a-z0-9-]*", room.dialogue.slug)
    assert "live" in room.dialogue.modes


def test_no_two_rooms_share_a_name() -> None:
    for names in ([r.dialogue.slug for r in ROOMS], [r.label for r in ROOMS], [str(r.title) for r in ROOMS]):
        assert len(names) == len(set(names))


@EVERY_ROOM
def test_the_room_is_found_by_its_slug(room: PracticeConfig) -> None:
    assert practice(room.dialogue.slug) is room
    assert resolve(reverse("sittings:room", args=[room.dialogue.slug])).view_name == "sittings:room"


@EVERY_ROOM
def test_the_rooms_templates_and_style_are_there(room: PracticeConfig) -> None:
    for names in (room.steps(""), room.guides, room.keepsakes):
        select_template(names)
    assert not room.style or finders.find(room.style)


@EVERY_ROOM
def test_the_house_never_names_the_room(room: PracticeConfig) -> None:
    """Adding or removing a room touches nothing but its own folder."""
    house = Path(nearer.__file__).parent
    # A glyph may have the name of a room; whoever wants a picture names no room.
    ends = "/:" if room.label in glyph_names() else "\"'/:"
    name = re.compile(rf"\bpractices\.{room.label}\b|[\"']{room.label}[{ends}]")
    outside = [p for p in house.rglob("*.py") if house / "practices" / room.label not in p.parents]

    # What is in `testing` serves the tests and is never imported by the product.
    naming = [
        str(p) for p in outside if "testing" not in p.parts and name.search(p.read_text(encoding="utf-8"))
    ]

    assert naming == []


@EVERY_ROOM
@pytest.mark.django_db
def test_the_room_begins_with_the_facts_the_house_knows(room: PracticeConfig, pair: Pair) -> None:
    facts = facts_for(pair.host.at(pair.bond), room.dialogue)

    assert room.dialogue.begin(**facts).lobby
