"""The way of an article from a draft to its readers: who may take which step when. PURE.

    draft --edit--> edited --review--> reviewed --publish--> published
      ^---------------write, by whoever may, makes a draft again---------'

What people read stays as it is until the next version is published. Nobody edits or reviews what they wrote.
"""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum


class Step(StrEnum):
    """What can be done with an article."""

    WRITE = "write"
    EDIT = "edit"
    REVIEW = "review"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


class NotNow(Exception):
    """This person may not take this step now."""


AFTER = {Step.WRITE: "draft", Step.EDIT: "edited", Step.REVIEW: "reviewed", Step.PUBLISH: "published"}
"""The state each step leads to."""


def steps(*, state: str, roles: Collection[str], wrote: bool, is_read: bool) -> frozenset[Step]:
    """Return what somebody may do with an article now.

    Args:
        state: of its newest version: draft, edited, reviewed or published.
        roles: what they are: author, editor, reviewer, moderator.
        wrote: whether they are its author.
        is_read: whether a version of it is published.
    """
    found = set()
    if ("author" in roles and wrote) or "editor" in roles:
        found.add(Step.WRITE)
    if "editor" in roles and not wrote and state == "draft":
        found.add(Step.EDIT)
    if "reviewer" in roles and not wrote and state == "edited":
        found.add(Step.REVIEW)
    if "editor" in roles and state == "reviewed":
        found.add(Step.PUBLISH)
    if "editor" in roles and is_read:
        found.add(Step.WITHDRAW)
    return frozenset(found)
