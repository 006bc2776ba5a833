"""What comes out of the workshop is a picture or a sound, written anew; nothing that came with it is left."""

from __future__ import annotations

import zlib
from io import BytesIO

import av
import pytest
from av.audio.stream import AudioStream
from PIL import Image

from nearer.files import photos, voices
from nearer.files.rewritten import NotRewritten, Rewritten, Why
from nearer.testing.media import MARK, marks, photo, saved, voice

MARKS = (MARK.encode(), MARK.encode("utf-16-le"), b"Exif", b"ICCP", b"XMP", b"EXIF")
VOICES = [
    ("webm", "libopus"), ("ogg", "libopus"), ("mp4", "aac"), ("adts", "aac"), ("mp3", "libmp3lame"),
    ("wav", "pcm_s16le"), ("flac", "flac"),
]  # fmt: skip


def seen(made: Rewritten) -> Image.Image:
    picture = Image.open(BytesIO(made.content))
    assert (picture.format, picture.size) == ("WEBP", (made.width, made.height))
    assert (getattr(picture, "n_frames", 1), dict(picture.getexif())) == (1, {})
    assert not {"icc_profile", "xmp", "exif", "comment"} & picture.info.keys()
    return picture


@pytest.mark.rule("R2")
def test_place_camera_and_comments_of_a_photo_are_gone() -> None:
    for kind in ("JPEG", "PNG", "WEBP", "AVIF"):
        raw = photo(kind=kind)
        assert MARK.encode() in raw, kind

        made = photos.rewrite(raw)

        assert not any(mark in made.content for mark in MARKS), kind
        assert seen(made).size == (640, 480)


def test_a_photo_stands_upright_however_the_camera_was_held() -> None:
    corners = {
        1: "upper left", 2: "upper right", 3: "lower right", 4: "lower left",
        5: "upper left", 6: "upper right", 7: "lower right", 8: "lower left",
    }  # fmt: skip
    for turned, corner in corners.items():
        picture = seen(photos.rewrite(photo((300, 200), turned=turned))).convert("RGB")
        right, low = picture.width - 10, picture.height - 10
        spots = {
            "upper left": (9, 9),
            "upper right": (right, 9),
            "lower right": (right, low),
            "lower left": (9, low),
        }

        assert picture.size == ((300, 200) if turned < 5 else (200, 300)), turned
        colours: dict[str, tuple[int, ...]] = {at: picture.getpixel(spot) for at, spot in spots.items()}  # type: ignore[misc]
        assert [at for at, colour in colours.items() if colour[0] > colour[1]] == [corner], turned


@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
def test_every_sort_of_picture_becomes_one_still_photo_of_a_sensible_size() -> None:
    base = Image.new("RGB", (60, 40), "red")
    many = [Image.new("RGB", (60, 40), colour) for colour in ("red", "blue", "white")]
    odd = [saved(base.convert(mode), "PNG") for mode in ("1", "L", "LA", "P", "RGBA", "I;16")]
    odd += [saved(base.convert(mode), "JPEG") for mode in ("L", "CMYK")]
    odd += [
        saved(many[0], kind, save_all=True, append_images=many[1:]) for kind in ("GIF", "PNG", "WEBP", "AVIF")
    ]
    odd.append(saved(base, "JPEG", icc_profile=b"no profile at all", exif=b"Exif\0\0II*\0\xff\xff\xff\xff"))

    assert [seen(photos.rewrite(raw)).size for raw in odd] == [(60, 40)] * len(odd)
    assert seen(photos.rewrite(saved(base.convert("RGBA"), "PNG"))).mode in {"RGB", "RGBA"}
    assert seen(photos.rewrite(photo((4100, 500)))).size == (2048, 250)
    clear = Image.new("RGBA", (8, 8), (0, 0, 0, 0))
    assert seen(photos.rewrite(saved(clear, "PNG"))).getpixel((4, 4))[3] == 0  # type: ignore[index]


def test_the_pixels_are_counted_before_any_is_decoded() -> None:
    tiny = saved(Image.new("1", (16, 16)), "PNG")
    claims = tiny[:16] + (10_000).to_bytes(4, "big") * 2 + tiny[24:]
    crc = zlib.crc32(claims[12:29]).to_bytes(4, "big")

    with pytest.raises(NotRewritten) as refused:
        photos.rewrite(claims[:29] + crc + claims[33:])

    assert refused.value.why == Why.TOO_MANY_PIXELS


def test_a_photo_of_fifty_megapixels_as_phones_take_them_fits() -> None:
    for size in ((8160, 6144), (8192, 6144)):
        made = photos.rewrite(saved(Image.new("L", size), "JPEG", quality=20))
        assert (made.width, made.height) == (photos.SIDE, round(photos.SIDE * size[1] / size[0]))


def test_a_picture_that_is_also_a_script_is_only_a_picture_afterwards() -> None:
    gif = saved(Image.new("P", (10, 10)), "GIF") + b"*/=1;alert('hello')//<script>alert(1)</script>"
    jpeg = saved(Image.new("RGB", (10, 10)), "JPEG", comment=b"<?php system('id'); ?>", exif=marks())

    for raw in (gif, jpeg + b"PK\x03\x04 a zip at its end"):
        content = photos.rewrite(raw).content
        assert not any(code in content for code in (b"alert", b"<?php", b"<script", b"PK\x03\x04"))


def heard(made: Rewritten) -> float:
    with av.open(BytesIO(made.content), "r") as container:
        (stream,) = container.streams
        assert isinstance(stream, AudioStream)
        assert (container.format.name.split(",")[0], stream.codec_context.name) == ("mov", "aac")
        assert not {"title", "encoder", "comment"} & {*container.metadata, *stream.metadata}
        return sum(frame.samples for frame in container.decode(stream)) / voices.RATE


@pytest.mark.rule("R2")
def test_every_recording_becomes_one_sound_without_its_marks() -> None:
    for kind, codec in VOICES:
        made = voices.rewrite(voice(1.5, kind, codec))

        assert MARK.encode() not in made.content, kind
        assert b"Lavf" not in made.content, kind
        assert heard(made) == pytest.approx(1.5, abs=0.1), kind
        assert made.seconds == 2, kind


def test_a_film_is_only_heard() -> None:
    film = BytesIO()
    with av.open(film, "w", format="mp4") as container:
        picture, sound = container.add_stream("mpeg4", rate=5), container.add_stream("aac", rate=48_000)
        picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
        for _ in range(5):
            container.mux(picture.encode(av.VideoFrame(64, 64, "yuv420p")))
        with av.open(BytesIO(voice(1, "wav", "pcm_s16le")), "r") as hum:
            for frame in hum.decode(audio=0):
                container.mux(sound.encode(frame))
        container.mux(picture.encode(None))
        container.mux(sound.encode(None))

    assert heard(voices.rewrite(film.getvalue())) == pytest.approx(1, abs=0.1)


def test_five_minutes_are_the_most(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (voices.MOST_SECONDS, voices.GRACE) == (300, 2)
    monkeypatch.setattr(voices, "MOST_SECONDS", 3)

    assert voices.rewrite(voice(4)).seconds == 4
    with pytest.raises(NotRewritten) as refused:
        voices.rewrite(voice(6))
    assert refused.value.why == Why.TOO_LONG
