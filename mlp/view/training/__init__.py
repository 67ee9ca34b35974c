"""How trainings went, in charts, tables and words: reports, bands, recipes, the ladder."""
