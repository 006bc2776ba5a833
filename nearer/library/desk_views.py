"""The desk: where articles are written, edited, reviewed and published, and comments looked at."""

from __future__ import annotations

from difflib import unified_diff
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.bonds.visit import MemberRequest
from nearer.library import comments, desk
from nearer.library.document import Document
from nearer.library.doors import at_the_desk
from nearer.library.forms import ArticleForm, BylineForm, NoteForm
from nearer.library.models import Article, Author, Role, Version
from nearer.library.publishing import folded
from nearer.library.shown import shown
from nearer.library.stages import NotNow, Step

Kind = Role.Kind
AT_THE_DESK = set(Kind) - {Kind.OPERATOR}
WRITERS = (Kind.AUTHOR, Kind.EDITOR, Kind.REVIEWER)
BOTH = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@at_the_desk(*AT_THE_DESK)
def overview(request: MemberRequest, hand: desk.Hand) -> HttpResponse:
    """Show what there is to do."""
    context = {
        "hand": hand,
        "articles": desk.on_the_desk(hand) if hand.byline else [],
        "writes": hand.roles & set(WRITERS),
        "may_begin": Kind.AUTHOR in hand.roles,
        "moderates": Kind.MODERATOR in hand.roles,
        "waiting": comments.to_look_at().count() if Kind.MODERATOR in hand.roles else 0,
        "tab": "library",
    }
    return render(request, "library/desk.html", context)


@BOTH
@at_the_desk(*WRITERS)
def byline(request: MemberRequest, hand: desk.Hand) -> HttpResponse:
    """Write one's own public page."""
    known = hand.byline
    initial = {
        "name": known.name, "role": known.role, "about": known.about, "credentials": "\n".join(known.credentials),
    } if known else None  # fmt: skip
    form = BylineForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        if known is None:
            known = Author(slug=_free_slug(form.cleaned_data["name"]), account=request.user)
        for name, value in form.cleaned_data.items():
            setattr(known, name, value)
        known.save()
        return redirect("library:desk")
    return _page(request, "library/byline.html", form)


@BOTH
@at_the_desk(Kind.AUTHOR)
def begin(request: MemberRequest, hand: desk.Hand) -> HttpResponse:
    """Begin an article."""
    if hand.byline is None:
        return redirect("library:byline")
    form = ArticleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            article = desk.begin(
                hand,
                slug=data["slug"],
                category=data["category"],
                document=data["document"],
                on=timezone.now().date(),
            )
        except desk.AddressInUse:
            form.add_error("slug", _("Another article has this address. Choose another."))
        else:
            return redirect("library:draft", article.pk)
    return _page(request, "library/write.html", form)


@require_safe
@at_the_desk(*WRITERS)
def look(request: MemberRequest, hand: desk.Hand, draft: UUID) -> HttpResponse:
    """Show an article's newest version as its readers would see it, its history, and what can be done now."""
    article = _article(hand, draft)
    version = desk.newest(article)
    context = {
        "article": article,
        "page": shown(article, Document.read(version.document)),
        "version": version,
        "steps": desk.may(hand, article),
        "versions": article.versions.select_related("by").order_by("-number"),
        "form": NoteForm(),
        "tab": "library",
    }
    return render(request, "library/draft.html", context)


@BOTH
@at_the_desk(*WRITERS)
def write(request: MemberRequest, hand: desk.Hand, draft: UUID) -> HttpResponse:
    """Change an article's words: another version, which is a draft again."""
    article = _article(hand, draft)
    if Step.WRITE not in desk.may(hand, article):
        raise Http404
    version = desk.newest(article)
    initial = ArticleForm.initial_of(Document.read(version.document), article.category_id)
    form = ArticleForm(request.POST or None, is_new=False, initial=initial)
    if request.method == "POST" and form.is_valid():
        seen = request.POST.get("seen", "")
        try:
            desk.write(
                hand, draft, category=form.cleaned_data["category"], document=form.cleaned_data["document"],
                seen=int(seen) if seen.isdecimal() and seen.isascii() else 0, on=timezone.now().date(),
            )  # fmt: skip
        except NotNow:
            form.add_error(
                None,
                _("Somebody saved another version meanwhile. Your words are still here: compare, then save."),
            )
        else:
            return redirect("library:draft", article.pk)
    return _page(request, "library/write.html", form, article=article, seen=version.number)


@require_POST
@at_the_desk(*WRITERS)
def step(request: MemberRequest, hand: desk.Hand, draft: UUID) -> HttpResponse:
    """Take one step with an article."""
    article, form = _article(hand, draft), NoteForm(request.POST)
    wanted = request.POST.get("step", "")
    if wanted not in set(Step) - {Step.WRITE} or not form.is_valid():
        return redirect("library:draft", article.pk)
    try:
        desk.take(hand, draft, Step(wanted), note=form.cleaned_data["note"], on=timezone.now().date())
    except NotNow:
        return redirect("library:draft", article.pk)
    return redirect("library:draft", article.pk)


@require_safe
@at_the_desk(*WRITERS)
def version(request: MemberRequest, hand: desk.Hand, draft: UUID, number: int) -> HttpResponse:
    """Show one version, and what it changed."""
    article = _article(hand, draft)
    this = get_object_or_404(article.versions.select_related("by"), number=number)
    before = article.versions.filter(number__lt=number).order_by("-number").first()
    context = {"article": article, "version": this, "changes": _changes(before, this), "tab": "library"}
    return render(request, "library/version.html", context)


@BOTH
@at_the_desk(Kind.MODERATOR)
def look_at_comments(request: MemberRequest, _hand: desk.Hand) -> HttpResponse:
    """Show what should be looked at; show it or take it down."""
    if request.method == "POST":
        try:
            comments.decide(UUID(request.POST.get("comment", "")), show=request.POST.get("answer") == "show")
        except ValueError as odd:
            raise Http404 from odd
        return redirect("library:look_at_comments")
    return render(request, "library/moderate.html", {"comments": comments.to_look_at(), "tab": "library"})


def _article(hand: desk.Hand, draft: UUID) -> Article:
    return get_object_or_404(desk.on_the_desk(hand), pk=draft)


def _page(request: MemberRequest, template: str, form: object, **more: object) -> HttpResponse:
    status = 422 if request.method == "POST" else 200
    return render(request, template, {"form": form, "tab": "library", **more}, status=status)


def _free_slug(name: str) -> str:
    base = (
        "-".join("".join(c if c.isascii() and c.isalnum() else " " for c in folded(name)).split())[:50]
        or "author"
    )
    taken = set(Author.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for n in range(1, len(taken) + 2) if (slug := base if n == 1 else f"{base}-{n}") not in taken
    )


def _changes(before: Version | None, this: Version) -> list[tuple[str, str]]:
    old = before.document["body"].splitlines() if before else []
    lines = list(unified_diff(old, this.document["body"].splitlines(), lineterm="", n=1))[2:]
    kinds = {"+": "added", "-": "removed", "@": "place"}
    return [(kinds.get(line[:1], "same"), line[1:] if line[:1] != "@" else "") for line in lines]
