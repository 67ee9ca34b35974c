"""A class on question 1: `python -m benchmarks.visitors [--numbers 1,30] [--seconds S]`; an edit every 3 s each.

Printed are the seconds until the page has run again, the processor time and the messages of an edit. The visitors speak
the server's protocol and take a part of the machine themselves.
"""

import argparse
import asyncio
import os
import random
import time

from benchmarks.serving import Server, server
from benchmarks.visitor import Visitor

EVERY_SECONDS = 3.0


async def edits(visitor: Visitor, end: float, rng: random.Random) -> list[float]:
    """Change a number every 3 seconds until the end; return how long each took."""
    await asyncio.sleep(EVERY_SECONDS * rng.random())
    times: list[float] = []
    while time.perf_counter() < end:
        times.append(await visitor.run(round(rng.uniform(-1.0, 1.0), 3)))
        await asyncio.sleep(max(0.0, EVERY_SECONDS - times[-1]))
    return times


async def one_class(running: Server, number: int, seconds: float) -> str:
    """Let so many visitors edit for some seconds; return what came of it."""
    visitors = [await Visitor(running.port).__aenter__() for _ in range(number)]
    for visitor in visitors:
        await visitor.run()
    processor, messages = running.processor_seconds(), sum(visitor.messages for visitor in visitors)
    end, rng = time.perf_counter() + seconds, random.Random(0)
    times = sorted(time for each in await asyncio.gather(*(edits(v, end, rng) for v in visitors)) for time in each)
    processor = running.processor_seconds() - processor
    messages = sum(visitor.messages for visitor in visitors) - messages
    for visitor in visitors:
        await visitor.__aexit__()
    return (
        f"{number} visitors: {len(times)} edits, p50 {quantile(times, 0.5):.3f} s, p95 {quantile(times, 0.95):.3f} s, "
        f"{1e3 * processor / len(times):.1f} ms of the server's processor and {messages / len(times):.0f} messages an "
        f"edit; load {os.getloadavg()[0]:.1f}"
    )


def quantile(times: list[float], share: float) -> float:
    """Return the time that a share of the sorted times does not exceed."""
    return times[min(len(times) - 1, int(share * len(times)))]


def main() -> None:
    """Print a line for each size of the class."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.visitors", description=__doc__)
    parser.add_argument("--numbers", default="1,30", help="sizes of the class, such as 1,30,100")
    parser.add_argument("--seconds", type=float, default=20.0)
    options = parser.parse_args()
    with server() as running:
        asyncio.run(warm(running))
        for number in map(int, options.numbers.split(",")):
            print(asyncio.run(one_class(running, number, options.seconds)), flush=True)


async def warm(running: Server) -> None:
    """Visit once, so that nobody pays for the server's first visit."""
    async with Visitor(running.port) as visitor:
        for _ in range(3):
            await visitor.run()
        await asyncio.sleep(10)  # the training engine is compiled in the background


if __name__ == "__main__":
    main()
