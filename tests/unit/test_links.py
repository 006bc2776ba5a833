"""Invitation links and codes as they arrive: mended where that is possible, else damaged."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.bonds.links import Damaged, Read, read
from nearer.vault.crockford import ALPHABET
from nearer.vault.crockford import write_checked as write

SECRET, CODE = write(bytes(range(1, 17))), "7K0M1AQ9R"
LINK = f"https://nearer.example.org/j/#{SECRET}"
HALF = len(SECRET) // 2


@pytest.mark.parametrize(
    "text",
    [
        LINK, SECRET, f"#{SECRET}", f"{SECRET}.", f"%23{SECRET}", f"%2523{SECRET}",
        LINK.replace("#", "%23"), LINK.replace("#", "%2523"), LINK.replace("#", "＃"), LINK.replace("#", ""),
        LINK.removeprefix("https://"), LINK.lower(), LINK.upper(), LINK.replace("/j/#", "/j#"),
        f"{LINK}.", f"{LINK})", f"({LINK})", f"<{LINK}>", f'"{LINK}"', f"{LINK}, see you there", f"{LINK}\nNoor",
        f"Join me: {LINK}. It is open for three days.", f"{LINK}%20See%20you", f"{LINK}>", f"{LINK}…",
        f"{LINK[:-9]}\u200b{LINK[-9:]}", f"{LINK[:-9]} {LINK[-9:]}", f"{LINK[:-9]}=\r\n{LINK[-9:]}", f"{LINK[:-9]}%20{LINK[-9:]}",
        f"{LINK[:-9]}\u00ad{LINK[-9:]}", f"{LINK[:-9]}\n> {LINK[-9:]}".replace("> ", ""),
        LINK.replace("0", "O").replace("1", "I"), LINK.replace("0", "o").replace("1", "l"),
        f"链接{LINK}点击", f"{LINK}。", LINK.replace("#", "&amp;#35;"), LINK.replace("#", "\\u0023"), LINK.replace("#", "\\#"),
        f"{LINK[:-9]}<wbr>{LINK[-9:]}", f"{LINK[:-9]}<br />{LINK[-9:]}", LINK.replace("#", "♯"), f"{LINK}😘",
    ],
)  # fmt: skip
def test_a_link_is_mended(text: str) -> None:
    assert read(text) == Read(secret=SECRET)


@pytest.mark.parametrize(
    "text",
    [
        "7K0-M1A-Q9R", "7k0 m1a q9r", "7KO-MIA-Q9R", "7ko-mla-q9r", " 7K0–M1A–Q9R. ", "“7K0-M1A-Q9R”", "7 K 0 M 1 A Q 9 R",
        "7K0\u200bM1AQ9R", "7K0_M1A_Q9R", "７Ｋ０Ｍ１ＡＱ９Ｒ", "(7K0-M1A-Q9R)", "\u0667K\u0660-M\u0661A-Q\u0669R",
        "7\u041a0-\u041c1\u0410-Q9R", "7\ufe0f\u20e3K0-M1A-Q9R", "«7K0-M1A-Q9R»", "7K0\xa0M1A\xa0Q9R\r\n",
        "7K0.M1A.Q9R", "7K0/M1A/Q9R", "7K0−M1A−Q9R", "7K0·M1A·Q9R", "7K0, M1A, Q9R", "7K0•M1A•Q9R", "#7K0-M1A-Q9R", "7K0ーM1AーQ9R",
        "Code: 7K0-M1A-Q9R", "The code is 7k0-m1a-q9r.", "7K0-M1A-Q9R and more", "7K0-M1A-Q9R 😘", "*7K0-M1A-Q9R*",
        "https://nearer.example.org/j/#7K0-M1A-Q9R", "Noor wrote: “7K0-M1A-Q9R”, come in",
    ],
)  # fmt: skip
def test_a_code_is_mended(text: str) -> None:
    assert read(text) == Read(code=CODE)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "#", "https://nearer.example.org/j/", "https://nearer.example.org/j/#", LINK[:-1], f"{LINK}A",
        LINK[:-3], f"{LINK[:-3]}...", "7K0-M1A-Q9", "7K0-M1A-Q9RR", "hello", LINK[:-2] + "Ü9", f"{LINK[:40]}.{LINK[40:]}",
        "7K0-M1A-Q9S", "Code: 7K0-M1A-Q9S", "Code: A7K0-M1A-Q9R", "7K0-M1A-9QR", "7V0-M1A-Q9R",
    ],
)  # fmt: skip
def test_what_lacks_a_piece_is_damaged(text: str) -> None:
    with pytest.raises(Damaged):
        read(text)


@given(st.text(max_size=80))
def test_anything_at_all_is_read_or_damaged(text: str) -> None:
    try:
        found = read(text)
    except Damaged:
        return
    assert set(found.secret + found.code) <= set(ALPHABET)
    assert (len(found.secret), len(found.code)) in {(27, 0), (0, 9)}


@given(st.binary(min_size=5, max_size=5) | st.binary(min_size=16, max_size=16), st.data())
def test_a_wrong_letter_is_damaged(secret: bytes, data: st.DataObject) -> None:
    whole = write(secret)
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.sampled_from(ALPHABET).filter(lambda letter: letter != whole[place]))
    swapped = whole[:place] + whole[place : place + 2][::-1] + whole[place + 2 :]
    for wrong in {whole[:place] + other + whole[place + 1 :], swapped} - {whole}:
        with pytest.raises(Damaged):
            read(wrong)


# What programs and people do to a link, each on its own; any of them may meet.
WRAPPED: list[Callable[[str], str]] = [
    str.upper,
    str.lower,
    lambda link: link.translate({ord(letter): ord(letter) + 0xFEE0 for letter in ALPHABET}),
    lambda link: link.replace("https", "http"),
    lambda link: link.removeprefix("https://"),
    lambda link: link.replace("nearer.example.org", "NEARER.example.org.:443"),
    lambda link: link.replace("/#", "/?utm_source=chat&fbclid=IwAR0#"),
    lambda link: link.replace("#", "%23"),
    lambda link: link.replace("#", "&#35;"),
    lambda link: link.replace("#", "&num;"),
    lambda link: link.replace("#", "＃"),
    lambda link: f"<{link}>",
    lambda link: f"({link})",
    lambda link: f"«{link}»",
    lambda link: f"“{link}”",
    lambda link: f"\u2018{link}\u2019",
    lambda link: f"[{link}]({link})",
    lambda link: f"*{link}*",
    lambda link: f'<a href="{link}">{link}</a>',
    lambda link: f"Room #4, at noon: {link}. See you there #soon",
    lambda link: f"{link}?utm_medium=mail&amp;gclid=9",
    lambda link: f"> {link}\r\n> Noor",
    lambda link: f"https://eur01.safelinks.protection.outlook.com/?url={quote(link, safe='')}&data=05%7C02%7C&reserved=0",
    lambda link: f"https://www.google.com/url?q={quote(link, safe=':/')}&sa=D&source=hangouts",
    lambda link: f"https://urldefense.com/v3/__{link.replace('#', '*')}__;Iw!!AbC!x$",
    lambda link: f"https://urldefense.proofpoint.com/v2/url?u={quote(link, safe='').replace('%2F', '_').replace('%', '-')}&d=Dw",
]  # fmt: skip
BETWEEN = (
    "\xad",
    "\u200b",
    "\u200d",
    "\ufeff",
    "\u2060",
    "\n",
    "\r\n",
    "=\r\n",
    "\r\n> ",
    " ",
    "\xa0",
    "-",
    "\u2011",
    "\ufe0e",
    "%20",
)


@given(
    st.binary(min_size=16, max_size=16),
    st.sampled_from(WRAPPED),
    st.sampled_from(BETWEEN),
    st.integers(1, 26),
)
def test_whatever_was_done_to_a_link_is_undone(
    secret: bytes, wrapped: Callable[[str], str], between: str, place: int
) -> None:
    text = write(secret)
    broken = text[:place] + between + text[place:]
    assert read(wrapped(f"https://nearer.example.org/j/#{text}")) == Read(secret=text)
    assert read(f"https://nearer.example.org/j/#{broken}") == Read(secret=text)


@given(st.binary(min_size=16, max_size=16), st.text(" .,)>\"'", max_size=5), st.text(max_size=20))
def test_every_secret_comes_through_what_follows_it(secret: bytes, after: str, more: str) -> None:
    text = write(secret)
    gap = after or " "
    assert (
        read(f"https://nearer.example.org/j/#{text}{gap}.{more.replace('#', '').replace('/', '')}").secret
        == text
    )
