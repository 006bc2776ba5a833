"""A network that comes and goes: whoever reconnects is told where the two are now, and never that anybody left."""

from __future__ import annotations

import asyncio
import random
import re
from urllib.parse import urlsplit

from bench.html import Page
from bench.streams import SEQ
from drills.crowd import Crowd, Pair
from drills.figures import Figure, Ground, exactly, told
from drills.parallel import form_of, many

LEFT = re.compile(r"\b(left|gone|offline|disconnected)\b", re.IGNORECASE)
PATIENCE, STILL = 60, 0.3


def drill(ground: Ground) -> list[Figure]:
    """Let one of two listen through many cuts while the other pauses and goes on."""
    moves, cuts = ground.size(short=30, long=500), ground.size(short=4, long=20)
    with ground.serving() as copy, Crowd(copy.url) as crowd:
        pair = crowd.pair(1)
        path = pair.sit_down()
        listener = Listener(pair, path, cuts=cuts, moves=moves)
        asyncio.run(listener.evening())
        page = pair.guest.see(path).text
    return [
        told("moves made, and cuts", f"{listener.made}, {listener.cut}"),
        exactly("the last number heard", listener.heard[-1], int(Page(page).main["data-seq"])),
        exactly("times somebody came back and was told an older number", listener.older, 0),
        exactly("numbers that went backwards", listener.backwards, 0),
        exactly("words on the page that somebody left", len(LEFT.findall(_words(page))), 0),
    ]


def _words(page: str) -> str:
    return re.sub(r"<[^>]+>", " ", page.partition('id="stage"')[2].partition("</main>")[0])


class Listener:
    """The guest's stream, cut off now and then, while the host moves.

    Args:
        pair: the two.
        path: their sitting.
        cuts: how often the network goes.
        moves: how many moves the host makes.
    """

    def __init__(self, pair: Pair, path: str, *, cuts: int, moves: int) -> None:
        self.pair, self.path, self.cuts, self.moves = pair, path, cuts, moves
        self.heard: list[int] = []
        self.made = self.cut = self.older = self.backwards = 0
        self.chance = random.Random(3)

    async def evening(self) -> None:
        """Move and listen at the same time, until the last move has been heard."""
        moving = asyncio.create_task(asyncio.to_thread(self._move))
        async with asyncio.timeout(PATIENCE * 10):
            while not moving.done() or self.cut < self.cuts:
                await self._listen(self.chance.randint(1, max(1, self.moves // self.cuts)))
                self.cut += 1
            await moving
            await self._listen(10**6, last=int(self.pair.guest.page(self.path).main["data-seq"]))

    def _move(self) -> None:
        for number in range(self.moves):
            form = form_of(self.pair.host, self.path, move="Resume" if number % 2 else "Pause")
            self.made += many(self.pair.host, *form, times=1)[0].status_code == 302

    async def _listen(self, most: int, *, last: int | None = None) -> None:
        """Open the stream and hear some numbers, or all until the last; then the network goes."""
        address = urlsplit(str(self.pair.guest.client.base_url))
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        again = f"Last-Event-ID: {self.heard[-1]}\r\n" if self.heard else ""
        head = f"GET /live/{self.path.rpartition('/')[2]} HTTP/1.1\r\nHost: {address.netloc}\r\n{again}"
        writer.write(f"{head}Cookie: {self.pair.guest.cookies}\r\n\r\n".encode())
        first, heard_before = True, self.heard[-1] if self.heard else 0
        try:
            async with asyncio.timeout(STILL if last is None else PATIENCE):
                while most > 0 and (line := await reader.readline()):
                    if found := SEQ.search(line):
                        number = int(found[1])
                        self.older += first and number < heard_before
                        self.backwards += not first and number < self.heard[-1]
                        first, most = False, most - 1
                        self.heard.append(number)
                        if number == last:
                            return
        except TimeoutError:
            # Nobody moved for a while: the network goes all the same.
            pass
        finally:
            writer.close()
