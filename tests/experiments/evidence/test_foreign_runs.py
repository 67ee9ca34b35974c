"""Somebody else's runs: read from what the trackers write, with the numbers of our own tests, or refused."""

import numpy as np
import pytest
from scipy.stats import ttest_ind

from mlp.experiments.evidence.foreign_runs import EACH_COLUMN, choices, judged, recipe, samples
from mlp.experiments.evidence.foreign_table import foreign_table
from mlp.experiments.evidence.statistics import paired_difference_interval
from mlp.view.runs.foreign import TOO_FEW, foreign_sentence, recipes_frame

# As each program writes its table of runs; what is left out here is more of the same kinds of columns
MLFLOW = """Start Time,Duration,Run ID,Name,Source Type,Status,batch_size,seed,test_accuracy,train_loss
2026-11-23 10:00:00,1.2min,3f0a9c,sgd-seed1,LOCAL,FINISHED,32,1,0.91,0.2
2026-11-23 10:02:00,1.2min,4e1b8d,sgd-seed2,LOCAL,FINISHED,32,2,0.93,0.2
2026-11-23 10:04:00,1.1min,5d2c7e,sgd-seed3,LOCAL,FAILED,32,3,,
2026-11-23 10:06:00,1.3min,6c3d6f,adam-seed1,LOCAL,FINISHED,32,1,0.96,0.1
2026-11-23 10:08:00,1.3min,7b4e50,adam-seed2,LOCAL,FINISHED,32,2,0.97,0.1
"""
WANDB = """"Name","State","Notes","Tags","Created","Runtime","seed","test/acc"
"wide 1","finished","-","","2026-11-23T10:00:00.000Z","61","1","91.5"
"wide 2","finished","-","","2026-11-23T10:01:00.000Z","61","2","92.5"
"narrow 1","finished","-","","2026-11-23T10:02:00.000Z","61","1","88"
"narrow 2","crashed","-","","2026-11-23T10:03:00.000Z","61","2","89"
"""
TRACKIO = """run,step,timestamp,accuracy,loss
tanh_1,0,2026-11-23T10:00:00,0.1,2.3
tanh_1,2,2026-11-23T10:00:02,0.9,0.4
tanh_1,1,2026-11-23T10:00:01,0.5,1.0
tanh_2,0,2026-11-23T10:00:00,0.1,2.3
tanh_2,1,2026-11-23T10:00:01,0.8,
relu_1,0,2026-11-23T10:00:00,0.1,2.3
relu_1,1,2026-11-23T10:00:01,0.95,0.3
"""
COLUMNS = "ours;theirs\n0,91;0,88\n0,93;0,89\n0,92;\n"
PAIRS = "example,ours,theirs\n" + "".join(f"{i},{int(i % 7 > 0)},{int(i % 5 > 0)}\n" for i in range(100))


@pytest.mark.parametrize(
    ("text", "metric", "grouping", "expected"),
    [
        (MLFLOW, "test_accuracy", "Name", {"sgd": [0.91, 0.93], "adam": [0.96, 0.97]}),
        (WANDB, "test/acc", "Name", {"wide": [0.915, 0.925], "narrow": [0.88, 0.89]}),
        (TRACKIO, "accuracy", "run", {"tanh": [0.9, 0.8], "relu": [0.95]}),
        (COLUMNS, "ours", EACH_COLUMN, {"ours": [0.91, 0.93, 0.92], "theirs": [0.88, 0.89]}),
    ],
    ids=["MLflow", "Weights & Biases", "Trackio", "a column a recipe"],
)
def test_accuracies_are_found_where_the_programs_write_them(
    text: str, metric: str, grouping: str, expected: dict[str, list[float]]
) -> None:
    table = foreign_table(text.encode())
    found = choices(table)
    assert (found.metrics[0], found.groupings[0]) == (metric, grouping)
    groups = samples(table, metric, grouping)
    assert {name: pytest.approx(values) for name, values in groups.items()} == expected


def test_recipes_get_welchs_test_and_its_sentence() -> None:
    groups = samples(foreign_table(MLFLOW.encode()), "test_accuracy", "Name")
    p = ttest_ind(groups["adam"], groups["sgd"], equal_var=False).pvalue
    row = recipes_frame(groups, "sgd").set_index("Recipe").loc["adam"]
    assert (row["Runs"], row["Accuracy, mean"]) == (2, "0.9650")
    assert f"p = {p:.3g}" in row["Against the baseline"]
    assert "can't be told from sgd over 2 and 2 seeds (+0.045," in foreign_sentence(groups, "adam", "sgd")
    assert foreign_sentence({"a": (0.9,), "b": (0.8, 0.7)}, "a", "b") == TOO_FEW


def test_right_and_wrong_get_tangos_interval() -> None:
    table = foreign_table(PAIRS.encode())
    assert choices(table) == (("ours", "theirs"), (), ())
    found = judged(table, "ours", "theirs")
    only = found.only
    assert sum(found.pairs) == 100
    assert found.difference == paired_difference_interval(*only, 100)
    assert "ours" in found.sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "this file is empty"),
        ("name,loss\na,2.3\nb,1.7\n", "two columns of right and wrong"),
        ("name,accuracy\na,0.9\na,0.8\n", "two columns of right and wrong"),
        ("name,accuracy\n", "this file has none"),
        ("a,b\n1\n0,1,0\n", "Every row needs"),
        ("name,score\na 1,91\nb 1,92\n", "in per cent under a name with acc"),
        ('{"runs": []}', "JSON"),
    ],
)
def test_what_is_no_table_of_runs_is_refused_with_the_cure(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        choices(foreign_table(text.encode()))


def test_a_name_that_is_nothing_but_blanks_and_digits_takes_no_time() -> None:
    assert recipe("-" * 10**6 + "x") == "-" * 80
    assert [recipe(name) for name in ("mlp, seed 3", "mlp-s3", "mlp_3", "42", "adam")] == [
        "mlp",
        "mlp",
        "mlp",
        "42",
        "adam",
    ]


def test_missing_values_are_left_out_and_steps_are_no_accuracy() -> None:
    table = foreign_table(b"run,epoch,acc\na 1,0,0.5\na 1,1,nan\nb 1,0,0.25\n")
    assert choices(table).metrics == ("acc",)
    assert samples(table, "acc", "run") == {"a": (0.5,), "b": (0.25,)}
    assert np.isnan(table[2].accuracies()[1])
