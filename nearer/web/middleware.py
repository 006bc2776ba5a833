"""The security headers of every response: pages, errors, redirects and static files alike."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string

# Everything a page could ask of the device is off, except to keep the screen awake in a sitting,
# to copy an invitation, and for passkeys.
ALLOWED_FEATURES = (
    "clipboard-write",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
)
DENIED_FEATURES = (
    "accelerometer",
    "autoplay",
    "browsing-topics",
    "camera",
    "clipboard-read",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "picture-in-picture",
    "serial",
    "storage-access",
    "usb",
    "window-management",
    "xr-spatial-tracking",
)


def permissions(*also: str) -> str:
    """Return the value of Permissions-Policy.

    Args:
        also: features that this one page may ask for, which all others may not.
    """
    allowed = {*ALLOWED_FEATURES, *also}
    names = sorted({*ALLOWED_FEATURES, *DENIED_FEATURES})
    return ", ".join(f"{name}=(self)" if name in allowed else f"{name}=()" for name in names)


# `same-origin` and not `no-referrer`: with the latter browsers send `Origin: null` with a posted form,
# and Django refuses the form. Both tell other sites nothing.
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": permissions(),
}


def transport_security() -> str:
    """Return the value of Strict-Transport-Security, or "" when the settings switch it off."""
    seconds = getattr(settings, "SECURE_HSTS_SECONDS", 0)
    if not seconds:
        return ""
    parts = [f"max-age={seconds}"]
    if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS:
        parts.append("includeSubDomains")
    if settings.SECURE_HSTS_PRELOAD:
        parts.append("preload")
    return "; ".join(parts)


class SecurityHeaders:
    """Put first in MIDDLEWARE: adds the headers, and keeps every page out of every cache.

    A view that sets one of these headers itself keeps its own value, except that HTML is never stored.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.transport = transport_security()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request and add the headers."""
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and isinstance(response, HttpResponse):
            # Django answers with nothing: somebody whose login led back to a form's address reads this.
            response.content = render_to_string("web/errors/405.html")
            response.headers["Content-Length"] = str(len(response.content))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if self.transport:
            response.headers.setdefault("Strict-Transport-Security", self.transport)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page or "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
        return response


class SameForEverybody:
    """Takes the cookies from a request for a page that looks the same whoever asks.

    Nobody's session is then found, opened, renewed or written, and no cookie is set. What asks whether the copy is
    alive may come by any address.
    """

    PROBES = ("/healthz", "/readyz")
    PATHS = ("/help", "/offline", "/worker.js", *PROBES)

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the request as if a stranger had sent it."""
        if request.path_info in self.PATHS:
            request.COOKIES = {}
        if request.path_info in self.PROBES:
            request.META["HTTP_HOST"] = settings.CONFIG.host
        return self.get_response(request)
