"""Whatever is typed into whatever field: nothing breaks, nothing is lost, nothing runs."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from html import escape, unescape
from itertools import cycle, islice
from typing import Any
from unicodedata import category

import pytest
from django.forms import BaseForm, CharField, ChoiceField, Form, HiddenInput

from nearer.accounts.slowing import limits
from nearer.closeness.thanks.forms import ThanksForm
from nearer.firstrun import forms as firstrun
from nearer.home.notices_forms import CodeForm, MailForm, ServiceForm
from nearer.library.forms import NoteForm, ReplyForm
from nearer.parts.forms import AskForm
from nearer.plans.forms import ENDS
from nearer.practices.closer.told import forms as told
from nearer.practices.needs.forms import FeltForm
from nearer.practices.ourtime.dates.forms import LookForm
from nearer.rhythm.forms import TalkForm
from nearer.testing.cast import Pair, Person
from nearer.web.samples import SampleForm
from tests.doors.steps import Target, targets
from tests.doors.strings import as_received, as_sent, plain, strings
from tests.doors.test_canaries import modules
from tests.doors.world import undone
from tests.pages.reading import html

pytestmark = pytest.mark.django_db

EACH = 4  # strings for a field; all of them when everything is asked for
ALL = bool(os.environ.get("NEARER_TEST_STRINGS"))
# These never come back onto a page: secrets, and what is only compared.
# An answer beneath a comment and a note at the desk: tests/pages/test_library_comments.py and _desk.py.
# Saying back and asking in the Needs Mirror: named as on The Floor, which is met first.
# What somebody would like, once they were asked: tests/pages/test_tellings.py. A line of appreciation, and
# what is written at the end of a season: _as_it_was_typed.py.
# What a time is looked for was typed for the date. Addresses of notices, where an operator has set these up: _notice_mail.py.
# What whoever starts a copy types before anybody is there: tests/pages/test_first_run.py.
ELSEWHERE = {
    firstrun.CodeForm,
    firstrun.PlaceForm,
    firstrun.PeopleForm,
    ReplyForm,
    NoteForm,
    FeltForm,
    AskForm,
    told.ReplyForm,
    ThanksForm,
    TalkForm,
    LookForm,
    MailForm,
    CodeForm,
    ServiceForm,
}
UNSEEN = {"passphrase", "new", "code"}
# What becomes the topic of a sitting at which nobody has sat down yet: tests/pages/test_tellings.py.
NOT_YET = "/closer/notes/mine/bring"
FILLERS = "\u034f\u115f\u1160\u2800\u3164\uffa0"  # letters and marks that show nothing
WITHOUT_ENDS = {"cue", "act"}  # halves of a sentence that brings its own stops
SEEN_AT = ("/", "/us", "/settings", "/closer/words/alone")
FORM = "application/x-www-form-urlencoded"


@pytest.mark.slow
def test_every_field_takes_whatever_is_typed(
    pair: Pair, charlie: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, bound = strings(), _watched(monkeypatch)
    next_ones, tried, wrong = cycle(known), set(), []
    for number, target in enumerate(targets(pair, charlie.client)):
        found_on: list[str] = []
        for text in known if ALL else islice(next_ones, EACH):
            tried.add(text)
            findings = _typed(target, text, found_on)
            wrong += [f"{number} {target.page} {target.name}: {finding}" for finding in findings]

    assert not wrong, "\n".join(wrong[:40])
    assert len(tried) == len(set(known)) > 300
    left = typed_forms() - bound - ELSEWHERE
    assert not left, f"lead to these in tests/doors/steps.py: {left}"


def _typed(target: Target, text: str, found_on: list[str]) -> Iterator[str]:
    """Send a text from a field, and yield what is wrong with the answer; the page it was found on is looked at first."""
    limits.reset()
    short, received = ascii(text)[:60], plain(as_received(text))
    is_markup = re.search(r"<[a-z!/?]", received, re.IGNORECASE)
    with undone(target.browser):
        answer = _send(target, text)
        status, shown = answer.status_code, html(answer)
        if status >= 500:
            yield f"{status} for {short}"
        elif status in {302, 303}:
            shown = escape(target.stored())
            for page in dict.fromkeys([*found_on, answer["Location"], target.page, *SEEN_AT]):
                shown += html(target.browser.get(page)).replace("<br>", " ")
                if not is_markup and _is_kept(target, received, shown):
                    found_on[:] = [page]
                    break  # markup is looked for on every page
        if is_markup and received in plain(shown):
            yield f"not escaped: {short}"
        if status < 500 and not _is_kept(target, received, shown):
            yield f"lost, answered {status}: {short}"


def _send(target: Target, text: str) -> Any:
    sent = next(target.form.sent())
    pairs = {**{name: as_sent(value) for name, value in sent.items()}, target.name: as_sent(text)}
    body = b"&".join(as_sent(name) + b"=" + value for name, value in pairs.items())
    return target.browser.post(target.form.action, body, content_type=FORM)


def _is_kept(target: Target, received: str, shown: str) -> bool:
    if target.name in WITHOUT_ENDS:
        received = received.strip(ENDS)
    if target.page.startswith(NOT_YET):
        return True
    # What nobody can see is nothing, where a field may be left empty.
    if target.name in UNSEEN or all(category(sign)[0] in "ZC" or sign in FILLERS for sign in received):
        return True
    return received in plain(unescape(shown)) or escape(received) in plain(shown)


def _watched(monkeypatch: pytest.MonkeyPatch) -> set[type[BaseForm]]:
    bound: set[type[BaseForm]] = set()
    real = BaseForm.full_clean

    def full_clean(self: BaseForm) -> None:
        if self.is_bound:
            bound.add(type(self))
        real(self)

    monkeypatch.setattr(BaseForm, "full_clean", full_clean)
    return bound


def typed_forms() -> set[type[BaseForm]]:
    """Return every form of the product that has a field to type into; the kit's is sent nowhere."""
    found = {
        thing for module in modules() for thing in vars(module).values()
        if isinstance(thing, type) and issubclass(thing, Form) and thing.__module__.startswith("nearer.")
    }  # fmt: skip
    return {form for form in found - {SampleForm} if any(map(_is_typed, form.base_fields.values()))}


def _is_typed(field: Any) -> bool:
    return (
        isinstance(field, CharField)
        and not isinstance(field, ChoiceField)
        and not isinstance(field.widget, HiddenInput)
    )
