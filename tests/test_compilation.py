"""From nothing, a process beside compiles the largest kernel; whatever becomes of that one, the kernel is made."""

import os
import subprocess
import sys

import pytest
from numba import config

from mlp import compilation, kernels
from mlp.compilation import BESIDE, COMPILE, compile_all, compile_beside


@pytest.fixture
def commands(monkeypatch):
    """Return what would be run in another process, on a machine of two processors and with nothing on disk."""
    seen = []
    monkeypatch.setattr(compilation, "processors", lambda: 2)
    monkeypatch.setattr(compilation, "is_missing_on_disk", lambda function: True)
    monkeypatch.setattr(subprocess, "run", lambda command, **how: seen.append((command, how)))
    return seen


def test_the_process_beside_compiles_the_kernel_it_is_started_for(commands, monkeypatch):
    compile_beside("batches")
    (((program, option, code), how),) = commands
    assert (program, option) == (sys.executable, "-c")
    assert how["env"]["PYTHONPATH"].split(os.pathsep)[0] == str(compilation.HOUSE)
    made = []
    monkeypatch.setitem(COMPILE, "batches", lambda: made.append("batches"))
    exec(code)
    assert made == ["batches"]


def test_only_what_is_worth_a_process_has_one(commands, monkeypatch):
    compile_beside("singles")
    monkeypatch.setattr(compilation, "processors", lambda: 1)
    compile_beside("batches")
    monkeypatch.setattr(compilation, "processors", lambda: 2)
    monkeypatch.setattr(compilation, "is_missing_on_disk", lambda function: False)
    compile_beside("batches")
    assert commands == []


@pytest.mark.parametrize("error", [OSError("no room for a process"), subprocess.TimeoutExpired("python", 1.0)])
def test_a_process_that_fails_is_done_without(commands, monkeypatch, error):
    def fail(command, **how):
        raise error

    monkeypatch.setattr(subprocess, "run", fail)
    compile_beside("batches")


def test_a_kernel_is_missing_on_a_disk_that_is_empty_and_on_no_other(tmp_path, monkeypatch):
    monkeypatch.setattr(config, "CACHE_DIR", str(tmp_path))
    assert kernels.is_missing_on_disk(kernels.train_batches)
    (folder,) = tmp_path.iterdir()
    (folder / "kernels.train_batches-1.py311.nbi").touch()  # the way numba names an index
    assert not kernels.is_missing_on_disk(kernels.train_batches)
    assert kernels.is_missing_on_disk(kernels.train_singles)


def test_without_a_place_to_write_no_process_is_started(monkeypatch):
    def refuse(**options):
        raise RuntimeError("cannot cache function: no locator available")

    monkeypatch.setattr(kernels, "njit", refuse)
    assert not kernels.is_missing_on_disk(kernels.train_batches)


def test_compiling_everything_begins_with_the_process_beside(monkeypatch):
    asked = []
    monkeypatch.setattr(compilation, "promised", asked.append)
    monkeypatch.setattr(compilation, "kernel", asked.append)
    compile_all()
    assert asked == [*BESIDE, *COMPILE]
