"""The workshop takes anything, answers in a word, and has nothing in it that could be taken out."""

from __future__ import annotations

import random
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from nearer.files import workshop
from nearer.files.fields import PhotoField, VoiceField
from nearer.files.rewritten import NotRewritten, Why
from nearer.files.workshop import Trade
from nearer.testing.media import photo, voice

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PLAYLIST = b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"
MEGABYTE = 1024 * 1024


def wav(rate: int, *, says: int = 4000, holds: int = 4000) -> bytes:
    form = struct.pack("<HHIIHH", 1, 1, rate, rate * 2 % 2**32, 2, 16)
    return b"RIFF" + struct.pack("<I", says + 36) + b"WAVEfmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", says) + bytes(holds)  # fmt: skip


def hostile() -> dict[str, bytes]:
    """Files that are not what they say, by what is wrong with them."""
    noise = random.Random(3).randbytes
    jpeg, webm = photo(), voice()
    return {
        "one byte": b"\xff",
        "noise": noise(MEGABYTE),
        "noise that begins as a photo": jpeg[:20] + noise(MEGABYTE),
        "noise that begins as a recording": webm[:40] + noise(MEGABYTE),
        "noise that begins as an MP4": b"\0\0\0\x18ftypisom" + noise(5000),
        "noise that begins as an Ogg": b"OggS" + noise(5000),
        "half a photo": jpeg[: len(jpeg) // 2],
        "the head of a photo": jpeg[:200],
        "the head of a recording": webm[:100],
        "a drawing with a script": SVG,
        "a page": b"<!doctype html><script>alert(1)</script>",
        "a playlist that names a file": PLAYLIST,
        "a list of files": b"ffconcat version 1.0\nfile /etc/hostname\n",
        "a document": b"%PDF-1.7\n" + noise(2000),
        "an archive": b"PK\x03\x04" + noise(2000),
        "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(/etc/passwd) run\n",
        "a sample a second": wav(1),
        "no samples a second": wav(0),
        "four thousand million samples a second": wav(2**32 - 1),
        "no sound in it": wav(8000, says=0, holds=0),
        "a tag that never ends": b"ID3\x04\0\0\x7f\x7f\x7f\x7f" + noise(3000),
        "only a tag": b"ID3\x03\0\0\0\0\0\x0a" + bytes(10),
    }


def filled(**files: bytes) -> Form:
    sent = {name: SimpleUploadedFile(f"{name}.exe", raw) for name, raw in files.items()}
    return Form({}, MultiValueDict({name: [file] for name, file in sent.items()}))


class Form(forms.Form):
    """Both fields."""

    photo = PhotoField(required=False)
    voice = VoiceField(required=False)


def said(name: str, raw: bytes) -> list[str]:
    """Return the sentences a form answers with."""
    return [str(error) for errors in filled(**{name: raw}).errors.values() for error in errors]


@pytest.mark.slow
def test_hostile_files_are_answered_with_one_kind_sentence() -> None:
    unreadable = {name: field.error_messages[Why.UNREADABLE] for name, field in Form.base_fields.items()}
    cases = hostile()

    for what, raw in cases.items():
        for name, sentence in unreadable.items():
            assert said(name, raw) == [sentence], (what, name)
    assert said("photo", voice()) == [unreadable["photo"]]
    assert said("voice", photo()) == [unreadable["voice"]]


def test_a_file_that_is_empty_large_or_missing_is_answered_before_it_is_read() -> None:
    assert said("photo", b"") == ["That file is empty. Choose another photo."]
    assert said("photo", bytes(15 * MEGABYTE + 1)) == [
        "That photo is larger than 15 MB. A smaller copy of it fits."
    ]
    assert said("voice", bytes(10 * MEGABYTE + 1)) == [
        "That recording is larger than 10 MB. A shorter one fits."
    ]
    assert PhotoField().error_messages["required"] == "Choose a photo first."


def test_what_comes_out_is_what_the_form_hands_on() -> None:
    form = filled(photo=photo(), voice=voice())

    assert form.is_valid()
    assert form.cleaned_data["photo"].content.startswith(b"RIFF")
    assert form.cleaned_data["photo"].width == 640
    assert form.cleaned_data["voice"].content[4:8] == b"ftyp"
    assert form.cleaned_data["voice"].seconds == 1


def test_whoever_breaks_a_reader_finds_no_file_no_connection_and_no_settings(tmp_path: Path) -> None:
    tries = f"""
import os, socket, sys
from nearer.files import workbench
workbench.shut(20, 1024 * workbench.MEGABYTE)
for attempt in (
    lambda: open({str(Path(__file__))!r}),
    lambda: open({str(tmp_path / "new")!r}, "w"),
    lambda: os.pipe(),
    lambda: socket.socket(),
    lambda: bytearray(2048 * workbench.MEGABYTE),
):
    try:
        attempt()
    except (OSError, MemoryError) as problem:
        print(type(problem).__name__)
print(sorted(name for name in sys.modules if name.startswith(("django", "nacl", "nearer.vault", "nearer.settings"))))
"""
    done = subprocess.run([sys.executable, "-c", tries], capture_output=True, text=True, check=True)

    assert done.stdout.split("\n")[:-1] == ["OSError", "OSError", "OSError", "OSError", "MemoryError", "[]"]
    assert not list(tmp_path.iterdir())


def test_the_workshop_inherits_no_settings_and_is_not_waited_for_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[dict[str, str]] = []
    real = subprocess.run

    def run(*args: object, **options: object) -> object:
        ran.append(options["env"])  # type: ignore[arg-type]
        return real(*args, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(workshop, "SECONDS", 0.01)

    with pytest.raises(NotRewritten) as refused:
        workshop.rewrite(photo(), Trade.PHOTO)

    assert refused.value.why == Why.UNREADABLE
    assert [set(environment) <= set(workshop.NEEDED) for environment in ran] == [True]
