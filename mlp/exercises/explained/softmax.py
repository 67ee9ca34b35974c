"""The softmax both ways: the Jacobian times dL/dp, which is p - y; and what becomes of it without the shift."""

from dataclasses import dataclass

import numpy as np

from mlp.arrays import Array
from mlp.losses import cross_entropy_delta, cross_entropy_output_gradient
from mlp.outputs import softmax


@dataclass(frozen=True, eq=False)
class SoftmaxTwoWays:
    """All that is on the way from one example's z (K,) and y (K,) to dL/dz.

    Attributes
    ----------
    p : array of shape (K,)
        The softmax, with the shift.
    jacobian : array of shape (K, K)
        dp/dz = diag(p) - p p^T.
    output_gradient : array of shape (K,)
        dL/dp_k = -y_k / p_k.
    products : array of shape (K, K)
        The jacobian's entries times dL/dp of their column: its row sums are dL/dz.
    by_jacobian : array of shape (K,)
        The jacobian times dL/dp. Not a number where a p_k that the target asks for is 0 in floating point.
    directly : array of shape (K,)
        (sum_k y_k) p - y: p - y where the targets sum to one.
    shift : float
        The largest z.
    exponentials, shifted : arrays of shape (K,)
        e^z, which may be too large for a number (inf), and e^(z - shift), which is 1 at most.
    naive : array of shape (K,)
        The softmax without the shift: not a number (nan) where e^z is inf.
    """

    p: Array
    jacobian: Array
    output_gradient: Array
    products: Array
    by_jacobian: Array
    directly: Array
    shift: float
    exponentials: Array
    shifted: Array
    naive: Array


def softmax_two_ways(z: Array, y: Array) -> SoftmaxTwoWays:
    """Return both ways from z to dL/dz of the cross-entropy, with everything in between.

    Raises
    ------
    ValueError
        If z and y are not vectors of one length.
    """
    z, y = np.asarray(z, dtype=float), np.asarray(y, dtype=float)
    if z.ndim != 1 or z.shape != y.shape or not z.size:
        raise ValueError(f"softmax_two_ways needs z and y of one shape (K,); got {z.shape} and {y.shape}.")
    with np.errstate(all="ignore"):
        p = softmax(z[np.newaxis])[0]
        jacobian = np.diag(p) - np.outer(p, p)
        output_gradient = cross_entropy_output_gradient(p, y)
        exponentials, shift = np.exp(z), float(z.max())
        return SoftmaxTwoWays(
            p=p,
            jacobian=jacobian,
            output_gradient=output_gradient,
            products=jacobian * output_gradient,
            by_jacobian=jacobian @ output_gradient,
            directly=cross_entropy_delta(z[np.newaxis], y[np.newaxis])[0],
            shift=shift,
            exponentials=exponentials,
            shifted=np.exp(z - shift),
            naive=exponentials / exponentials.sum(),
        )
