"""The broker: which streams watch which sitting, and the number each of them is told.

One process needs nothing else. With several, a courier carries the same short notes between them;
the stream cannot tell where a number came from, and a number heard twice says nothing new.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from functools import cache, partial
from operator import methodcaller
from uuid import UUID

from django.conf import settings
from django.db import connections

from nearer.live.couriers import Courier, PostgresCourier, ValkeyCourier
from nearer.live.mailbox import Mailbox

logger = logging.getLogger(__name__)

LOOK_AGAIN = "?"
CHANGED = "!"
SIGNS: dict[str, Callable[[Mailbox], None]] = {LOOK_AGAIN: Mailbox.doubt, CHANGED: Mailbox.change}


class Hub:
    """Holds the open streams of this process."""

    def __init__(self, courier: Courier | None = None) -> None:
        self._rooms: dict[UUID, set[Mailbox]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None
        self._listening: asyncio.Task[None] | None = None
        self.courier = courier
        self.closing = False

    def open(self) -> None:
        """Start hearing other processes; call it on the event loop that serves the streams."""
        self._loop = asyncio.get_running_loop()
        self.closing = False
        if self.courier is not None:
            self._listening = self._loop.create_task(self.courier.listen(self._hear, self._doubt_all))

    async def close(self) -> None:
        """Stop hearing other processes."""
        self._loop = None
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening
            self._listening = None

    def join(self, *refs: UUID) -> Mailbox:
        """Open a mailbox for one stream, in the room of its sitting and in that of its session; loop thread only."""
        mailbox = Mailbox()
        for ref in refs:
            self._rooms.setdefault(ref, set()).add(mailbox)
        if self.closing:
            mailbox.end()
        return mailbox

    def part(self, mailbox: Mailbox, *refs: UUID) -> None:
        """Take a mailbox away; loop thread only."""
        for ref in refs:
            room = self._rooms.get(ref, set())
            room.discard(mailbox)
            if not room:
                self._rooms.pop(ref, None)

    def count(self) -> int:
        """Return how many streams are open."""
        return len(set[Mailbox]().union(*self._rooms.values()))

    def pass_on(self, ref: UUID, what: str) -> None:
        """Give a note to the streams here and to the other processes; from any thread, and it never raises.

        Args:
            ref: the sitting.
            what: its new number, `LOOK_AGAIN` or `CHANGED`.
        """
        note = f"{ref} {what}"
        try:
            if self._loop is not None:
                self._loop.call_soon_threadsafe(self._hear, note)
            if self.courier is not None:
                self.courier.tell(note)
        except Exception as problem:  # noqa: BLE001 -- the move is stored: a missed notice must not undo the answer.
            logger.warning("A live notice was not passed on: %s", type(problem).__name__)

    def after(self, seconds: float, do: Callable[[], None]) -> None:
        """Do something in a thread after a while, if this process still serves streams then; from any thread."""
        if (loop := self._loop) is not None:
            start = partial(loop.run_in_executor, None, do)
            loop.call_soon_threadsafe(partial(loop.call_later, seconds, start))

    def say_bye(self) -> None:
        """End every stream politely, and each that comes after; from any thread or signal handler."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._end_all)

    def _hear(self, note: str) -> None:
        try:
            ref, what = note.split(" ")
            tell = SIGNS.get(what) or methodcaller("put", int(what))
            room = self._rooms.get(UUID(ref), ())
        except ValueError:
            logger.warning("A live notice could not be read.")
            return
        for mailbox in room:
            tell(mailbox)

    def _doubt_all(self) -> None:
        # After a gap in hearing, the gate tells each stream the number it may have missed.
        for room in self._rooms.values():
            for mailbox in room:
                mailbox.doubt()

    def _end_all(self) -> None:
        self.closing = True
        for room in self._rooms.values():
            for mailbox in room:
                mailbox.end()


def choose_courier() -> Courier | None:
    """Return what carries notes between processes: Valkey when set, PostgreSQL when used, else nothing."""
    if settings.CONFIG.valkey_url:
        return ValkeyCourier(settings.CONFIG.valkey_url)
    if connections["default"].vendor == "postgresql":
        return PostgresCourier()
    return None


@cache
def hub() -> Hub:
    """Return the one hub of this process, where page threads and the event loop meet."""
    return Hub(choose_courier())


def announce(ref: UUID, seq: int) -> None:
    """Say that a sitting is now at `seq`; call it after commit, from any thread. It never raises.

    Args:
        ref: the sitting.
        seq: its number, larger than any announced before.
    """
    hub().pass_on(ref, str(seq))


def recheck(ref: UUID) -> None:
    """Have streams ask the gate again at once, as when somebody left the bond or signed out.

    Args:
        ref: the sitting, or the id of the session whose streams are meant.
    """
    hub().pass_on(ref, LOOK_AGAIN)


def changed(ref: UUID) -> None:
    """Say that something in a sitting reads otherwise now, though it has not moved on; call it after commit.

    Args:
        ref: the sitting.
    """
    hub().pass_on(ref, CHANGED)


def say_bye() -> None:
    """End every stream of this process politely; pages come back by themselves."""
    hub().say_bye()
