"""Four people who do whatever the pages let them, in any order, and what has to hold all the while."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, ClassVar
from uuid import UUID
from zipfile import ZipFile

from django.db import connections
from django.http import Http404
from django.test import TestCase
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from nearer.accounts.slowing import limits
from nearer.bonds import invitations
from nearer.bonds.models import Bond, Invitation, Member
from nearer.home.rotation import rotate
from nearer.plans import lines
from nearer.protocol import HOUSE_MOVES, Mode
from nearer.sittings.models import Sitting
from nearer.sittings.run.access import may_watch
from nearer.sittings.run.log import Run
from nearer.sittings.taking_back.prune import prune
from nearer.testing.cast import Person, make_joined, make_pair, open_drawer, run_of, sign_in
from tests.doors.crawl import Form, forms_on
from tests.doors.test_swap import SESSIONS, written
from tests.doors.world import undone

FIRST = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
WHO = st.integers(0, 3)
ANY, OFTEN = st.integers(0, 40), 34
MOST_OPEN = 2
MODE, TAPS = st.sampled_from(list(Mode)), st.lists(st.tuples(ANY, ANY), min_size=4, max_size=12)
LATER = st.sampled_from(
    [timedelta(minutes=3), timedelta(hours=2), timedelta(days=1), timedelta(days=8), timedelta(days=31)]
)
# A look may use up what was for this one look: a reminder that is due.
USED_UP = {"records_record"}


@dataclass(frozen=True, kw_only=True)
class Said:
    """Words somebody typed, by which they are recognised wherever they turn up.

    Attributes:
        token: the words.
        by: who typed them.
        bond: where.
        sitting: in which sitting, if in one.
    """

    token: str
    by: UUID
    bond: UUID | None
    sitting: UUID | None


class FourPeople(RuleBasedStateMachine):
    """Alice, Bob, Charlie and somebody who will be an ex."""

    people: ClassVar[list[Person]] = []

    def __init__(self) -> None:
        super().__init__()
        self.said: list[Said] = []
        self.now = FIRST
        self.undo = ExitStack()
        self.undo.enter_context(undone())
        real = timezone.now
        timezone.now = lambda: self.now
        self.undo.callback(setattr, timezone, "now", real)
        for number in range(len(self.people)):
            self.signs_in(number)
        alice, bob, charlie, erin = self.people
        make_pair(alice, bob), make_pair(alice, erin), make_joined(charlie, bob)

    def teardown(self) -> None:
        """Look once more as everybody, and take it all back."""
        try:
            for number in range(len(self.people)):
                self.looks(number)
        finally:
            self.undo.close()

    @rule(who=WHO)
    def signs_in(self, who: int) -> None:
        """Somebody signs in anew; whatever their session was, it is another now."""
        person = self.people[who]
        sign_in(person)
        open_drawer(person)

    @rule(who=WHO)
    def signs_out(self, who: int) -> None:
        """Somebody signs out."""
        self.post(self.people[who], "/logout", {})

    @precondition(lambda _: Invitation.objects.count() < MOST_OPEN)
    @rule(who=WHO)
    def invites(self, who: int) -> None:
        """Somebody invites, with an answer to the first question."""
        person, token = self.people[who], self.token()
        answer = self.post(person, "/invite", {"kin": "friend", "question": "smile", "answer": token})
        found = [UUID(part) for part in answer.get("Location", "").split("/") if len(part) == 36]
        self.said += [Said(token=token, by=person.user.pk, bond=bond, sitting=None) for bond in found]

    @rule(who=WHO, which=ANY)
    def joins(self, who: int, which: int) -> None:
        """Somebody opens an invitation and joins."""
        open_ones = list(Invitation.objects.order_by("pk"))
        if open_ones:
            bond = open_ones[which % len(open_ones)].bond
            host = next(p for p in self.people if bond.members.filter(user=p.user, has_left=False).exists())
            shown = invitations.shown(host.at(bond))
            self.post(self.people[who], "/j/open", {"secret": shown.secret if shown else ""})
            self.post(self.people[who], "/j/join", {})

    @rule(who=WHO, which=ANY)
    def confirms(self, who: int, which: int) -> None:
        """Somebody says that it is who they meant, be it theirs to say or not."""
        if bonds := list(Bond.objects.order_by("pk")):
            self.post(self.people[who], f"/b/{bonds[which % len(bonds)].pk}/confirm", {"answer": "yes"})

    @rule(who=WHO, which=ANY)
    def leaves(self, who: int, which: int) -> None:
        """Somebody leaves a bond, or tries to leave one that is not theirs."""
        person, bonds = self.people[who], Bond.objects.order_by("pk")
        if which < OFTEN:
            bonds = bonds.filter(members__user=person.user, members__has_left=False)
        if bonds:
            self.post(person, f"/b/{bonds[which % len(bonds)].pk}/space", {})

    @rule(who=WHO, which=ANY)
    def renews(self, who: int, which: int) -> None:
        """A member gives their bond a new key."""
        person = self.people[who]
        if mine := list(Member.objects.filter(user=person.user, has_left=False).order_by("pk")):
            rotate(person.at(mine[which % len(mine)].bond))

    @initialize(mode=MODE, taps=TAPS)
    def two_have_begun(self, mode: Mode, taps: list[tuple[int, int]]) -> None:
        """Alice and Bob sit together already."""
        self.sits(0, 0, mode, taps)

    @rule(who=WHO, which=ANY, mode=MODE, taps=TAPS)
    def sits(self, who: int, which: int, mode: Mode, taps: list[tuple[int, int]]) -> None:
        """Somebody begins a sitting, or goes on with it, and both send one form after the other."""
        person = self.people[who]
        mine = Bond.objects.filter(members__user=person.user, members__has_left=False, state="open")
        if not (bonds := list(mine.order_by("pk"))):
            return
        bond = bonds[which % len(bonds)]
        both = [p for p in self.people if bond.members.filter(user=p.user, has_left=False).exists()]
        for each in both:
            self.signs_in(self.people.index(each))
        self.post(person, f"/b/{bond.pk}/switch", {})
        begun = self.post(person, "/practise/listening/start", {"mode": mode})["Location"]
        for form, button in taps:
            for each in both:
                self.send(each, begun, form, button)

    @rule(who=WHO, page=ANY, form=ANY, button=ANY)
    def sends(self, who: int, page: int, form: int, button: int) -> None:
        """Somebody sends one of the forms on one of their pages, with words nobody else uses."""
        person = self.people[who]
        refs = (
            Sitting.objects.filter(bond__members__user=person.user)
            .order_by("pk")
            .values_list("pk", flat=True)
        )
        pages = ["/", "/us", *(f"/s/{ref}{rest}" for ref in refs for rest in ("", "/words"))]
        self.send(person, pages[page % len(pages)], form, button)

    @rule(later=LATER)
    def time_passes(self, later: timedelta) -> None:
        """Time passes, and what has run out is forgotten."""
        self.now += later
        with TestCase.captureOnCommitCallbacks(execute=True):
            prune(self.now)

    @rule(who=WHO)
    def looks(self, who: int) -> None:
        """Somebody looks at everything they can: nothing changes by it, and nothing is there that is not theirs."""
        person = self.people[who]
        mine = Sitting.objects.filter(bond__members__user=person.user).values_list("pk", flat=True)
        sittings = [f"/s/{ref}{rest}" for ref in mine for rest in ("", "/words")]
        with written() as tables:
            pages = {page: person.client.get(page) for page in ("/", "/us", "/pulse", "/settings", *sittings)}
        assert not tables - SESSIONS - USED_UP, tables
        seen = b"".join(answer.content for answer in pages.values())
        for said in self.said:
            if said.by != person.user.pk and said.token.encode() in seen:
                assert self.may_see(said, person), said

    @rule(who=WHO)
    def takes_a_copy(self, who: int) -> None:
        """Somebody takes their copy: in it is what they may see, and all that their pages show of their own words."""
        person = self.people[who]
        self.signs_in(who)
        packed = ZipFile(BytesIO(self.post(person, "/settings/copy", {}).content))
        data = json.loads(packed.read("words.json"))
        del data["kept_for_me"]  # what was shown once and kept stays, whatever became of it
        copied = json.dumps(data)
        mine = Sitting.objects.filter(bond__members__user=person.user, bond__members__has_left=False)
        pages = ["/us", *(f"/s/{ref}/words" for ref in mine.values_list("pk", flat=True))]
        seen = b"".join(person.client.get(page).content for page in pages)
        for said in self.said:
            if said.token in copied:
                assert said.by == person.user.pk or self.may_see(said, person), said
            elif said.by == person.user.pk:
                assert said.token.encode() not in seen, said

    @invariant()
    def what_is_not_theirs_does_not_exist(self) -> None:
        """Whoever is no member, or no longer, finds neither bond nor sitting nor stream."""
        for person in self.people:
            mine = set(Member.objects.filter(user=person.user, has_left=False).values_list("bond", flat=True))
            foreign = Sitting.objects.exclude(bond__in=mine).values_list("pk", flat=True)
            cookie = person.client.cookies.get("s")
            watched = may_watch([(cookie.value if cookie else "", ref) for ref in foreign])
            assert set(watched) <= {None}
            for bond in Bond.objects.exclude(pk__in=mine):
                try:
                    person.at(bond)
                except Http404:
                    continue
                raise AssertionError(bond)

    @invariant()
    def everything_opens_for_its_members(self) -> None:
        """There is one key to a bond, both have it, and all that lies in the bond opens with it."""
        for member in Member.objects.filter(has_left=False).select_related("bond"):
            person = next(p for p in self.people if p.user.pk == member.user_id)
            place = person.at(member.bond)
            lines.lines_of(place)
            for sitting in Sitting.objects.filter(bond=member.bond):
                run_of(person, sitting)
        for alias in connections:
            connections[alias].check_constraints()

    def send(self, person: Person, page: str, form: int, button: int) -> None:
        """Send a form from a page, with words nobody else uses; the page's end is rarely sent."""
        token, forms = self.token(), forms_on({page: person.client.get(page)})
        forms = [each for each in forms if form > OFTEN or not _ends_it(each)]
        if not forms:
            return
        chosen = forms[form % len(forms)]
        sendable = list(chosen.sent(token))
        self.post(person, chosen.action, sendable[button % len(sendable)])
        self.said.append(self.noted(token, person, chosen.action))

    def token(self) -> str:
        """Return words that were never said before."""
        return f"word{len(self.said)}q"

    def noted(self, token: str, person: Person, path: str) -> Said:
        """Say where words went, by the address they were sent to."""
        _, kind, ref, *_ = [*path.partition("?")[0].split("/"), "", ""]
        sitting = Sitting.objects.filter(pk=ref).first() if kind == "s" else None
        bond = sitting.bond_id if sitting else UUID(ref) if kind == "b" else None
        return Said(token=token, by=person.user.pk, bond=bond, sitting=sitting.pk if sitting else None)

    def may_see(self, said: Said, person: Person) -> bool:
        """Say whether words of somebody else may stand on this person's pages."""
        if not Member.objects.filter(user=person.user, bond=said.bond, has_left=False).exists():
            return False
        sitting = Sitting.objects.filter(pk=said.sitting).first() if said.sitting else None
        run = run_of(person, sitting) if sitting else None
        return run is None or not _is_hidden(run, said.token)

    def post(self, person: Person, path: str, sent: dict[str, Any]) -> Any:
        """Send a form, with what follows the commit."""
        limits.reset()
        with TestCase.captureOnCommitCallbacks(execute=True):
            answer = person.client.post(path, sent)
        assert answer.status_code < 500
        return answer


def _is_hidden(run: Run, token: str) -> bool:
    """Say whether a sitting still hides these words from whoever is looking."""
    found = next((at for at, played in enumerate(run.log) if token in " ".join(_texts(played.move))), None)
    if found is None or run.header.mode == Mode.ONE:
        return False
    played, after = run.log[found], run.log[found + 1 :]
    if type(played.move).sealed:
        return not any(p.seat is run.seat and isinstance(p.move, type(played.move)) for p in run.log)
    if type(played.move).unsent and run.header.mode == Mode.ASYNC:
        return not any(p.seat is played.seat and not _leads_up(p.move) for p in after)
    return False


def _ends_it(form: Form) -> bool:
    return form.action in {"/lock", "/logout"} or form.values.get("move") in {"Leave", "Pause"}


def _leads_up(move: Any) -> bool:
    return move.unsent or move.ambient or type(move) in HOUSE_MOVES


def _texts(move: Any) -> Iterator[str]:
    yield from (str(getattr(move, each.name)) for each in fields(move))
