"""Tells open pages that a sitting has moved on, or that there is news. Only ids and numbers travel, never content."""

from nearer.live.hub import announce, changed, recheck, say_bye
from nearer.live.news import tell, tell_later

__all__ = ["announce", "changed", "recheck", "say_bye", "tell", "tell_later"]
