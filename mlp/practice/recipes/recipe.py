"""What a wrong recipe is: a mistake that many make, as a rule that gives the wrong numbers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from mlp.arrays import Array
from mlp.practice.chain import Chain, Place


@dataclass(frozen=True)
class Recipe:
    """One way to get a quantity wrong.

    Attributes
    ----------
    key : str
        Its name.
    kinds : tuple of str
        The kinds of quantities that can go wrong so.
    make : callable
        `make(chain, place)` yields the values it leads to, each as the quantity looks on paper; none where this mistake
        can't be made.
    sentence : str
        What was done, and what to do.
    late : bool
        Whether it came when there were links and receipts already: the generator does not look at it, so that a seed
        keeps its numbers. It counts where it is farther from the right value than rounding carries, so that it passes
        with none.
    """

    key: str
    kinds: tuple[str, ...]
    make: Callable[[Chain, Place], Iterable[Array]]
    sentence: str
    late: bool = False
