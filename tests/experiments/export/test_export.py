"""A run taken away is the run: its script comes to its numbers, its files answer as it did, or it is said why not."""

import io
from dataclasses import replace

import joblib
import numpy as np
import pytest

from mlp.datasets import DATASETS, Dataset, Split, split
from mlp.experiments.config import Config, DataConfig, OurConfig, PeerConfig
from mlp.experiments.export.again import network_again, why_not_again
from mlp.experiments.export.network_file import class_labels, loading_lines, network_npz
from mlp.experiments.export.pipeline import pipeline, pipeline_joblib, why_no_pipeline
from mlp.experiments.export.script import run_script
from mlp.experiments.runs.stored_run import StoredRun, stored_run
from mlp.experiments.training.answers import kept_answers
from mlp.experiments.training.learner import learner_of
from mlp.network import forward

SOURCE = "dataset = DATASETS[{!r}]()"


def data_split(data: DataConfig, dataset: Dataset | None = None) -> Split:
    return split(
        dataset or DATASETS[data.dataset](), test_size=data.test_size, random_state=data.random_state,
        scaling=data.scaling, swapped=data.swapped, validation_size=data.validation_size,
    )  # fmt: skip


def kept(config: Config, data: DataConfig, *, epochs: int | None = None) -> StoredRun:
    """Return a run trained to its end, or stopped after so many epochs."""
    parts = data_split(data)
    learner = learner_of(config, parts)
    while not learner.ended and learner.record.epoch != epochs:
        learner.train(parts)
    return stored_run(learner, data, name='a "quoted" name', answers=kept_answers(learner.record.network, parts))


QUICK = {"max_iter": 3, "batch_size": 32}
IRIS = DataConfig(dataset="iris", scaling="standardised")
MOONS = DataConfig(dataset="two_moons")
SHUT = replace(IRIS, validation_size=0.3)
EARLY = {"early_stopping": True, "max_iter": 12, "n_iter_no_change": 4}
CASES = {
    "ours": (OurConfig(**QUICK), IRIS, None),
    "ours, stopped": (OurConfig(max_iter=50, solver="adam"), IRIS, 2),
    "ours, early stopping": (OurConfig(**EARLY), DataConfig(dataset="iris"), None),
    "ours, two classes": (OurConfig(**QUICK, loss="binary_cross_entropy"), MOONS, None),
    "ours, test set shut": (OurConfig(**EARLY), SHUT, None),
    "scikit-learn": (PeerConfig(**QUICK), IRIS, None),
    "scikit-learn, stopped": (PeerConfig(n_iter_no_change=float("inf")), IRIS, 4),
    "scikit-learn, early stopping": (PeerConfig(**EARLY), IRIS, None),
    "scikit-learn, two classes": (PeerConfig(**QUICK, loss="binary_cross_entropy"), MOONS, None),
    "scikit-learn, test set shut": (PeerConfig(**QUICK), SHUT, None),
}


def script_of(*runs: StoredRun) -> str:
    data = DataConfig(**runs[0].data)
    return run_script(runs, data_split(data), SOURCE.format(data.dataset))


@pytest.mark.parametrize("case", CASES)
def test_a_script_comes_to_the_numbers_that_were_kept(case: str, capsys: pytest.CaptureFixture[str]) -> None:
    config, data, epochs = CASES[case]
    run = kept(config, data, epochs=epochs)
    exec(compile(script_of(run), "script", "exec"), {})
    told = capsys.readouterr().out
    assert 'a "quoted" name' in told
    assert ("interval, low: " in told) == (not data.validation_size)


def test_two_runs_get_their_verdict_and_a_wrong_number_is_noticed(capsys: pytest.CaptureFixture[str]) -> None:
    one, other = (
        replace(kept(c, IRIS), name=n) for c, n in ((OurConfig(**QUICK), "one"), (PeerConfig(**QUICK), "two"))
    )
    script = script_of(one, other)
    exec(compile(script, "script", "exec"), {})
    assert "one" in capsys.readouterr().out
    spoilt = replace(one, curve=one.curve * (1 + 1e-3 * (np.arange(one.curve.shape[1]) == 3)))
    with pytest.raises(AssertionError, match="test loss is"):
        exec(compile(script_of(spoilt, other), "script", "exec"), {})


def test_what_cannot_be_repeated_says_so() -> None:
    run = kept(OurConfig(**QUICK), IRIS)
    with pytest.raises(ValueError, match="overflowed"):
        script_of(replace(run, ended="diverged"))
    with pytest.raises(ValueError, match="without its answers"):
        script_of(replace(run, answers=None))
    with pytest.raises(ValueError, match="other examples"):
        script_of(run, kept(OurConfig(**QUICK), replace(IRIS, random_state=1)))
    assert "overflowed" in why_not_again(replace(run, ended="diverged"), data_split(IRIS))
    long = replace(run, curve=np.vstack([run.curve[:1], run.curve[-1:] + np.eye(1, run.curve.shape[1]) * 1e9]))
    assert "run its script on your own machine" in why_not_again(long, data_split(IRIS))
    with pytest.raises(ValueError, match="came to other numbers"):
        network_again(replace(run, settings=run.settings | {"random_state": 2}), data_split(IRIS))


@pytest.mark.parametrize(
    ("config", "data"),
    [
        (OurConfig(**QUICK, activation="gelu"), IRIS),
        (OurConfig(**QUICK, loss="squared_error"), replace(IRIS, scaling="none")),
        (OurConfig(**QUICK, hidden_layer_sizes=(5, 4)), replace(IRIS, scaling="by 16")),
        (OurConfig(**QUICK), MOONS),
        (PeerConfig(**QUICK, hidden_layer_sizes=()), IRIS),
        (
            PeerConfig(**QUICK, loss="binary_cross_entropy", activation="logistic"),
            replace(MOONS, scaling="standardised"),
        ),
    ],
    ids=lambda value: getattr(value, "dataset", None) or value.activation,
)
def test_files_answer_to_unscaled_examples_as_the_run_did(
    config: Config, data: DataConfig, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run, dataset = kept(config, data), DATASETS[data.dataset]()
    raw, scaled = data_split(replace(data, scaling="none")), data_split(data)
    network = network_again(run, scaled)
    labels = class_labels(dataset.classes)
    answers = labels[run.answers.said]
    (tmp_path / "network.npz").write_bytes(network_npz(network, dataset, raw.X_train, data.scaling))
    found = {"X": raw.X_test}
    exec(compile(loading_lines(network), "lines", "exec"), found)
    np.testing.assert_array_equal(found["said"], answers)
    if why_no_pipeline(network):
        with pytest.raises(ValueError, match="MLPClassifier"):
            pipeline(network, dataset, raw.X_train, data.scaling)
        return
    opened = joblib.load(io.BytesIO(pipeline_joblib(pipeline(network, dataset, raw.X_train, data.scaling))))
    np.testing.assert_array_equal(opened.predict(raw.X_test), answers)
    order = np.argsort(labels)
    np.testing.assert_allclose(
        opened.predict_proba(raw.X_test), forward(network, scaled.X_test).output[:, order], atol=1e-12
    )
