"""Runs made up for tests: any name, model, settings and curve, without training."""

from dataclasses import asdict

import numpy as np

from mlp.experiments.config import DataConfig, OurConfig, PeerConfig, model_of, settings_of
from mlp.experiments.runs.stored_run import StoredRun, new_id


def made_up(
    name: str = "Ours",
    accuracies: tuple[float, ...] = (0.1, 0.5, 0.4),
    *,
    config: OurConfig | PeerConfig | None = None,
    data: DataConfig | None = None,
    made: str = "2026-11-23T10:00:00.000Z",
    id: str | None = None,
    ended: str = "max_iter",
) -> StoredRun:
    """Return a run with these test accuracies; the loss is 2 minus the accuracy, and an epoch takes half a second."""
    config, accuracy, k = config or OurConfig(), np.array(accuracies), np.arange(len(accuracies))
    unknown = np.full(len(k), np.nan)
    columns = (k, 2 - accuracy, accuracy / 2, 3 - accuracy, accuracy, 10 * k, k / 2, unknown, unknown)
    model = model_of(config)
    return StoredRun(
        id or new_id(), name, made, model, settings_of(config), asdict(data or DataConfig()), ended,
        np.stack(columns, axis=1),
    )  # fmt: skip


def one_a_minute(n: int) -> list[StoredRun]:
    """Return n runs, one a minute, named by their number."""
    return [made_up(f"run {i}", made=f"2026-11-23T10:{i:02}:00.000Z") for i in range(n)]
