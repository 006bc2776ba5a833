"""Counts the queries of a request that asks for it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse

ASK, TOLD = "X-Bench-Count", "X-Bench-Queries"


class CountQueries:
    """Puts the number of queries into a response header."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        if ASK not in request.headers:
            return self.get_response(request)
        counted: list[None] = []

        def count(execute: Callable[..., Any], *query: Any) -> Any:  # Any: Django's own hook is as wide.
            counted.append(None)
            return execute(*query)

        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(count))
            response = self.get_response(request)
        response[TOLD] = str(len(counted))
        return response
