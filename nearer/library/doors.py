"""Who may read: everybody, or only people with an account, as the operator chose."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from nearer.bonds.visit import MemberRequest
from nearer.library.desk import Hand, hand_of
from nearer.library.models import Article, Category, Role

type View = Callable[..., HttpResponse]


def is_open() -> bool:
    """Say whether people without an account may read."""
    return bool(settings.CONFIG.library_is_public)


def is_known(request: HttpRequest) -> bool:
    """Say whether this browser is somebody's who has an account: signed in, or signed in here before."""
    return request.user.is_authenticated or settings.DEVICE_COOKIE_NAME in request.COOKIES


def address_of(thing: Article | Category, request: HttpRequest) -> str:
    """Return where an article or a category is read.

    Strangers get the address that says what it is about. In the history of whoever has an account it says nothing.
    """
    known = is_known(request)
    if isinstance(thing, Category):
        return reverse("library:category", args=[thing.sign if known else thing.slug])
    return reverse("library:article", args=[thing.pk if known else thing.slug])


def readable(*methods: str) -> Callable[[View], View]:
    """Let everybody read, or lead strangers to the door where the operator wants that.

    Args:
        methods: how it may be asked for; by looking, unless others are named.
    """

    def decorate(view: View) -> View:
        @login_not_required
        @require_http_methods(methods or ("GET", "HEAD"))
        @wraps(view)
        def inner(
            request: HttpRequest, *args: Any, **kwargs: Any
        ) -> HttpResponse:  # Any: what addresses carry
            if not (request.user.is_authenticated or is_open()):
                return redirect_to_login(request.get_full_path())
            return view(request, *args, **kwargs)

        return inner

    return decorate


def at_the_desk(*kinds: Role.Kind) -> Callable[[View], View]:
    """Let only people with one of these roles in; for everybody else there is no desk."""

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            hand: Hand = hand_of(request.user.pk)
            if not hand.roles & set(kinds):
                raise Http404
            return view(request, hand, *args, **kwargs)

        return inner

    return decorate
