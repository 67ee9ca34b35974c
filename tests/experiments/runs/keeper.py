"""A program that keeps pairs of runs until it is killed, many times over: `python keeper.py ADDRESS OWNER KILLS`.

It prints the name of every pair that was reported as kept: a child keeps them, this parent kills it at any moment.
"""

import os
import random
import signal
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[3]))

from sqlalchemy import create_engine

from mlp.experiments.runs.sql_schema import prepare
from mlp.experiments.runs.sql_store import SqlStore
from tests.runs import made_up

BLOCK = 16  # bytes of a name in the pipe, which come whole or not at all


def keep_for_ever(address: str, owner: str, child: int, pipe: int) -> None:
    """Keep one pair of runs after the other, and report each once it is kept."""
    store = SqlStore(prepare(create_engine(address)), owner, most=10**6)
    accuracies = tuple(random.Random(child).random() for _ in range(60))
    for number in range(10**6):
        name = f"{child}-{number}"
        store.put(*(made_up(f"{name} {side}", accuracies) for side in ("ours", "peer")))
        os.write(pipe, name.ljust(BLOCK).encode())


def reported_by(address: str, owner: str, child: int, rng: random.Random) -> list[str]:
    """Return what a child reported until it was killed."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        os.close(reading)
        keep_for_ever(address, owner, child, writing)
    os.close(writing)
    names = [os.read(reading, BLOCK) for _ in range(rng.randint(1, 4))]
    time.sleep(rng.random() * 0.03)
    os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    while name := os.read(reading, BLOCK):
        names.append(name)
    os.close(reading)
    return [name.decode().strip() for name in names]


if __name__ == "__main__":
    address, owner, kills = sys.argv[1], sys.argv[2], int(sys.argv[3])
    rng = random.Random(0)
    for child in range(kills):
        print(*reported_by(address, owner, child, rng), sep="\n", flush=True)
