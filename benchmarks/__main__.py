"""Time every engine on the same work in one go, and print tables: `python -m benchmarks [--json FILE] [--quick]`."""

import argparse
import json
from pathlib import Path

from benchmarks import c_loop, measure, report
from benchmarks.compiling import cold_start
from benchmarks.contestants import C_FAST, OURS, C
from benchmarks.workloads import WORKLOADS, batches, data
from mlp.compiled import compiled_evaluate
from mlp.metrics import evaluate


def main() -> None:
    """Run the benchmark that the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--json", metavar="FILE", help="also write the figures to this file")
    parser.add_argument("--quick", action="store_true", help="a few seconds, figures that are rough")
    options = parser.parse_args()
    effort = {"runs": 3, "budget": 0.02} if options.quick else {"runs": 9, "budget": 0.4}
    results = benchmark(effort)
    if options.json:
        Path(options.json).write_text(json.dumps(results, indent=2) + "\n")


def benchmark(effort: dict) -> dict[str, object]:
    """Print the figures as they come, and return them."""
    results = {"machine": report.machine(), "microseconds a step": {}}
    print(*(f"{name}: {value or 'not installed'}" for name, value in results["machine"].items()), sep="\n", flush=True)
    X, Y, X_test, Y_test = data()
    for workload in WORKLOADS:
        steps = measure.race(workload, X, Y, **effort)
        results["microseconds a step"][workload.name] = steps
        updates = batches(len(X), workload.config.batch_size)
        title = f"\n## {workload.name}: {'-'.join(map(str, workload.sizes))}, {updates} steps an epoch\n"
        print(title, *report.table(steps, updates, OURS), sep="\n", flush=True)
    sheet = WORKLOADS[0]
    by_the_clock, in_processor_time = measure.four_threads(sheet, X, Y, **effort)
    others = {
        "four trainings in four threads, in times of one alone": by_the_clock,
        "the same in processor time": in_processor_time,
        **{
            f"the curves' share of a compiled epoch, {name}": measure.share_of_curves(
                function, sheet, (X, Y), (X_test, Y_test), effort["runs"]
            )
            for name, function in (("measured with NumPy", evaluate), ("compiled", compiled_evaluate))
        },
        **{
            f"an epoch with its curves, in times of the epoch alone in {name}": measure.with_curves_against_c(
                compiled_evaluate, sheet, (X, Y), (X_test, Y_test), flags, effort["runs"]
            )
            for name, flags in ((C, c_loop.PLAIN), (C_FAST, c_loop.FAST))
            if c_loop.COMPILER
        },
        **{f"cold start, seconds to {what}": value for what, value in cold_start().items()},
    }
    print("", *(f"{name}: {value:.2f}" for name, value in others.items()), sep="\n")
    return {**results, **others}


if __name__ == "__main__":
    main()
