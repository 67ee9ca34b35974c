r"""Where the slope of each activation comes from: line by line from its definition, an entry for each of `ACTIVATIONS`.

Every line can be evaluated at a number, and all lines of a derivation give the same value: that is its check.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import erf, exp, log1p, pi, sqrt, tanh

from mlp.activations import LEAK
from mlp.tables import entry_for


@dataclass(frozen=True)
class Line:
    """One line of a derivation.

    Attributes
    ----------
    latex : str
        The expression.
    value : callable
        `value(...)` returns what it comes to; of a slope from z.
    words : str
        What was done to come here.
    """

    latex: str
    value: Callable[..., float]
    words: str


@dataclass(frozen=True)
class Derivation:
    """A derivation: the definition that it starts from, and the lines of the derivative.

    Attributes
    ----------
    start : str
        The definition in LaTeX.
    lines : tuple of Line
    """

    start: str
    lines: tuple[Line, ...]


def disagreeing(derivation: Derivation, *at: object, tolerance: float = 1e-9) -> list[str]:
    """Return the LaTeX of the lines that give another value than the last one, at these numbers."""
    *_, last = values = [line.value(*at) for line in derivation.lines]
    bound = tolerance * max(1.0, abs(last))
    return [line.latex for line, value in zip(derivation.lines, values, strict=True) if not abs(value - last) <= bound]


def tanh_by_quotient(z: float) -> float:
    """Return the quotient rule of sinh over cosh, both doubled."""
    above, below = exp(z) - exp(-z), exp(z) + exp(-z)
    return (below * below - above * above) / below**2


def tanh_divided(z: float) -> float:
    """Return one minus the square of the quotient."""
    return 1.0 - ((exp(z) - exp(-z)) / (exp(z) + exp(-z))) ** 2


def tanh_of_z(z: float) -> float:
    """Return 1 - tanh^2 z."""
    return 1.0 - tanh(z) ** 2


def logistic_by_chain(z: float) -> float:
    """Return the chain rule of (1 + e^-z)^-1."""
    return exp(-z) / (1.0 + exp(-z)) ** 2


def logistic_parted(z: float) -> float:
    """Return the same as a product of two fractions."""
    return 1.0 / (1.0 + exp(-z)) * (exp(-z) / (1.0 + exp(-z)))


def logistic_of_h(z: float) -> float:
    """Return h (1 - h)."""
    h = 1.0 / (1.0 + exp(-z))
    return h * (1.0 - h)


def step(z: float) -> float:
    """Return 1 where z > 0, else 0."""
    return float(z > 0.0)


def one(z: float) -> float:
    """Return 1."""
    return 1.0


def leaky_parted(z: float) -> float:
    """Return the slope of each side where it holds."""
    return float(z > 0.0) * 1.0 + float(z <= 0.0) * LEAK


def leaky_joined(z: float) -> float:
    """Return 0.01 and, where z > 0, the rest to 1."""
    return LEAK + (1.0 - LEAK) * float(z > 0.0)


def elu_parted(z: float) -> float:
    """Return the slope of each side where it holds."""
    return float(z > 0.0) * 1.0 + float(z <= 0.0) * exp(min(z, 0.0))


def elu_of_h(z: float) -> float:
    """Return 1 + min(0, h)."""
    return 1.0 + min(0.0, z if z > 0.0 else exp(z) - 1.0)


def softplus_by_chain(z: float) -> float:
    """Return the chain rule of log(1 + e^z)."""
    return exp(z) / (1.0 + exp(z))


def softplus_divided(z: float) -> float:
    """Return the same with e^z divided out, which is sigma(z)."""
    return 1.0 / (1.0 + exp(-z))


def softplus_of_h(z: float) -> float:
    """Return 1 - e^-h."""
    return 1.0 - exp(-(max(z, 0.0) + log1p(exp(-abs(z)))))


def normal_share(z: float) -> float:
    """Return Phi(z), by the error function."""
    return (1.0 + erf(z / sqrt(2.0))) / 2.0


def gelu_by_product(z: float) -> float:
    """Return the product rule of z Phi(z), with the chain rule of the error function in it."""
    return 1.0 * normal_share(z) + z * 0.5 * (2.0 / sqrt(pi)) * exp(-((z / sqrt(2.0)) ** 2)) / sqrt(2.0)


def gelu_joined(z: float) -> float:
    """Return the same with its constants put together."""
    return normal_share(z) + z * exp(-(z**2) / 2.0) / sqrt(2.0 * pi)


SLOPES: dict[str, Derivation] = {
    "tanh": Derivation(
        start=r"h = \tanh z = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}",
        lines=(
            Line(
                r"\frac{(e^{z} + e^{-z})^2 - (e^{z} - e^{-z})^2}{(e^{z} + e^{-z})^2}",
                tanh_by_quotient,
                "The quotient rule: the derivative of the numerator is the denominator, and the other way round.",
            ),
            Line(
                r"1 - \left(\frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}\right)^2",
                tanh_divided,
                "Each part divided by the denominator.",
            ),
            Line(r"1 - \tanh^2 z", tanh_of_z, "The quotient is tanh again."),
            Line("1 - h^2", tanh_of_z, "The pass forward has computed it already."),
        ),
    ),
    "logistic": Derivation(
        start=r"h = \sigma(z) = \frac{1}{1 + e^{-z}}",
        lines=(
            Line(r"\frac{e^{-z}}{(1 + e^{-z})^2}", logistic_by_chain, "The chain rule: two minus signs, none left."),
            Line(r"\frac{1}{1 + e^{-z}} \cdot \frac{e^{-z}}{1 + e^{-z}}", logistic_parted, "Parted in two factors."),
            Line(r"h\,(1 - h)", logistic_of_h, "The second factor is what the first lacks to 1."),
        ),
    ),
    "relu": Derivation(
        start=r"h = \max(0, z)",
        lines=(Line(r"\mathbb{1}[z > 0]", step, "The slope of 0 is 0, that of z is 1; at 0 the left one is taken."),),
    ),
    "identity": Derivation(start="h = z", lines=(Line("1", one, "The slope of z by z."),)),
    "leaky_relu": Derivation(
        start=r"h = z \text{ where } z > 0,\; \text{else } 0.01\,z",
        lines=(
            Line(
                r"1 \cdot \mathbb{1}[z > 0] + 0.01 \cdot (1 - \mathbb{1}[z > 0])",
                leaky_parted,
                "Each side has its own slope; at 0 the left one is taken.",
            ),
            Line(r"0.01 + 0.99 \cdot \mathbb{1}[z > 0]", leaky_joined, "Put together."),
        ),
    ),
    "elu": Derivation(
        start=r"h = z \text{ where } z > 0,\; \text{else } e^{z} - 1",
        lines=(
            Line(
                r"\mathbb{1}[z > 0] + e^{z}\,(1 - \mathbb{1}[z > 0])",
                elu_parted,
                "Each side has its own slope, and at 0 both are 1.",
            ),
            Line(r"1 + \min(0, h)", elu_of_h, "On the left the exponential is h + 1."),
        ),
    ),
    "softplus": Derivation(
        start=r"h = \log(1 + e^{z})",
        lines=(
            Line(r"\frac{e^{z}}{1 + e^{z}}", softplus_by_chain, "The chain rule of the logarithm."),
            Line(
                r"\frac{1}{1 + e^{-z}}",
                softplus_divided,
                "Divided by the exponential: the logistic function.",
            ),
            Line("1 - e^{-h}", softplus_of_h, "The exponential of h is 1 + eᶻ."),
        ),
    ),
    "gelu": Derivation(
        start=r"h = z\,\Phi(z),\; \Phi(z) = \frac{1}{2} \left(1 + \operatorname{erf} \frac{z}{\sqrt{2}}\right)",
        lines=(
            Line(
                r"1 \cdot \Phi(z) + z \cdot \frac{1}{2} \cdot \frac{2}{\sqrt{\pi}}\,e^{-(z / \sqrt{2})^2} "
                r"\cdot \frac{1}{\sqrt{2}}",
                gelu_by_product,
                "The product rule, and the chain rule of erf, whose slope at x is e^(-x²) times 2/√π.",
            ),
            Line(r"\Phi(z) + z\,\frac{e^{-z^2/2}}{\sqrt{2 \pi}}", gelu_joined, "The constants put together."),
            Line(
                r"\Phi(z) + z\,\varphi(z)",
                gelu_joined,
                "The fraction is the density of the standard normal distribution, of which Φ is the share below z. "
                "Two z can have the same h, so the slope needs z itself.",
            ),
        ),
    ),
}


def slope_derivation(hidden: str) -> Derivation:
    """Return where the slope of the activation of that name comes from; raise a ValueError where nobody has said."""
    return entry_for(hidden, SLOPES, "derivations (mlp.exercises.explained.derivations)")
