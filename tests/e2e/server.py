"""A real Streamlit server for a test: started on a free port, ended with all its children, its log read."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

APP = Path(__file__).parents[2] / "app.py"
START_SECONDS = 60
BAD_LOG = re.compile(r"Traceback|[Dd]eprecat|Warning|Error")


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_healthy(url: str, process: subprocess.Popen, log: Path) -> None:
    """Return once the server answers; raise with its log if it ends or stays silent."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(f"{url}/_stcore/health", timeout=2):
                return
        except (URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"Streamlit did not start at {url}; its log:\n{log.read_text()}")


def check_log(log: Path) -> None:
    """Raise when the server complained about anything while it ran."""
    text = log.read_text()
    if BAD_LOG.search(text):
        raise AssertionError(f"the Streamlit server complained:\n{text}")


@contextmanager
def running_server(log: Path) -> Iterator[str]:
    """Run the app on a server of its own, yield its address, and check its log at the end."""
    port = free_port()
    options = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    # Nothing may change under a running test
    options += ["--server.fileWatcherType=none", "--browser.gatherUsageStats=false"]
    command = [sys.executable, "-m", "streamlit", "run", str(APP), *options]
    with log.open("w") as output:
        # A session of its own, so that the whole process group can be ended
        process = subprocess.Popen(
            command, cwd=APP.parent, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            wait_until_healthy(f"http://127.0.0.1:{port}", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=20)
    check_log(log)
