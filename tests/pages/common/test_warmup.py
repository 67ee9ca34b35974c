"""The first visit pays for what every later one needs."""

import gc
import sys

from threadpoolctl import threadpool_info

from mlp.compilation import warm_up
from pages.common.warmup import HEAVY_IMPORTS
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
