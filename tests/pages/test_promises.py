"""Promises on their page: small, changed in time, noticed, and a miss that only its own person can tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from nearer import live
from nearer.practices.closer.promises.keeping import NOTE, PROMISE
from nearer.practices.closer.promises.rules import SHOWN_FOR
from nearer.records import keeping
from nearer.records.models import Record
from nearer.records.shelf import Shelf
from nearer.testing.cast import Pair, Person, open_drawer, sign_in
from tests.pages.copying import take
from tests.pages.reading import at, html, text_of

pytestmark = pytest.mark.django_db

WORDS, MARK, OWN, ALONE = (
    "/closer/words",
    "/closer/words/mark",
    "/closer/words/not-kept",
    "/closer/words/alone",
)
CUE, ACT = "I come home on Thursday", "ring the doctor"
SENTENCE = f"When {CUE}, I will {ACT}."


def words(response: Any) -> str:
    return text_of(html(response))


def promise(person: Person, act: str = ACT, *, days: int = 3, **more: str) -> Any:
    by = (timezone.localdate() + timedelta(days=days)).isoformat()
    return person.client.post(WORDS, {"cue": CUE, "act": act, "by": by, "bad_day": "yes", **more})


def made(pair: Pair) -> list[Any]:
    return keeping.find(Shelf.of_bond(pair.host.at(pair.bond)), PROMISE)


def mark(pair: Pair, person: Person, how: str, number: int = -1) -> Any:
    return person.client.post(MARK, {"record": str(made(pair)[number].ref), "how": how})


def miss(pair: Pair, tell: str, line: str = "canary47", *, ref: Any = None, **more: str) -> Any:
    record = str(ref or made(pair)[-1].ref)
    return pair.host.client.post(OWN, {"record": record, "tell": tell, "line": line, **more})


def later(pair: Pair, monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """Let days go by, after which both log in anew."""
    at(monkeypatch, timezone.now() + timedelta(days=days))
    for person in (pair.host, pair.guest):
        sign_in(person)


def test_both_see_it_and_the_other_says_that_they_noticed(pair: Pair) -> None:
    promise(pair.host)

    for page in ("/", "/us", WORDS):
        assert SENTENCE in words(pair.guest.client.get(page)), page
    assert SENTENCE in words(pair.host.client.get("/us"))
    mark(pair, pair.guest, "noticed")
    assert "Bob noticed" in words(pair.host.client.get(WORDS))
    assert "Bob noticed a promise of yours" not in words(pair.host.client.get("/")), "she has looked"
    mark(pair, pair.guest, "unnoticed")
    assert "Bob noticed" not in words(pair.host.client.get(WORDS))
    mark(pair, pair.host, "kept")
    assert "Kept" in words(pair.guest.client.get(WORDS))


def test_three_are_open_and_a_fourth_waits_with_its_words(pair: Pair) -> None:
    for number in range(3):
        promise(pair.host, f"act {number}")
        promise(pair.host, f"act {number}")  # the same twice is one

    full = promise(pair.host, "canary47")

    assert (full.status_code, len(made(pair))) == (422, 3)
    assert "canary47" in html(full)
    assert promise(pair.guest, "mine").status_code == 302, "of each"
    miss(pair, "no", ref=made(pair)[0].ref)
    assert "counts until its day" in words(promise(pair.host, "canary47")), "or the other could count four"
    mark(pair, pair.host, "go", 0)
    assert promise(pair.host, "canary47").status_code == 302


@pytest.mark.parametrize(("days", "status"), [(-1, 422), (0, 302), (14, 302), (15, 422)])
def test_two_weeks_are_the_most(pair: Pair, days: int, status: int) -> None:
    answer = promise(pair.host, days=days)

    assert answer.status_code == status
    assert status == 302 or ACT in html(answer)


def test_a_bad_day_has_room_for_it_or_it_is_made_smaller(pair: Pair) -> None:
    for bad_day in ("no", ""):
        answer = promise(pair.host, bad_day=bad_day)
        assert (answer.status_code, ACT in html(answer), made(pair)) == (422, True, [])


def test_a_promise_that_leaves_less_free_gets_a_note_for_its_author_alone(pair: Pair) -> None:
    noted = promise(pair.host, "give you my phone")

    assert noted.status_code == 422
    assert "A promise should leave you freer." in words(noted)
    assert "give you my phone" in html(noted)
    assert 'name="sure" value="light"' in html(noted)
    # Whoever changes it to something heavy is shown where there is help, all the same.
    assert "This sounds heavy." in words(promise(pair.host, "go to work when you hit me", sure="light"))
    promise(pair.host, "give you my phone", sure="light")
    assert "give you my phone" in words(pair.guest.client.get(WORDS))
    assert "freer" not in words(pair.guest.client.get(WORDS))


def test_the_words_a_sentence_says_itself_are_not_said_twice(pair: Pair) -> None:
    promise(pair.host, "I will ring the doctor.")

    assert made(pair)[0].document.act == ACT


def test_changed_in_time_it_is_as_good_as_kept_and_shows_how_it_read(pair: Pair) -> None:
    promise(pair.host)
    form = html(pair.host.client.get(f"{WORDS}?record={made(pair)[0].ref}"))
    assert f'value="{ACT}"' in form

    promise(pair.host, "write to the doctor", days=9, record=str(made(pair)[0].ref))

    assert len(made(pair)) == 1
    assert "changed a promise in time" in words(pair.guest.client.get("/"))
    theirs = words(pair.guest.client.get(WORDS))
    assert "write to the doctor" in theirs
    assert SENTENCE in theirs


def test_only_its_own_person_marks_changes_or_takes_it_back(pair: Pair, charlie: Person) -> None:
    promise(pair.host)
    before = made(pair)[0].document

    assert mark(pair, pair.guest, "kept").status_code == 404
    assert mark(pair, pair.host, "noticed").status_code == 404
    assert pair.guest.client.get(f"{OWN}?record={made(pair)[0].ref}").status_code == 302
    assert promise(pair.guest, "canary47", record=str(made(pair)[0].ref)).status_code == 409
    mark(pair, pair.guest, "go")
    for how in ("kept", "go", "noticed"):
        charlie.client.post(MARK, {"record": str(made(pair)[0].ref), "how": how})

    assert made(pair)[0].document == before


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return who is told, through streams, that there is something new."""
    found: list[Any] = []
    monkeypatch.setattr(live, "tell", found.append)
    return found


def _receives(person: Person, pair: Pair) -> Iterator[tuple[str, Any]]:
    """Yield what somebody gets by looking wherever a promise could be, and their copy."""
    week = f"/us/{pair.bond.pk}/week"
    for page in (
        "/",
        "/us",
        WORDS,
        "/practise/closer",
        f"/b/{pair.bond.pk}/away",
        ALONE,
        week,
        "/closer/again",
    ):
        yield page, html(person.client.get(page))
    yield "copy", take(person)[:2]


@pytest.mark.rule("R18")
@pytest.mark.parametrize("days", [1, 4, 31])
def test_a_miss_is_nowhere_in_what_the_other_receives_unless_it_is_told(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, told: list[Any], days: int
) -> None:
    promise(pair.host)
    ref = made(pair)[0].ref
    later(pair, monkeypatch, days)
    dict(_receives(pair.guest, pair))  # what is new is said once
    before = dict(_receives(pair.guest, pair))
    shelf = Record.objects.filter(bond=pair.bond).values_list("pk", "day", "sealed")
    stored = list(shelf)
    told.clear()

    miss(pair, "no", ref=ref)

    assert bool(made(pair)) is (days < SHOWN_FOR.days), "a month later it lies nowhere"
    assert dict(_receives(pair.guest, pair)) == before
    assert list(shelf) == stored, "nor in what is sealed for both"
    assert told == []
    if days < SHOWN_FOR.days:
        promise(pair.host, "something new")  # no room is made by it, and none is taken
        assert "canary47" not in str(dict(_receives(pair.guest, pair)))


def test_noted_alone_it_lies_in_the_drawer_and_can_be_told_after_all(pair: Pair) -> None:
    promise(pair.host)
    miss(pair, "no")

    assert SENTENCE not in words(pair.host.client.get(WORDS))
    open_drawer(pair.host)
    assert "canary47" in words(pair.host.client.get(ALONE))
    note = keeping.find(Shelf.of_person(pair.host.user.pk, pair.host.ring, pair.host.drawer), NOTE)[0]
    pair.host.client.post(ALONE, {"record": str(note.ref), "how": "tell"})

    theirs = words(pair.guest.client.get(WORDS))
    assert "It did not happen." in theirs
    assert "canary47" in theirs
    assert "canary47" not in words(pair.host.client.get(ALONE))


@pytest.mark.parametrize("tell", ["yes", "no"])
def test_a_heavy_line_shows_its_author_help_first_and_then_it_is_said(pair: Pair, tell: str) -> None:
    promise(pair.host)
    before, heavy = words(pair.guest.client.get(WORDS)), "I want to kill myself"

    asked = miss(pair, tell, heavy)

    assert (asked.status_code, "This sounds heavy." in words(asked), heavy in html(asked)) == (
        422,
        True,
        True,
    )
    assert words(pair.guest.client.get(WORDS)) == before
    assert miss(pair, tell, heavy, sure="yes").status_code == 302
    assert (heavy in words(pair.guest.client.get(WORDS))) == (tell == "yes")


def test_told_it_comes_with_one_line_of_repair(pair: Pair) -> None:
    promise(pair.host)

    empty = miss(pair, "yes", line="")
    assert (empty.status_code, made(pair)[0].document.state) == (422, "")
    assert miss(pair, "maybe").status_code == 422
    miss(pair, "yes")

    assert "canary47" in words(pair.guest.client.get("/"))
    mark(pair, pair.host, "go")
    assert "canary47" not in words(pair.guest.client.get("/")) + words(pair.guest.client.get(WORDS))
    assert "withdrawn" in words(pair.guest.client.get(WORDS))


def test_when_its_day_is_over_its_own_person_alone_is_asked(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    promise(pair.host)
    pair.guest.client.get(WORDS)
    # Five days later its day is over everywhere on earth.
    later(pair, monkeypatch, 5)

    assert "Say how it went" in words(pair.host.client.get("/"))
    assert ACT not in words(pair.guest.client.get("/")) + words(pair.guest.client.get("/us"))
    assert f"{SENTENCE} I noticed" in words(pair.guest.client.get(WORDS))
    later(pair, monkeypatch, 30)
    for person in (pair.host, pair.guest):
        assert ACT not in words(person.client.get(WORDS)) + words(person.client.get("/"))
    promise(pair.guest, "the next one")
    assert [each.document.act for each in made(pair)] == ["the next one"], "what is a month old is erased"


def test_no_page_counts(pair: Pair) -> None:
    for number in range(3):
        promise(pair.host, f"act {number}")
        mark(pair, pair.host, "kept")

    said = words(pair.guest.client.get(WORDS)) + words(pair.host.client.get(WORDS))
    assert not any(sign in said for sign in ("%", "3 of", "3 promises", "in a row"))


@pytest.mark.begins("2026-03-28T22:30:00+00:00")
def test_a_promise_for_today_is_still_to_come_for_whoever_has_the_next_day_already(pair: Pair) -> None:
    pair.host.client.post("/settings/zone", {"zone": "America/Los_Angeles"})
    pair.guest.client.post("/settings/zone", {"zone": "Pacific/Auckland"})

    assert (
        pair.host.client.post(
            WORDS, {"cue": CUE, "act": ACT, "by": "2026-03-28", "bad_day": "yes"}
        ).status_code
        == 302
    )

    for person in (pair.host, pair.guest):
        assert "By Saturday 28 March" in words(person.client.get(WORDS))


def test_a_clock_that_leaps_and_is_put_right_again_takes_no_promise(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = timezone.now()
    monkeypatch.setattr("nearer.clock.now", lambda: now)
    promise(pair.host)
    at(monkeypatch, now + timedelta(days=60))
    for person in (pair.host, pair.guest):
        for page in ("/", "/us", WORDS):
            assert person.client.get(page).status_code == 200

    at(monkeypatch, now)
    assert SENTENCE in words(pair.guest.client.get(WORDS))
