"""The library as its readers see it."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from nearer.library import bookmarks, comments
from nearer.library.desk import hand_of
from nearer.library.document import Document
from nearer.library.doors import address_of, is_known, is_open, readable
from nearer.library.forms import CommentForm
from nearer.library.leading import leads
from nearer.library.models import Article, Author, Category, Pack, Picture
from nearer.library.queries import QUERY_MOST, published, search
from nearer.library.shown import shown
from nearer.sittings.practice import NoSuchPractice
from nearer.sittings.practice import practice as named

RECENT = 8
ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
INTRODUCTION, GROUND = "what-emotional-intimacy-is", "F"


@readable()
def index(request: HttpRequest) -> HttpResponse:
    """Show what is new, and everything by category."""
    everything = list(published())
    context = {
        "first": next((article for article in everything if article.slug == INTRODUCTION), None),
        "recent": everything[:RECENT],
        "shelves": _shelves(everything),
        "packs": Pack.objects.order_by("title"),
        "offline": [article.slug for article in everything] if is_open() else [],
        "has_desk": request.user.is_authenticated and bool(hand_of(request.user.pk).roles),
        "tab": "library",
    }
    return render(request, "library/index.html", context)


@readable("GET", "HEAD", "POST")
def find(request: HttpRequest) -> HttpResponse:
    """Show what a query finds. It is kept nowhere; whoever has an account sends it where no history keeps it."""
    query = (
        (request.POST if request.method == "POST" else request.GET)
        .get("q", "")[:QUERY_MOST]
        .replace("\0", "")
    )
    context = {"query": query, "found": search(query), "tab": "library"}
    return render(request, "library/search.html", context)


@readable()
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one category."""
    place = next((each for each in Category.objects.all() if slug in {each.slug, each.sign}), None)
    if place is None:
        raise Http404
    context = {"category": place, "articles": published().filter(category=place), "tab": "library"}
    return render(request, "library/category.html", context)


@readable()
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Show who somebody is, and what they wrote and checked."""
    who = get_object_or_404(Author, pk=slug)
    context = {
        "author": who,
        "wrote": published().filter(author=who),
        "edited": published().filter(editor=who),
        "reviewed": published().filter(reviewer=who),
        "tab": "library",
    }
    return render(request, "library/author.html", context)


@readable()
def article(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an article and what is said beneath it."""
    return article_page(request, find_article(slug), form=CommentForm())


@readable()
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead from a practice, or a page of the house, to the article about it; to all of them where there is none."""
    try:
        subject = slug if slug in leads() else named(slug).dialogue.slug
    except NoSuchPractice:
        raise Http404 from None
    about = {
        each: explains(each.live.document, subject)
        for each in published().select_related("live")
        if each.live
    }
    best = max(about, key=lambda article: about[article], default=None)
    return redirect(address_of(best, request) if best and about[best] else reverse("library:index"))


def explains(document: dict[str, Any], slug: str) -> int:
    """Return how many behaviours of a practice an article explains; those of the ground belong to all."""
    leads_there = list(document.get("practices", ()))[:1] == [slug]
    explained = [
        each for each in document.get("behaviours", ()) if slug in leads() or not each.startswith(GROUND)
    ]
    return len(explained) if leads_there else 0


@login_not_required
@require_safe
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with a drawing. It holds shapes alone, so that it can do nothing, also when opened by itself."""
    drawing = get_object_or_404(Picture, pk=slug).drawing
    return HttpResponse(drawing, content_type="image/svg+xml")


def find_article(slug: str) -> Article:
    """Return a published article, by its slug or its id.

    Raises:
        Http404: there is none.
    """
    wanted = {"pk": slug} if ID.fullmatch(slug) else {"slug": slug}
    found = published().select_related("live", "editor", "reviewer", "pack").filter(**wanted).first()
    if found is None or found.live is None:
        raise Http404
    return found


def article_page(
    request: HttpRequest, found: Article, *, form: CommentForm, status: int = 200, **more: object
) -> HttpResponse:
    """Render an article's page, with a comment form as it was filled in."""
    page = shown(found, Document.read(found.live.document if found.live else {}))
    voice, is_marked = None, False
    if request.user.is_authenticated:
        voice = comments.voice_of(request.user.pk)
        is_marked = found.slug in bookmarks.marked(request.user.pk, ring=request.ring)  # type: ignore[attr-defined]
    context = {
        "article": found,
        "page": page,
        "threads": comments.threads(found, reader=voice),
        "voice": voice,
        "marked": is_marked,
        "form": form,
        "known": is_known(request),
        "recent": [each for each in published()[: RECENT // 2 + 1] if each.pk != found.pk][: RECENT // 2],
        "tab": "library",
        **more,
    }
    return render(request, "library/article.html", context, status=status)


def _shelves(everything: list[Article]) -> list[tuple[Category, list[Article]]]:
    places = Category.objects.all()
    by_place = [(place, [each for each in everything if each.category_id == place.pk]) for place in places]
    return [(place, articles) for place, articles in by_place if articles]
