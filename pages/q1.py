"""Question 1: one step of gradient descent with the squared error."""

from pages.common.navigation import frame

frame()

from pages.exercise.page import worked_exercise

worked_exercise("q1", "Question 1: squared error")
