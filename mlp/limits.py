"""Limits on what a visitor may type, send or start, so that none can take the machine: all of them, in one place.

How much of something is *drawn* is no limit: that is the picture's own affair.
"""

import os
import sys

# Numbers that are typed
LARGEST_SEED = 2**32 - 1  # NumPy's RandomState takes no larger one
LARGEST_RATE = 100.0  # of learning, on every page
MOST_DECIMALS, LONGEST_ENTRY = 12, 24  # digits behind the point, characters of a cell
LONGEST_FIELD = 200  # characters of a field that are read
LONGEST_MESSAGE = 5_000  # characters of a sentence that is shown

# An exercise of questions 1 and 2: what fits a page, and what is readable on it
EXERCISE_LAYERS, EXERCISE_UNITS, EXERCISE_EXAMPLES = 6, 8, 16  # layers with the inputs
LARGEST_ENTRY, LARGEST_TYPED = 1e6, 1000.0  # in a link or a file, and in a table on the page
LARGEST_SHIFT = 2000  # of softmax's logits
PRESET_SEED = 999_999
LAST_STEP, LONGEST_HISTORY = 9999, 200
LONGEST_WAIT = 3.0  # seconds for the turn: a run of one visitor's page that hangs must not stop the others
MOST_WORKED = 20  # worksheets of one visitor that are remembered
MOST_CELLS, MOST_ENTRIES = 1000, 10**9  # typed into at once, and made so far
LONGEST_TITLE, LONGEST_TASK = 80, 600
LONGEST_TOKEN, LONGEST_JSON = 8_000, 60_000
EXERCISE_FILE = 200_000  # bytes
MOST_DIGITS, LONGEST_REAL = 30, 60  # of a number in JSON: of a whole one, and characters of another

# A training of question 3
TRAINED_LAYERS, TRAINED_UNITS = 3, 256  # hidden ones
MOST_EPOCHS, LARGEST_BATCH = 2000, 20_000
LARGEST_MOMENTUM, LARGEST_PENALTY, LARGEST_TOLERANCE = 0.999, 100.0, 1.0
LARGEST_BETA, LARGEST_POWER = 0.99999, 2.0
LEAST_TEST_SHARE, LARGEST_TEST_SHARE = 0.05, 0.9
LEAST_VALIDATION_SHARE, LARGEST_VALIDATION_SHARE = 0.01, 0.9
MOST_SEEDS = 20
LONGEST_SECONDS = 180  # for one model of one visitor
MOST_TRAININGS, MOST_SWEEP_EPOCHS, LONGEST_SWEEP = 300, 100_000, 300  # of one sweep, the last in seconds
MOST_AXES, MOST_AXIS_VALUES, MOST_DRAWN = 4, 50, 300  # settings of a sweep, values of each, combinations drawn
MOST_STROKES, MOST_STROKE_POINTS = 40, 1200  # of a digit that is drawn

# A visitor's own table
TABLE_FILE = 5 * 1024**2  # bytes
TABLE_ROWS, TABLE_COLUMNS = 20_000, 1024  # wide enough for images of 28 by 28 and of 32 by 32
LEAST_CLASSES, MOST_CLASSES, LEAST_EXAMPLES = 2, 50, 2  # examples of each class
LARGEST_FEATURE, LONGEST_NUMBER = 1e15, 60  # of a cell, and characters of one that is a number
LONGEST_FORMULA = 100
LONGEST_COLUMN_NAME = 40  # what is shown of the name of a column, a class or a file

# What is remembered of trainings: models by number, results in bytes, for everybody and for one visitor's own table
LEARNERS, RESULT_BYTES = 24, 64_000_000
OWN_LEARNERS, OWN_RESULT_BYTES = 4, 8_000_000
OWN_TABLES, OWN_SPLITS = 2, 4  # what a run on the page needs comes on top
WORKER_SPLITS, WORKER_BYTES = 8, 48_000_000  # what a worker keeps of the data it trains on: made by itself, and sent
MOST_WORKERS, MOST_THREADS = 256, 64  # processes of this machine, and threads of a cluster that one visitor may fill
SNAPSHOTS, FEWEST_SNAPSHOTS, SNAPSHOT_BYTES = 40, 4, 2_000_000  # of one training

# Runs that are kept, and a file of them, which may come from another program
MOST_RUNS, MOST_CURVE_POINTS, LONGEST_RUN_NAME = 50, 500, 80
MOST_KEPT_ANSWERS = 5_000  # of a run to its test set
MOST_STORED_RUNS, MOST_STORED_BYTES, LARGEST_STORED_RUN = 500, 500_000_000, 1_000_000  # that last: one's, all, one
MOST_NOTES, LARGEST_NOTE, MOST_NOTE_BYTES = 20, 1_000_000, 100_000_000  # of a kind, one, all of everybody
MOST_READ = 64  # whole runs that stay in memory between two questions
MOST_OPENINGS = 500  # of a test set that are told apart
RUNS_FILE = 5_000_000  # bytes
MOST_FOREIGN_GROUPS = 50  # recipes in a table of somebody else's runs
LONGEST_REPEAT = 60  # seconds of training a kept run again, for its network
KEPT_LAYERS, LARGEST_COUNT, LARGEST_SETTING, LARGEST_SECONDS = 10, 10**12, 1e6, 1e9
LARGEST_CLASS = 2**16 - 1
LONGEST_WORD = 40  # such as a data set's name
LARGEST_SMOOTHING = 0.99

# Practice: what is worked with pen and paper, and what is handed in
PRACTICE_LAYERS, PRACTICE_UNITS, PRACTICE_EXAMPLES = 5, 5, 3  # layers with the inputs
LARGEST_PRACTISED_MOMENTUM = 0.99
MOST_TRIES, MOST_ASKED, MOST_CHECKS = 20, 80, 999
LONGEST_STUDENT, LONGEST_ANSWER = 60, 60
LONGEST_ASSIGNMENT, ASSIGNMENT_JSON = 2_000, 8_000
LONGEST_RECEIPT, RECEIPT_JSON = 12_000, 60_000
MOST_RECEIPTS, CLASS_FILE = 500, 2_000_000
MOST_CLASS_DRAWS = 20_000  # for the numbers of one class file's exercises, each counted once: some 2 ms each


def processors() -> int:
    """Return how many processors this process may use: no more is trained, or compiled, at a time."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
