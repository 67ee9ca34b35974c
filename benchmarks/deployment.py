"""Two web processes behind HAProxy, by the very file of docs/deploy, without containers.

`apt install haproxy postgresql`; without PostgreSQL they share a file.
"""

import os
import secrets
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.serving import ROOT, Server, server, wait_until_healthy
from tests.postgres import programs, running_postgres

CONFIGURATION = ROOT / "docs" / "deploy" / "haproxy.cfg"


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def deployed() -> Iterator[tuple[int, tuple[Server, Server]]]:
    """Start both processes and the proxy, with one store of runs; give the proxy's port and the processes."""
    with TemporaryDirectory() as folder, ExitStack() as stack:
        store = stack.enter_context(running_postgres()) if programs() else f"sqlite:///{Path(folder) / 'runs.db'}"
        print(f"the runs are kept in {store.partition(':')[0]}", flush=True)
        settings = {
            "BACKPROP_RUNS": store,
            "BACKPROP_WORKERS": "1",
            "STREAMLIT_SERVER_COOKIE_SECRET": secrets.token_hex(),
        }
        first, second = (stack.enter_context(server(**settings)) for _ in range(2))
        port = free_port()
        environment = {
            "WEB1": f"127.0.0.1:{first.port}",
            "WEB2": f"127.0.0.1:{second.port}",
            "BIND": f"127.0.0.1:{port}",
            "ADMIN": str(Path(folder) / "admin"),
        }
        command = [shutil.which("haproxy") or "/usr/sbin/haproxy", "-f", str(CONFIGURATION)]
        proxy = stack.enter_context(subprocess.Popen(command, env=os.environ | environment))
        stack.callback(proxy.terminate)
        wait_until_healthy(port, proxy)
        time.sleep(3)  # until both were asked how they are
        yield port, (first, second)
