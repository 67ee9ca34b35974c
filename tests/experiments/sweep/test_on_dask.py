"""A sweep of 5 x 5 x 3 small trainings comes to the same table on a Dask cluster and in threads of this process."""

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor

import numpy as np
import pytest

from mlp.datasets import DATASETS, split
from mlp.experiments.config import Comparison, DataConfig, OurConfig, PeerConfig
from mlp.experiments.execution.cluster import Cluster, dask_cluster
from mlp.experiments.sweep.outcomes import cell_results, outcome_of
from mlp.experiments.sweep.plan import Axis, Sweep, sweep_jobs
from mlp.experiments.training.campaign import campaign
from mlp.experiments.training.material import by_name
from mlp.experiments.training.memory import Memory
from mlp.view.sweep.words import sweep_table

distributed = pytest.importorskip("distributed")
DATA = DataConfig("iris", "standardised", validation_size=0.25)
SWEEP = Sweep(
    Comparison(OurConfig(batch_size=20, max_iter=4), PeerConfig(max_iter=4), DATA),
    (
        Axis("learning_rate_init", (0.001, 0.01, 0.1, 0.5, 1.0)),
        Axis("hidden_layer_sizes", ((2,), (4,), (8,), (4, 4), (8, 4))),
    ),
    (1, 2, 3),
)  # fmt: skip
TIMES = "Seconds"


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address=None) as made:
        executor = dask_cluster(made.scheduler_address, no_one)
        yield executor
        executor.shutdown()


def no_one() -> Executor:
    raise AssertionError("the cluster was left")


def table_on(executor: Executor) -> dict[str, list[object]]:
    run = campaign(sweep_jobs(SWEEP), split_of, Memory(10**8), by_name)
    while not run.ended:
        run.train(executor, 10.0)
    outcomes = {job: outcome_of(result) for job, result in run.results.items()}
    assert len(outcomes) == 5 * 5 * 3
    table = sweep_table(SWEEP, cell_results(SWEEP, outcomes))
    return {name: column for name, column in table.items() if name != TIMES} | {
        "exact": np.array([outcomes[job][:5] for job in sweep_jobs(SWEEP)]).tolist()
    }


def split_of(data: DataConfig):
    return split(DATASETS[data.dataset](), scaling=data.scaling, validation_size=data.validation_size)


def test_a_sweep_comes_to_the_same_table_on_dask_and_here(cluster: Cluster) -> None:
    with ThreadPoolExecutor(2) as threads:
        assert table_on(cluster) == table_on(threads)
