"""Writes a photo anew: its pixels, upright and of a sensible size, and nothing else that came with them.

Where it was taken, with which camera, its small pictures and its comments are not copied, so they are gone.
"""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import cast

from PIL import Image, ImageCms

from nearer.files.rewritten import NotRewritten, Rewritten, Why

FORMATS = ("AVIF", "GIF", "JPEG", "PNG", "WEBP")
MOST_PIXELS = 51_000_000  # what phones call 50 megapixels, 8,192 by 6,144, is a little more
SIDE = 2048
QUALITY = 82
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def warm_up() -> None:
    """Load everything that reading a photo may need, while files can still be opened."""
    Image.init()
    tiny, out, exif = Image.new("RGB", (2, 1)), BytesIO(), Image.Exif()
    exif[ORIENTATION] = 6
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    tiny.save(out, "JPEG", exif=exif, icc_profile=profile)
    rewrite(out.getvalue())


def rewrite(raw: bytes) -> Rewritten:
    """Return the first picture in a file as WebP.

    Args:
        raw: the file as it was sent; AVIF, GIF, JPEG, PNG or WebP, whatever it was called.

    Returns:
        The photo, at most 2,048 pixels wide and high.

    Raises:
        NotRewritten: there are more than 51 million pixels, which is known before any is decoded.
        Exception: whatever a reader makes of bytes that are no picture.
    """
    Image.MAX_IMAGE_PIXELS = None  # bounded here, by a number of our own
    with Image.open(BytesIO(raw), formats=FORMATS) as image:
        if image.width * image.height > MOST_PIXELS:
            raise NotRewritten(Why.TOO_MANY_PIXELS)
        image.draft("RGB", (SIDE, SIDE))  # a JPEG is decoded at a fraction of its size
        picture = _in_channels(image)
        picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
        picture = _in_plain_colours(picture)
        turn = UPRIGHT.get(_orientation(image) or 0)
    if turn is not None:
        picture = picture.transpose(turn)
    picture.info.clear()  # what is in here would be written
    out = BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=4)
    return Rewritten(content=out.getvalue(), width=picture.width, height=picture.height)


def _orientation(image: Image.Image) -> int | None:
    # Somebody's camera writes nonsense here: the picture is then shown as it lies.
    with suppress(Exception):
        return int(image.getexif()[ORIENTATION])
    return None


def _in_channels(image: Image.Image) -> Image.Image:
    """Return the picture with a byte for each channel, which is what can be made smaller well."""
    if image.mode == "F" or image.mode.startswith("I"):
        image = _in_bytes(image)
    # Between two numbers of a palette, or next to the one number that stands for nothing, lies no colour.
    if image.mode in {"L", "LA", "RGB", "RGBA", "CMYK"} and "transparency" not in image.info:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _in_bytes(image: Image.Image) -> Image.Image:
    """Return finer greys as bytes, in proportion: Pillow itself would make everything above 255 white."""
    whites = {"F": (1, 255, 65_535), "I": (255, 65_535)}.get(image.mode, (65_535,))
    wide = image if image.mode == "F" else image.convert("I")
    brightest = cast("float", wide.getextrema()[1])
    white = next((each for each in whites if brightest <= each), brightest)
    grey = wide.point(lambda value: value * (255 / white)).convert("L")
    clear = grey.info.pop("transparency", None)
    if isinstance(clear, int):
        shown = [255] * 65_536
        shown[clear] = 0
        grey.putalpha(wide.point(shown, "L"))
    return grey


def _in_plain_colours(image: Image.Image) -> Image.Image:
    """Return the pixels as sRGB, so that they look the same without the profile they came with."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    # A grey with transparency would lose it on the way through a profile.
    if profile and image.mode != "LA":
        with suppress(ImageCms.PyCMSError, OSError):
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            plain = ImageCms.createProfile("sRGB")
            if converted := ImageCms.profileToProfile(image, source, plain, outputMode=mode):
                return converted
    return image.convert(mode)
