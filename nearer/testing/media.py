"""Photos and voice notes to try with, marked in every place where a camera or a recorder leaves marks."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

import av
import numpy as np
from av.audio.stream import AudioStream
from PIL import Image

MARK = "KANARI-51.5074N"
RATE = 48_000
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825


def photo(
    size: tuple[int, int] = (640, 480), kind: str = "JPEG", *, turned: int = 1, noise: bool = False
) -> bytes:
    """Return a photo whose upper left quarter is red and the rest green, with marks of place and camera.

    Args:
        size: width and height in pixels, as stored.
        kind: the format's name in Pillow.
        turned: the EXIF orientation.
        noise: random pixels instead, which no format makes small.
    """
    picture = Image.new("RGB", size, "green")
    picture.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    if noise:
        picture = Image.frombytes("RGB", size, random.Random(7).randbytes(size[0] * size[1] * 3))  # noqa: S311
    return saved(picture, kind, exif=marks(turned), comment=MARK.encode(), xmp=f"<x>{MARK}</x>".encode())


def saved(picture: Image.Image, kind: str, **options: Any) -> bytes:  # Any: as Pillow has it
    """Return a picture as a file."""
    out = BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def marks(turned: int = 1) -> Image.Exif:
    """Return what a camera notes: how it was held, who made it, and where it was."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = turned, MARK
    exif.get_ifd(GPS).update({1: "N", 2: (51.0, 30.0, 26.0), 29: MARK})
    return exif


def voice(seconds: float = 1, kind: str = "webm", codec: str = "libopus", *, rate: int = RATE) -> bytes:
    """Return a hum, with a title that names a place.

    Args:
        seconds: how long.
        kind: the container's name in FFmpeg.
        codec: the codec's.
        rate: samples a second.
    """
    out = BytesIO()
    with av.open(out, "w", format=kind) as container:
        container.metadata["title"] = MARK
        stream = container.add_stream(codec, rate=rate, layout="mono")
        assert isinstance(stream, AudioStream)
        left, at = int(seconds * rate), 0
        while left > 0:
            count = min(left, rate)
            wave = 0.3 * np.sin(2 * np.pi * 220 * (at + np.arange(count)) / rate)
            frame = av.AudioFrame.from_ndarray(wave.astype(np.float32).reshape(1, -1), "fltp", "mono")
            frame.sample_rate, frame.pts = rate, at
            container.mux(stream.encode(frame))
            left, at = left - count, at + count
        container.mux(stream.encode(None))
    return out.getvalue()
