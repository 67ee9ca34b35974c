"""A kept run to take away: a script that repeats it, its network, and a pipeline of scikit-learn."""
