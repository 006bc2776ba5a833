"""What is otherwise on every page of the demo: it may stand in the demo's own frame, and says outside of it what it is."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

BODY = re.compile(rb"<body[^>]*>")
OWN, IN, LOGIN = "/demo", "/demo/in", "/login"
SIDE = "HTTP_X_DEMO_SIDE"


class Framed:
    """Put first in MIDDLEWARE. Who may frame a page says `frame-ancestors`, in the demo's settings."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request; a page that is alone in its window carries the banner."""
        response = self.get_response(request)
        del response.headers["X-Frame-Options"]
        if (
            SIDE in request.META
            and request.path_info != IN
            and response.headers.get("Location", "").startswith(LOGIN)
        ):
            # Everything was set back meanwhile, and the session with it.
            response.headers["Location"] = IN
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        in_frame = request.headers.get("Sec-Fetch-Dest") == "iframe"
        if is_page and isinstance(response, HttpResponse) and not in_frame and request.path_info != OWN:
            banner = render_to_string("demo/banner.html").encode()
            response.content = BODY.sub(lambda found: found[0] + banner, response.content, count=1)
            response.headers["Content-Length"] = str(len(response.content))
        return response
