"""Static files, made ready in memory when the program starts: nothing of them is ever written to the disk."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from mimetypes import MimeTypes
from typing import Any, Self

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.storage import Storage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

# Comments, indentation and the gaps around signs are for us; leaving them out never changes what a style means.
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# In a script only lines that are nothing but comment.
NOTE = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n\s*|^[ \t]*//[^\n]*\n", re.DOTALL | re.MULTILINE)
GAP = re.compile(r"""("[^"]*")|\s*([{,>]|;(?=\s*[^\s}]))\s*|\s*;?\s*(})\s*|(:)\s+|\s*(\n)\s*""")
A_MINUTE, FOR_EVER = "max-age=60, public", "max-age=315360000, public, immutable"
LETTERS = 12  # of a version
ASKED = re.compile(rf"(?:[0-9a-f]{{{LETTERS}}}/)?(?P<path>.+)")
TYPES = MimeTypes()
TYPES.add_type("font/woff2", ".woff2")
PACKED = ("text/", "application/json", "image/svg+xml")


class StaticFilesInMemory(Storage):
    """Every static file of the installed apps, styles and scripts trimmed, at addresses that change when any of them does.

    What a style or a script names stands beside it, in the same folder of this version: nothing inside is rewritten.

    Args:
        base_url: the address of static files, with a slash at its end.
    """

    def __init__(self, *, base_url: str) -> None:
        self._base_url = base_url

    @cached_property
    def files(self) -> dict[str, bytes]:
        """What is in each file, by its path below the address of static files."""
        return {
            path: _trimmed(path, storage) for finder in get_finders() for path, storage in finder.list([])
        }

    @cached_property
    def folder(self) -> str:
        """The address of this version of all of them, with a slash at its end."""
        whole = sha256()
        for path, body in sorted(self.files.items()):
            whole.update(f"{path} {len(body)}\n".encode() + body)
        return f"{self._base_url}{whole.hexdigest()[:LETTERS]}/"

    def url(self, name: str | None) -> str:
        """Return a file's address in this version.

        Raises:
            ValueError: there is no such file.
        """
        if name not in self.files:
            raise ValueError(f"There is no static file {name}.")
        return self.folder + name


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A file as it is sent.

    Attributes:
        body: all of it.
            kind: its media type.
        kept: how long browsers may keep it.
        etag: by which a browser that has it asks again.
    """

    body: bytes
    kind: str
    etag: str

    @classmethod
    def of(cls, path: str, body: bytes) -> Self:
        """Make a file ready to be sent."""
        kind = TYPES.guess_type(path)[0] or "application/octet-stream"
        return cls(
            body=body,
            kind=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
            etag=f'"{sha256(body).hexdigest()[:24]}"',
        )

    @cached_property
    def packed(self) -> bytes:
        """The same, compressed; empty where that saves nothing."""
        packed = gzip.compress(self.body, mtime=0) if self.kind.startswith(PACKED) else b""
        return packed if len(packed) < len(self.body) else b""

    def answer(self, request: HttpRequest, *, kept: str) -> HttpResponseBase:
        """Send it, unless the browser has it.

        Args:
            request: who asks.
            kept: how long browsers may keep it.
        """
        takes_packed = self.packed and "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(self.packed if takes_packed else self.body, content_type=self.kind)
        response.headers["Cache-Control"], response.headers["ETag"] = kept, self.etag
        if self.packed:
            response.headers["Vary"] = "Accept-Encoding"
        if takes_packed:
            response.headers["Content-Encoding"] = "gzip"
        return get_conditional_response(request, etag=self.etag, response=response) or response


class StaticFilesMiddleware:
    """Answers for static files, before anything asks who somebody is."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        storage: Any = staticfiles_storage
        files = storage.files if hasattr(storage, "files") else {}
        self._files = {path: Ready.of(path, body) for path, body in files.items()}
        self._folder = storage.folder if files else settings.STATIC_URL

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer for a file, or let the request go on."""
        path = request.path_info
        if not path.startswith(settings.STATIC_URL) or request.method not in {"GET", "HEAD"}:
            return self.get_response(request)
        asked = ASKED.fullmatch(path.removeprefix(settings.STATIC_URL))
        file = self._files.get(asked["path"]) if asked else None
        if file is None:
            return self.get_response(request)
        # A page of another version, as an upgrade leaves them open, gets what there is.
        return file.answer(request, kept=FOR_EVER if path.startswith(self._folder) else A_MINUTE)


def _trimmed(path: str, storage: Storage) -> bytes:
    with storage.open(path) as file:
        body: bytes = file.read()
    trim = TRIMS.get(path.rpartition(".")[2])
    return trim(body.decode()).encode() if trim else body


TRIMS: dict[str, Callable[[str], str]] = {
    "css": lambda style: GAP.sub(lambda gap: gap[gap.lastindex or 0], COMMENT.sub("", style)),
    "js": lambda script: NOTE.sub("", script),
}
