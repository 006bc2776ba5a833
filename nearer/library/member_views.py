"""What a person with an account does in the library: mark, comment, answer, report."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.bonds.visit import MemberRequest
from nearer.library import bookmarks, comments
from nearer.library.document import SLUG
from nearer.library.forms import CommentForm, ReplyForm, VoiceForm
from nearer.library.models import Article
from nearer.library.views import article_page, find_article
from nearer.web.no_room import needs_no_room


@require_safe
def marks(request: MemberRequest) -> HttpResponse:
    """Show one's own bookmarks."""
    found = bookmarks.articles_of(request.user.pk, ring=request.ring)
    return render(request, "library/bookmarks.html", {"articles": found, "tab": "library"})


@require_POST
def mark(request: MemberRequest, slug: str) -> HttpResponse:
    """Mark an article, or take the mark away."""
    article = find_article(slug)
    try:
        bookmarks.put(
            request.user.pk,
            article.slug,
            on=request.POST.get("on") == "yes",
            ring=request.ring,
            at=timezone.now(),
        )
    except bookmarks.TooManyBookmarks:
        form = CommentForm()
        full = _("Your list is full. Remove a bookmark first.")
        return article_page(request, article, form=form, status=422, mark_refused=full)
    return redirect("library:article", article.pk)


@require_POST
def comment(request: MemberRequest, slug: str) -> HttpResponse:
    """Put a comment beneath an article, or an answer beneath a comment."""
    article, answers = find_article(slug), _ref(request.POST.get("answers", ""))
    form = (ReplyForm if answers else CommentForm)(request.POST, prefix=str(answers) if answers else None)
    voice = comments.voice_of(request.user.pk)
    if voice is None:
        return _choose_a_name(request, article, VoiceForm())
    if form.is_valid():
        try:
            said = comments.say(voice, article, form.cleaned_data["text"], at=timezone.now(), answers=answers)
        except comments.TooManyComments:
            form.add_error(
                "text", _("That is enough for now. Your words stay here; send them a little later.")
            )
        except comments.NothingThere:
            form.add_error("text", _("What you answer is not there any more. Your words stay here."))
        else:
            return redirect(f"{reverse('library:article', args=[article.pk])}#c-{said.pk}")
    shown = {"form": CommentForm(), "replying": form, "answers": answers} if answers else {"form": form}
    return article_page(request, article, status=422, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
def voice(request: MemberRequest) -> HttpResponse:
    """Choose the name under which one comments, or another one."""
    known, slug = (
        comments.voice_of(request.user.pk),
        request.POST.get("article") or request.GET.get("article", ""),
    )
    article = find_article(slug) if SLUG.fullmatch(slug) else None
    private = frozenset({request.user.get_username(), request.visit.face.name})
    initial = {"name": known.name} if known else None
    form = VoiceForm(request.POST or None, private=private, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            comments.take_name(request.user.pk, form.cleaned_data["name"], at=timezone.now())
        except comments.NameInUse:
            form.add_error("name", _("Somebody comments under this name. Choose another."))
        else:
            # Whoever chose a name because they had something to say has said it by that.
            return comment(request, str(article.pk)) if article and _words(request)[1] else _back_to(article)
    return _choose_a_name(request, article, form)


@require_POST
def report(request: MemberRequest, comment: UUID) -> HttpResponse:
    """Ask that somebody look at a comment."""
    known = comments.voice_of(request.user.pk)
    if known is None:
        return redirect("library:voice")
    try:
        article = comments.report(known, comment)
    except comments.NothingThere as gone:
        raise Http404 from gone
    return redirect(f"{reverse('library:article', args=[article.pk])}?reported=1#comments")


@needs_no_room()
@require_POST
def take_away(request: MemberRequest, comment: UUID) -> HttpResponse:
    """Erase one's own comment."""
    known = comments.voice_of(request.user.pk)
    if known is None:
        raise Http404
    try:
        article = comments.take_away(known, comment)
    except comments.NothingThere as gone:
        raise Http404 from gone
    return redirect(f"{reverse('library:article', args=[article.pk])}#comments")


def _choose_a_name(request: MemberRequest, article: Article | None, form: VoiceForm) -> HttpResponse:
    field, text = _words(request)
    context = {
        "form": form, "article": article, "tab": "library",
        "field": field, "text": text, "answers": request.POST.get("answers", ""),
    }  # fmt: skip
    return render(request, "library/voice.html", context, status=422 if form.errors else 200)


def _words(request: MemberRequest) -> tuple[str, str]:
    """Return the field in which a comment or an answer was written, and what stands in it."""
    answers = _ref(request.POST.get("answers", ""))
    field = f"{answers}-text" if answers else "text"
    return field, request.POST.get(field, "")


def _back_to(article: Article | None) -> HttpResponse:
    if article is None:
        return redirect("library:voice")
    return redirect(f"{reverse('library:article', args=[article.pk])}#comments")


def _ref(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
