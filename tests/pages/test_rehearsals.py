"""Practising with a script: for anybody, marked on every page, and nothing of it is left anywhere."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any, ClassVar, Self

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client
from django.utils import timezone

from nearer.protocol import HOUSE_MOVES, Move, Ready, Seat, TimeUp
from nearer.protocol.partner import Script
from nearer.sittings.partner import rehearsal
from nearer.sittings.partner.plain import PERSONAS, PLAIN
from nearer.testing.cast import Pair, Person, make_invitation
from tests.pages.reading import everything_stored, html, moves_on, words
from tests.unit.protocol.rooms import Exchange

pytestmark = pytest.mark.django_db

HERE = "/practise/listening/partner"
MARK = "is a practice partner: a script, not a person. Nothing here is kept."
SECRET = "The blue bus at four"
STATE = re.compile(r'name="state" value="([^"]+)"')


def state_of(page: Any) -> str:
    found = STATE.search(html(page))
    assert found
    return found[1]


def send(client: Client, page: Any, move: str, **fields: Any) -> Any:
    """Play a move as the page's own form would."""
    return client.post(HERE, {"state": state_of(page), "seq": "0", "move": move, **fields})


FIELDS: dict[str, dict[str, str]] = {
    "SetTopic": {"topic": "Four o’clock", "variant": "everyday"},
    "Heat": {"level": "easy"},
    "Speak": {"words": SECRET},
    "Clarify": {"words": f"More of {SECRET}"},
    "Reflect": {"words": f"You told me of {SECRET}"},
    "Check": {"answer": "yes"},
    "Enough": {"enough": "yes"},
    "Validate": {"words": f"It makes sense, {SECRET}"},
    "Ask": {"words": f"What about {SECRET}?"},
    "More": {"more": "no"},
    "Note": {"words": f"Noted: {SECRET}"},
    "Keep": {"keep": "yes"},
}
FIRST = ("Listen", "Ready", "Volunteer", "Swap", *FIELDS)


def pages(client: Client, **instead: dict[str, str]) -> Iterator[Any]:
    """Play a rehearsal to its end, page by page."""
    page = client.get(HERE)
    yield page
    for _ in range(60):
        open_now = moves_on(page)
        move = next((kind for kind in FIRST if kind in open_now), None)
        if move is None:
            return
        page = send(client, page, move, **{**FIELDS, **instead}.get(move, {}))
        yield page


@pytest.fixture(params=["anonymous", "member"])
def browser(request: pytest.FixtureRequest) -> Client:
    """Somebody without an account, and somebody with one."""
    if request.param == "anonymous":
        return Client()
    person: Person = request.getfixturevalue("alice")
    person.client.get("/practise")
    return person.client


@pytest.mark.shows("F5")
def test_anybody_plays_the_whole_floor_with_a_script(browser: Client) -> None:
    seen = list(pages(browser))

    assert {page.status_code for page in seen} == {200}
    assert "That is the whole practice" in words(seen[-1])
    assert "Nothing of it is kept." in words(seen[-1])
    assert len(seen) > 10


def test_good_news_is_met_as_well(browser: Client) -> None:
    topic = {"topic": "The letter came", "variant": "good"}

    seen = list(pages(browser, SetTopic=topic, Cheer={"way": "ask", "words": "How?"}))
    on_the_way = send(browser, seen[1], "SetTopic", **topic)

    assert "Speak" in moves_on(on_the_way), "whose good news it is speaks first"
    assert any("was glad with you" in words(page) for page in seen)


def test_every_page_says_that_it_is_no_person_and_lets_one_pause_and_leave(browser: Client) -> None:
    *steps, last = pages(browser)

    for page in [*steps, last]:
        assert MARK in words(page)
        assert "data-rehearsal" in html(page)
    for page in steps:
        assert {"Pause", "Leave"} <= moves_on(page)


def test_what_the_script_said_is_labelled_as_a_scripts() -> None:
    said = [page for page in pages(Client()) if "said back" in words(page)]

    assert said
    assert all("a script" in words(page).replace(MARK, "") for page in said)


@pytest.mark.shows("F5")
def test_nothing_is_stored_anywhere(browser: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    before = everything_stored()

    seen = list(pages(browser))
    begun = browser.get(HERE)
    refused = [
        send(browser, begun, "Speak", words=SECRET),
        send(browser, begun, SECRET, words=SECRET),
        browser.post(HERE, {"state": SECRET, "move": "Speak", "words": SECRET}),
    ]

    assert everything_stored() == before
    for page in [*seen, begun, *refused]:
        assert set(page.cookies) <= {settings.CSRF_COOKIE_NAME}
        assert SECRET not in str(page.headers)
    assert SECRET not in caplog.text
    assert any(SECRET in words(page) for page in seen), "the page itself shows what was said"


def test_no_form_puts_words_into_an_address(browser: Client) -> None:
    for page in pages(browser):
        for form in re.findall(r"<form[^>]*method=\"get\".*?</form>", html(page), re.DOTALL):
            assert "<input" not in form
            assert "<textarea" not in form


def test_a_page_is_kept_by_no_browser_and_found_by_no_search_engine() -> None:
    page = Client().get(HERE)

    assert page.headers["Cache-Control"] == "no-store"
    assert 'content="noindex"' in html(page)


def test_another_one_takes_the_seat_each_time() -> None:
    client, address, met = Client(), HERE, []
    for _ in range(4):
        page = client.get(address)
        name = re.search(r"([A-Z]\w+) is a practice partner", words(page))
        assert name
        met.append(name[1])
        over = send(client, page, "Leave")
        number = re.search(r'name="after" value="(\d+)">Try again', html(over))
        assert number
        address = f"{HERE}?after={number[1]}"

    assert len(set(met)) == 4


@pytest.mark.parametrize("after", ["", "x", "-1", "99999", "²", "1" * 500])
def test_an_address_that_tells_nothing_useful_begins_all_the_same(after: str) -> None:
    assert Client().get(HERE, {"after": after}).status_code == 200


def test_the_end_leads_on(alice: Person) -> None:
    strangers = send(Client(), Client().get(HERE), "Leave")
    members = send(alice.client, alice.client.get(HERE), "Leave")

    for page in (strangers, members):
        assert "You stopped here" in words(page)
        assert moves_on(page) == set()
    assert 'href="/signup"' in html(strangers)
    assert 'href="/practise/listening"' in html(members)


def test_only_the_person_goes_on_after_their_pause() -> None:
    client = Client()
    paused = send(client, client.get(HERE), "Pause")

    assert moves_on(paused) == {"Resume", "Leave"}
    assert "Ready" in moves_on(send(client, paused, "Resume"))


def test_the_script_answers_with_what_it_was_told(browser: Client) -> None:
    back = next(page for page in pages(browser) if "Check" in moves_on(page))

    assert f"“{SECRET}”" in words(back)


def test_a_way_to_begin_goes_into_the_field_and_the_script_waits() -> None:
    client = Client()
    back = next(page for page in pages(client) if "Reflect" in moves_on(page))

    begun = send(client, back, "Reflect", words="", begin="So for you it was…")

    assert begun.status_code == 422
    assert ">So for you it was <" in html(begun).replace("\n", "")
    assert "Reflect" in moves_on(begun)


def test_what_is_not_filled_in_stays_on_the_page() -> None:
    client = Client()
    floor = next(page for page in pages(client) if "Speak" in moves_on(page))

    empty = send(client, floor, "Speak", words="")
    long = send(client, floor, "Speak", words=f"{SECRET} " + "x" * 400)

    assert empty.status_code == long.status_code == 422
    assert "A few words are enough" in words(empty)
    assert SECRET in html(long)
    assert send(client, long, "Speak", words="Shorter").status_code == 200


@pytest.mark.parametrize("move", ["Speak", "TimeUp", "Resume", "Keep"])
def test_a_move_of_another_step_is_not_played(move: str) -> None:
    client = Client()
    page = client.get(HERE)

    answer = send(client, page, move, words=SECRET)

    assert answer.status_code == 409
    assert "This was not sent." in words(answer)
    assert "Ready" in moves_on(answer)
    assert (SECRET in html(answer)) == (move == "Speak")


@pytest.mark.parametrize("move", ["", "Dance", "\x00", "<script>"])
def test_what_is_no_move_is_told_so(move: str) -> None:
    client = Client()

    answer = send(client, client.get(HERE), move, words=SECRET)

    assert answer.status_code == 422
    assert "Choose one of the buttons" in words(answer)
    assert SECRET in html(answer)


def forged() -> dict[str, str]:
    """Return states this page never wrote."""
    real = state_of(Client().get(HERE))
    document = signing.loads(real, salt=rehearsal.SALT)

    def signed(**changes: Any) -> str:
        return signing.dumps({**document, **changes}, salt=rehearsal.SALT, compress=True)

    unplayable = [["host", 0, {"kind": "Speak", "words": "x", "aloud": False}]]
    return {
        "none": "",
        "words": "a few words",
        "cut": real[:-2],
        "turned": real[::-1],
        "other salt": signing.dumps(document, salt="another"),
        "other room": signed(room="harbour"),
        "nobody": signed(persona=99),
        "unplayable": signed(log=unplayable),
        "unknown move": signed(log=[["host", 0, {"kind": "Dance"}]]),
        "too large": "x" * (rehearsal.MOST_STATE + 1),
        "null": "\x00",
    }


def test_a_state_this_page_never_wrote_begins_again(browser: Client) -> None:
    for name, state in forged().items():
        answer = browser.post(HERE, {"state": state, "move": "Speak", "words": SECRET})

        assert answer.status_code == 422, name
        assert "Begin again" in words(answer), name
        assert SECRET in html(answer), "what was typed can be copied"
        assert f'action="{HERE}"' in html(answer)


def test_a_page_from_yesterday_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    client = Client()
    page = client.get(HERE)
    monkeypatch.setattr(rehearsal, "MAX_AGE", timedelta(seconds=-1))

    answer = send(client, page, "Ready")

    assert answer.status_code == 410
    assert "from another day" in words(answer)
    assert "Begin again" in words(answer)


@pytest.mark.parametrize(("bound", "most"), [("MOST_MOVES", 9), ("MOST_STATE", 600)])
def test_a_rehearsal_has_an_end(monkeypatch: pytest.MonkeyPatch, bound: str, most: int) -> None:
    client = Client()
    monkeypatch.setattr(rehearsal, bound, most)

    *_, last = pages(client)

    assert last.status_code == 422
    assert "Begin again" in words(last)


def test_the_longest_talk_in_the_widest_letters_fits() -> None:
    wide = {"words": "🧡🦊" * 200}
    again = dict.fromkeys(("Speak", "Reflect", "Clarify", "Validate"), wide)
    never = {"Check": {"answer": "no"}, "More": {"more": "yes"}, "Note": {"words": "🧡" * 280}}

    *steps, last = pages(Client(), **again, **never)

    assert "That is the whole practice" in words(last)
    assert max(len(state_of(page)) for page in steps) < rehearsal.MOST_STATE / 2


def test_the_stage_alone_answers_the_pages_script() -> None:
    client = Client()
    begun = client.get(HERE)

    answer = client.post(HERE, {"state": state_of(begun), "move": "Ready"}, headers={"X-Fragment": "stage"})

    assert html(answer).lstrip().startswith('<div id="stage"')
    assert "SetTopic" in moves_on(answer)


def test_the_rooms_page_offers_it_in_every_state(pair: Pair, charlie: Person, dana: Person) -> None:
    make_invitation(dana)  # Charlie has nobody, Dana waits

    for client in (pair.host.client, charlie.client, dana.client):
        page = html(client.get("/practise/listening"))
        form = re.search(rf'<form method="get" action="{HERE}".*?</form>', page, re.DOTALL)
        assert form
        assert "<button" in form[0]


@pytest.mark.shows("F1")
def test_the_welcome_page_offers_it_to_strangers() -> None:
    page = Client().get("/")

    assert f'action="{HERE}"' in html(page)
    assert "Try The Floor with a practice partner" in html(page)


def test_other_pages_of_the_room_still_ask_who_one_is() -> None:
    for path in ("/practise", "/practise/listening"):
        assert Client().get(path).status_code == 302


def test_nobody_waits_for_a_clock_alone() -> None:
    kinds = {kind.__name__: kind for kind in Quiet.moves | HOUSE_MOVES}
    script: Script[Any] = Script(personas=PERSONAS, plain=PLAIN)
    room: Any = SimpleNamespace(dialogue=Quiet, script=script, kinds=kinds, draws={})
    at = timezone.now()

    begun = rehearsal.Rehearsal.begin(room, at=at).play(Ready(), at)
    again = rehearsal.Rehearsal.read(begun.written(), room)

    assert begun.position.view(rehearsal.ME)["done"]
    assert begun.log[-1].move == TimeUp()
    assert again.position == begun.position


@dataclass(frozen=True, kw_only=True)
class Quiet(Exchange):
    """A minute of silence, and that is all."""

    slug: ClassVar[str] = "quiet"
    moves: ClassVar[frozenset[type[Move]]] = frozenset()

    def open_to(self, seat: Seat) -> frozenset[type[Move]]:
        return frozenset()

    @property
    def timer(self) -> datetime | None:
        return self.turn_began and self.turn_began + timedelta(minutes=1)

    def after_time(self, at: datetime) -> Self:
        return replace(self, closed=True)
