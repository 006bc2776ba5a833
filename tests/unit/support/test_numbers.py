"""The numbers of one's own people, as a phone dials them."""

from __future__ import annotations

import pytest

from nearer.practices.support.alone import Contact


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("+44 (0)20 7946-0000", "+442079460000"),
        ("+44 20 7946 0000", "+442079460000"),
        ("(0) 20/7946.0000", "02079460000"),
    ],
)
def test_a_number_is_dialled_as_a_phone_takes_it(number: str, dialled: str) -> None:
    assert Contact(name="Mo", number=number).dial == dialled
