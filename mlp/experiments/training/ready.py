"""What a process that trains needs: imported, and compiled, before its first task."""

from mlp.engines import epoch_function
from mlp.experiments.training import material, peers

NEEDED = (material, peers)


def get_ready() -> None:
    """Compile our engine, or load it from disk, where there is numba."""
    try:
        epoch_function("numba")
    except ImportError:
        return


if __name__ == "__main__":  # when an image is built
    get_ready()
