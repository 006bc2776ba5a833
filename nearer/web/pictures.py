"""Icons and practice glyphs, kept as path data and drawn as inline SVG: no request, no inline style."""

import tomllib
from functools import lru_cache
from pathlib import Path

from django.utils.safestring import SafeString, mark_safe

from nearer.statistics.overlap import ALMOST_ONE, APART, CIRCLES

SOURCE = Path(__file__).with_name("pictures.toml")
TALL = 44


@lru_cache(maxsize=1)
def _pictures() -> dict[str, dict[str, str]]:
    with SOURCE.open("rb") as file:
        return tomllib.load(file)


def icon_names() -> list[str]:
    """Return the name of every icon, sorted."""
    return sorted(_pictures()["icons"])


def glyph_names() -> list[str]:
    """Return the name of every practice glyph, in the order of the practices."""
    return list(_pictures()["glyphs"])


@lru_cache(maxsize=256)
def icon_svg(name: str, extra: str = "") -> SafeString:
    """Return one icon as decorative SVG that takes the colour of the text around it.

    `extra` adds class names. Raises KeyError for a name that pictures.toml does not hold.
    """
    path = _pictures()["icons"][name]
    classes = f"icon {extra}".strip()
    # The path is ours, from the file beside this module; names and classes come from templates only.
    return mark_safe(  # noqa: S308
        f'<svg class="{classes}" viewBox="0 0 256 256" aria-hidden="true"><path d="{path}"/></svg>'
    )


@lru_cache(maxsize=64)
def glyph_svg(name: str, extra: str = "") -> SafeString:
    """Return one practice glyph in the two inks of the page. Raises KeyError for an unknown name."""
    body = _pictures()["glyphs"][name]
    classes = f"art glyph {extra}".strip()
    return mark_safe(  # noqa: S308
        f'<svg class="{classes}" viewBox="0 0 96 96" aria-hidden="true">{body}</svg>'
    )


@lru_cache(maxsize=16)
def overlap_svg(level: int) -> SafeString:
    """Return the picture of two circles that overlap more from level 1 (apart) to 7 (almost one).

    Raises ValueError outside 1..7.
    """
    if not APART <= level <= ALMOST_ONE:
        raise ValueError("an overlap picture has a level from 1 to 7")
    radius, apart = (16 * each for each in CIRCLES[level - APART])
    left, right, middle = 32 - apart / 2, 32 + apart / 2, TALL / 2
    return mark_safe(  # noqa: S308
        f'<svg class="art ios" viewBox="0 0 64 {TALL}" aria-hidden="true">'
        f'<circle class="f-me" cx="{left:.2f}" cy="{middle:g}" r="{radius:.2f}"/>'
        f'<circle class="f-you" cx="{right:.2f}" cy="{middle:g}" r="{radius:.2f}"/></svg>'
    )
