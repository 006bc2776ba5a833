"""Pictures that come with a pack: drawings without anything in them that could act. PURE."""

from __future__ import annotations

import re
from xml.parsers import expat

MOST_BYTES = 60_000
ELEMENTS = frozenset(
    {
        "svg",
        "g",
        "title",
        "desc",
        "path",
        "circle",
        "ellipse",
        "rect",
        "line",
        "polyline",
        "polygon",
        "defs",
        "clipPath",
    }
)
ATTRIBUTES = re.compile(
    r"xmlns|viewBox|width|height|d|[cr][xy]?|[xy][12]?|f[xy]|points|fill|stroke|transform|opacity|id|role|aria-hidden"
    r"|fill-rule|clip-rule|clip-path|(?:fill|stroke)-opacity|stroke-(?:width|linecap|linejoin|dasharray|miterlimit)"
)
VALUE = re.compile(r"[^<>&\"'\\]*")
INSIDE = re.compile(r"url\(#[\w-]+\)")
NAMESPACE = "http://www.w3.org/2000/svg"


class NotAPicture(ValueError):
    """The drawing holds something other than shapes. The message says what."""


def check_drawing(data: bytes) -> None:
    """Check that an SVG draws and does nothing else: shapes only, no script, style, link, text or entity.

    Raises:
        NotAPicture: it does.
    """
    if len(data) > MOST_BYTES:
        raise NotAPicture(f"A drawing has at most {MOST_BYTES} bytes.")
    reader = expat.ParserCreate()
    reader.StartElementHandler = _element
    reader.StartDoctypeDeclHandler = _no_doctype
    reader.ProcessingInstructionHandler = _no_instruction
    reader.EntityDeclHandler = _no_doctype
    try:
        reader.Parse(data, True)
    except expat.ExpatError as broken:
        raise NotAPicture(f"It is not well-formed SVG: look at line {broken.lineno}.") from broken


def _element(name: str, attributes: dict[str, str]) -> None:
    if name not in ELEMENTS:
        raise NotAPicture(f"A drawing holds shapes alone, and <{name[:20]}> is none.")
    for attribute, value in attributes.items():
        if not ATTRIBUTES.fullmatch(attribute) or not VALUE.fullmatch(value):
            raise NotAPicture(f"{attribute[:20]} has no place in a drawing.")
        leads_out = "url(" in value.lower() and not INSIDE.fullmatch(value)
        if leads_out or (attribute == "xmlns" and value != NAMESPACE):
            raise NotAPicture("A drawing refers to nothing outside itself.")


def _no_doctype(*_about: object) -> None:
    raise NotAPicture("A drawing declares no entities and no document type.")


def _no_instruction(*_about: object) -> None:
    raise NotAPicture("A drawing holds no instructions.")
