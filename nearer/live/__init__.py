"""Tells open pages that a sitting has moved on. Only ids and numbers travel, never content."""

from nearer.live.hub import announce, recheck, say_bye

__all__ = ["announce", "recheck", "say_bye"]
