"""Runs as JSON: they come back equal, and whatever else a file holds is refused with one sentence."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from mlp.experiments.config import DataConfig, OurConfig, PeerConfig
from mlp.experiments.runs.checks import POINT_CHECKS
from mlp.experiments.runs.json_file import from_json, latest_json, saved_runs, to_dict, to_json
from mlp.experiments.runs.newcomers import newcomers
from mlp.experiments.runs.stored_run import StoredRun
from mlp.experiments.training.answers import KeptAnswers, frozen_classes, labels_hash
from mlp.experiments.training.points import Point
from mlp.limits import MOST_CURVE_POINTS, MOST_KEPT_ANSWERS, RUNS_FILE
from tests.runs import made_up, one_a_minute

RUNS = (
    made_up("Ours, units 64-32", (0.1, 1 / 3, 0.7), config=OurConfig(hidden_layer_sizes=(64, 32), momentum=0.1)),
    made_up("overflowed", (0.1, math.nan), config=OurConfig(loss="squared_error"), ended="diverged"),
    made_up(
        "<b>&amp; ünï", config=PeerConfig(batch_size=7), data=DataConfig(scaling="by 16", swapped=True), ended="tol"
    ),
)


def dicts(runs) -> list[dict]:
    """Return runs in a form that can be compared."""
    return [to_dict(run) for run in runs]


def changed(**parts: object) -> str:
    """Return a file with one run in which some parts are others."""
    return json.dumps({"version": 1, "runs": [to_dict(RUNS[0]) | parts]})


def in_part(part: str, **values: object) -> str:
    """Return a file with one run in which some values of a part are others."""
    return changed(**{part: to_dict(RUNS[0])[part] | values})


def test_runs_come_back_equal() -> None:
    back = from_json(to_json(RUNS))
    assert dicts(back) == dicts(RUNS)
    assert back[0].settings == RUNS[0].settings
    assert back[0].settings["n_iter_no_change"] == math.inf
    for one, other in zip(back, RUNS, strict=True):
        np.testing.assert_array_equal(one.curve, other.curve)
    assert from_json(to_json(RUNS).encode("utf-8-sig"))[2].name == "<b>&amp; ünï"


def test_answers_come_back_equal_and_files_of_before_open_without_them() -> None:
    answers = KeptAnswers(labels_hash(np.arange(3)), frozen_classes([9, 0, 65_535]))
    (back,) = from_json(to_json([replace(RUNS[0], answers=answers)]))
    assert back.answers.labels == answers.labels
    assert back.answers.said.tolist() == [9, 0, 65_535]
    old = {name: value for name, value in to_dict(RUNS[0]).items() if name != "answers"}
    # Nor was there a validation share, nor are there columns of it now where nothing was held out
    old["data"] = {name: value for name, value in old["data"].items() if name != "validation_size"}
    assert not {"val_loss", "val_accuracy"} & set(old["curve"])
    (back,) = from_json(json.dumps({"version": 1, "runs": [old]}))
    assert back.answers is None
    assert to_dict(back) == to_dict(RUNS[0])
    # A run that was kept before its answers were is no newcomer beside itself
    assert tuple(newcomers([back], [replace(RUNS[0], answers=answers)], ())) == ()


# What a training had before it could have another solver, a schedule, or a share held out
FIRST_SETTINGS = {
    *("hidden_layer_sizes", "activation", "loss", "init", "learning_rate_init", "batch_size", "max_iter", "momentum"),
    *("nesterovs_momentum", "alpha", "shuffle", "tol", "n_iter_no_change", "random_state"),
}


@pytest.mark.parametrize("run", RUNS, ids=["ours", "overflowed", "scikit-learn"])
def test_a_file_of_before_there_were_solvers_schedules_and_early_stopping_opens_with_what_was_then_done(run) -> None:
    old = to_dict(run)
    dropped = old["settings"].keys() - FIRST_SETTINGS
    assert {"solver", "learning_rate", "early_stopping"} <= dropped
    old["settings"] = {name: value for name, value in old["settings"].items() if name in FIRST_SETTINGS}
    (back,) = from_json(json.dumps({"version": 1, "runs": [old]}))
    assert to_dict(back) == to_dict(run)
    assert (back.settings["solver"], back.settings["learning_rate"]) == ("sgd", "constant")


def test_fifty_runs_with_as_many_answers_as_are_kept_fit_a_file() -> None:
    answers = KeptAnswers(labels_hash(np.arange(3)), frozen_classes(np.full(MOST_KEPT_ANSWERS, 39)))
    curve = tuple(np.random.default_rng(0).random(MOST_CURVE_POINTS))
    runs = [replace(run, answers=answers, curve=made_up("x", curve).curve) for run in one_a_minute(50)]
    assert len(to_json(runs).encode()) < RUNS_FILE


def test_of_more_runs_than_a_file_holds_the_latest_go_into_it() -> None:
    curve = made_up("x", tuple(np.random.default_rng(0).random(MOST_CURVE_POINTS))).curve
    runs = [replace(made_up(f"ünï {number}"), curve=curve) for number in range(160)]
    text = latest_json(runs)
    assert 0.95 * RUNS_FILE < len(text.encode()) <= RUNS_FILE
    back = from_json(text.encode())
    assert [run.name for run in back] == [run.name for run in runs[-len(back) :]]
    assert json.loads(latest_json(RUNS)) == json.loads(to_json(RUNS))


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"labels": "0" * 32}, "answers needs 'said'; it is missing"),
        ({"labels": "0" * 31, "said": [1]}, "labels needs 32 hexadecimal digits"),
        ({"labels": "0" * 32, "said": []}, "said needs"),
        ({"labels": "0" * 32, "said": [1] * (MOST_KEPT_ANSWERS + 1)}, "said needs"),
        ({"labels": "0" * 32, "said": [70_000]}, "said needs a whole number from 0 to 65535; got 70000"),
        ({"labels": "0" * 32, "said": [True]}, "said needs a whole number from 0 to 65535; got true"),
        ("abc", "answers needs to be an object"),
    ],
)
def test_bad_answers_are_refused(answers: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        from_json(changed(answers=answers))


def test_what_overflowed_is_null_in_the_file() -> None:
    (_, run, _) = json.loads(to_json(RUNS), parse_constant=pytest.fail)["runs"]
    assert run["curve"]["test_accuracy"] == [0.1, None]
    assert run["settings"]["n_iter_no_change"] is None


def test_every_column_has_a_check() -> None:
    assert set(POINT_CHECKS) == set(Point._fields)


def test_a_file_says_which_run_is_pinned() -> None:
    pinned = RUNS[1].id
    for text in (to_json(RUNS, pinned), latest_json(RUNS, pinned)):
        assert saved_runs(text).pinned == pinned
        assert dicts(saved_runs(text).runs) == dicts(RUNS)
    assert saved_runs(to_json(RUNS)).pinned is None
    with pytest.raises(ValueError, match="pinned needs 32 hexadecimal digits"):
        saved_runs(to_json(RUNS, "x"))


def test_the_fullest_file_can_be_opened_again() -> None:
    accuracies = tuple(np.random.default_rng(0).random(MOST_CURVE_POINTS))
    runs = [made_up(f"run {i}", accuracies) for i in range(50)]
    text = to_json(runs)
    assert len(text.encode()) < RUNS_FILE
    assert dicts(from_json(text)) == dicts(runs)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "A file of runs needs JSON; line 1, column 1 is none."),
        (b"\xff\xfe", "needs text in UTF-8"),
        ("[" * 100_000, "far deeper|line 1"),
        ("7", "needs to be an object with version, runs; got 7"),
        ('{"version": 1, "version": 1, "runs": []}', "needs each key once"),
        ('{"version": 2, "runs": []}', "The version needs a whole number from 1 to 1; got 2"),
        ('{"version": 1, "runs": []}', "needs 1 to 500 entries; got 0"),
        ('{"version": 1, "runs": [7]}', "Run 1 needs to be an object"),
        (" " * (RUNS_FILE + 1), "at most 5,000,000 bytes is needed; this one has 5,000,001"),
        (changed(more=1), "Run 1 needs .* and nothing else; got 'more'"),
        (changed(id="../../x"), "Run 1: id needs 32 hexadecimal digits; got '../../x'"),
        (changed(name="  "), "Run 1: name needs at least one character"),
        (changed(name="x" * 81), "Run 1: name needs at most 80 characters; got 81"),
        (changed(name=7), "Run 1: name needs a text; got 7"),
        (changed(made="2026-13-40T00:00:00.000Z"), "Run 1: made needs a time such as"),
        (changed(made="yesterday"), "Run 1: made needs a time such as .*; got 'yesterday'"),
        (changed(model="Theirs"), "Run 1: model needs one of Ours, scikit-learn; got 'Theirs'"),
        (changed(ended="never"), "Run 1: ended needs one of"),
        (changed(settings={}), "Run 1: settings needs 'hidden_layer_sizes'; it is missing"),
        (in_part("settings", momentum=True), "Run 1: momentum needs a number from 0 to 1; got true"),
        (in_part("settings", momentum=1.0), "Run 1: momentum needs a number from 0 to below 1"),
        (in_part("settings", hidden_layer_sizes=[0]), "Run 1: hidden_layer_sizes needs a whole number from 1"),
        (in_part("settings", hidden_layer_sizes=[1] * 11), "Run 1: hidden_layer_sizes needs 0 to 10 entries; got 11"),
        (in_part("settings", activation="sine"), "Run 1: activation needs one of"),
        (in_part("settings", batch_size="all"), "Run 1: batch_size needs a whole number"),
        (in_part("settings", learning_rate_init=0), "Run 1: learning_rate_init needs a number above 0"),
        (changed(model="scikit-learn"), "Run 1: settings of scikit-learn need loss cross_entropy and init glorot"),
        (in_part("data", scaling="by 7"), "Run 1: scaling needs one of"),
        (in_part("data", test_size=1.0), "Run 1: test_size needs a number above 0 and below 1"),
        (in_part("data", dataset="x" * 41), "Run 1: dataset needs at most 40 characters"),
        (in_part("curve", epoch=[0]), "Run 1: epoch needs 2 to 500 entries; got 1"),
        (in_part("curve", epoch=list(range(501))), "Run 1: epoch needs 2 to 500 entries; got 501"),
        (in_part("curve", epoch=[0, 1, 1]), "Run 1: epoch needs numbers that grow"),
        (in_part("curve", seconds=[0, 2, 1]), "Run 1: seconds needs numbers that grow"),
        (in_part("curve", seconds=[0, None, 1]), "Run 1: seconds needs a number from 0"),
        (in_part("curve", test_loss=[1, 2]), "Run 1: test_loss needs 3 entries; got 2"),
        (in_part("curve", test_loss=[1, 2, -1]), "Run 1: test_loss needs a number from 0"),
        (in_part("curve", test_accuracy=[0, 2, 1]), "Run 1: test_accuracy needs a number from 0 to 1; got 2"),
        (in_part("curve", updates=[0, 1.5, 2]), "Run 1: updates needs a whole number"),
        (changed().replace("0.7", "NaN"), "A file of runs needs numbers; got NaN"),
        (changed().replace("0.7", "1e999"), "Run 1: test_accuracy needs a number from 0 to 1; got inf"),
        (json.dumps({"version": 1, "runs": [to_dict(RUNS[0])] * 2}), "needs each id once"),
        (json.dumps({"version": 1, "runs": [to_dict(RUNS[0]), 7]}), "Run 2 needs to be an object"),
        (json.dumps({"version": 1, "runs": dicts(one_a_minute(501))}), "needs 1 to 500 entries; got 501"),
    ],
)  # fmt: skip
def test_a_file_that_does_not_fit_is_refused_with_one_sentence(text, sentence) -> None:
    with pytest.raises(ValueError, match=sentence) as refusal:
        from_json(text)
    assert "\n" not in str(refusal.value)


def test_an_imported_name_is_one_line_of_plain_text() -> None:
    (run,) = from_json(changed(name="a\u202eb\n\tc\x00"))
    assert run.name == "ab c"


def names(runs: list[StoredRun]) -> list[str]:
    """Return what runs are called."""
    return [run.name for run in runs]


def test_what_is_here_already_comes_in_once_and_a_taken_name_gets_a_number() -> None:
    here = [made_up("Ours"), made_up("other")]
    renamed = from_json(to_json([here[0]]).replace('"Ours", "made"', '"mine", "made"'))
    assert list(newcomers(renamed, here, names(here))) == []
    assert names(list(newcomers([made_up("Ours"), made_up("Ours")], [], names(here)))) == ["Ours (2)", "Ours (3)"]


def test_a_run_with_a_known_id_and_other_contents_stays_beside_the_known_one() -> None:
    here = made_up("Ours")
    (new,) = newcomers([made_up("Ours", (0.1, 0.9), id=here.id)], [here], ["Ours"])
    assert new.id != here.id
    assert new.name == "Ours (2)"
