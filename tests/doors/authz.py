"""Every address of the house, and what each kind of person is answered there. The list is `authz.toml`.

A route that stands in the resolver and not in the list fails the tests, and the other way round.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver, reverse

LIST = Path(__file__).with_name("authz.toml")
# What the address calls the things it names. Slugs are the same for everybody, and comments are public.
PUBLIC_PARTS = {"slug", "number", "comment", "rest", "token"}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


class For(StrEnum):
    """Whom an address is for."""

    ANYBODY = "anybody"  # signed in or not
    ME = "me"  # whoever is signed in; it names nothing that could be somebody else's
    MEMBERS = "members"  # it names something of a bond: for its two members only
    OWNER = "owner"  # it names something of one person alone: Alice's


class Role(StrEnum):
    """Who asks."""

    ANONYMOUS = "anonymous"
    DELETED = "deleted"  # whose account is gone, with the cookie they had
    ALONE = "alone"  # signed in, in no bond
    ALICE = "alice"  # the host, whose things are named
    BOB = "bob"  # the guest
    CHARLIE = "charlie"  # of another pair
    EX = "ex"  # was in the bond whose things are named, and left
    INVITEE = "invitee"  # holds the open invitation to the bond whose things are named
    STALE = "stale"  # Alice, in a session whose drawer is shut
    TOGETHER = "together"  # Alice, whose phone lies between the two


NOBODY = frozenset({Role.ANONYMOUS, Role.DELETED})
ALICES = frozenset({Role.ALICE, Role.STALE, Role.TOGETHER})
MEMBERS = ALICES | {Role.BOB}
GROUPS: dict[str, frozenset[Role]] = {
    "signed_in": frozenset(Role) - NOBODY,
    "members": MEMBERS,
    "strangers": frozenset(Role) - NOBODY - MEMBERS,
    **{role.value: frozenset({role}) for role in Role},
}
WHOSE = {For.MEMBERS: MEMBERS, For.OWNER: ALICES}


@dataclass(frozen=True, kw_only=True)
class Listed:
    """What the list says of one route.

    Attributes:
        whom: whom it is for.
        at_table: whether a phone that lies between two people reaches it.
        answers: method to status, for whoever may use it; GET stands for HEAD as well.
        others: roles or groups that are answered otherwise, in the order in which they are asked.
    """

    whom: For
    at_table: bool
    answers: Mapping[str, int]
    others: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def expected(self, role: Role, method: str) -> int:
        """Return the status this role is answered when it sends a form with nothing in it."""
        method = "GET" if method == "HEAD" else method
        for group, answers in self.others.items():
            if role in GROUPS[group] and method in answers:
                return answers[method]
        if role is Role.TOGETHER and not self.at_table:
            return 303
        if role in NOBODY and self.whom is not For.ANYBODY:
            return 302
        if method not in self.answers:
            return 405
        return self.answers[method] if role in WHOSE.get(self.whom, frozenset(Role)) else 404


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
        """Return the address with these ids in it; what is not given is The Floor's slug, the first version and made-up ids."""
        told = {"slug": "listening", "number": 1, "rest": "0" * 26, "token": "0" * 27, **ids}
        return reverse(self.name, kwargs={part: told.get(part) or uuid4() for part in self.parts})


def listed() -> dict[str, Listed]:
    """Return the list: a route's name to what it says.

    Raises:
        ValueError: it uses a word that has no meaning in it.
    """
    return {name: _read(table) for name, table in tomllib.loads(LIST.read_text(encoding="utf-8")).items()}


def routes() -> list[Route]:
    """Return every address the house answers, found by walking the resolver."""
    return list(_walk(get_resolver(), (), ()))


def routes_for(whom: For) -> list[Route]:
    """Return the addresses for these people."""
    known = listed()
    return [route for route in routes() if route.name in known and known[route.name].whom is whom]


def _read(table: dict[str, Any]) -> Listed:
    whom, at_table = For(table.pop("for")), table.pop("table", False)
    others = {name: table.pop(name) for name in list(table) if name in GROUPS}
    for answers in (table, *others.values()):
        if unknown := set(answers) - set(METHODS) - {"HEAD"}:
            raise ValueError(f"{unknown} is neither a method nor a role")
    return Listed(whom=whom, at_table=at_table, answers=table, others=others)


def _walk(resolver: URLResolver, names: tuple[str, ...], parts: tuple[str, ...]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        found = (*parts, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            space = (pattern.namespace,) if pattern.namespace else ()
            yield from _walk(pattern, (*names, *space), found)
        elif isinstance(pattern, URLPattern):
            yield Route(":".join((*names, pattern.name or repr(pattern.pattern))), found)
