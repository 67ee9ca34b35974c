"""Mistakes of the error at the outputs, dL/dz of the last layer."""

from collections.abc import Iterator

from mlp.activations import ACTIVATIONS
from mlp.arrays import Array
from mlp.outputs import OUTPUTS
from mlp.practice.chain import Chain, Place
from mlp.practice.recipes.loss import (
    factors_of_other_conventions,
    has_mean_of_its_own,
    is_halved,
    is_mean_of_outputs,
    is_squared,
)
from mlp.practice.recipes.recipe import Recipe


def is_last(chain: Chain, place: Place) -> bool:
    """Return whether the place is in the last layer."""
    return place.index == chain.depth


def negative_error(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield y - y-hat in place of y-hat - y, in the last layer."""
    if is_last(chain, place):
        yield -chain.rule(f"dz{chain.depth}")


def plain_error(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield y-hat - y where the outputs' own derivative belongs to it."""
    if is_last(chain, place):
        yield chain.scale * (chain.h(chain.depth) - chain.Y)


def error_doubled(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the factor 2 of a squared error without its 1/2, in the last layer."""
    if is_last(chain, place) and is_halved(chain):
        yield 2.0 * chain.rule(f"dz{chain.depth}")


def error_halved(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield half of the error, in the last layer."""
    if is_last(chain, place) and is_halved(chain):
        yield 0.5 * chain.rule(f"dz{chain.depth}")


def error_over_outputs(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the error divided by the number of outputs, in the last layer, unless the loss is their mean."""
    if is_last(chain, place) and not is_mean_of_outputs(chain):
        yield chain.rule(f"dz{chain.depth}") / len(chain.Y)


def error_of_mean_squares(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the error times 2 and divided by the number of outputs, in the last layer."""
    if is_last(chain, place) and has_mean_of_its_own(chain):
        yield chain.rule(f"dz{chain.depth}") * 2.0 / len(chain.Y)


def error_of_another_convention(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the error with the factor of another squared error, in the last layer."""
    if is_last(chain, place):
        for factor in factors_of_other_conventions(chain):
            yield factor * chain.rule(f"dz{chain.depth}")


def output_gradient(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield dL/dy-hat or dL/dp, which is one factor of dL/dz, in the last layer."""
    if is_last(chain, place):
        yield chain.scale * chain.loss.output_gradient(chain.h(chain.depth).T, chain.Y.T).T


def softmax_diagonal(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield dL/dp p (1 - p): softmax's derivatives of each output by its own z alone."""
    if is_last(chain, place) and chain.loss.distribution:
        yield -chain.scale * chain.Y * (1.0 - chain.h(chain.depth))


def hidden_slope_at_outputs(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the error times the hidden units' g', in the last layer."""
    if is_last(chain, place):
        z, activation = chain[f"z{chain.depth}"], ACTIVATIONS[chain.network.hidden]
        yield chain.rule(f"dz{chain.depth}") * activation.derivative(z, activation.f(z))


def outputs_alone(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the outputs without the targets taken off, in the last layer."""
    if is_last(chain, place):
        yield chain.scale * chain.h(chain.depth)


def error_against_inputs(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the error against x in place of y, where there are as many of them, in the last layer."""
    if is_last(chain, place) and len(chain.X) == len(chain.Y):
        yield chain.scale * chain.loss.output_delta(chain.h(chain.depth).T, chain.X.T).T


def other_examples_targets(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the error with the targets of two examples swapped, in the last layer."""
    if is_last(chain, place) and chain.X.shape[1] > 1:
        yield chain.scale * chain.loss.output_delta(chain.h(chain.depth).T, chain.Y.T[::-1]).T


def mean_in_error(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the error of a summed batch divided by n, in the last layer."""
    n = chain.X.shape[1]
    if is_last(chain, place) and n > 1 and chain.exercise.reduction == "sum":
        yield chain.rule(f"dz{chain.depth}") / n


def sum_in_error(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the error of an averaged batch without its 1/n, in the last layer."""
    n = chain.X.shape[1]
    if is_last(chain, place) and n > 1 and chain.exercise.reduction == "mean":
        yield chain.rule(f"dz{chain.depth}") * n


def slope_once_more(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield p - y times the outputs' own derivative, p (1 - p) or all of softmax's, where a cross-entropy has it."""
    if is_last(chain, place) and not is_squared(chain):
        p, delta = chain.h(chain.depth), chain.rule(f"dz{chain.depth}")
        yield delta * p * (1.0 - p)
        if chain.loss.distribution:
            yield OUTPUTS[chain.loss.outputs].back(p.T, delta.T).T


def output_slope_twice(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield the error with the outputs' derivative multiplied in twice, where a squared error has it once."""
    if is_last(chain, place) and is_squared(chain) and chain.loss.transforms:
        yield OUTPUTS[chain.loss.outputs].back(chain.h(chain.depth).T, chain.rule(f"dz{chain.depth}").T).T


def z_for_outputs(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield z - y, where the outputs are more than z."""
    if is_last(chain, place) and chain.loss.transforms:
        yield chain.scale * (chain[f"z{chain.depth}"] - chain.Y)


def ones_for_targets(chain: Chain, place: Place) -> Iterator[Array]:
    """Yield output - 1 and 1 - output in every row, as if every target were 1."""
    if is_last(chain, place) and len(chain.Y) > 1:
        error = chain.scale * (chain.h(chain.depth) - 1.0)
        yield from (error, -error)


ERROR_RECIPES = (
    Recipe("sign of the error", ("dz",), negative_error,
           "The error has the other sign: it is output minus target, not target minus output."),
    Recipe("slope of the outputs left out", ("dz",), plain_error,
           "The derivative of the output activation was left out: multiply the error by it."),
    Recipe("factor 2 in the error", ("dz",), error_doubled,
           "There is a factor 2 too many: with ½ in the loss it goes away in the derivative."),
    Recipe("factor ½ in the error", ("dz",), error_halved,
           "There is a factor ½ too many: the square's derivative brings a 2, which takes the ½ away."),
    Recipe("error averaged over outputs", ("dz",), error_over_outputs,
           "The error was divided by the number of outputs: this loss is a sum over them."),
    Recipe("error of the mean of the squares", ("dz",), error_of_mean_squares,
           "The derivative of the mean of the squares was taken: this loss is half their sum, whose derivative has no "
           "factor 2/n.", late=True),
    Recipe("error of another squared error", ("dz",), error_of_another_convention,
           "The factor 2 of the square's derivative, or the one before the squares, is another: look up whether this "
           "loss is their sum, half of it, or their mean.", late=True),
    Recipe("dL/dp in place of dL/dz", ("dz",), output_gradient,
           "This is the derivative by the output: go on through the output activation to z."),
    Recipe("softmax's diagonal only", ("dz",), softmax_diagonal,
           "Only p(1 − p) was used of softmax's derivatives: every output depends on every z, and together that gives "
           "p − y."),
    Recipe("hidden slope at the outputs", ("dz",), hidden_slope_at_outputs,
           "The error was multiplied by the hidden units' g′: the outputs have an activation of their own."),
    Recipe("targets left out", ("dz",), outputs_alone, "The targets were not taken off: the error is output minus y."),
    Recipe("x and y swapped", ("dz",), error_against_inputs,
           "The inputs x were taken for the targets: take off y."),
    Recipe("targets of two examples swapped", ("dz",), other_examples_targets,
           "The targets of the examples are swapped: each output has its own example's y."),
    Recipe("mean in the error", ("dz",), mean_in_error,
           "The error was divided by the number of examples: here the batch's loss is a sum."),
    Recipe("sum in the error", ("dz",), sum_in_error,
           "The factor 1/n is missing: here the batch's loss is a mean."),
    Recipe("slope of the outputs once more", ("dz",), slope_once_more,
           "p − y was multiplied by the derivative of p as well, as with a squared error: with the cross-entropy dL/dz "
           "is p − y alone."),
    Recipe("slope of the outputs twice", ("dz",), output_slope_twice,
           "The derivative of the output activation was multiplied in twice: once is enough."),
    Recipe("z in place of the outputs", ("dz",), z_for_outputs,
           "The targets were taken off z: take them off the outputs, after their activation."),
    Recipe("every target 1", ("dz",), ones_for_targets,
           "Every target was taken for 1: take off each row's own y, which is 1 for the right class and 0 elsewhere."),
)  # fmt: skip
