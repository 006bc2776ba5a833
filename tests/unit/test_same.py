"""What is drawn once for everybody takes nothing of anybody's."""

from __future__ import annotations

import pytest

from nearer.protocol import Words
from nearer.web import same
from nearer.web.names import Name


def test_each_value_has_a_picture_of_its_own() -> None:
    today, us = (same.drawn("web/components/links.html", tab=tab) for tab in ("today", "us"))
    assert today != us
    assert same.drawn("web/components/links.html", tab="today") is today


@pytest.mark.parametrize("value", [Name("Noor"), Words("I felt left out"), object(), [Name("Noor")], b"key"])
def test_what_somebody_wrote_or_is_called_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        same.drawn("web/components/links.html", tab=value)
