"""Practice: an exercise to be worked, step by step or all at once, and what went wrong in each."""

from pages.common.navigation import frame

frame()

from pages.worksheet.page import practice

practice()
