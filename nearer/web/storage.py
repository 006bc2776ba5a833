"""Static files, made ready in memory when the program starts: nothing of them is ever written to the disk."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from mimetypes import MimeTypes
from typing import Any, Self

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.files.base import ContentFile, File
from django.core.files.storage import InMemoryStorage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

# Comments, indentation and the gaps around signs are for us; leaving them out never changes what a style means.
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
# In a script the comment at its head, and lines that are nothing but one.
NOTE = re.compile(r"\A/\*.*?\*/\s*|^[ \t]*//[^\n]*\n", re.DOTALL | re.MULTILINE)
GAP = re.compile(r"""("[^"]*")|\s*([{,>]|;(?=\s*[^\s}]))\s*|\s*;?\s*(})\s*|(:)\s+|\s*(\n)\s*""")
A_MINUTE, FOR_EVER = "max-age=60, public", "max-age=315360000, public, immutable"
TYPES = MimeTypes()
TYPES.add_type("font/woff2", ".woff2")
PACKED = ("text/", "application/json", "image/svg+xml")


class ModuleStaticFilesStorage(ManifestFilesMixin, InMemoryStorage):
    """Gives names that change with the content, inside script modules too, and trims styles and scripts."""

    support_js_module_import_aggregation = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # Any: as Django has it
        super().__init__(*args, **kwargs)
        self._urls: dict[str, str] = {}

    def url(self, name: Any, force: bool = False) -> str:  # noqa: FBT001, FBT002 - as Django has it
        """Return a file's address, found once: its content never changes while the program runs."""
        if name not in self._urls:
            self._urls[name] = super().url(name, force)
        return self._urls[name]

    def make_ready(self) -> dict[str, Ready]:
        """Take in every file of the installed apps.

        Returns:
            What is served, by its path below the address of static files: each under its own name and its changing one.
        """
        self._urls.clear()
        found = {path: (storage, path) for finder in get_finders() for path, storage in finder.list([])}
        for path, (storage, _) in found.items():
            with storage.open(path) as file:
                self._save(path, file)
        for _name, _hashed, problem in self.post_process(found):
            if isinstance(problem, Exception):
                raise problem
        hashed = set(self.hashed_files.values())
        return {path: Ready.of(path, self._content(path), path in hashed) for path in (*found, *hashed)}

    def _save(self, name: str, content: File[Any]) -> str:
        trim = TRIMS.get(name.rpartition(".")[2])
        if trim:
            content.seek(0)
            content = ContentFile(trim(content.read().decode()).encode())
        saved: str = super()._save(name, content)  # type: ignore[misc]
        return saved

    def _content(self, path: str) -> bytes:
        with self.open(path) as file:
            return bytes(file.read())


@dataclass(frozen=True, kw_only=True)
class Ready:
    """A file as it is sent.

    Attributes:
        body: all of it.
        packed: the same, compressed; empty where that saves nothing.
        kind: its media type.
        kept: how long browsers may keep it.
        etag: by which a browser that has it asks again.
    """

    body: bytes
    packed: bytes
    kind: str
    kept: str
    etag: str

    @classmethod
    def of(cls, path: str, body: bytes, for_ever: bool) -> Self:  # noqa: FBT001 - named by its one caller
        """Make a file ready to be sent."""
        kind = TYPES.guess_type(path)[0] or "application/octet-stream"
        packed = gzip.compress(body, mtime=0) if kind.startswith(PACKED) else b""
        return cls(
            body=body,
            packed=packed if len(packed) < len(body) else b"",
            kind=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
            kept=FOR_EVER if for_ever else A_MINUTE,
            etag=f'"{sha256(body).hexdigest()[:24]}"',
        )

    def answer(self, request: HttpRequest) -> HttpResponseBase:
        """Send it, unless the browser has it."""
        takes_packed = self.packed and "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(self.packed if takes_packed else self.body, content_type=self.kind)
        response.headers["Cache-Control"], response.headers["ETag"] = self.kept, self.etag
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
        ready = storage.make_ready() if hasattr(storage, "make_ready") else {}
        self.files: dict[str, Ready] = {settings.STATIC_URL + path: file for path, file in ready.items()}

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer for a file, or let the request go on."""
        file = self.files.get(request.path_info) if request.method in {"GET", "HEAD"} else None
        return self.get_response(request) if file is None else file.answer(request)


def _trimmed(style: str) -> str:
    return GAP.sub(lambda gap: gap[gap.lastindex or 0], COMMENT.sub("", style))


TRIMS: dict[str, Callable[[str], str]] = {"css": _trimmed, "js": lambda script: NOTE.sub("", script)}
