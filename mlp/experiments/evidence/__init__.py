"""Whether a difference matters and where it comes from: intervals, tests, recipes, the ladder."""
