"""A script that repeats a kept run, or two, from the data to the verdict, and asserts the numbers that were kept."""

from collections.abc import Sequence

from mlp.datasets import Split, noun_of
from mlp.experiments.evidence.verdict import verdict
from mlp.experiments.export.source import arguments, check_line, imports
from mlp.experiments.export.training_source import TEST_LOSSES, TRAININGS, why_no_training
from mlp.experiments.outcome.judgement import most_frequent
from mlp.experiments.runs.comparing import answers_of, data_of, why_not
from mlp.experiments.runs.stored_run import STOPPED, StoredRun

HEAD = '''\
"""Repeats what was kept, from the data to the verdict, and asserts its numbers.

It needs the library of Backprop by Hand: `pip install .` in the project's folder.
"""

{imports}


def check(name, found, kept):
    print(f"{{name}}: {{found:.6g}}")
    assert np.isclose(found, kept, rtol=1e-6, atol=0.0), f"{{name}} is {{found!r}}, and {{kept!r}} was kept"


{source}
'''
SHUT = "\n# The test set stays shut: a validation share was held out to choose by\n"


def run_script(runs: Sequence[StoredRun], split: Split, source: str) -> str:
    """Return a Python script.

    Parameters
    ----------
    runs : sequence of StoredRun
        One, whose verdict is against always the most frequent class; or two on the same test set, against each other.
    split : Split
        The one they were trained and tested on, whatever its scaling.
    source : str
        The lines of Python that make `dataset`.

    Raises
    ------
    ValueError
        In a sentence, if they can't be repeated, or not be compared.
    """
    if problem := why_no_script(runs):
        raise ValueError(problem)
    body = "".join(part(number, run, split) for number, run in enumerate(runs, 1))
    body += SHUT if data_of(runs[0]).validation_size else verdict_part(runs, split)
    return HEAD.format(imports=imports(source + body), source=source) + body


def why_no_script(runs: Sequence[StoredRun]) -> str:
    """Return in a sentence why there can be no script; blank if there can."""
    problems = (why_no_training(run) for run in runs)
    return next(filter(None, problems), why_not(*runs) if len(runs) == 2 else "")


def part(number: int, run: StoredRun, split: Split) -> str:
    """Return the lines that train one run again and check its numbers."""
    data = f"data = split(dataset, {arguments(run.data, 'dataset')})"
    lines = [f"\n# Run {number}", f"print({run.name!a})", data, TRAININGS[run.model](run, split)]
    lines.append(check_line("epochs", "epoch", run.final.epoch))
    return "\n".join([*lines, *(shut_checks(run) if run.data["validation_size"] else test_checks(run, number))]) + "\n"


def shut_checks(run: StoredRun) -> list[str]:
    """Return the lines that check a run by its validation set."""
    found = "np.mean(answer(data.X_validation) == data.y_validation)"
    return [check_line("validation accuracy", found, run.final.val_accuracy)]


def test_checks(run: StoredRun, number: int) -> list[str]:
    """Return the lines that check a run by its test set; what early stopping keeps has no loss of its own there."""
    said = f"said_{number}"
    lines = [f"{said} = answer(data.X_test)"]
    lines.append(check_line("test accuracy", f"np.mean({said} == data.y_test)", run.final.test_accuracy))
    loss = check_line("test loss", TEST_LOSSES[run.model], run.final.test_loss)
    return lines if run.settings["early_stopping"] else [*lines, loss]


def verdict_part(runs: Sequence[StoredRun], split: Split) -> str:
    """Return the lines that compare two runs, or one with always the most frequent class, and check what comes out."""
    sides = [answers_of(run, split).said == split.y_test for run in runs]
    common = split.y_test == most_frequent(split.y_train)
    against = [*sides, common][:2]
    names = runs[0].name, runs[1].name if len(runs) == 2 else "always the most frequent class"
    stopped = (runs[0].ended == STOPPED, len(runs) == 2 and runs[1].ended == STOPPED)
    noun = noun_of(str(runs[0].data["dataset"]))
    found = verdict(*against, right_common=common, names=names, noun=noun, stopped=stopped)
    right = [f"said_{number} == data.y_test" for number in range(1, len(runs) + 1)] + ["common"]
    return "\n".join((
        "\n# The verdict",
        "common = data.y_test == np.bincount(data.y_train).argmax()",
        f"about = {{'names': {names!a}, 'noun': {noun!r}, 'stopped': {stopped}}}",
        f"found = verdict({right[0]}, {right[1]}, right_common=common, **about)",
        "print(found.sentence)",
        f"assert tuple(found.pairs) == {tuple(found.pairs)}, found.pairs",
        check_line("p", "found.p_value", found.p_value),
        check_line("interval, low", "found.difference.low", found.difference.low),
        check_line("interval, high", "found.difference.high", found.difference.high),
    )) + "\n"  # fmt: skip
