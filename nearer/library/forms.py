"""The forms of the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from nearer.accounts.forms import check_plain
from nearer.library.document import (
    BODY_MOST,
    EVIDENCE,
    LINE_MOST,
    LINES_MOST,
    SUMMARY_MOST,
    TITLE_MOST,
    Document,
    NotAnArticle,
    Source,
    check_slug,
)
from nearer.library.leading import leads
from nearer.library.models import Category
from nearer.sittings.practice import practices
from nearer.web.fields import WordsField

COMMENT_MOST, NAME_MOST = 2000, 40
EVIDENCE_NAMES = {
    "trials": _("Several trials"),
    "studies": _("Studies that agree"),
    "early": _("First findings"),
    "practice": _("What practitioners do"),
}
CHOOSE = {"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")}


class CommentForm(forms.Form):
    """Something to say beneath an article."""

    text = WordsField(
        limit=COMMENT_MOST,
        lines=4,
        label=_("Add a comment"),
        help_text=_("Public on this copy of Nearer. Links are shown as plain words."),
    )


class ReplyForm(forms.Form):
    """An answer to a comment."""

    text = WordsField(limit=COMMENT_MOST, lines=3, label=_("Your answer"))


class VoiceForm(forms.Form):
    """The name under which somebody comments.

    Args:
        private: names it must not be, since it would lead to the person: their username, what they are called.
    """

    name = WordsField(
        limit=NAME_MOST,
        lines=1,
        label=_("Name for comments"),
        help_text=_(
            "Everybody sees it. Choose one that does not lead to you: not your username, not what you are called."
        ),
    )

    def __init__(self, *args: Any, private: frozenset[str] = frozenset(), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._private = {each.casefold() for each in private}

    def clean_name(self) -> str:
        """Return the name if it is a line that can be read and does not lead to the person."""
        name = check_plain(self.cleaned_data["name"])
        if name.casefold() in self._private:
            raise ValidationError(_("This would lead to you. Choose another."))
        return name


class BylineForm(forms.Form):
    """The public page of somebody who writes, edits or reviews."""

    name = WordsField(limit=120, lines=1, label=_("Name on your articles"))
    role = WordsField(limit=LINE_MOST, lines=1, required=False, label=_("What you are"))
    about = WordsField(limit=1000, lines=4, required=False, label=_("About you"))
    credentials = WordsField(
        limit=2000, lines=4, required=False, label=_("What qualifies you"), help_text=_("One thing per line.")
    )

    def clean_name(self) -> str:
        """Return the name if it can be read."""
        return check_plain(self.cleaned_data["name"])

    def clean_credentials(self) -> list[str]:
        """Return them line by line."""
        return _lines(self.cleaned_data["credentials"])


if TYPE_CHECKING:
    OneCategory = forms.ModelChoiceField[Category]
else:
    OneCategory = forms.ModelChoiceField


class CategoryField(OneCategory):
    """A category, by its name."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name."""
        return str(obj.name)


class ArticleForm(forms.Form):
    """An article's words and what stands beside them."""

    title = WordsField(limit=TITLE_MOST, lines=1, label=_("Title"))
    slug = forms.CharField(
        label=_("Address"),
        help_text=_("Small letters, digits and dashes, such as when-only-one-wants-to."),
        widget=forms.TextInput(
            attrs={"autocapitalize": "none", "spellcheck": "false", "autocomplete": "off"}
        ),
        error_messages={"required": _("Write an address.")},
    )
    category = CategoryField(Category.objects.all(), label=_("Category"), error_messages=CHOOSE)
    summary = WordsField(limit=SUMMARY_MOST, lines=2, label=_("In one sentence"))
    short = WordsField(
        limit=LINE_MOST * 8,
        lines=5,
        required=False,
        label=_("In two minutes"),
        help_text=_("One thought per line."),
    )
    body = WordsField(
        limit=BODY_MOST,
        lines=24,
        label=_("Text"),
        help_text=_("Markdown. A line that begins with ## opens a numbered section."),
    )
    practice = forms.ChoiceField(label=_("Leads into"), required=False, error_messages=CHOOSE)
    evidence = forms.ChoiceField(
        label=_("How firm the ground is"), choices=list(EVIDENCE_NAMES.items()), error_messages=CHOOSE
    )
    sources = WordsField(
        limit=LINE_MOST * LINES_MOST,
        lines=5,
        required=False,
        label=_("Sources"),
        help_text=_("One per line: who, when, what, where."),
    )

    def __init__(self, *args: Any, is_new: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practice"].choices = [  # type: ignore[attr-defined]
            ("", _("No practice")),
            *((room.dialogue.slug, room.title) for room in practices()),
            *((lead.slug, lead.title) for lead in leads().values()),
        ]
        if not is_new:
            del self.fields["slug"]

    def clean_slug(self) -> str:
        """Return the address if it can be one."""
        try:
            return check_slug(self.cleaned_data["slug"])
        except NotAnArticle as odd:
            raise ValidationError(_("Use small letters, digits and single dashes.")) from odd

    def clean(self) -> dict[str, Any]:
        """Put the parts together.

        Raises:
            ValidationError: they make no article.
        """
        data = super().clean() or {}
        if not self.errors:
            try:
                data["document"] = self._document(data)
            except NotAnArticle as problem:
                raise ValidationError(
                    _("This does not make an article yet: %(why)s"), params={"why": str(problem)}
                ) from problem
        return data

    @staticmethod
    def initial_of(document: Document, category: str) -> dict[str, Any]:
        """Return what the form shows of a document."""
        return {
            "title": document.title,
            "category": category,
            "summary": document.summary,
            "short": "\n".join(document.short),
            "body": document.body,
            "practice": document.practices[0] if document.practices else "",
            "evidence": document.evidence,
            "sources": "\n".join(source.text for source in document.sources),
        }

    @staticmethod
    def _document(data: dict[str, Any]) -> Document:
        evidence = data["evidence"]
        return Document(
            title=data["title"],
            summary=" ".join(data["summary"].split("\n")),
            short=tuple(_lines(data["short"])),
            body=data["body"],
            practices=(data["practice"],) if data["practice"] else (),
            evidence=evidence if evidence in EVIDENCE else EVIDENCE[-1],
            sources=tuple(Source(text=text, evidence=evidence) for text in _lines(data["sources"])),
        )


class NoteForm(forms.Form):
    """What was looked at, beside a step at the desk."""

    note = WordsField(limit=LINE_MOST, lines=1, required=False, label=_("What you looked at"))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]
