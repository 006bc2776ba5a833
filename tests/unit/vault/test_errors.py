"""The vault's error holds nothing: not in itself, and not in what it came from."""

import pickle
from collections.abc import Callable

import pytest

from nearer.vault.envelope import open_record, seal
from nearer.vault.errors import VaultError, refusing
from nearer.vault.keys import Argon2, session_key, stretch
from nearer.vault.recovery import read_code

from .made_up import CANARY, KEY, flipped, place, sealed


def test_every_refusal_reads_the_same() -> None:
    assert str(VaultError()) == "The vault did not open."
    assert VaultError().args == ()


def test_no_content_can_be_put_in() -> None:
    with pytest.raises(TypeError):
        VaultError(CANARY)  # type: ignore[call-arg]  # that it takes none is what is shown


def test_it_survives_a_trip_between_processes() -> None:
    assert isinstance(pickle.loads(pickle.dumps(VaultError())), VaultError)


@refusing(ValueError)
def fails_with(problem: Exception) -> None:
    """Raise what it is given."""
    raise problem


def test_an_expected_error_becomes_a_refusal_that_forgot_it() -> None:
    with pytest.raises(VaultError) as refused:
        fails_with(UnicodeEncodeError("utf-8", CANARY, 0, 1, CANARY))

    assert refused.value.__context__ is None
    assert refused.value.__cause__ is None


def test_an_unexpected_error_passes() -> None:
    with pytest.raises(LookupError):
        fails_with(LookupError())


def test_the_wrapped_function_keeps_its_name() -> None:
    assert fails_with.__name__ == "fails_with"
    assert fails_with.__doc__ == "Raise what it is given."


LONE_SURROGATE = CANARY + "\ud800"


@pytest.mark.parametrize(
    "fail",
    [
        pytest.param(lambda: open_record(KEY, flipped(sealed(), 700), **place()), id="altered"),
        pytest.param(lambda: sealed({"words": LONE_SURROGATE}), id="text that is not text"),
        pytest.param(lambda: sealed({"words": {CANARY}}), id="not JSON"),
        pytest.param(lambda: sealed({"words": float("nan")}), id="not a number"),
        pytest.param(lambda: seal(KEY, key_version=1, document={}, **place(kind=LONE_SURROGATE)), id="kind"),
        pytest.param(lambda: stretch(LONE_SURROGATE, bytes(16), Argon2()), id="passphrase"),
        pytest.param(lambda: session_key(LONE_SURROGATE), id="token"),
        pytest.param(lambda: read_code(CANARY), id="code"),
    ],
)
def test_a_refusal_carries_no_words_in_any_part_of_it(fail: Callable[[], object]) -> None:
    with pytest.raises(VaultError) as refused:
        fail()

    problem = refused.value
    assert (problem.args, problem.__context__, problem.__cause__, problem.__dict__) == ((), None, None, {})
    assert CANARY not in repr(problem) + str(problem)
