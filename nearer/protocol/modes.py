"""The three ways in which two people can sit together."""

from enum import StrEnum


class Mode(StrEnum):
    """How a sitting is held: the same moves, arriving in another way."""

    LIVE = "live"  # two devices, both here now
    ONE = "one"  # one phone between the two
    ASYNC = "async"  # each in their own time
