"""What holds for every test: BLAS keeps to one thread, here and in every server that a test starts."""

import os

os.environ["OPENBLAS_NUM_THREADS"] = "1"
