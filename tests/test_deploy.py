"""The files of docs/deploy belong together: every server of the proxy is a service, and the proxy takes its file."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from mlp.experiments.execution.choice import SCHEDULER, SETTING, WORKERS

DEPLOY = Path(__file__).parents[1] / "docs" / "deploy"
PROXY, COMPOSE, GUIDE = (DEPLOY.joinpath(name).read_text() for name in ("haproxy.cfg", "compose.yaml", "README.md"))


def test_every_server_of_the_proxy_is_a_service() -> None:
    servers = re.findall(r'server (\w+) "\$\{\w+-(\w+):8501\}" cookie \1', PROXY)
    services = re.findall(r"^  (web\d+): \*web$", COMPOSE, re.MULTILINE)
    assert [name for name, _ in servers] == [host for _, host in servers] == services
    assert len(services) > 1


def test_the_guide_tells_every_file_and_every_variable() -> None:
    assert {path.name for path in DEPLOY.iterdir() if path.name != "README.md"} == {
        name for name in re.findall(r"^\| `([\w.-]+)` \|", GUIDE, re.MULTILINE) if "." in name or name == "Dockerfile"
    }
    for name in (SETTING, WORKERS, SCHEDULER, "BACKPROP_RUNS"):
        assert f"| `{name}` |" in GUIDE


@pytest.mark.skipif(shutil.which("haproxy") is None, reason="HAProxy is not installed: apt install haproxy")
def test_the_proxy_takes_its_file() -> None:
    checked = subprocess.run(
        ["haproxy", "-c", "-f", str(DEPLOY / "haproxy.cfg")], capture_output=True, text=True, timeout=30
    )
    assert checked.returncode == 0, checked.stderr
