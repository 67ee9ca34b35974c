"""The wrong recipes: each known mistake as a function of the numbers it starts from, and the sentence that names it."""
