"""A PostgreSQL server for a test: a cluster of its own in a temporary folder, reached by a socket there."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DEBIAN = Path("/usr/lib/postgresql")
USER = "postgres"


def programs() -> Path | None:
    """Return the folder with initdb and pg_ctl, None where PostgreSQL's server is not installed."""
    installed = sorted(DEBIAN.glob("*/bin/initdb"))
    found = shutil.which("initdb")
    return installed[-1].parent if installed else Path(found).parent if found else None


def as_server(*command: object) -> list[str]:
    """Return a command as the user PostgreSQL may run as, which is never root."""
    plain = [str(part) for part in command]
    # A path without the administrator's programs is enough
    runuser = shutil.which("runuser") or "/usr/sbin/runuser"
    return [runuser, "-u", USER, "--", *plain] if os.geteuid() == 0 else plain


@contextmanager
def running_postgres() -> Iterator[str]:
    """Start a server and yield its address for SQLAlchemy; end it and remove what it wrote."""
    bin, folder = programs(), Path(tempfile.mkdtemp(prefix="pg"))
    data, log = folder / "data", folder / "log"
    if os.geteuid() == 0:
        owner = pwd.getpwnam(USER)
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    quiet = {"check": True, "cwd": folder, "stdout": subprocess.DEVNULL}
    try:
        subprocess.run(as_server(bin / "initdb", "-D", data, "-U", USER, "-A", "trust", "-N"), **quiet)
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        start = as_server(bin / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "start")
        subprocess.run(start, **quiet)
        yield f"postgresql+psycopg://{USER}@/{USER}?host={folder}"
    finally:
        stop = as_server(bin / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
        subprocess.run(stop, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        shutil.rmtree(folder, ignore_errors=True)
