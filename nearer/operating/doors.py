"""Who comes to the pages of whoever looks after the copy."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse

from nearer.accounts.again import needs_drawer
from nearer.bonds.visit import PrivateRequest
from nearer.library.models import Role


def for_the_operator[**P](view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Let a view run for somebody with the role, who has shown by passkey or passphrase that it is them.

    For everybody else there is no such page.
    """
    shown = needs_drawer(view)

    @wraps(view)
    def inner(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request: PrivateRequest = args[0]  # type: ignore[assignment] # the first argument of every view
        if not Role.objects.filter(account=request.user.pk, kind=Role.Kind.OPERATOR).exists():
            raise Http404
        return shown(*args, **kwargs)

    return inner
