"""What waits for one stream: the newest number, and whether something else is to be done."""

from __future__ import annotations

import asyncio

ROOM = 64


class Mailbox:
    """A bounded box that never grows: later numbers replace earlier ones, and only the count is kept.

    It belongs to the event loop's thread.

    Attributes:
        changed: something reads otherwise under the same number.
        seq: the newest number told.
        unread: how many numbers came since the owner last looked.
        late: the owner has left `ROOM` numbers unread, so its client reads too slowly.
        doubted: the owner asks the gate again before it says more.
        ending: the owner says goodbye and ends.
        gone: the client has left.
    """

    __slots__ = ("_waiter", "changed", "doubted", "ending", "gone", "late", "seq", "unread")

    def __init__(self) -> None:
        self.seq = -1
        self.unread = 0
        self.late = self.changed = self.doubted = self.ending = self.gone = False
        self._waiter: asyncio.Future[None] | None = None

    def put(self, seq: int) -> None:
        """Leave a number; one that is not newer says nothing."""
        if seq <= self.seq:
            return
        self.seq = seq
        self.unread += 1
        self.late = self.late or self.unread > ROOM
        self._wake()

    def change(self) -> None:
        """Leave word that the page looks for itself."""
        self.changed = True
        self._wake()

    def doubt(self) -> None:
        """Ask the owner to look again at who may watch."""
        self.doubted = True
        self._wake()

    def end(self) -> None:
        """Ask the owner to say goodbye."""
        self.ending = True
        self._wake()

    def leave(self) -> None:
        """Tell the owner that its client has gone."""
        self.gone = True
        self._wake()

    async def wait(self) -> None:
        """Return once there is something to do."""
        if self.unread or self.late or self.changed or self.doubted or self.ending or self.gone:
            return
        self._waiter = asyncio.get_running_loop().create_future()
        try:
            await self._waiter
        finally:
            self._waiter = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)
