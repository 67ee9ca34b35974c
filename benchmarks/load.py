"""Drills of a server under load, and of what dies: `python -m benchmarks.load [--drills ...] [--full]`.

Short by default: a few minutes in all. With --full: up to 200 visitors who edit, 20 who train, 10,000 reruns and 300
trainings. Visitors speak the server's protocol and take a part of the machine themselves.
"""

import argparse
import asyncio
import os
import random
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks import broken_disks
from benchmarks.deployment import deployed
from benchmarks.serving import Server, server
from benchmarks.training_visitors import TRAIN, epochs, query, train, trained
from benchmarks.visitor import Visitor
from benchmarks.visitors import edits, one_class, quantile, warm

LONG = "ours_max_iter=2000&sklearn_max_iter=2000&sklearn_n_iter_no_change=never"


async def editing(running: Server, full: bool) -> None:
    """More and more visitors edit question 1."""
    for number in (1, 10, 30, 100, 200) if full else (1, 10):
        print(await one_class(running, number, 30.0 if full else 8.0), flush=True)


async def training(running: Server, full: bool) -> None:
    """Let some train at once and ten edit beside them: how fair is it, how long, how slow for the others."""
    await trained(running.port, 1000)
    alone = [await trained(running.port, 1001 + seed) for seed in range(10 if full else 3)]
    print(f"one alone: {told(alone)}")
    before = await beside(running.port, 10.0)
    print(f"ten edit, nobody trains: p50 {quantile(before, 0.5):.3f} s")
    for number in (1, 5, 10, 20) if full else (5,):
        # None of them was trained before: what is remembered ends at once
        seeds, begin = range(10_000 * number, 10_001 * number), time.perf_counter()
        clock = asyncio.create_task(beside(running.port, 10.0))
        times = sorted(await asyncio.gather(*(trained(running.port, seed) for seed in seeds)))
        whole, slowed = time.perf_counter() - begin, quantile(await clock, 0.5) / quantile(before, 0.5)
        print(
            f"{number} train at once: {told(times)}, slowest / fastest {times[-1] / times[0]:.2f}, "
            f"all in {whole:.1f} s: {whole / (number * quantile(sorted(alone), 0.5)):.2f} of in turn; "
            f"ten edits beside them {slowed:.2f} times as long",
            flush=True,
        )


def told(times: list[float]) -> str:
    """Return seconds from click to verdict in words."""
    return f"click to verdict p50 {quantile(sorted(times), 0.5):.1f} s, {min(times):.1f} to {max(times):.1f} s"


async def beside(port: int, seconds: float) -> list[float]:
    """Let ten visitors edit for some seconds; return how long each edit took, sorted."""
    visitors = [await Visitor(port).__aenter__() for _ in range(10)]
    for visitor in visitors:
        await visitor.run()
    end, rng = time.perf_counter() + seconds, random.Random(0)
    times = await asyncio.gather(*(edits(visitor, end, rng) for visitor in visitors))
    for visitor in visitors:
        await visitor.__aexit__()
    return sorted(each for some in times for each in some)


async def memory(running: Server, full: bool) -> None:
    """Rerun question 1 and train on question 3 again and again, and print how memory grows, if it does."""
    reruns, trainings = (10_000, 300) if full else (200, 6)
    async with Visitor(running.port) as visitor:
        await visitor.run()
        for rerun in range(reruns + 1):
            if rerun % max(1, reruns // 10) == 0:
                told_memory(f"{rerun:,} reruns", running)
            await visitor.run(round(random.uniform(-1, 1), 3))
    async with Visitor(running.port, "q3", "ours_max_iter=20&sklearn_max_iter=40") as visitor:
        await visitor.run()
        for number in range(trainings + 1):
            if number % max(1, trainings // 10) == 0:
                told_memory(f"{number} trainings", running)
            visitor.query = f"ours_max_iter=20&sklearn_max_iter=40&{query(5000 + number)}"
            await visitor.run()
            await train(visitor)


def told_memory(after: str, running: Server) -> None:
    """Print how much memory is in use."""
    web, family = running.megabytes()
    print(f"after {after}: {web:.0f} MB the server, {family:.0f} MB with all that train for it", flush=True)


async def killed_worker(running: Server, full: bool) -> None:
    """Kill every worker in the middle of a training: it ends all the same, and no epoch shown is taken back."""
    for seed in range(20 if full else 2):
        async with Visitor(running.port, "q3", query(7000 + seed)) as visitor:
            await visitor.run()
            task = asyncio.create_task(train(visitor))
            while max(epochs(visitor), default=0) < 20:
                await asyncio.sleep(0.05)
            killed = [process for process in running.family()[2:] if kill(process)]
            seconds, shown = await task, epochs(visitor)
            steady = shown == sorted(shown)
            print(
                f"{len(killed)} workers killed: trained in {seconds:.1f} s, no epoch taken back: {steady}", flush=True
            )


def kill(process: int) -> bool:
    """Kill a process; return whether it was there."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


async def closed_tabs(running: Server, full: bool) -> None:
    """Two train and one goes without a word, then the other: the processor is at rest within two seconds."""
    visitors = [await Visitor(running.port, "q3", f"{LONG}&{query(8000 + seed)}").__aenter__() for seed in range(2)]
    for visitor in visitors:
        await visitor.run()
        await visitor.click(TRAIN)
    for visitor in visitors:
        while max(epochs(visitor), default=0) < 20:
            await asyncio.sleep(0.05)
    for left, visitor in enumerate(reversed(visitors)):
        visitor.stop_timers()
        visitor.reader.cancel()
        visitor.socket.transport.abort()
        await asyncio.sleep(2.0)
        before = sum(map(processor_seconds, running.family()))
        await asyncio.sleep(1.0)
        used = sum(map(processor_seconds, running.family())) - before
        print(
            f"{1 - left} still train, two seconds after one has gone: {used:.2f} processor seconds a second", flush=True
        )


async def killed_server(full: bool) -> None:
    """Kill the web process while it has somebody trained: what trains for it ends, and another one serves as before."""
    with server() as running:
        await warm(running)
        async with Visitor(running.port, "q3", query(9000)) as visitor:
            await visitor.run()
            task = asyncio.create_task(visitor.click(TRAIN))
            while max(epochs(visitor), default=0) < 20:
                await asyncio.sleep(0.05)
            family = running.family()
            kill(running.process)
            task.cancel()
        await asyncio.sleep(1.0)
        left = [process for process in family[1:] if is_there(process)]
        print(f"web process killed: of the {len(family) - 1} that trained for it {len(left)} are left after a second")
    with server() as running:
        print(f"started again: {told([await trained(running.port, 9001)])}, the first on this server", flush=True)


def is_there(process: int) -> bool:
    """Return whether a process has not ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def processor_seconds(process: int) -> float:
    """Return the processor time of a process so far, 0 where it has ended."""
    try:
        return Server(0, process).processor_seconds()
    except OSError:
        return 0.0


async def two_processes(full: bool) -> None:
    """How many edits a second one web process carries, and how many two behind the proxy do; then one is killed."""
    number, seconds = (60, 20.0) if full else (20, 6.0)
    with server() as running:
        await warm(running)
        one = await busy(running.port, number, seconds)
    with deployed() as (port, servers):
        for each in servers:
            await warm(each)
        two = await busy(port, number, seconds)
        print(
            f"edits a second: {one:.1f} of one process, {two:.1f} of two behind HAProxy: {two / one:.2f} times as many"
        )
        os.kill(servers[0].process, signal.SIGKILL)
        begin = time.perf_counter()
        async with Visitor(port) as visitor:
            await visitor.run()
            print(f"one process killed: a visitor's page stands after {time.perf_counter() - begin:.1f} s", flush=True)


async def busy(port: int, number: int, seconds: float) -> float:
    """Let visitors edit as fast as they are answered; return the edits a second of all together."""
    visitors = [await Visitor(port).__aenter__() for _ in range(number)]
    for visitor in visitors:
        await visitor.run()
    end = time.perf_counter() + seconds
    counts = await asyncio.gather(*(as_fast_as_it_goes(visitor, end) for visitor in visitors))
    for visitor in visitors:
        await visitor.__aexit__()
    return sum(counts) / seconds


async def as_fast_as_it_goes(visitor: Visitor, end: float) -> int:
    """Edit until the end; return how often."""
    count = 0
    while time.perf_counter() < end:
        await visitor.run(round(random.uniform(-1, 1), 3))
        count += 1
    return count


ON_A_SERVER: dict[str, Callable[[Server, bool], Awaitable[None]]] = {
    "editing": editing,
    "training": training,
    "memory": memory,
    "killed worker": killed_worker,
    "closed tabs": closed_tabs,
}


async def on_a_server(drill: Callable[[Server, bool], Awaitable[None]], full: bool) -> None:
    """Make a drill on a server of its own, once its first visit is over."""
    with server() as running:
        await warm(running)
        await drill(running, full)


async def drills(names: list[str], full: bool) -> None:
    """Make the drills of these names, one after the other."""
    for name in names:
        print(f"\n## {name}", flush=True)
        if name in ON_A_SERVER:
            await on_a_server(ON_A_SERVER[name], full)
        else:
            await ELSEWHERE[name](full)


ELSEWHERE: dict[str, Callable[[bool], Awaitable[None]]] = {
    "two processes": two_processes,
    "killed server": killed_server,
    "broken disks": broken_disks.drill,
}
NAMES = (*ON_A_SERVER, *ELSEWHERE)


def main() -> None:
    """Make the drills that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--drills", default=",".join(NAMES), help=f"some of {', '.join(NAMES)}, with commas between")
    parser.add_argument("--full", action="store_true", help="take the numbers of the README, which takes an hour")
    options = parser.parse_args()
    names = [name.strip() for name in options.drills.split(",")]
    if unknown := set(names) - set(NAMES):
        parser.error(f"there is no drill {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    asyncio.run(drills(names, options.full))


if __name__ == "__main__":
    main()
