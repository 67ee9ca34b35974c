"""A solution told in the notation of the sheet: step by step, unit by unit, example by example."""
