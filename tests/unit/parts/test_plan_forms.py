"""A plan is one sentence: what the sentence says itself is not said twice when somebody types it as well."""

from __future__ import annotations

import pytest
from django.forms import Form

from nearer.parts.forms import PlanForm
from nearer.plans.forms import PlanForm as LineForm
from nearer.practices.onething.forms import TrialForm
from nearer.practices.ourtime.dates.forms import OfferForm
from nearer.practices.ourtime.forms import DateForm

FORMS = (PlanForm, LineForm, TrialForm, DateForm, OfferForm)


@pytest.mark.parametrize("form", FORMS, ids=[form.__module__ for form in FORMS])
@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("cue", "When breakfast is over,", "breakfast is over"),
        ("act", "we walk by the river.", "walk by the river"),
        ("act", "welcome the guests", "welcome the guests"),
    ],
)
def test_no_plan_says_its_own_words_twice(form: type[Form], name: str, typed: str, kept: str) -> None:
    assert form.base_fields[name].clean(typed) == kept
