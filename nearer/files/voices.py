"""Writes a voice note anew: its sound, and nothing else that came with it.

It is always decoded and encoded again, never copied: what the other's browser plays was written here. AAC in
MP4 is what every browser plays, Safari's among them.
"""

from __future__ import annotations

import wave
from collections.abc import Iterator
from io import BytesIO

import av
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer

from nearer.files.rewritten import NotRewritten, Rewritten, Why

MOST_SECONDS = 300
# A recorder that stops after five minutes may have caught a little more.
GRACE = 2
RATE = 48_000
BIT_RATE = 64_000
LEAST_RATE, MOST_RATE = 8_000, 192_000
# What a file is, by its first bytes. The reader is named and never guessed: FFmpeg knows formats that fetch
# other files.
STARTS = (
    (0, b"\x1aE\xdf\xa3", "matroska"),
    (0, b"OggS", "ogg"),
    (4, b"ftyp", "mp4"),
    (8, b"WAVE", "wav"),
    (0, b"fLaC", "flac"),
    (0, b"ID3", "mp3"),
    (0, b"\xff\xf1", "aac"),
    (0, b"\xff\xf9", "aac"),
    (0, b"\xff", "mp3"),
)


def warm_up() -> None:
    """Load everything that reading a voice note may need, while files can still be opened."""
    out = BytesIO()
    with wave.open(out, "wb") as silence:
        silence.setparams((1, 2, RATE, 0, "NONE", ""))
        silence.writeframes(bytes(RATE // 10))
    rewrite(out.getvalue())


def rewrite(raw: bytes) -> Rewritten:
    """Return the sound of a file as AAC in MP4, in one channel.

    Args:
        raw: the file as it was sent; WebM, Ogg, MP4, M4A, WAV, FLAC, MP3 or AAC, whatever it was called.

    Returns:
        The voice note.

    Raises:
        NotRewritten: it is longer than five minutes, or holds no sound.
        Exception: whatever a reader makes of bytes that are no sound.
    """
    out = BytesIO()
    with av.open(BytesIO(raw), "r", format=_reader(raw)) as source:
        samples = _write(source, out)
    if not samples:
        raise NotRewritten(Why.UNREADABLE)
    return Rewritten(content=out.getvalue(), seconds=-(-samples // RATE))


def _reader(raw: bytes) -> str:
    for at, start, name in STARTS:
        if raw.startswith(start, at):
            return name
    raise NotRewritten(Why.UNREADABLE)


def _write(source: InputContainer, out: BytesIO) -> int:
    samples = 0
    # Bit-exact: without the writer's name, version and time.
    with av.open(out, "w", format="mp4", options={"fflags": "+bitexact"}) as target:
        stream = target.add_stream("aac", rate=RATE, layout="mono", options={"flags": "+bitexact"})
        stream.bit_rate = BIT_RATE
        for frame in _sound(source):
            samples += frame.samples
            if samples > (MOST_SECONDS + GRACE) * RATE:
                raise NotRewritten(Why.TOO_LONG)
            target.mux(stream.encode(frame))
        target.mux(stream.encode(None))
    return samples


def _sound(source: InputContainer) -> Iterator[AudioFrame]:
    stream: AudioStream = source.streams.audio[0]
    stream.codec_context.thread_count = 1
    resampler = AudioResampler(format="fltp", layout="mono", rate=RATE)
    for frame in source.decode(stream):
        if not LEAST_RATE <= frame.sample_rate <= MOST_RATE:
            raise NotRewritten(Why.UNREADABLE)
        frame.pts = None
        yield from _timeless(resampler.resample(frame))
    yield from _timeless(resampler.resample(None))


def _timeless(frames: list[AudioFrame]) -> Iterator[AudioFrame]:
    # The times a recorder wrote may jump; the sound follows itself.
    for frame in frames:
        frame.pts = None
        yield frame
