"""What is given to a study opens with its key and the pair's bytes together, in its own place, and with nothing less."""

from __future__ import annotations

import secrets
from uuid import uuid4

import pytest

from nearer.vault.errors import VaultError
from nearer.vault.studies import (
    new_study_key,
    open_for_study,
    read_study_key,
    seal_for_study,
    write_study_key,
)

DOCUMENT = {
    "answers": [5] * 16, "form": "csi-16", "person": 2, "picture": 4, "version": 1, "wave": 0,
}  # fmt: skip
ALONE = {"answers": [], "form": "", "person": 1, "picture": 7, "version": 0, "wave": 1}


def test_it_opens_with_both_and_with_nothing_less() -> None:
    (private, public), pair, study, row = new_study_key(), secrets.token_bytes(32), uuid4(), uuid4()
    sealed = seal_for_study(public, pair, DOCUMENT, study=study, row=row)

    assert open_for_study(private, pair, sealed, study=study, row=row) == DOCUMENT
    other, _ = new_study_key()
    for key, bytes_, where, line, blob in (
        (other, pair, study, row, sealed),
        (private, secrets.token_bytes(32), study, row, sealed),
        (private, b"", study, row, sealed),
        (private, pair, uuid4(), row, sealed),
        (private, pair, study, uuid4(), sealed),
        (private, pair, study, row, sealed[:-1]),
        (private, pair, study, row, b""),
    ):
        with pytest.raises(VaultError):
            open_for_study(key, bytes_, blob, study=where, row=line)


def test_its_size_does_not_tell_whether_there_is_a_questionnaire() -> None:
    _, public = new_study_key()
    sizes = {
        len(seal_for_study(public, bytes(32), each, study=uuid4(), row=uuid4())) for each in (DOCUMENT, ALONE)
    }
    assert len(sizes) == 1


def test_a_key_is_read_as_it_was_written_and_a_wrong_letter_is_noticed() -> None:
    private, _ = new_study_key()
    text = write_study_key(private)

    assert read_study_key(f" {text.lower()}\n") == private
    with pytest.raises(VaultError):
        read_study_key(("1" if text[0] == "0" else "0") + text[1:])
