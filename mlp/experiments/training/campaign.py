"""A campaign: many trainings in parallel, a little at a time, so that a page can show how far they are, and stop."""

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from mlp.datasets import Split
from mlp.experiments.config import DataConfig, OurConfig
from mlp.experiments.training.results import Job, Memory, Trained, trained
from mlp.experiments.training.run import Learner, learner_of
from mlp.experiments.training.turns import beside, in_turns, runs_beside_python


@dataclass(eq=False)
class Lane:
    """One training after the other: what a processor does.

    Attributes
    ----------
    queues : tuple of deque of Job
        Where the next training comes from, the first one that has any.
    splits : mapping of DataConfig to Split
        The data of every job.
    finish : callable
        Gets a job's result.
    """

    queues: tuple[deque[Job], ...]
    splits: Mapping[DataConfig, Split]
    finish: Callable[[Trained], None]
    job: Job | None = None
    learner: Learner | None = None
    spent: float = 0.0

    @property
    def ended(self) -> str | None:
        """Why there is nothing left to do, None while there is."""
        return None if self.job or any(self.queues) else "nothing left"

    @property
    def share(self) -> float:
        """How much of the training under way is done, 0 where there is none."""
        return self.learner.record.epoch / self.learner.config.max_iter if self.learner else 0.0

    def advance(self) -> None:
        """Make one epoch of the training under way, or begin the next."""
        begin = time.perf_counter()
        if self.learner:
            self.learner.advance()
        else:
            self.begin()
        if self.job and self.learner and self.learner.ended:
            self.finish(trained(self.job, self.learner, self.splits[self.job.data]))
            self.job = self.learner = None
        self.spent += time.perf_counter() - begin

    def begin(self) -> None:
        """Take the next job, unless another lane has just taken the last one."""
        for queue in self.queues:
            try:
                self.job = queue.popleft()
            except IndexError:
                continue
            self.learner = learner_of(self.job.config, self.splits[self.job.data])
            return


@dataclass(eq=False)
class Campaign:
    """Trainings to be made; nothing happens but in `advance`.

    Attributes
    ----------
    jobs : tuple of Job
        All of them, each once.
    splits : mapping of DataConfig to Split
        The data of every job.
    memory : Memory
        Where results are looked up first and kept afterwards.
    results : dict of Trained by Job
        What is done so far.
    """

    jobs: tuple[Job, ...]
    splits: Mapping[DataConfig, Split]
    memory: Memory[Trained]
    results: dict[Job, Trained] = field(init=False)
    lanes: tuple[Lane, ...] = field(init=False)

    def __post_init__(self) -> None:
        remembered = ((job, self.memory.get(job)) for job in self.jobs)
        self.results = {job: kept for job, kept in remembered if kept and (kept.network or not job.weights)}
        left = [job for job in self.jobs if job not in self.results]
        ours = deque(job for job in left if isinstance(job.config, OurConfig))
        peers = deque(job for job in left if not isinstance(job.config, OurConfig))
        # scikit-learn holds Python's lock: two of its trainings at a time take as long as one after the other
        lanes = (os.cpu_count() or 1) if runs_beside_python() else 1
        self.lanes = (
            *(Lane((ours,), self.splits, self.finish) for _ in range(lanes - 1)),
            Lane((peers, ours), self.splits, self.finish),
        )
        self.let_go_if_ended()

    def finish(self, result: Trained) -> None:
        """Keep a result."""
        self.results[result.job] = result
        self.memory.keep(result.job, result, result.size)
        self.let_go_if_ended()

    def let_go_if_ended(self) -> None:
        """Hold the data no longer than they are needed: a visit keeps its campaigns."""
        if self.ended:
            self.splits, self.lanes = {}, ()

    @property
    def ended(self) -> bool:
        """Whether all trainings are done."""
        return len(self.results) == len(self.jobs)

    @property
    def done(self) -> float:
        """The share of the trainings that is done, those under way counted by their epochs."""
        return min(1.0, (len(self.results) + sum(lane.share for lane in self.lanes)) / len(self.jobs))

    def advance(self, seconds: float, between_epochs: Callable[[], object] = bool) -> None:
        """Train for so many seconds, one training a processor, and no epoch longer.

        Parameters
        ----------
        seconds : float
            The budget.
        between_epochs : callable
            Called again and again in this thread; whatever it raises ends the call after the epochs under way, and the
            campaign can be advanced again.
        """
        if self.ended:
            return
        deadline = time.perf_counter() + seconds
        *others, own = self.lanes
        if others:
            beside(others, own, deadline, between_epochs)
        else:
            in_turns((own,), deadline, between_epochs)


def campaign(jobs: Iterable[Job], split_of: Callable[[DataConfig], Split], memory: Memory[Trained]) -> Campaign:
    """Return a campaign that has not begun; equal jobs are made once."""
    jobs = tuple(dict.fromkeys(jobs))
    return Campaign(jobs, {job.data: split_of(job.data) for job in jobs}, memory)
