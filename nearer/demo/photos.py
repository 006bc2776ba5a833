"""Photos for the book that nobody took: a canal, a table with soup, a lake in the morning; drawn from a few shapes."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from random import Random

from PIL import Image, ImageDraw, ImageFilter

SIZE = (1200, 900)
WIDTH, HEIGHT = SIZE
GRAIN = 7  # how much a grey value strays, so that it looks less like a poster
type Colour = tuple[int, int, int]


def _blend(start: Colour, end: Colour, part: float) -> Colour:
    r, g, b = (round(a + (z - a) * part) for a, z in zip(start, end, strict=True))
    return r, g, b


def _shade(draw: ImageDraw.ImageDraw, top: int, bottom: int, start: Colour, end: Colour) -> None:
    """Fill a band of the picture from one colour to another."""
    for y in range(top, bottom):
        draw.line([(0, y), (WIDTH, y)], fill=_blend(start, end, (y - top) / (bottom - top)))


def _hills(draw: ImageDraw.ImageDraw, chance: Random, base: int, rise: int, colour: Colour) -> None:
    points, y = [(0, HEIGHT)], float(base)
    for x in range(0, WIDTH + 60, 60):
        y = min(max(y + chance.uniform(-rise, rise), base - 3 * rise), base)
        points.append((x, round(y)))
    draw.polygon([*points, (WIDTH, HEIGHT)], fill=colour)


def _lake(draw: ImageDraw.ImageDraw, chance: Random) -> None:
    _shade(draw, 0, 430, (246, 214, 186), (250, 236, 214))
    for base, rise, colour in (
        (420, 34, (168, 182, 186)),
        (440, 22, (120, 146, 150)),
        (452, 12, (84, 112, 112)),
    ):
        _hills(draw, chance, base, rise, colour)
    _shade(draw, 450, HEIGHT, (206, 206, 196), (92, 124, 130))
    for y in range(470, HEIGHT, 14):
        x, length = chance.randrange(WIDTH), chance.randrange(60, 260)
        draw.line([(x, y), (x + length, y)], fill=(226, 220, 206), width=2)
    draw.polygon([(560, 900), (760, 900), (664, 560), (632, 560)], fill=(112, 92, 76))
    for step in range(12):
        y = round(575 + step * step * 2.3)
        draw.line([(640 - step * 7, y), (656 + step * 9, y)], fill=(84, 68, 58), width=3)
    for x, y in ((628, 556), (668, 556), (594, 700), (724, 700)):
        draw.rectangle([x - 5, y - 26, x + 5, y + 26], fill=(78, 64, 54))


def _canal(draw: ImageDraw.ImageDraw, chance: Random) -> None:
    _shade(draw, 0, 460, (196, 210, 216), (238, 232, 214))
    _hills(draw, chance, 470, 10, (150, 152, 120))
    draw.polygon([(0, 900), (0, 560), (560, 462), (640, 462), (300, 900)], fill=(150, 146, 92))
    draw.polygon([(300, 900), (640, 462), (700, 462), (1200, 860), (1200, 900)], fill=(112, 138, 140))
    draw.polygon([(1200, 860), (700, 462), (1200, 520)], fill=(158, 142, 84))
    for number in range(7):
        near = number / 6
        x, foot, top = 590 - near * 520, 470 + near * 190, 400 - near * 340
        draw.line([(x, foot), (x, top)], fill=(86, 74, 62), width=round(3 + near * 14))
        for _ in range(16):
            y = chance.uniform(top, foot - (foot - top) * 0.45)
            away = chance.choice((-1, 1)) * chance.uniform(10, 20 + near * 60)
            draw.line(
                [(x, y), (x + away, y - abs(away) * 1.3)], fill=(112, 92, 66), width=round(1 + near * 3)
            )
            draw.ellipse(
                [x + away - 5, y - abs(away) * 1.3 - 5, x + away + 5, y - abs(away) * 1.3 + 5],
                fill=(206, 158, 66),
            )
    draw.polygon([(640, 650), (900, 640), (960, 690), (900, 730), (660, 730)], fill=(60, 82, 74))
    draw.rectangle([700, 600, 870, 655], fill=(168, 70, 52))
    for x in (720, 765, 810):
        draw.rectangle([x, 612, x + 28, 636], fill=(244, 226, 176))


def _soup(draw: ImageDraw.ImageDraw, chance: Random) -> None:
    _shade(draw, 0, HEIGHT, (190, 148, 104), (142, 100, 66))
    for y in range(0, HEIGHT, 90):
        draw.line([(0, y), (WIDTH, y + chance.randrange(-8, 8))], fill=(118, 82, 54), width=4)
    draw.polygon([(0, 0), (520, 0), (120, 900), (0, 900)], fill=(206, 168, 124))
    for x, y in ((180, 180), (660, 330)):
        draw.ellipse([x + 18, y + 26, x + 388, y + 396], fill=(96, 66, 44))
        draw.ellipse([x, y, x + 370, y + 370], fill=(238, 232, 220))
        draw.ellipse([x + 34, y + 34, x + 336, y + 336], fill=(212, 128, 50))
        for _ in range(22):
            a, b = x + chance.randrange(80, 280), y + chance.randrange(80, 280)
            draw.ellipse(
                [a, b, a + 12, b + 8], fill=chance.choice(((232, 164, 84), (98, 132, 66), (190, 100, 36)))
            )
    draw.line([(905, 345), (880, 410), (930, 440)], fill=(150, 140, 128), width=4)
    draw.rounded_rectangle([430, 640, 640, 800], radius=70, fill=(170, 112, 62))
    draw.rounded_rectangle([444, 654, 626, 786], radius=60, fill=(236, 208, 162))


SCENES: dict[str, Callable[[ImageDraw.ImageDraw, Random], None]] = {
    "lake": _lake,
    "canal": _canal,
    "soup": _soup,
}


def photo(name: str) -> bytes:
    """Return one of the pictures as JPEG, the same each time.

    Args:
        name: "lake", "canal" or "soup".

    Raises:
        KeyError: there is no such picture.
    """
    chance = Random(name)  # noqa: S311 - variety, not secrecy
    image = Image.new("RGB", SIZE)
    SCENES[name](ImageDraw.Draw(image), chance)
    soft = image.filter(ImageFilter.GaussianBlur(2))
    grain = Image.effect_noise(SIZE, GRAIN * 4).convert("RGB")
    written = BytesIO()
    Image.blend(soft, grain, 0.07).save(written, "JPEG", quality=88)
    return written.getvalue()
