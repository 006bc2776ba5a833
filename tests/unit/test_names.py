"""Which signs a name may hold, and how a page shows it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.template import Context, Template

from nearer.accounts.forms import check_plain
from nearer.web.names import Name

FINE = [
    "Sam", "Noor al-Huda", "José", "Jose\u0301", "Nguye\u0302\u0303n", "Zoë", "שָׁלוֹם", "محمد", "می\u200cخواهم", "क्\u200dष", "ねこ", "👩\u200d🚀", "O’Neill",
    "สมศรี", "བོད་", "Anne-Marie 2",
]  # fmt: skip
ODD = [
    "Sam\u202egnorw", "\u202eSam", "\u2066Sam", "Sam\u200f", "\u3164", "\U0001d159", "Sam\U0001d159", "\U000e0041", "\u115f\u1160", "\uffa0", "\u2800", "Sam\u3164", "\u200b", "S\u200bam", "\ufeffSam",
    "\u00ad", "\u200d", "\u0301", "Z\u0301\u0302\u0303\u0304\u0305algo", "a" + "\u0489" * 9, "two\nlines", "tab\there", "\ue000", "a\u2028b",
]  # fmt: skip


@pytest.mark.parametrize("name", FINE)
def test_names_of_every_kind_of_writing_are_fine(name: str) -> None:
    assert check_plain(name) == name


@pytest.mark.parametrize("name", ODD, ids=range(len(ODD)))
def test_what_cannot_be_seen_or_turns_or_towers_is_asked_for_again(name: str) -> None:
    with pytest.raises(ValidationError):
        check_plain(name)


def test_a_page_shows_a_name_by_itself_in_text_and_bare_in_an_attribute() -> None:
    page = Template(
        "{% load i18n nearer %}{{ n }}|{% blocktranslate with name=n %}Hello {{ name }}{% endblocktranslate %}|"
        '<p aria-label="{{ n|plain }}">'
    )

    shown = page.render(Context({"n": Name("A<b>")}))

    apart = '<bdi translate="no">A&lt;b&gt;</bdi>'
    assert shown == f'{apart}|Hello {apart}|<p aria-label="A&lt;b&gt;">'


@pytest.mark.parametrize(
    ("name", "shown"), [("Sam", "Sam"), ("Noor", "N"), (" émile", "É"), ("ßeta", "S"), ("<b>x", "&lt;")]
)
def test_inside_a_shape_stands_a_short_name_or_an_initial(name: str, shown: str) -> None:
    drawn = Template("{% load nearer %}<text>{{ name|fits:3 }}</text>").render(Context({"name": Name(name)}))

    assert drawn == f"<text>{shown}</text>"
