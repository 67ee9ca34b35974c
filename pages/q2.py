"""Question 2: one step of gradient descent with softmax and cross-entropy."""

from pages.common.navigation import frame

frame()

from pages.exercise.page import worked_exercise

worked_exercise("q2", "Question 2: softmax and cross-entropy")
