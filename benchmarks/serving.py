"""A server of the app for a benchmark: started on a free port, watched, and ended."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[1]
START_SECONDS = 60
OPTIONS = ("--server.address=127.0.0.1", "--server.headless=true", "--server.fileWatcherType=none",
           "--browser.gatherUsageStats=false")  # fmt: skip


class Server(NamedTuple):
    """A running server."""

    port: int
    process: int

    @property
    def address(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}"

    def family(self) -> tuple[int, ...]:
        """Return its process and all that it has started, and those have (Linux only)."""
        parents = {int(path.parent.name): parent_of(path) for path in Path("/proc").glob("[0-9]*/stat")}
        found = [self.process]
        for process in found:
            found += [child for child, parent in parents.items() if parent == process]
        return tuple(found)

    def megabytes(self) -> tuple[float, float]:
        """Return the memory of its process, and with all that train for it; what is shared is counted once (PSS)."""
        used = [proportional_megabytes(process) for process in self.family()]
        return used[0], sum(used)

    def processor_seconds(self) -> float:
        """Return the processor time it has taken so far, in all its threads (Linux only)."""
        fields = Path(f"/proc/{self.process}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def parent_of(stat: Path) -> int:
    """Return the parent in a process's stat file, 0 of one that has just ended."""
    try:
        return int(stat.read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0


def proportional_megabytes(process: int) -> float:
    """Return the memory of a process in MB, what n processes share counted as an n-th (Linux only)."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has just ended
        return 0.0
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


@contextmanager
def server(script: Path = ROOT / "app.py", **settings: str) -> Iterator[Server]:
    """Start a server of a script with these environment variables besides, give it, and end it with its children."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(script), f"--server.port={port}", *OPTIONS]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, cwd=script.parent, stdout=log, stderr=log, start_new_session=True,
                                   env=os.environ | settings)  # fmt: skip
        try:
            wait_until_healthy(port, process)
            yield Server(port, process.pid)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=20)


def wait_until_healthy(port: int, process: subprocess.Popen) -> None:
    """Return once the server answers; raise a RuntimeError if it ends or stays silent."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"Streamlit did not start on port {port} within {START_SECONDS} seconds.")
