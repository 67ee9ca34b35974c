"""How many seeds are trained: one field, shared by what repeats a training."""

from mlp.limits import MOST_SEEDS
from pages.common.controls import whole_number_field

FIRST_SEED, DEFAULT = 1, 5
SEEDS = "seeds"


def seeds_field() -> tuple[int, ...]:
    """Draw the number of seeds and return the seeds."""
    number = whole_number_field(
        "Seeds",
        SEEDS,
        DEFAULT,
        low=1,
        high=MOST_SEEDS,
        help=f"Each training is repeated with the seeds 1, 2, 3 and so on; at most {MOST_SEEDS} on this shared server.",
        width=110,
    )
    return tuple(range(FIRST_SEED, FIRST_SEED + number))
