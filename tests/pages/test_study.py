"""Before and after, and studies: off until both say yes, one's own alone, and given back at one word of either."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from nearer.bonds.models import Bond
from nearer.closeness.picture import keeping as pictures
from nearer.leaving import going
from nearer.leaving.leave import leave_bond, leave_unstored, write_down
from nearer.records import keeping
from nearer.records.shelf import Shelf
from nearer.sittings.taking_back.prune import unneeded
from nearer.study import box, giving
from nearer.study.codebook import study_table
from nearer.study.keeping import ANSWERS, WISH
from nearer.study.models import Contribution, Study
from nearer.study.rules import Row, Wave
from nearer.testing.cast import Pair, Person, open_drawer, sign_in
from nearer.vault import store
from nearer.vault.models import StoredKey
from tests.pages.reading import at, html, words
from tests.unit.study.test_codebook import made_up

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
YES, OPEN = "I would like that", "The first look is open"


def here(pair: Pair, more: str = "") -> str:
    return f"/us/{pair.bond.pk}/before-and-after{more}"


def come(pair: Pair, monkeypatch: pytest.MonkeyPatch, later: timedelta = timedelta()) -> None:
    """Let time pass, and both sign in with their drawers open."""
    at(monkeypatch, timezone.now() + later)
    for person in (pair.host, pair.guest):
        sign_in(person)
        open_drawer(person)


def say(person: Person, pair: Pair, what: str = "look", wish: str = "yes") -> None:
    person.client.post(here(pair, "/yes"), {"what": what, "wish": wish})


def answer(person: Person, pair: Pair, picture: int = 4, level: int = 3) -> int:
    items = {f"item_{n}": str(level) for n in range(1, 17)}
    return int(person.client.post(here(pair), {"picture": str(picture), **items}).status_code)


def begin(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    come(pair, monkeypatch)
    for person in (pair.host, pair.guest):
        say(person, pair)
    come(pair, monkeypatch, DAY)


def study(tmp_path: Path) -> Path:
    """Open a study on a copy with company."""
    Bond.objects.bulk_create(Bond(state=Bond.State.OPEN, roster=b"") for _ in range(9))
    key = tmp_path / "key"
    call_command(
        "study", "open", title="Listening", by="Ada", contact="a@b.example", key=key, stdout=StringIO()
    )
    return key


def give(person: Person, pair: Pair, do: str = "give") -> None:
    (kept,) = keeping.find(Shelf.of_person(person.user.pk, person.ring, person.drawer), ANSWERS)
    person.client.post(here(pair, "/answers"), {"record": str(kept.ref), "do": do})


def both_give(pair: Pair, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    key = study(tmp_path)
    begin(pair, monkeypatch)
    for person in (pair.host, pair.guest):
        answer(person, pair)
        say(person, pair, "give")
    come(pair, monkeypatch, DAY)
    for person in (pair.host, pair.guest):
        give(person, pair)
    assert Contribution.objects.count() == 2
    return key


@pytest.mark.rule("R13", "R18")
def test_one_yes_shows_to_nobody_and_a_no_looks_like_not_yet(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    come(pair, monkeypatch)
    addresses = ("/", "/us", here(pair))
    before = [html(pair.guest.client.get(page)) for page in addresses]
    assert YES in before[2]

    say(pair.host, pair)
    come(pair, monkeypatch)
    assert [html(pair.guest.client.get(page)) for page in addresses] == before
    say(pair.guest, pair)
    assert OPEN not in words(pair.guest.client.get(here(pair))), "it counts from the morning after"
    waiting = words(pair.guest.client.get(here(pair)))

    come(pair, monkeypatch, DAY)
    assert OPEN in words(pair.host.client.get(here(pair)))
    assert "The first of two looks is open" in words(pair.guest.client.get("/"))
    say(pair.host, pair, wish="no")
    assert words(pair.guest.client.get(here(pair))) == waiting
    assert "two looks" not in words(pair.guest.client.get("/"))


def test_a_look_asks_one_thing_a_screen_and_keeps_nothing_until_the_last(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(pair, monkeypatch)
    client, so_far = pair.host.client, {"picture": "4"}
    assert client.post(here(pair), {"screen": "0"}).status_code == 422
    for n in range(16):
        page = client.post(here(pair), {"screen": str(n), **so_far})
        assert f"{n + 1} of 16" in words(page)
        assert html(page).count('class="field item"') == 1
        so_far[f"item_{n + 1}"] = "3"
    assert "is kept" not in words(client.get(here(pair)))
    assert client.post(here(pair), {"screen": "16", **so_far}).status_code == 302
    assert "Your first look is kept" in words(client.get(here(pair)))


@pytest.mark.rule("R18")
def test_nobody_sees_that_the_other_answered_and_ones_own_change_is_said_in_words(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(pair, monkeypatch)
    before = [html(pair.guest.client.get(page)) for page in ("/", "/us", here(pair))]
    assert answer(pair.host, pair, level=9) == 422

    assert answer(pair.host, pair, picture=3, level=1) == 302

    assert [html(pair.guest.client.get(page)) for page in ("/", "/us", here(pair))] == before
    assert "two looks" not in words(pair.host.client.get("/"))
    kept = words(pair.host.client.get(here(pair)))
    assert "Your first look is kept" in kept
    assert "Many people with answers like these choose to talk with someone." in kept
    pair.guest.client.post(here(pair, "/not-now"))
    assert "two looks" not in words(pair.guest.client.get("/"))
    come(pair, monkeypatch, timedelta(days=20))
    assert answer(pair.guest, pair) == 302, "it came too late, and nothing is kept"
    assert "The second look opens on" in words(pair.host.client.get(here(pair)))
    come(pair, monkeypatch, timedelta(days=22))
    assert "Six weeks are over" in words(pair.host.client.get("/"))
    answer(pair.host, pair, picture=5, level=4)
    said = words(pair.host.client.get(here(pair)))
    assert "Your second picture shows more overlap than the first." in said
    assert "A clear change:" in said
    assert "What has changed" not in words(pair.guest.client.get(here(pair)))
    come(pair, monkeypatch, timedelta(days=40))
    for person in (pair.host, pair.guest):
        assert YES in words(person.client.get(here(pair))), (
            "it is over, and a new one needs a new yes of both"
        )
    say(pair.host, pair)
    come(pair, monkeypatch, DAY)
    assert OPEN not in words(pair.host.client.get(here(pair)))


@pytest.mark.rule("R18")
def test_ones_own_table_holds_of_the_other_what_both_see_and_nothing_else(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(pair, monkeypatch)
    pictures.pick(pair.guest.at(pair.bond), 6, at=timezone.now())
    answer(pair.host, pair, picture=3)
    mine = table(pair.host, pair)
    assert [(row["person"], row["wave"], row["picture"]) for row in mine] == [("1", "0", "3")]

    answer(pair.guest, pair, picture=7)
    assert table(pair.host, pair) == mine

    pictures.pick(pair.host.at(pair.bond), 2, at=timezone.now())
    assert [(row["person"], row["wave"], row["picture"]) for row in table(pair.host, pair)] == [
        ("1", "0", "3"), ("1", "2", "2"), ("2", "2", "6"),
    ]  # fmt: skip


def table(person: Person, pair: Pair) -> list[dict[str, str]]:
    packed: Any = person.client.post(here(pair, "/table"))
    with ZipFile(BytesIO(packed.content)) as files:
        assert files.namelist() == ["answers.csv", "codebook.csv"]
        return list(csv.DictReader(files.read("answers.csv").decode().splitlines()))


@pytest.mark.rule("R13", "R18")
def test_giving_needs_both_and_one_word_of_either_takes_all_of_it_out(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    study(tmp_path)
    begin(pair, monkeypatch)
    answer(pair.host, pair)
    before = html(pair.guest.client.get(here(pair)))
    assert "Listening" in before
    say(pair.host, pair, "give")
    come(pair, monkeypatch, DAY)
    give(pair.host, pair)
    assert html(pair.guest.client.get(here(pair))) == before
    assert not Contribution.objects.exists()

    answer(pair.guest, pair)
    say(pair.guest, pair, "give")
    come(pair, monkeypatch, DAY)
    assert "What would leave" in words(pair.host.client.get(here(pair)))
    unmoved = html(pair.guest.client.get(here(pair)))
    give(pair.host, pair)
    give(pair.host, pair)
    assert html(pair.guest.client.get(here(pair))) == unmoved
    (row,) = Contribution.objects.all()
    assert box.name_of(row.pair) in words(pair.host.client.get(here(pair)))
    give(pair.guest, pair)
    give(pair.host, pair, "back")
    assert Contribution.objects.count() == 1
    give(pair.host, pair)

    say(pair.guest, pair, "give", "no")

    assert not Contribution.objects.exists()
    assert "Given to the study" not in words(pair.host.client.get(here(pair)))


def test_a_study_without_company_is_offered_to_nobody(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    study(tmp_path)
    Bond.objects.filter(roster=b"").first().delete()  # type: ignore[union-attr]
    begin(pair, monkeypatch)
    assert "Listening" not in words(pair.host.client.get(here(pair)))
    for person in (pair.host, pair.guest):
        answer(person, pair)
        say(person, pair, "give")
    come(pair, monkeypatch, DAY)
    give(pair.host, pair)
    assert not Contribution.objects.exists()


def leaves(pair: Pair) -> None:
    leave_bond(pair.bond.pk, pair.host.user.pk, pair.host.ring, at=timezone.now())


def leaves_what_is_shut(pair: Pair) -> None:
    pair.bond.members.update(sealed_key=b"\0" * 80)
    leaves(pair)


def leaves_unstored(pair: Pair) -> None:
    leave_unstored(pair.bond.pk, pair.host.user.pk, pair.host.ring)
    write_down(timezone.now())


def deletes_later(pair: Pair) -> None:
    going.delete_later(pair.host.user.pk, pair.host.ring, on=timezone.localdate())


def stops_looking(pair: Pair) -> None:
    say(pair.host, pair, wish="no")


def lost_the_place(pair: Pair) -> None:
    """Let the yes of one of the two count for nobody, as when somebody else sits there by now, and the other come by."""
    shelf = Shelf.of_bond(pair.guest.at(pair.bond))
    for kept in keeping.find(shelf, WISH):
        if kept.document.seat == pair.host.at(pair.bond).seat:
            keeping.remove(shelf, WISH, kept.ref)
    pair.guest.client.get(here(pair))


WAYS = [leaves, leaves_what_is_shut, leaves_unstored, deletes_later, stops_looking, lost_the_place]


@pytest.mark.rule("R13")
@pytest.mark.parametrize("way", WAYS, ids=[way.__name__ for way in WAYS])
def test_whoever_goes_takes_out_what_both_gave(
    pair: Pair,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    way: Callable[[Pair], None],
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        both_give(pair, monkeypatch, tmp_path)
    pairs = list(Contribution.objects.values_list("pair", flat=True))
    assert StoredKey.objects.filter(owner__in=pairs).count() == 1
    assert not set(unneeded(StoredKey.objects.all())) & set(pairs), "pruning leaves it alone"

    with django_capture_on_commit_callbacks(execute=True):
        way(pair)

    assert not Contribution.objects.exists()
    assert not StoredKey.objects.filter(owner__in=pairs).exists()


def test_whoever_runs_the_copy_gets_rows_of_ten_pairs_or_none_and_nobodys_name(
    pair: Pair, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    key, to = both_give(pair, monkeypatch, tmp_path), tmp_path / "out"
    the = Study.objects.get()
    others = [uuid4() for _ in range(9)]
    for n, other in enumerate(others):
        for person in (1, 2):
            row = Row(pair="", person=person, wave=Wave.BEFORE, picture=1 + (n + 3 * person) % 7)
            box.put(the, other, row)
    assert not re.search(r"user|bond|member", " ".join(each.name for each in Contribution._meta.get_fields()))

    run("export", key=key, to=to)
    rows = list(csv.DictReader((to / "study.csv").read_text(encoding="utf-8").splitlines()))
    assert len(rows) == 20
    assert {row["csi16"] for row in rows} > {""}
    assert "csi16_16" in (to / "codebook.csv").read_text(encoding="utf-8")
    say(pair.host, pair, "give", "no")
    with pytest.raises(CommandError, match="Fewer than 10 pairs"):
        run("export", key=key, to=to)
    run("close")
    assert run("status").count("Pairs: 9.") == 1
    assert run("erase") == "Erased. Pairs: 9.\n"
    assert store.secrets_of(others) == {}


def test_a_command_that_cannot_be_done_says_why(pair: Pair, tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("no key", encoding="utf-8")
    about = {"title": "t", "by": "b", "contact": "c"}
    with pytest.raises(CommandError, match="There is no study"):
        run("export", key=wrong, to=tmp_path)
    with pytest.raises(CommandError, match="is there already"):
        run("open", **about, key=wrong)
    assert not Study.objects.exists()
    key = study(tmp_path)
    with pytest.raises(CommandError, match="There is a study already"):
        run("open", **about, key=tmp_path / "another")
    with pytest.raises(CommandError, match="is not a key"):
        run("export", key=wrong, to=tmp_path)
    with pytest.raises(CommandError, match="Close it first"):
        run("erase")
    with pytest.raises(CommandError, match="cannot be read"):
        run("model", str(tmp_path / "none.csv"))
    with pytest.raises(CommandError, match="no such column"):
        run("model", str(key))
    assert giving.pair_of(pair.host.at(pair.bond), Study.objects.get()) is None


def test_a_model_is_printed_or_says_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    table = tmp_path / "study.csv"
    table.write_text(study_table(made_up()), encoding="utf-8")
    assert run("model", str(table)).startswith("csi16 after, by picture before: 40 pairs, 0 left out.\n")

    monkeypatch.setitem(sys.modules, "statsmodels.regression.linear_model", None)
    with pytest.raises(CommandError, match="needs statsmodels"):
        run("model", str(table))


def run(*what: str, **options: Any) -> str:
    out = StringIO()
    call_command("study", *what, **options, stdout=out)
    return out.getvalue()
