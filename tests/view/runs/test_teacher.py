"""Sentences of Experiments as a teacher of statistics would have them: one table of cases, word by word."""

import numpy as np
import pytest

from mlp.experiments.config import DataConfig, OurConfig
from mlp.experiments.evidence.verdict import Verdict, verdict
from mlp.experiments.runs.groups import SeedGroup
from mlp.view.outcome.verdict import room_words
from mlp.view.runs.groups import group_sentence
from tests.runs import made_up

NO_PROOF = "That is no proof that they are equally good: a difference of anything from"


def found(first: int, second: int, both: int = 300, images: int = 360, **about: object) -> Verdict:
    """Return the verdict where so many examples are right for both, the first alone and the second alone."""
    counts = (both, first, second, images - both - first - second)
    sides = ((True, True), (True, False), (False, True), (False, False))
    one, other = (np.repeat([pair[side] for pair in sides], counts) for side in (0, 1))
    return verdict(one, other, **about)


FORTY = np.arange(400) % 40 == 0  # the most frequent of 40 classes: 10 of 400 examples
VERDICTS = {
    "no disagreement": (
        found(0, 0),
        "None of 360 test images tells these two fitted networks apart: they are right on the same ones and wrong "
        "on the same ones.",
        f"{NO_PROOF} \u22120.011 to 0.011 fits these images too (95% interval).",
    ),
    "1 : 0": (
        found(1, 0),
        "Only one of 360 test images tells these two fitted networks apart: ours is right on it. One is too few "
        "to call either of them better.",
        f"{NO_PROOF} \u22120.008 to 0.016 fits these images too (95% interval).",
    ),
    "5 : 0": (
        found(5, 0),
        "Only 5 of 360 test images tell these two fitted networks apart, all 5 for ours: if neither were better, "
        "a split at least as uneven would come about by chance in 62 of 1,000 cases, too often to call one of "
        "them better.",
        "By the 95% interval ours is ahead by 0.003 to 0.032, by the test it may be chance: see why below.",
    ),
    "20 : 20": (
        found(20, 20),
        "40 of 360 test images tell these two fitted networks apart, 20 for ours and 20 for scikit-learn: as even "
        "as 40 can be. They are right equally often, though not on the same ones.",
        f"{NO_PROOF} \u22120.036 to 0.036 fits these images too (95% interval).",
    ),
    "20 : 4": (
        found(20, 4),
        "Of these two fitted networks ours is the better on images like these: 24 of 360 test images tell them "
        "apart, 20 for ours and 4 for scikit-learn, and if neither were better a split at least as uneven would "
        "come about by chance in 2 of 1,000 cases.",
        "Ours is ahead by 0.019 to 0.075 (95% interval).",
    ),
    "nothing learnt": (
        found(0, 0, both=36, right_common=np.arange(360) < 36),
        "Neither network can be shown to be better than always saying the most frequent class of the training "
        "part, which is right on 36 of 360 test images: nothing was learnt that these images show. None of 360 "
        "test images tells these two fitted networks apart: they are right on the same ones and wrong on the same "
        "ones.",
        f"{NO_PROOF} \u22120.011 to 0.011 fits these images too (95% interval).",
    ),
    "stopped": (
        found(1, 0, stopped=(True, False)),
        "Only one of 360 test images tells these two fitted networks apart: ours is right on it. One is too few "
        "to call either of them better. The training of ours was stopped before its end: this is about the "
        "network as it was then.",
        f"{NO_PROOF} \u22120.008 to 0.016 fits these images too (95% interval).",
    ),
    "40 classes": (
        found(30, 3, both=200, images=400, right_common=FORTY, noun="examples"),
        "Of these two fitted networks ours is the better on examples like these: 33 of 400 test examples tell "
        "them apart, 30 for ours and 3 for scikit-learn, and if neither were better a split at least as uneven "
        "would come about by chance in fewer than 1 of 1,000 cases.",
        "Ours is ahead by 0.042 to 0.098 (95% interval).",
    ),
}


@pytest.mark.parametrize("case", VERDICTS)
def test_a_verdict_reads_as_a_teacher_would_have_it(case: str) -> None:
    told, sentence, room = VERDICTS[case]
    assert told.sentence == sentence
    assert room_words(told) == room


def seeds(name: str, *accuracies: float, ended: str = "max_iter", data: DataConfig | None = None) -> SeedGroup:
    configs = [OurConfig(momentum=len(name) / 10, random_state=seed) for seed in range(len(accuracies))]
    pairs = zip(accuracies, configs, strict=True)
    return SeedGroup(tuple(made_up(name, (0.1, last), config=c, ended=ended, data=data) for last, c in pairs))


FEW = " With fewer than 5 seeds a side this rests on accuracies being spread as a bell curve is: take more."
BASE = (0.90, 0.91, 0.92, 0.90, 0.91)
GROUPS = {
    "one seed": (
        seeds("new", 0.95),
        "Two seeds of each that did not overflow are the least that can be compared: keep more seeds.",
    ),
    "two seeds": (
        seeds("new", 0.93, 0.97),
        "new can't be told from base over 2 and 5 seeds (+0.042, 95% interval \u22120.179 to 0.263), which does "
        "not say that they are alike: if neither were better, a gap as wide would come about by chance in 274 of "
        f"1,000 cases.{FEW}",
    ),
    "five seeds": (
        seeds("new", 0.95, 0.96, 0.95, 0.96, 0.97),
        "new is the better recipe over 5 and 5 seeds (+0.050, 95% interval 0.038 to 0.062): if neither were "
        "better, a gap as wide would come about by chance in fewer than 1 of 1,000 cases.",
    ),
    "nothing learnt": (
        seeds("new", 0.1, 0.1, 0.1, 0.1, 0.1),
        "new is the worse recipe over 5 and 5 seeds (\u22120.808, 95% interval \u22120.818 to \u22120.798): if "
        "neither were better, a gap as wide would come about by chance in fewer than 1 of 1,000 cases.",
    ),
    "stopped": (
        seeds("new", 0.90, 0.91, 0.92, 0.90, 0.91, ended="stopped"),
        "new can't be told from base over 5 and 5 seeds (0.000, 95% interval \u22120.012 to 0.012), which does "
        "not say that they are alike: if neither were better, a gap as wide would come about by chance in every "
        "case. 5 of these trainings were stopped before the end.",
    ),
    "other test sets": (
        seeds("new", *BASE, data=DataConfig(random_state=7)),
        "Their accuracies are not of the same examples, so that no number of seeds can compare these recipes.",
    ),
}


@pytest.mark.parametrize("case", GROUPS)
def test_recipes_over_seeds_read_as_a_teacher_would_have_it(case: str) -> None:
    group, sentence = GROUPS[case]
    assert group_sentence(group, seeds("base", *BASE)) == sentence
