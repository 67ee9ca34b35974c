r"""Where the rules of the backward pass come from: the chain rule entry by entry, an entry for each kind of step.

As in `derivations`, every line can be evaluated, here at a `Place` of a solution, and all lines give the same value.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.exercises.explained.derivations import Derivation, Line, slope_derivation
from mlp.exercises.explained.symbols import at, d_at, d_by, entry
from mlp.exercises.solve import Solution
from mlp.exercises.zero import UNIT, settled


@dataclass(frozen=True, eq=False)
class Place:
    """An entry of a layer, counted from 0: unit i of layer l, and what it gets from k below.

    Of what every example has on its own (z and h) it is the first example's.
    """

    solution: Solution
    l: int
    i: int
    k: int = 0

    @property
    def below(self) -> Array:
        """What goes into the layer, (n, n_below)."""
        return self.solution.forward_pass.h[self.l - 1]

    @property
    def delta(self) -> Array:
        """dL/dz of the layer, (n, n_l)."""
        return self.solution.gradients.z[self.l]


def added(products: Array) -> float:
    """Return the sum of some products, with what is but their rounding as the zero that it is on paper."""
    return on_paper(float(products.sum()), float(np.abs(products).sum()))


def on_paper(value: float, size: float) -> float:
    """Return a sum of parts of that size together, 0 where it is but their rounding."""
    return float(settled(np.array(value), np.array(8 * UNIT * size)))


def slope_measured(right: Array, left: Array) -> Array:
    """Return the slope between one to the right and one to the left: z is linear, so any step gives it."""
    return (right - left) / 2.0


def weight_measured(place: Place) -> float:
    """Return the sum over the examples of dL/dz_i times the slope of z_i by w_ik, which knows no formula of it."""
    layer, i = place.solution.exercise.network.layers[place.l - 1], place.i
    one = np.eye(layer.W.shape[1])[place.k]
    right, left = (place.below @ (layer.W[i] + move) + layer.b[i] for move in (one, -one))
    return added(place.delta[:, i] * slope_measured(right, left))


def weight_added(place: Place) -> float:
    """Return the sum over the examples of dL/dz_i times h_k."""
    return added(place.delta[:, place.i] * place.below[:, place.k])


def weight_entry(place: Place) -> float:
    """Return entry i, k of the product of all deltas and all inputs."""
    product, size = place.delta.T @ place.below, np.abs(place.delta).T @ np.abs(place.below)
    return on_paper(product[place.i, place.k], size[place.i, place.k])


def bias_measured(place: Place) -> float:
    """Return the sum over the examples of dL/dz_i times the slope of z_i by b_i."""
    layer, i = place.solution.exercise.network.layers[place.l - 1], place.i
    right, left = (place.below @ layer.W[i] + (layer.b[i] + move) for move in (1.0, -1.0))
    return added(place.delta[:, i] * slope_measured(right, left))


def bias_added(place: Place) -> float:
    """Return the sum over the examples of dL/dz_i."""
    return added(place.delta[:, place.i])


def output_measured(place: Place) -> float:
    """Return the sum over the units above of their dL/dz times the slope of their z by h_i."""
    above, h = place.solution.exercise.network.layers[place.l], place.solution.forward_pass.h[place.l][0]
    one = np.eye(len(h))[place.i]
    right, left = (above.W @ (h + move) + above.b for move in (one, -one))
    return added(place.solution.gradients.z[place.l + 1][0] * slope_measured(right, left))


def output_added(place: Place) -> float:
    """Return the sum over the units above of their dL/dz times the weight from h_i."""
    weights = place.solution.exercise.network.layers[place.l].W[:, place.i]
    return added(place.solution.gradients.z[place.l + 1][0] * weights)


def output_entry(place: Place) -> float:
    """Return entry i of the transposed weights above times their deltas."""
    W, delta = place.solution.exercise.network.layers[place.l].W, place.solution.gradients.z[place.l + 1][0]
    return on_paper((W.T @ delta)[place.i], (np.abs(W).T @ np.abs(delta))[place.i])


def sum_by_slope(place: Place) -> float:
    """Return dL/dh_i times the slope of the activation as its derivation begins."""
    first = slope_derivation(place.solution.exercise.network.hidden).lines[0]
    return dh_of(place) * first.value(float(place.solution.forward_pass.z[place.l][0, place.i]))


def sum_entry(place: Place) -> float:
    """Return entry i of dL/dh times g'(z), unit by unit."""
    passed, l = place.solution.forward_pass, place.l
    slopes = ACTIVATIONS[place.solution.exercise.network.hidden].derivative(passed.z[l], passed.h[l])
    return float((place.solution.gradients.h[l] * slopes)[0, place.i])


def dh_of(place: Place) -> float:
    """Return dL/dh_i."""
    return float(place.solution.gradients.h[place.l][0, place.i])


def sum_of_unit(l: int, unit: str, running: str) -> str:
    """Return z of a unit = the sum of its weights times h of the layer below, and its bias."""
    terms = rf"{entry('w', l, unit, running)}\,{entry('h', l - 1, running)}"
    return rf"{entry('z', l, unit)} = \sum_{running} {terms} + {entry('b', l, unit)}"


def delta_added(l: int, n: int) -> tuple[str, str]:
    """Return the sum over the examples, and dL/dz_i of one; of a single example without either mark."""
    if n == 1:
        return "", d_by(entry("z", l, "i"))
    return r"\sum_j ", d_by(entry("z", l, "i", example="j"))


def slope_latex(above: str, below: str) -> str:
    """Return the derivative of one symbol by another."""
    return rf"\frac{{\partial {above}}}{{\partial {below}}}"


def weight_rule(solution: Solution, l: int) -> Derivation:
    """Return where dL/dW comes from."""
    n = len(solution.X)
    sigma, delta = delta_added(l, n)
    example = "j" if n > 1 else ""
    z, h = entry("z", l, "i", example=example), entry("h", l - 1, "k", example=example)
    examples = ", in every example" if n > 1 else ""
    return Derivation(
        sum_of_unit(l, "i", "m"),
        (
            Line(
                rf"{sigma}{delta}\,{slope_latex(z, entry('w', l, 'i', 'k'))}",
                weight_measured,
                f"The chain rule: in this layer the weight moves the sum of its own unit i alone{examples}.",
            ),
            Line(rf"{sigma}{delta}\,{h}", weight_added, "In that sum the weight stands before h of unit k: its slope."),
            Line(
                rf"\left({d_at('z', l)}\,{at('h', l - 1, transposed=True)}\right)_{{i,k}}",
                weight_entry,
                "Row i and column k of a product: the rule has all weights at once.",
            ),
        ),
    )


def bias_rule(solution: Solution, l: int) -> Derivation:
    """Return where dL/db comes from."""
    n = len(solution.X)
    sigma, delta = delta_added(l, n)
    z = entry("z", l, "i", example="j" if n > 1 else "")
    return Derivation(
        sum_of_unit(l, "i", "m"),
        (
            Line(
                rf"{sigma}{delta}\,{slope_latex(z, entry('b', l, 'i'))}",
                bias_measured,
                "The chain rule: the bias moves the sum of its own unit alone.",
            ),
            Line(f"{sigma}{delta}", bias_added, "The bias is added as it is: its slope is 1."),
        ),
    )


def output_rule(solution: Solution, l: int) -> Derivation:
    """Return where dL/dh comes from."""
    delta, w, h = d_by(entry("z", l + 1, "m")), entry("w", l + 1, "m", "i"), entry("h", l, "i")
    return Derivation(
        sum_of_unit(l + 1, "m", "k"),
        (
            Line(
                rf"\sum_m {delta}\,{slope_latex(entry('z', l + 1, 'm'), h)}",
                output_measured,
                "The chain rule: every unit m above takes h in, so what comes back is added over all of them.",
            ),
            Line(rf"\sum_m {delta}\,{w}", output_added, "In the sum of unit m, h stands behind its weight: its slope."),
            Line(
                rf"\left({at('W', l + 1, transposed=True)}\,{d_at('z', l + 1)}\right)_{{i}}",
                output_entry,
                "Down column i of W, which is row i of W transposed.",
            ),
        ),
    )


def sum_rule(solution: Solution, l: int) -> Derivation:
    """Return where dL/dz of a hidden layer comes from; the slope of its activation is `slope_derivation`'s."""
    g = ACTIVATIONS[solution.exercise.network.hidden]
    z, h = entry("z", l, "i"), entry("h", l, "i")
    return Derivation(
        rf"{h} = {g.latex}\left({z}\right)",
        (
            Line(rf"{d_by(h)}\,{slope_latex(h, z)}", sum_by_slope, "The chain rule: z moves h of its own unit alone."),
            Line(
                rf"\left({d_at('h', l)} \odot {g.derivative_latex.format(l=l)}\right)_{{i}}",
                sum_entry,
                "Unit by unit: the rule has all of them at once.",
            ),
        ),
    )


CHAIN_RULES: dict[str, Callable[[Solution, int], Derivation]] = {
    "dW": weight_rule,
    "db": bias_rule,
    "dh": output_rule,
    "dz": sum_rule,
}
