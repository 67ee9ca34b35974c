"""Side-by-side speed of the engines and their peers: `python -m benchmarks`."""

import os

# One thread each for BLAS and OpenMP, before anything loads them: an engine's own speed, not the number of its helpers
for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ[_name] = "1"
os.environ["JAX_PLATFORMS"] = "cpu"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false"
