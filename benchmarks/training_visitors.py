"""Visitors who train on question 3, each with a seed of her own, as a browser does it: click, ticks, end."""

import asyncio
import re
import time

from benchmarks.visitor import PATIENCE, Visitor

TRAIN = "q3: train"


def query(seed: int) -> str:
    """Return an address of question 3 with the sheet's settings and another seed: nothing is remembered of it."""
    return f"ours_random_state={seed}&sklearn_random_state={seed}"


async def trained(port: int, seed: int) -> float:
    """Open question 3, train both models, and return the seconds from the click to the verdict."""
    async with Visitor(port, "q3", query(seed)) as visitor:
        await visitor.run()
        return await train(visitor)


async def train(visitor: Visitor) -> float:
    """Press the button on a page that is open, and return the seconds until the last tick has come.

    Raises
    ------
    TimeoutError
        If that takes too long.
    """
    begin = time.perf_counter()
    await visitor.click(TRAIN)
    while visitor.timers:
        if time.perf_counter() - begin > PATIENCE:
            raise TimeoutError(f"A training did not end within {PATIENCE} seconds; it was at {visitor.progress[-2:]}.")
        await asyncio.sleep(0.05)
    return time.perf_counter() - begin


def epochs(visitor: Visitor) -> list[int]:
    """Return the epochs that scikit-learn's progress has told, in their order."""
    told = [re.search(r"scikit-learn.*epoch ([\d,]+)", text) for text in visitor.progress]
    return [int(found[1].replace(",", "")) for found in told if found]
