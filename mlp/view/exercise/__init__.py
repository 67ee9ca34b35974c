"""A solution on the page: matrices, sums, and the paths of many steps."""
