"""The Needs Mirror as Alice, Bob and Charlie see it on their pages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from nearer.practices.needs import kept
from nearer.practices.needs.kept import ASKED, ROUND
from nearer.practices.needs.moves import Answer, Ask, Check, EndHere, Fit, Notice, Pick, Reflect, Reply, Way
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.sittings.models import Sitting
from nearer.testing.cast import Pair, Person, open_drawer, play, post_move, sign_in
from tests.pages.needs_talk import begin, reveal, take_turns, until_request, with_a_plan
from tests.pages.reading import at, html, moves_on
from tests.pages.reading import words as spaced
from tests.unit.needs.maps import map_of

pytestmark = pytest.mark.django_db

FREER = "A request should leave you both freer."
CLOSED = "This can be answered with yes or no."
FREEDOM = "Being free to say no matters everywhere."


def words(response: Any) -> str:
    """Return what is read on a page, without the spaces that tags leave before a stop."""
    return re.sub(r" ([.,])", r"\1", spaced(response))


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def page(person: Person, sitting: Sitting) -> Any:
    return person.client.get(f"/s/{sitting.pk}")


def round_of(pair: Pair) -> Any:
    return keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), ROUND)[-1]


def test_a_map_is_filled_in_and_sealed(pair: Pair) -> None:
    sitting = begin(pair)
    before = html(page(pair.guest, sitting))
    sent = {
        "importance-0": "4",
        "met-0": "1",
        "private-1": "1",
        "names-0": "that you see me",
        "importance-16": "3",
    }

    assert post_move(pair.host, sitting, "Map", **sent, **{"names-16": "my garden"}).status_code == 302

    assert "A guess, not a test. Only you see how far it was." in words(page(pair.host, sitting))
    post_move(pair.host, sitting, "Guess", **{"levels-9": "2"})
    assert "Yours is in, and sealed" in words(page(pair.host, sitting))
    # That a move was made both may know; nothing else differs.
    strip = re.compile(r'data-(?:seq|now)="[^"]*"|name="seq" value="\d+"')
    assert strip.sub("", html(page(pair.guest, sitting))) == strip.sub("", before)


def test_what_one_keeps_private_is_marked_where_one_chooses_what_to_talk_about(pair: Pair) -> None:
    sitting = begin(pair)
    for person in (pair.host, pair.guest):
        post_move(person, sitting, "Map", **{"importance-0": "4", "importance-1": "3", "private-1": "1"})
        post_move(person, sitting, "Guess", **{"levels-9": "2"})

    offered = re.findall(r'name="card" value="(\d+)">([^<]*)<', html(page(pair.host, sitting)))
    assert [(card, name.endswith("· private")) for card, name in offered] == [("0", False), ("1", True)]


@pytest.mark.parametrize(
    "wrong", [{"importance-0": "5"}, {"met-3": "x"}, {"private-2": "2"}, {"names-1": "w" * 41}]
)
def test_a_map_that_cannot_be_read_is_given_back_as_it_was(pair: Pair, wrong: dict[str, str]) -> None:
    sitting = begin(pair)

    answer = post_move(pair.host, sitting, "Map", **{"importance-7": "3", "names-16": "my garden"}, **wrong)

    assert answer.status_code == 422
    assert re.search(r'name="importance-7" value="3" checked', html(answer))
    assert "my garden" in html(answer)


def test_the_reveal_shows_what_is_shared_first_then_one_card_each(pair: Pair) -> None:
    sitting = reveal(pair)

    hers, his = words(page(pair.host, sitting)), words(page(pair.guest, sitting))

    for seen in (hers, his):
        assert seen.index("This matters to you both") < seen.index("Being understood shared")
    assert "Appreciation easy to miss in Bob" in hers
    assert "Time alone easy to miss in you" in hers
    assert "Time alone easy to miss in Alice" in his
    assert hers.index("Being understood shared") < hers.index("easy to miss")
    assert "Kind words" not in his.split("Your cards: show one")[0]


def test_only_its_maker_sees_a_guess_and_how_far_it_was(pair: Pair) -> None:
    sitting = reveal(pair)

    hers, his = words(page(pair.host, sitting)), words(page(pair.guest, sitting))

    assert "essential, your guess: not much" in his
    assert hers.count("your guess") == 1
    assert "Time alone essential –" in hers
    assert "You guessed" in hers or "top" in hers


def test_how_it_is_met_stays_with_its_owner_until_it_is_shown(pair: Pair) -> None:
    sitting = reveal(pair)
    assert "met sometimes" not in words(page(pair.guest, sitting))
    assert "met sometimes" in words(page(pair.host, sitting))

    post_move(pair.host, sitting, "Show", card="9", met="yes")

    assert "met sometimes" in words(page(pair.guest, sitting))


def test_a_card_taken_back_is_gone_from_both_pages_at_once(pair: Pair) -> None:
    sitting = reveal(pair)

    for card in ("0", "9"):
        post_move(pair.host, sitting, "Withdraw", card=card)

    for person in (pair.host, pair.guest):
        seen = words(page(person, sitting)).split("Your cards: show one")[0]
        assert "Being understood" not in seen
        assert "Time alone" not in seen


def test_freedom_that_is_missing_leads_its_owner_alone_to_help(pair: Pair) -> None:
    sitting = reveal(pair, alices=map_of({8: 4}, met={8: 0}))

    assert FREEDOM in words(page(pair.host, sitting))
    assert FREEDOM not in words(page(pair.guest, sitting))


@pytest.mark.parametrize(
    ("kind", "said", "hint"), [("Ask", "Are you angry?", CLOSED), ("Request", "Share your location", FREER)]
)
def test_a_hint_is_its_authors_alone_and_stops_nothing(pair: Pair, kind: str, said: str, hint: str) -> None:
    sitting = reveal(pair)
    author, other = (pair.guest, pair.host) if kind == "Ask" else (pair.host, pair.guest)
    take_turns(pair, sitting, (True, Pick(card=9)))
    if kind == "Request":
        take_turns(
            pair, sitting, (False, Ask(words="What is it like?", aloud=False)), (True, Answer(words="", aloud=True)),
            (False, Reflect(words="", aloud=True)), (True, Check(answer=Fit.YES)), (False, Notice(words="", aloud=False)),
        )  # fmt: skip
    before = html(page(other, sitting))

    answer = post_move(author, sitting, kind, words=said)

    assert answer.status_code == 422
    assert hint in words(answer)
    assert re.search(rf">\s*{re.escape(said)}</textarea>", html(answer))
    assert 'name="sure" value="light"' in html(answer)
    strip = re.compile(r'data-now="[^"]*"')
    assert strip.sub("", html(page(other, sitting))) == strip.sub("", before)
    assert post_move(author, sitting, kind, words=said, sure="light").status_code == 302
    assert said in words(page(other, sitting))
    assert hint not in words(page(other, sitting))


def test_while_the_other_speaks_one_is_told_to_listen(pair: Pair) -> None:
    sitting = reveal(pair)
    take_turns(pair, sitting, (True, Pick(card=9)))
    asked = words(page(pair.host, sitting))
    take_turns(pair, sitting, (False, Ask(words="", aloud=True)))
    answered = words(page(pair.guest, sitting))

    assert "Breathe out, and listen." in asked
    assert "Listen to the words" in answered
    assert "Nothing for you to do right now" not in answered
    assert "far away" not in asked + answered


def test_what_is_to_be_said_back_stands_alone(pair: Pair) -> None:
    sitting = reveal(pair)
    take_turns(
        pair, sitting, (True, Pick(card=9)), (False, Ask(words="What is it like?", aloud=False)),
        (True, Answer(words="Like a door that closes", aloud=False)),
    )  # fmt: skip
    seen, earlier = html(page(pair.guest, sitting)).split('<details class="earlier">', 1)

    assert "Like a door that closes" in seen
    assert "What is it like?" not in seen
    assert "What is it like?" in earlier
    assert "What is it like?" in html(page(pair.host, sitting)).split('<details class="earlier">')[0]


def test_who_practises_alone_is_given_hints_too(alice: Person) -> None:
    browser = Client()
    here = "/practise/mirror/partner"
    state = re.compile(r'name="state" value="([^"]+)"')

    def send(seen: Any, move: str, **fields: str) -> Any:
        found = state.search(html(seen))
        assert found
        return browser.post(here, {"state": found[1], "seq": "0", "move": move, **fields})

    now = send(browser.get(here), "Ready")
    now = send(now, "Map", **{"importance-0": "4"})
    now = send(now, "Guess", **{"levels-0": "1"})
    now = send(now, "Pick", card="0")
    now = send(now, "Answer", words="It is quiet")
    now = send(now, "Check", answer="yes")
    now = send(now, "SignMeans", sign="rest")
    hinted = send(now, "Request", words="Give me your phone password")

    assert FREER in words(hinted)
    assert "Request" not in moves_on(
        send(hinted, "Request", words="Give me your phone password", sure="light")
    )


def test_three_answers_are_equal_and_a_fourth_names_a_day(pair: Pair) -> None:
    sitting = reveal(pair)
    until_request(pair, sitting)

    form = html(page(pair.guest, sitting))
    buttons = re.findall(r'<button class="([^"]+)" name="way" value="(\w+)"', form)

    assert [value for _, value in buttons] == ["yes", "another", "not_now", "later"]
    assert len({look for look, _ in buttons}) == 1
    for day in ("", "3", "x", in_days(0), in_days(15), in_days(-1)):
        assert post_move(pair.guest, sitting, "Reply", way="later", days=day).status_code == 422
    assert post_move(pair.guest, sitting, "Reply", way="later", days=in_days(14)).status_code == 302


@pytest.mark.parametrize("days", [0, 15, None])
def test_a_plan_has_a_day_within_two_weeks(pair: Pair, days: int | None) -> None:
    sitting = reveal(pair)
    until_request(pair, sitting)
    play(pair.guest, sitting, Reply(way=Way.YES, words="", days=0))

    answer = post_move(
        pair.guest,
        sitting,
        "Plan",
        cue="the door closes",
        act="say nothing",
        days="" if days is None else in_days(days),
    )

    assert answer.status_code == 422
    assert 'value="the door closes"' in html(answer)


def test_a_plan_stands_on_us_for_both_from_the_next_morning(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_a_plan(pair)
    at(monkeypatch, timezone.now() + timedelta(days=1, hours=12))

    for person in (pair.host, pair.guest):
        assert "When the door closes, then we say nothing until seven." in words(person.client.get("/us"))


def test_an_answer_put_off_waits_where_both_find_it(pair: Pair) -> None:
    sitting = reveal(pair)
    until_request(pair, sitting)
    take_turns(pair, sitting, (False, Reply(way=Way.LATER, words="", days=3)), (True, EndHere()))
    asked = keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), ASKED)[0]
    sent = {"record": str(asked.ref), "way": "another", "words": "a quarter of an hour"}

    assert "You said you would answer by" in words(pair.guest.client.get("/mirror/maps"))
    assert pair.host.client.post("/mirror/answer", sent).status_code == 404
    assert pair.guest.client.post("/mirror/answer", {**sent, "way": "later"}).status_code == 422
    assert pair.guest.client.post("/mirror/answer", sent).status_code == 302

    assert "Yes, with a change: a quarter of an hour" in words(pair.host.client.get("/mirror/maps"))
    for person in (pair.host, pair.guest):
        person.client.post("/mirror/answer", {"record": str(asked.ref), "way": "go"})
    assert "quarter" not in words(pair.guest.client.get("/mirror/maps"))
    assert keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), ASKED) == []


def test_what_was_opened_stays_and_nothing_else(pair: Pair) -> None:
    sitting = with_a_plan(pair)

    his = words(pair.guest.client.get("/mirror/maps"))

    assert "What you opened of your maps stays" in words(pair.guest.client.get(f"/s/{sitting.pk}"))
    assert "Being understood" in his
    assert "essential, your guess: not much" in his
    sides = round_of(pair).document.opened
    assert sides["host"].importance[13] == sides["host"].met[9] == -1
    assert "Quiet, at last" not in his


def test_a_card_taken_back_later_is_gone_from_the_picture_and_the_words_about_guesses(pair: Pair) -> None:
    with_a_plan(pair)
    open_drawer(pair.guest)
    told = words(pair.guest.client.get("/mirror/notes"))
    ref = str(round_of(pair).ref)

    for card in range(16):
        pair.host.client.post("/mirror/take-back", {"record": ref, "card": str(card)})

    assert "too early to say anything" not in told
    assert "too early to say anything" in words(pair.guest.client.get("/mirror/notes"))
    assert "shared" not in words(pair.guest.client.get("/mirror/maps"))
    sides = round_of(pair).document.opened
    assert set(sides["host"].importance) == set(sides["guest"].guesses) == {-1}


def test_nobody_takes_back_anybody_elses_card(pair: Pair, charlie: Person) -> None:
    with_a_plan(pair)
    ref, before = str(round_of(pair).ref), round_of(pair).document

    for card in ("9", "99", "x", ""):
        charlie.client.post("/mirror/take-back", {"record": ref, "card": card})
    assert round_of(pair).document == before
    pair.guest.client.post("/mirror/take-back", {"record": ref, "card": "9"})

    after = round_of(pair).document.opened
    assert after["host"].importance[9] == 4
    assert after["guest"].importance[9] == -1


def test_a_closed_bond_takes_a_card_back_and_leaves_the_others(pair: Pair) -> None:
    with_a_plan(pair)
    kept.take_back(pair.host.at(pair.bond), round_of(pair).ref, 0, at=timezone.now())
    pair.guest.client.post(f"/b/{pair.bond.pk}/space")

    pair.host.client.post("/mirror/take-back", {"record": str(round_of(pair).ref), "card": "9"})

    after = round_of(pair).document.opened
    assert {after["host"].importance[card] for card in (0, 9)} == {-1}
    assert after["guest"].importance[5] == 4


def test_words_about_guesses_are_for_their_maker_and_need_the_drawer(pair: Pair) -> None:
    with_a_plan(pair)

    assert pair.host.client.get("/mirror/notes").status_code == 403
    open_drawer(pair.host)
    hers = words(pair.host.client.get("/mirror/notes"))

    assert "You guessed 2 of Bob’s top 2." in hers or "of Bob’s top" in hers
    assert "luck alone" in hers or "not the ones you guessed" in hers


def test_after_ninety_days_today_says_that_it_is_time_to_draw_anew(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_a_plan(pair)
    anew = "It has been a while, and people change."
    begun = timezone.now()
    for days, is_due in ((89, False), (90, True)):
        at(monkeypatch, begun + timedelta(days=days, minutes=1))
        for person in (pair.host, pair.guest):
            sign_in(person)
            assert (anew in words(person.client.get("/"))) is is_due
    assert "Three months have passed, and people change." in words(pair.host.client.get("/mirror/maps"))

    with_a_plan(pair)

    assert anew not in words(pair.host.client.get("/"))
    assert len(keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), ROUND)) == 2


def test_leaving_before_the_end_keeps_no_map(pair: Pair) -> None:
    sitting = reveal(pair)

    post_move(pair.guest, sitting, "Leave")

    assert "Nothing yet." in words(pair.host.client.get("/mirror/maps"))


def test_charlie_sees_nothing_of_it(pair: Pair, charlie: Person) -> None:
    sitting = reveal(pair)

    assert page(charlie, sitting).status_code == 404
    assert post_move(charlie, sitting, "Withdraw", card="9").status_code == 404
