"""The first visit pays for what every later one needs."""

import gc
import sys
import threading
import time
import tomllib
from pathlib import Path

import pytest
from threadpoolctl import threadpool_info

from mlp.compilation import warm_up
from pages.common.navigation import ICON
from pages.common.warmup import HEAVY_IMPORTS, freeze_after
from tests.app import open_page


def test_after_one_visit_the_heavy_imports_are_out_of_the_garbage_collectors_view() -> None:
    open_page()
    assert set(HEAVY_IMPORTS) <= set(sys.modules)
    assert gc.get_freeze_count() > 100_000


def test_after_one_visit_blas_keeps_to_one_thread() -> None:
    open_page()
    assert {pool["num_threads"] for pool in threadpool_info() if pool["user_api"] == "blas"} == {1}


def test_after_one_visit_the_engine_is_being_compiled_or_ready() -> None:
    open_page()
    assert warm_up().name == "compile-engine"
    warm_up().join(timeout=120)
    assert not warm_up().is_alive()


def test_what_the_engine_brings_is_frozen_too(monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []
    monkeypatch.setattr(gc, "freeze", lambda: order.append("frozen"))
    compiling = threading.Thread(target=lambda: (time.sleep(0.05), order.append("compiled")))
    compiling.start()
    freeze_after(compiling)
    assert order == ["compiled", "frozen"]


def test_after_one_visit_the_thread_that_freezes_again_has_ended() -> None:
    open_page()
    warm_up().join(timeout=120)
    for thread in threading.enumerate():
        if thread.name == "freeze-engine":
            thread.join(timeout=30)
    assert "numba" in sys.modules
    assert gc.get_freeze_count() > 200_000


def test_streamlit_does_not_collect_everything_after_every_run_and_python_still_collects() -> None:
    options = tomllib.loads((Path(__file__).parents[3] / ".streamlit" / "config.toml").read_text())
    assert options["runner"]["postScriptGC"] is False
    assert gc.isenabled()


def test_the_icon_of_the_tab_is_a_picture_of_our_own() -> None:
    assert ICON.read_text().startswith("<svg ")
    assert "http" not in ICON.read_text().replace("http://www.w3.org/2000/svg", "")
