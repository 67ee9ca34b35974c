"""Every line of a derivation gives the value of the last one, which is the core's; a wrong line is found."""

from dataclasses import replace

import numpy as np
import pytest

from mlp.activations import ACTIVATIONS
from mlp.exercises.explained.derivations import SLOPES, disagreeing, slope_derivation
from mlp.exercises.explained.loss_derivations import DELTAS, delta_derivation
from mlp.losses import LOSSES
from mlp.view.paper.mathml import KNOWN, TOKEN, mathml

POINTS = (-3.0, -0.7, 0.2, 1.0, 2.5)
Z, Y = np.array([0.3, -1.2, 0.8]), np.array([0.2, 0.5, 0.6])


@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_every_line_of_a_slope_gives_the_slope(hidden: str) -> None:
    derivation, g = slope_derivation(hidden), ACTIVATIONS[hidden]
    for z in POINTS:
        assert disagreeing(derivation, z) == []
        x = np.array([z])
        assert derivation.lines[-1].value(z) == pytest.approx(g.derivative(x, g.f(x))[0], rel=1e-12)


@pytest.mark.parametrize("name", LOSSES)
def test_every_line_of_a_delta_gives_the_delta(name: str) -> None:
    derivation = delta_derivation(name)
    for i in range(3):
        assert disagreeing(derivation, Z, Y, i) == []
        expected = LOSSES[name].delta(Z[np.newaxis], Y[np.newaxis])[0, i]
        assert derivation.lines[-1].value(Z, Y, i) == pytest.approx(expected, rel=1e-12)


def test_the_derivations_are_complete_and_miss_aloud() -> None:
    assert (set(SLOPES), set(DELTAS)) == (set(ACTIVATIONS), set(LOSSES))
    for missing in (slope_derivation, delta_derivation):
        with pytest.raises(ValueError, match="needs an entry for derivations"):
            missing("made up")


def test_a_wrong_line_is_found() -> None:
    first, *others = SLOPES["tanh"].lines
    wrong = replace(first, value=SLOPES["logistic"].lines[0].value)
    assert disagreeing(replace(SLOPES["tanh"], lines=(wrong, *others)), 0.4) == [first.latex]
    *others, last = DELTAS["cross_entropy"].lines
    wrong = replace(last, value=DELTAS["binary_cross_entropy"].lines[-1].value)
    assert disagreeing(replace(DELTAS["cross_entropy"], lines=(*others, wrong)), Z, Y, 0)


@pytest.mark.parametrize("derivation", [*SLOPES.values(), *DELTAS.values()])
def test_every_line_can_be_drawn_and_says_what_was_done(derivation) -> None:
    for latex in (derivation.start, *(line.latex for line in derivation.lines)):
        commands = {token for token in TOKEN.findall(latex) if token.startswith("\\") and token[1:].isalpha()}
        assert commands <= KNOWN
        assert mathml(latex).startswith("<math")
    assert all(line.words.endswith((".", "p.")) for line in derivation.lines)
