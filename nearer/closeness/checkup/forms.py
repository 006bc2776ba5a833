"""How a check-up is answered: every item with its published labels, in the published order."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nearer.closeness.checkup.instruments import Instrument, Question
from nearer.closeness.checkup.keeping import GOOD_MOST
from nearer.web.fields import WordsField


class ItemsForm(forms.Form):
    """A questionnaire, if there is one.

    Args:
        form: which.

    Attributes:
        first: the field that comes before it.
    """

    first: ClassVar[str]

    def __init__(self, *args: Any, form: Instrument | None, **kwargs: Any) -> None:  # Any: as Django has it
        super().__init__(*args, **kwargs)
        self.form = form
        for n, item in enumerate(form.items if form else (), 1):
            self.fields[f"item_{n}"] = forms.TypedChoiceField(
                label=item.text or " – ".join(item.poles), choices=_choices(item), coerce=int, widget=forms.RadioSelect,
                error_messages={"required": _("Choose one of the answers."), "invalid_choice": _("Choose one of the answers.")},
            )  # fmt: skip

    @property
    def items(self) -> list[tuple[Question, forms.BoundField, str]]:
        """Each item with its field, and what is said before it."""
        form = self.form
        if form is None:
            return []
        return [
            (item, self[f"item_{n}"], form.intro if n == form.intro_before else "")
            for n, item in enumerate(form.items, 1)
        ]

    @property
    def answers(self) -> tuple[int, ...]:
        """What was answered, in order."""
        return tuple(self.cleaned_data[field.name] for _item, field, _intro in self.items)

    @property
    def last(self) -> int:
        """The number of the last screen; the first, 0, is about what comes before, and each item has one."""
        return len(self.items)

    def on(self, screen: int) -> forms.BoundField:
        """Return the field of a screen."""
        return self[f"item_{screen}"] if screen else self[self.first]

    def beside(self, screen: int) -> list[tuple[str, str]]:
        """Return what was answered on the other screens, as it was sent, to travel along with this one."""
        names = [name for name in self.fields if name != self.on(screen).name]
        return [(name, self.data[name]) for name in names if self.data.get(name)]

    def first_wrong(self) -> int:
        """Return the first screen on which something is missing; the last where nothing is."""
        return next((n for n in range(self.last + 1) if self.on(n).errors), self.last)

    def said_before(self, screen: int) -> str:
        """Return what is said before the item of a screen: also before those that follow the one it was published at."""
        form = self.form
        return form.intro if form and 0 < form.intro_before <= screen else ""


class CheckupForm(ItemsForm):
    """What is going well, and a questionnaire, if there is one."""

    first: ClassVar[str] = "good"
    good = WordsField(
        label=gettext_lazy("What is going well between you two?"), limit=GOOD_MOST, lines=3, required=False
    )


def _choices(item: Question) -> list[tuple[int, str]]:
    if item.labels:
        return list(enumerate(item.labels))
    last = len(item.scores) - 1
    ends = {0: item.poles[0], last: item.poles[1]}
    steps = {
        n: _("%(step)s of %(steps)s, from %(left)s to %(right)s")
        % {"step": n + 1, "steps": last + 1, "left": item.poles[0], "right": item.poles[1]}
        for n in range(last + 1)
    }
    return [(n, ends.get(n, steps[n])) for n in range(last + 1)]
