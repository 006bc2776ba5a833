"""Every address of the house, and who it is for. A route that is not in here fails the tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse


class For(Enum):
    """Whom an address is for."""

    ANYBODY = auto()  # signed in or not
    ME = auto()  # whoever is signed in; it names nothing that could be somebody else's
    MEMBERS = auto()  # it names something of a bond: for its two members only


WHO_MAY: dict[str, For] = {
    "accounts:sign_up": For.ANYBODY,
    "accounts:recovery_code": For.ME,
    "accounts:login": For.ANYBODY,
    "accounts:logout": For.ANYBODY,
    "accounts:lock": For.ANYBODY,
    "accounts:recover": For.ANYBODY,
    "accounts:again": For.ME,
    "accounts:close": For.ME,
    "bonds:invite": For.ME,
    "bonds:invitation": For.MEMBERS,
    "bonds:take_back": For.MEMBERS,
    "bonds:confirm": For.MEMBERS,
    "bonds:state": For.MEMBERS,
    "bonds:first": For.MEMBERS,
    "bonds:switch": For.MEMBERS,
    "home:leave": For.MEMBERS,
    "bonds:join": For.ANYBODY,
    "bonds:open": For.ANYBODY,
    "bonds:answer": For.ANYBODY,
    "bonds:do_join": For.ME,
    "plans:propose": For.MEMBERS,
    "plans:answer": For.MEMBERS,
    "plans:unpark": For.MEMBERS,
    "pulse:give": For.MEMBERS,
    "pulse:own": For.ME,
    "pulse:forget": For.ME,
    "sittings:rooms": For.ME,
    "sittings:room": For.ME,
    "sittings:partner": For.ANYBODY,
    "sittings:start": For.ME,
    "sittings:sitting": For.MEMBERS,
    "sittings:together": For.ME,
    "sittings:remind": For.MEMBERS,
    "sittings:calendar": For.MEMBERS,
    "sittings:park": For.MEMBERS,
    "home:today": For.ANYBODY,
    "home:us": For.ME,
    "home:alive": For.ANYBODY,
    "home:ready": For.ANYBODY,
    "home:settings": For.ME,
    "home:passphrase": For.ME,
    "home:recovery": For.ME,
    "home:elsewhere": For.ME,
    "web:help": For.ANYBODY,
    "web:kit": For.ANYBODY,
}

# What the address calls the things it names. Only slugs of rooms are the same for everybody.
PUBLIC_PARTS = {"slug"}


@dataclass(frozen=True)
class Route:
    """One address.

    Attributes:
        name: as `reverse` takes it.
        parts: what the address has to be told.
    """

    name: str
    parts: tuple[str, ...]

    @property
    def private_parts(self) -> tuple[str, ...]:
        """The parts that name something somebody owns."""
        return tuple(part for part in self.parts if part not in PUBLIC_PARTS)

    def path(self, **ids: Any) -> str:
        """Return the address with these ids in it; the slug is The Floor's unless given."""
        told = {"slug": "listening", **ids}
        return reverse(self.name, kwargs={part: told[part] for part in self.parts})


def routes() -> list[Route]:
    """Return every address the house answers, found by walking the resolver."""
    return list(_walk(get_resolver(), (), ()))


def routes_for(whom: For) -> list[Route]:
    """Return the addresses for these people."""
    return [route for route in routes() if WHO_MAY.get(route.name) is whom]


def _walk(resolver: URLResolver, names: tuple[str, ...], parts: tuple[str, ...]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        found = (*parts, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from _walk(pattern, (*names, *space), found)
        elif isinstance(pattern, URLPattern):
            yield Route(":".join((*names, pattern.name or repr(pattern.pattern))), found)
