"""A label says which kind a record is to whoever holds the key, and nothing to anybody else."""

import hashlib
import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.vault.errors import VaultError
from nearer.vault.keys import label_of
from nearer.vault.labels import LABEL_SIZE

from . import opener
from .made_up import KEY, OTHER_KEY, STEADY, keys

kinds = st.text(alphabet=st.characters(codec="utf-8"), max_size=40)


@STEADY
@given(keys, kinds)
def test_it_is_the_documented_hmac(key: bytes, kind: str) -> None:
    message = opener.counted(b"nearer", b"v1", b"label", kind.encode())

    assert label_of(key, kind) == hmac.new(key, message, hashlib.sha256).digest()[:LABEL_SIZE]


@STEADY
@given(kinds, kinds)
def test_one_kind_has_one_label_under_a_key_and_another_under_another(one: str, two: str) -> None:
    assert (label_of(KEY, one) == label_of(KEY, two)) == (one == two)
    assert label_of(KEY, one) != label_of(OTHER_KEY, one)


@pytest.mark.parametrize(("key", "kind"), [(b"", "plan"), (KEY[:-1], "plan"), (KEY, "\ud800")])
def test_no_key_no_label(key: bytes, kind: str) -> None:
    with pytest.raises(VaultError):
        label_of(key, kind)
