"""A campaign: many trainings on an executor, slice by slice, so that a page can show how far they are, and stop."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field

from mlp.datasets import Split
from mlp.experiments.config import DataConfig
from mlp.experiments.training.lanes import Errand, Lane, drive
from mlp.experiments.training.learner import Learner
from mlp.experiments.training.material import Material, by_content
from mlp.experiments.training.memory import Memory
from mlp.experiments.training.results import Job, Trained, trained
from mlp.limits import processors


@dataclass(eq=False)
class Campaign:
    """Trainings to be made; nothing happens unless it is asked for.

    Attributes
    ----------
    jobs : tuple of Job
        All of them, each once.
    splits : mapping of DataConfig to Split
        The data of every job.
    memory : Memory
        Where results are looked up first and kept afterwards.
    materials : mapping of DataConfig to Material
        The data as they are sent to an executor.
    width : int
        How many trainings are under way at a time: by default one for each of the processors of this machine.
    results : dict of Trained by Job
        What is done so far.
    learners : dict of Learner by Job
        What is not.
    lanes : tuple of Lane
        As many trainings at a time.
    remembered : int
        How many were made before it began; their seconds are those of then.
    """

    jobs: tuple[Job, ...]
    splits: Mapping[DataConfig, Split]
    memory: Memory[Trained]
    materials: Mapping[DataConfig, Material]
    width: int = field(default_factory=processors)
    results: dict[Job, Trained] = field(init=False)
    learners: dict[Job, Learner] = field(init=False)
    lanes: tuple[Lane, ...] = field(init=False)
    remembered: int = field(init=False)

    def __post_init__(self) -> None:
        remembered = ((job, self.memory.get(job)) for job in self.jobs)
        self.results = {job: kept for job, kept in remembered if kept and (kept.network or not job.weights)}
        self.learners = {job: Learner(job.config) for job in self.jobs if job not in self.results}
        self.remembered = len(self.results)
        queue = deque(Errand(learner, self.materials[job.data]) for job, learner in self.learners.items())
        self.lanes = tuple(Lane(queue) for _ in range(self.width))
        self.let_go_if_ended()

    def finish(self, result: Trained) -> None:
        """Keep a result."""
        self.results[result.job] = result
        self.memory.keep(result.job, result, result.size)

    def let_go_if_ended(self) -> None:
        """Hold the data no longer than they are needed: a visit keeps its campaigns."""
        if self.ended:
            self.splits, self.materials, self.lanes = {}, {}, ()

    @property
    def ended(self) -> bool:
        """Whether all trainings are done."""
        return len(self.results) == len(self.jobs)

    @property
    def done(self) -> float:
        """The share of the trainings that is done, those under way counted by their epochs."""
        under_way = sum(map(share, self.learners.values()))
        return min(1.0, (len(self.results) + under_way) / len(self.jobs))

    @property
    def waiting(self) -> bool:
        """Whether slices have been asked for, and none has begun."""
        return bool(self.lanes) and all(lane.waiting for lane in self.lanes)

    def train(self, executor: Executor, seconds: float, meanwhile: Callable[[], object] = bool) -> None:
        """Ask an executor for slices, and take what comes back in these seconds.

        Parameters
        ----------
        executor : concurrent.futures.Executor
        seconds : float
            How long to wait; the slices that are under way then go on, and come with the next call.
        meanwhile : callable
            Called again and again in this thread; whatever it raises ends the call.
        """
        drive(self.lanes, executor, seconds, self.take, meanwhile)

    def take(self) -> bool:
        """Take what has come back from an executor, and return whether all trainings are done."""
        jobs = {learner: job for job, learner in self.learners.items()}
        for lane in self.lanes:
            for learner, state in lane.harvest():
                learner.take(state)
                if learner.ended:
                    job = jobs[learner]
                    self.finish(trained(job, learner, self.splits[job.data]))
                    del self.learners[job]
        self.let_go_if_ended()
        return self.ended

    def stop(self) -> None:
        """Take what has come back, and ask for no more: what is under way ends within a slice."""
        for lane in self.lanes:
            lane.stop()
        self.take()


def share(learner: Learner) -> float:
    """Return how much of a training is done."""
    return learner.history[-1].epoch / learner.config.max_iter if learner.history else 0.0


def campaign(
    jobs: Iterable[Job],
    split_of: Callable[[DataConfig], Split],
    memory: Memory[Trained],
    material_of: Callable[[DataConfig], Material] | None = None,
    width: int | None = None,
) -> Campaign:
    """Return a campaign that has not begun; equal jobs are made once.

    Parameters
    ----------
    jobs : iterable of Job
    split_of : callable
        Returns the data of settings.
    memory : Memory
        Where results are looked up first and kept afterwards.
    material_of : callable, optional
        Returns the data of settings as they are sent to an executor, by default by their content.
    width : int, optional
        How many trainings are under way at a time.
    """
    jobs = tuple(dict.fromkeys(jobs))
    splits = {job.data: split_of(job.data) for job in jobs}
    materials = {data: material_of(data) if material_of else by_content(split) for data, split in splits.items()}
    return Campaign(jobs, splits, memory, materials, width or processors())
