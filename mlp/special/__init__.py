"""Functions of mathematics that NumPy lacks, to double precision."""
