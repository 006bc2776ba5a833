"""A photo looks as it did, in whichever way its file writes colours down."""

from __future__ import annotations

import struct
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageCms

from nearer.files import photos
from nearer.testing.media import saved

WIDTH, HEIGHT = 256, 16
SPOTS = range(8, WIDTH, 24)
# Lossy twice, and one of them may be a palette.
NEAR = 12
GREY = Image.fromarray(np.tile(np.arange(WIDTH, dtype=np.uint8), (HEIGHT, 1)))
FINE = np.tile(np.arange(WIDTH, dtype=np.uint16) * 257, (HEIGHT, 1))
# What no accepted format says today, a reader of tomorrow may: TIFF stands in for it.
RARE = {
    "I;16B": Image.frombytes("I;16B", GREY.size, FINE.astype(">u2").tobytes()),
    "I": Image.fromarray(FINE.astype(np.int32)),
    "I with bytes": Image.fromarray(FINE.astype(np.int32) // 257),
    "I beyond": Image.fromarray(FINE.astype(np.int32) * 9),
    "F": Image.fromarray(FINE.astype(np.float32) / 65_535),
    "F with bytes": Image.fromarray(FINE.astype(np.float32) / 257),
    "YCbCr": GREY.convert("YCbCr"),
}


def shown(raw: bytes) -> Image.Image:
    return Image.open(BytesIO(photos.rewrite(raw).content)).convert("RGBA")


def greys(raw: bytes) -> list[int]:
    """Return the grey along the middle of a picture, and see that it is a grey."""
    seen = []
    for x in SPOTS:
        red, green, blue, alpha = shown(raw).getpixel((x, HEIGHT // 2))  # type: ignore[misc]
        assert alpha == 255
        assert max(red, green, blue) - min(red, green, blue) <= NEAR
        seen.append(green)
    return seen


def is_the_gradient(raw: bytes) -> bool:
    return greys(raw) == pytest.approx(list(SPOTS), abs=NEAR)


def test_a_gradient_stays_a_gradient_in_every_mode_of_every_format() -> None:
    modes = {
        "PNG": ("L", "LA", "P", "RGB", "RGBA"),
        "JPEG": ("L", "RGB", "CMYK", "YCbCr"),
        "WEBP": ("L", "RGB", "RGBA"),
        "AVIF": ("L", "RGB", "RGBA"),
        "GIF": ("L", "P", "RGB"),
    }
    raws = {f"{kind} {mode}": saved(GREY.convert(mode), kind) for kind in modes for mode in modes[kind]}
    raws["PNG I;16"] = saved(Image.fromarray(FINE), "PNG")

    assert [name for name, raw in raws.items() if not is_the_gradient(raw)] == []


@pytest.mark.parametrize("mode", RARE)
def test_what_no_accepted_format_writes_today_would_stay_a_gradient_too(
    mode: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photos, "FORMATS", (*photos.FORMATS, "TIFF"))

    assert is_the_gradient(saved(RARE[mode], "TIFF"))


def test_a_dark_picture_in_fine_greys_stays_dark() -> None:
    dark = Image.fromarray(FINE // 4)

    assert greys(saved(dark, "PNG")) == pytest.approx([x // 4 for x in SPOTS], abs=NEAR)


def test_black_and_white_stays_so_and_dots_become_a_grey_where_it_is_made_smaller() -> None:
    halves = Image.new("1", (WIDTH, HEIGHT))
    halves.paste(1, (WIDTH // 2, 0, WIDTH, HEIGHT))
    assert greys(saved(halves, "PNG")) == pytest.approx([255 * (x >= WIDTH // 2) for x in SPOTS], abs=NEAR)

    dots = Image.fromarray(np.indices((64, 8192)).sum(axis=0) % 2 == 0)
    assert shown(saved(dots, "PNG")).getpixel((900, 8))[1] == pytest.approx(127, abs=NEAR)  # type: ignore[index]


def test_what_is_clear_stays_clear() -> None:
    left = Image.new("L", GREY.size, 255)
    left.paste(0, (0, 0, WIDTH // 2, HEIGHT))
    white = GREY.point(lambda grey: 255 if grey < WIDTH // 2 else grey // 2)
    with_alpha = [GREY.convert(mode) for mode in ("LA", "RGBA")]
    for picture in with_alpha:
        picture.putalpha(left)
    fine = Image.fromarray(np.where(FINE[0, WIDTH // 2] > FINE, 65_535, FINE // 2).astype(np.uint16))
    raws = [
        *[saved(picture, "PNG") for picture in with_alpha],
        saved(with_alpha[1], "WEBP"),
        saved(white, "PNG", transparency=255),
        saved(white.convert("RGB"), "PNG", transparency=(255, 255, 255)),
        saved(white.convert("P"), "PNG", transparency=255),
        saved(white.convert("P"), "GIF", transparency=255),
        saved(fine, "PNG", transparency=65_535),
    ]

    for raw in raws:
        picture = shown(raw)
        alphas = [picture.getpixel((x, HEIGHT // 2))[3] for x in SPOTS]  # type: ignore[index]
        assert alphas == [255 * (x >= WIDTH // 2) for x in SPOTS]


def swapped() -> bytes:
    """Return a profile in which what is called red is blue."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for one, other in ((b"rXYZ", b"????"), (b"bXYZ", b"rXYZ"), (b"????", b"bXYZ")):
        profile = profile.replace(one, other, 1)
    return profile


def linear_grey() -> bytes:
    """Return a profile of greys in which a number says how much light there is."""
    curve = b"curv" + bytes(8)
    white = b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061)
    tags = (
        struct.pack(">I", 2) + b"kTRC" + struct.pack(">2I", 156, 12) + b"wtpt" + struct.pack(">2I", 168, 20)
    )
    head = struct.pack(">I4sI12s", 188, b"", 0x02100000, b"mntrGRAYXYZ ") + bytes(12) + b"acsp" + bytes(28)
    return (head + struct.pack(">3i", 63190, 65536, 54061)).ljust(128, b"\0") + tags + curve + white


def test_colours_look_the_same_without_the_profile_they_came_with() -> None:
    red = Image.new("RGB", (20, 20), (230, 20, 20))
    for mode in ("RGB", "RGBA", "P"):
        made = shown(saved(red.convert(mode), "PNG", icc_profile=swapped())).getpixel((9, 9))
        assert made[:3] == pytest.approx((20, 20, 230), abs=60), mode  # type: ignore[index]

    light = saved(Image.new("L", (20, 20), 55), "PNG", icc_profile=linear_grey())
    assert shown(light).getpixel((9, 9))[1] == pytest.approx(128, abs=NEAR)  # type: ignore[index]
    for mode in ("L", "LA", "CMYK"):
        kind = "JPEG" if mode == "CMYK" else "PNG"
        assert is_the_gradient(saved(GREY.convert(mode), kind, icc_profile=swapped())), mode
