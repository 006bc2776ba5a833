"""Words that break careless pages, in every field: every page still fits a small phone and shows them as they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, FilePayload

from nearer.testing.media import photo
from nearer.testing.people import Person, newcomer
from nearer.testing.server import Copy
from tests.browser.cases import A_DAY, TOKEN, move, post
from tests.browser.conftest import send, sign_up_quickly
from tests.browser.hostile import LONGEST_NAME, MARK, NAMES, STRINGS, Walk, Writer

LEVELS = {str(card): "4" if card in {0, 5} else "2" for card in range(16)}
ARTICLE = "/library/what-emotional-intimacy-is"
SECRET = re.compile(r"data-invite-link[^>]*>[^<]*#([^<\s]+)")


@pytest.fixture
def two(browser: Browser, own_copy: Copy) -> Iterator[tuple[Walk, Walk]]:
    """Two people with an account each and such a name."""
    people = [newcomer(browser, own_copy.url, name) for name in NAMES]
    for each in people:
        sign_up_quickly(each)
    yield Walk(people[0]), Walk(people[1])
    for each in people:
        each.page.context.close()


def test_every_page_full_of_hostile_words_fits_and_shows_them_as_they_are(
    own_copy: Copy, two: tuple[Walk, Walk]
) -> None:
    host, guest = two
    writer = Writer()
    bond = meet(host, guest, writer)
    sittings = [sit(host, guest, writer), mirror(host, guest, writer)]
    leave_things(host, guest, bond, sittings, writer)
    own_copy.wait(timedelta(days=9))
    drawn: set[tuple[str, str]] = set()
    for walk in two:
        open_drawer(walk.who)
        walk.everywhere(
            drawn, "/", "/us", ARTICLE, "/kept", f"{bond}/plans", f"{bond}/keepsakes/photo", *sittings
        )

    assert host.found + guest.found == []
    assert [set(STRINGS) - walk.seen for walk in two] == [set(), set()]
    assert min(len(walk.been) for walk in two) > 30


@pytest.mark.parametrize("names", [(0, 13), (3, 5), (9, 12)])
def test_every_page_has_room_for_every_name(browser: Browser, copy: Copy, names: tuple[int, int]) -> None:
    called = [STRINGS[number] for number in names]
    host, guest = walks = [Walk(newcomer(browser, copy.url, name)) for name in called]
    for walk in walks:
        sign_up_quickly(walk.who)
    bond = meet(host, guest, Writer())
    # What is in one's own name and what is in the other's are on every other page of each.
    pages = ("/", "/us", "/settings", "/spaces", "/mirror/lines", "/practise/mirror")
    for number, path in enumerate(
        (*pages, *(f"{bond}/{page}" for page in ("plans", "keepsakes/voice", "leave")))
    ):
        walks[number % 2].look(path)
        if path in {"/", "/us"}:
            walks[1 - number % 2].look(path)
    for number, (slug, mode) in enumerate((("needs", "async"), ("listening", "async"), ("listening", "one"))):
        walks[number % 2].look(begin(host, slug, mode))
    for walk in walks:
        walk.who.page.context.close()

    assert [walk.found for walk in walks] == [[], []]
    assert all(set(called) <= walk.seen for walk in walks)


def meet(host: Walk, guest: Walk, writer: Writer) -> str:
    """Bond them, with a question; return the bond's address."""
    made = post(host.who, "/invite", "/invite", kin="friend", answer=writer.words(300))
    secret = SECRET.search(made)
    assert secret
    host.look("/")
    post(guest.who, "/j/", "/j/open", secret=secret[1])
    guest.look("/j/")
    post(guest.who, "/j/", "/j/join", answer=writer.words(300))
    guest.look("/")
    answers = re.search(r"(/b/[0-9a-f-]+)/first", send(host.who, "/", ""))
    assert answers
    for each in (host, guest):
        each.look(answers[0])
    host.look("/")
    post(host.who, answers[0], f"{answers[1]}/confirm", answer="yes")
    return answers[1]


def begin(host: Walk, slug: str, mode: str = "live") -> str:
    """Begin a practice for two, and return its address."""
    token = TOKEN.search(send(host.who, f"/practise/{slug}", ""))
    assert token
    form = {"csrfmiddlewaretoken": token[1], "mode": mode}
    answer = host.who.page.request.post(f"{host.who.url}/practise/{slug}/start", form=form)
    return answer.url.removeprefix(host.who.url)


def play(walks: tuple[Walk, Walk], sitting: str, turns: tuple[tuple[int, str, dict[str, str]], ...]) -> None:
    """Play moves, and after each that holds words look at what the other sees, whose page shows them largest."""
    for who, kind, fields in turns:
        move(walks[who].who, sitting, kind, **fields)
        if any(text.startswith(MARK) for text in fields.values()):
            walks[1 - who].look(sitting)


def sit(host: Walk, guest: Walk, writer: Writer) -> str:
    """Play one floor to its end, keep it, then change one's words and take some back."""
    sitting, words = begin(host, "listening"), writer.words
    play((host, guest), sitting, (
        (0, "Ready", {}), (1, "Ready", {}), (0, "SetTopic", {"topic": words(140), "variant": "everyday"}),
        (1, "TakeTopic", {}), (0, "Heat", {"level": "easy"}), (1, "Heat", {"level": "easy"}), (0, "Volunteer", {}),
        (0, "Speak", {"words": words(400)}), (1, "Reflect", {"words": words(400)}), (0, "Check", {"answer": "nearly"}),
        (0, "Clarify", {"words": words(400)}), (1, "Reflect", {"words": words(400)}), (0, "Check", {"answer": "yes"}),
        (1, "Validate", {"words": words(400)}), (1, "Ask", {"words": words(200)}), (0, "More", {"more": "no"}),
        (1, "EndHere", {}), (0, "Note", {"words": words(280)}), (1, "Note", {"words": words(280)}),
        (0, "Keep", {"keep": "yes"}), (1, "Keep", {"keep": "yes"}),
    ))  # fmt: skip
    where = re.findall(r'name="where" value="([^"]+)"', send(host.who, f"{sitting}/words", ""))
    post(host.who, f"{sitting}/words", f"{sitting}/words", where=where[0], do="edit", text=writer.words(140))
    post(host.who, f"{sitting}/words", f"{sitting}/words", where=where[-1], do="take")
    return sitting


def mirror(host: Walk, guest: Walk, writer: Writer) -> str:
    """Play the Needs Mirror up to a plan, with a card in own words."""
    sitting, words = begin(host, "needs"), writer.words
    cards = {f"importance-{card}": level for card, level in LEVELS.items()}
    own = {"importance-16": "4", "names-16": words(LONGEST_NAME), "names-0": words(LONGEST_NAME)}
    guess = {f"levels-{card}": level for card, level in LEVELS.items()}
    play((host, guest), sitting, (
        (0, "Ready", {}), (1, "Ready", {}), (0, "Map", {**cards, **own}), (1, "Map", {**cards, **own}), (0, "Guess", guess),
        (1, "Guess", guess), (0, "Show", {"card": "16"}), (0, "Pick", {"card": "16"}), (1, "Ask", {"words": words(200)}),
        (0, "Answer", {"words": words(400)}), (1, "Reflect", {"words": words(400)}), (0, "Check", {"answer": "yes"}),
        (1, "Notice", {"words": words(140)}), (0, "SignMeans", {"sign": "other"}), (0, "Request", {"words": words(140)}),
        (1, "Reply", {"way": "another", "words": words(140)}),
        (1, "Plan", {"cue": words(140), "act": words(140), "days": A_DAY}), (0, "Agree", {"agree": "yes"}),
        (1, "EndHere", {}),
    ))  # fmt: skip
    return sitting


def leave_things(host: Walk, guest: Walk, bond: str, sittings: list[str], writer: Writer) -> None:
    """Plans, things for another time, guides, photos, copies and comments."""
    one, other, words = host.who, guest.who, writer.words
    for who, pen_name in ((one, STRINGS[3]), (other, STRINGS[13])):
        open_drawer(who)
        post(who, f"{bond}/plans", f"{bond}/plans", cue=words(140), act=words(140))
        post(who, sittings[0], f"{sittings[0]}/park", text=words(140))
        post(who, "/mirror/lines/mine", "/mirror/lines/mine", channel="voice", words=words(200), show="yes")
        post(who, "/mirror/lines", "/mirror/lines", words=words(140))
        add_photo(who, f"{bond}/keepsakes/photo", alt=words(300), words=words(140))
        keep = re.search(r'name="record" value="([^"]+)"', send(who, sittings[0], ""))
        assert keep
        post(who, sittings[0], f"{bond}/keep", record=keep[1], what="words")
        post(who, "/library/voice", "/library/voice", name=pen_name)
        post(who, ARTICLE, f"{ARTICLE}/comment", text=words(1000))
    asked = re.search(r'name="record" value="([^"]+)"', send(one, "/mirror/lines", ""))
    assert asked
    post(one, "/mirror/lines", "/mirror/lines/noticed", record=asked[1], said="more", words=words(140))


def open_drawer(who: Person) -> None:
    """Give the passphrase again."""
    post(who, "/again", "/again", passphrase=who.passphrase)


def add_photo(who: Person, path: str, **fields: str) -> None:
    """Put a photo on the shelf."""
    token = TOKEN.search(send(who, path, ""))
    assert token
    file: FilePayload = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": photo((60, 40))}
    who.page.request.post(
        f"{who.url}{path}", multipart={"csrfmiddlewaretoken": token[1], "file": file, **fields}
    )
