"""The sheet with asked cells, and what is said of an answer."""
