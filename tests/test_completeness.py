"""A new activation and a new loss work wherever they have an entry, and are missed with a sentence wherever not.

Both are made up, so that nothing can tell them with the words of another: the activation z + (sqrt(z^2 + 1) - 1) / 2,
and outputs 2 z with a quarter of the fourth powers of the errors as their loss.
"""

import contextlib
import io
from collections.abc import Callable
from importlib import import_module

import numpy as np
import pytest

from mlp import MLP, Network, TrainConfig, check_gradients, init_network, kernels, train
from mlp.activations import ACTIVATIONS, Activation
from mlp.estimator.parameters import PARAMETERS, one_of
from mlp.exercises import Exercise, Handout, Solution, decode, encode, shares, sheet, solution_steps, solve
from mlp.exercises.explained import activations, derivations, loss_derivations, losses, outputs
from mlp.exercises.explained.activations import ActivationTold
from mlp.exercises.explained.derivations import Derivation, Line
from mlp.exercises.explained.losses import LossTold
from mlp.exercises.explained.origins import origins
from mlp.exercises.explained.outputs import OutputTold
from mlp.exercises.explained.parts import part_sums
from mlp.exercises.export import (
    numpy_script,
    pytorch_script,
    quantities_csv,
    scikit_learn_obstacle,
    scikit_learn_peers,
    scikit_learn_script,
)
from mlp.experiments.config import OurConfig, PeerConfig
from mlp.experiments.outcome import insight
from mlp.losses import LOSSES, Loss
from mlp.outputs import OUTPUTS, Output
from mlp.view.diagram.data import diagram_columns
from mlp.view.diagram.quantities import Choice
from mlp.view.diagram.words import diagram_alt
from mlp.view.exercise.sums import sum_latex
from mlp.view.outcome import layer_words
from mlp.view.paper import blank_markdown, blank_page, the_network, worked_markdown, worked_page
from tests.app import open_page
from tests.exercises.explained.evaluated import check_steps, evaluated
from tests.sheet import component_data

numpy_tables, pytorch_tables = (import_module(f"mlp.exercises.export.{name}_script") for name in ("numpy", "pytorch"))


def bent(z):
    return z + (np.sqrt(z**2 + 1.0) - 1.0) / 2.0


def bent_derivative(z, h):
    return 1.0 + z / (2.0 * np.sqrt(z**2 + 1.0))


def doubled(z):
    return 2.0 * z


def doubled_back(y, gradient):
    return 2.0 * gradient


def quartic_of(y, Y):
    return 0.25 * ((y - Y) ** 4).sum(axis=1)


def quartic(z, Y):
    return quartic_of(2.0 * z, Y)


def cubes(y, Y):
    return (y - Y) ** 3


def quartic_output_delta(y, Y):
    return 2.0 * (y - Y) ** 3


def quartic_delta(z, Y):
    return 2.0 * (2.0 * z - Y) ** 3


def bent_value(z):
    return (float(bent(z)),)


def bent_slope(z, h):
    return (float(bent_derivative(z, h)),)


def doubled_vector(z, l):
    return r"2\,\mathbf{z}", (2.0, "·", z)


def doubled_unit(z, l, i):
    return "2 z", (2.0, "·", float(z[i]))


def quartic_value(z, output, target):
    terms = [t for y, t_k in zip(output, target, strict=True) for t in ("+ (", float(y - t_k), "²)²")]
    return r"\frac14 \sum_k (\hat y_k - y_k)^4", ("1/4 · (", *terms, ")")


def quartic_vector_delta(output, target):
    return r"2\,(\hat{\mathbf{y}} - \mathbf{y})^3", (2.0, "·", (output - target) ** 3)


def quartic_unit_gradient(output, target, i):
    return r"(\hat y - y)^3", (float((output[i] - target[i]) ** 3),)


def quartic_unit_delta(output, target, i):
    return r"2 (\hat y - y)^3", (2.0, "·", float((output[i] - target[i]) ** 3))


def bent_line(z):
    return float(bent_derivative(z, None))


def quartic_line(z, y, i):
    return float(quartic_delta(z, y)[i])


BENT = Activation(
    name="bent",
    f=bent,
    derivative=bent_derivative,
    latex=r"\operatorname{bent}",
    symbol="bent",
    words="bent",
    derivative_latex=r"\operatorname{{bent}}'(\mathbf{{z}}^{{[{l}]}})",
    bounds=None,
    kinks=(),
    scikit_learn=False,
)
DOUBLED = Output(name="doubled", f=doubled, back=doubled_back, latex=r"\operatorname{twice}", symbol="twice")
QUARTIC = Loss(
    name="quartic",
    outputs="doubled",
    value=quartic,
    delta=quartic_delta,
    output_value=quartic_of,
    output_delta=quartic_output_delta,
    output_gradient=cubes,
    capped=quartic,
    output_latex=r"\hat{\mathbf{y}}",
    entry_latex=r"\hat y",
    letter="ŷ",
    distribution=False,
    probabilities=False,
    words="a quarter of the fourth powers of the errors",
)


@pytest.fixture
def recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the newcomers into the core's own tables, and nowhere else."""
    monkeypatch.setitem(ACTIVATIONS, "bent", BENT)
    monkeypatch.setitem(OUTPUTS, "doubled", DOUBLED)
    monkeypatch.setitem(LOSSES, "quartic", QUARTIC)
    # The estimator's list is made of the two when it is imported
    monkeypatch.setitem(PARAMETERS, "activation", one_of(tuple(ACTIVATIONS)))
    monkeypatch.setitem(PARAMETERS, "loss", one_of(tuple(LOSSES)))


@pytest.fixture
def entered(recorded: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the newcomers an entry in every table but that of compiled code, which can't be changed while it runs."""
    no_model = scikit_learn_peers.Peer(model="", obstacle=scikit_learn_peers.linear_only)
    told = LossTold(quartic_value, quartic_vector_delta, quartic_unit_gradient, quartic_unit_delta)
    for table, name, entry in (
        (activations.TOLD, "bent", ActivationTold(bent_value, r"\operatorname{{bent}}'({z})", bent_slope)),
        (outputs.TOLD, "doubled", OutputTold(doubled_vector, doubled_unit)),
        (losses.TOLD, "quartic", told),
        (derivations.SLOPES, "bent", Derivation("h = z", (Line(r"1 + \frac{z}{2}", bent_line, "Made up."),))),
        (
            loss_derivations.DELTAS,
            "quartic",
            Derivation("L = 0", (Line(r"2 (\hat y_i - y_i)^3", quartic_line, "Made up."),)),
        ),
        (numpy_tables.ACTIVATION, "bent", "{z} + (np.sqrt({z}**2 + 1.0) - 1.0) / 2.0"),
        (numpy_tables.SLOPE, "bent", " * (1.0 + {z} / (2.0 * np.sqrt({z}**2 + 1.0)))"),
        (numpy_tables.OUTPUT, "doubled", "output = 2.0 * {z}\n"),
        (numpy_tables.LOSS, "quartic", "0.25 * ((output - Y) ** 4).sum()"),
        (numpy_tables.DELTA, "quartic", "2.0 * (output - Y) ** 3"),
        (pytorch_tables.ACTIVATION, "bent", "{z} + (torch.sqrt({z}**2 + 1.0) - 1.0) / 2.0"),
        (pytorch_tables.LOSS, "quartic", "0.25 * ((2.0 * {z} - Y) ** 4).sum()"),
        (scikit_learn_peers.PEERS, "quartic", no_model),
        (sheet.QUESTION_OF, "quartic", "q1"),
        (insight.RULES, "bent", insight.Rule(insight.never, 1.0)),
        (layer_words.UNIT_RULES, "bent", "Bent units never saturate."),
    ):
        monkeypatch.setitem(table, name, entry)


def exercise_of(hidden: str, loss: str, reduction: str = "sum") -> Exercise:
    network = init_network((3, 4, 2), hidden=hidden, loss=loss, rng=np.random.default_rng(3))
    X, Y = np.random.default_rng(4).normal(size=(3, 3)), np.random.default_rng(5).uniform(size=(3, 2))
    return Exercise(network, X, Y, 0.1, (0, 1, 2), reduction)


def newcomers() -> Solution:
    return solve(exercise_of("bent", "quartic", "mean"))


def test_both_passes_the_check_and_training_need_no_more_than_the_records(recorded: None) -> None:
    exercise = exercise_of("bent", "quartic")
    assert all(check.passed for check in check_gradients(exercise.network, exercise.X, exercise.Y))
    config = TrainConfig(max_iter=3, learning_rate_init=1e-4, batch_size=1)
    *_, last = train(exercise.network, exercise.X, np.array([0, 1, 0]), config, engine="numpy")
    assert last.train_loss < 10.0
    X, y = np.random.default_rng(0).normal(size=(30, 3)), np.arange(30) % 3
    model = MLP(
        (4,),
        "bent",
        loss="quartic",
        max_iter=2,
        learning_rate_init=1e-4,
        n_iter_no_change=np.inf,
        engine="numpy",
        random_state=0,
    )
    with pytest.warns(UserWarning, match="max_iter"):
        assert model.fit(X, y).predict(X).shape == (30,)
    assert not hasattr(model, "predict_proba")


def test_the_steps_and_the_sums_come_to_their_values(entered: None) -> None:
    solution = newcomers()
    check_steps(solution)
    for part in ("unit 0 1", "unit 1 2", "unit 2 1", "edge 1 1 2", "bias 2 1"):
        for number in part_sums(solution, part, 1):
            assert number.terms == () or evaluated(number.terms) == pytest.approx(number.value, rel=1e-12)
            assert sum_latex(number, 5).startswith(r"\begin{aligned}")
    assert shares(solution)[0].name == "L"


def test_paper_diagram_and_words_tell_the_newcomers(entered: None) -> None:
    solution = newcomers()
    for write in (worked_markdown, worked_page, blank_markdown, blank_page):
        text = write(solution)
        assert "bent hidden units" in text
        assert "a quarter of the fourth powers" in text
        assert "half the sum" not in text
    assert the_network(solution.exercise).endswith(
        "doubled outputs, and a quarter of the fourth powers of the errors as its loss."
    )
    assert r"\operatorname{bent}" in worked_markdown(solution)
    choice = Choice(show="activations")
    columns = diagram_columns(solution, choice)
    shown = dict(zip(columns["part"], columns["value"], strict=True))
    assert float(shown["unit 2 1"]) == solution.forward_pass.output[0, 0]
    assert "ŷ" in diagram_alt(solution, choice, columns)


def test_the_scripts_agree_or_say_why_there_is_none(entered: None) -> None:
    solution = newcomers()
    with contextlib.redirect_stdout(io.StringIO()) as output:
        exec(numpy_script(solution), {"__name__": "script"})
    assert output.getvalue().count("agrees") == 9
    assert "0.25 * ((2.0 * z2 - Y) ** 4).sum()" in pytorch_script(solution)
    assert scikit_learn_obstacle(solution).startswith("scikit-learn has no bent units; it has tanh, logistic")
    assert "MLPClassifier(" not in scikit_learn_script(solution)
    assert f"output,2,1,1,,{float(solution.forward_pass.output[0, 0])!r}" in quantities_csv(solution)


def test_the_derivations_of_the_newcomers_are_evaluated(entered: None) -> None:
    solution = newcomers()
    (delta,), (_, slope) = origins(solution, "dz2"), origins(solution, "dz1")
    assert delta.lines[0].values == pytest.approx(tuple(3.0 * solution.gradients.z[2][0]), rel=1e-12)
    z = solution.forward_pass.z[1][0]
    assert slope.lines[0].values == pytest.approx(tuple(bent_derivative(z, None)), rel=1e-12)


def test_links_carry_the_newcomers(entered: None) -> None:
    exercise = exercise_of("bent", "quartic")
    assert decode(encode(Handout(exercise))).exercise.key == exercise.key


def test_what_only_our_models_have_is_not_offered_for_scikit_learn(recorded: None) -> None:
    assert OurConfig(activation="bent", loss="quartic").activation == "bent"
    with pytest.raises(ValueError, match="activation needs one of tanh, logistic, relu, identity"):
        PeerConfig(activation="bent")


def test_the_page_shows_the_newcomers_right(entered: None) -> None:
    exercise = exercise_of("bent", "quartic")
    app = open_page("q1", s=encode(Handout(exercise)))
    assert [error.value for error in (*app.exception, *app.error)] == []
    assert "bent hidden units and doubled outputs" in " ".join(each.value for each in app.markdown)
    assert component_data(app, "line")["checked"] == "4 of 4"


def told(solution: Solution) -> None:
    solution_steps(solution)


def unit_told(solution: Solution) -> None:
    part_sums(solution, "unit 2 1")


def hidden_told(solution: Solution) -> None:
    part_sums(solution, "unit 1 1")


def derived(solution: Solution) -> None:
    for name in ("dz2", "dz1"):
        origins(solution, name)


def compiled(solution: Solution) -> None:
    config = TrainConfig(max_iter=1, batch_size=1)
    list(train(solution.exercise.network, solution.X, np.array([0, 1, 0]), config, engine="numba"))


def saturated(solution: Solution) -> None:
    insight.insight(solution.exercise.network, solution.X, np.array([0, 1, 0]))


def ruled(solution: Solution) -> None:
    layer_words.rule_words(solution.exercise.network.hidden, 10)


def asked(solution: Solution) -> None:
    sheet.question_of(solution.exercise)


CONSUMERS: dict[str, tuple[Callable[[Solution], object], ...]] = {
    "bent": (hidden_told, derived, numpy_script, pytorch_script, compiled, saturated, ruled),
    "quartic": (told, unit_told, derived, worked_page, worked_markdown, numpy_script, pytorch_script, compiled, asked,
                scikit_learn_obstacle),
}  # fmt: skip


@pytest.mark.parametrize(("name", "consumer"), [(name, each) for name, found in CONSUMERS.items() for each in found])
def test_a_missing_entry_stops_loudly(recorded: None, name: str, consumer: Callable[[Solution], object]) -> None:
    hidden, loss = ("bent", "squared_error") if name == "bent" else ("tanh", "quartic")
    with pytest.raises(ValueError, match=r"needs an entry for .* \(mlp\."):
        consumer(solve(exercise_of(hidden, loss)))


def test_compiled_code_knows_a_number_for_every_name() -> None:
    assert (set(kernels.HIDDEN), set(kernels.LOSS)) == (set(ACTIVATIONS), set(LOSSES))
    assert Network(exercise_of("tanh", "cross_entropy").network.layers).loss in kernels.LOSS
