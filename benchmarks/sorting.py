"""Time NumPy's sort as it is imported by default, and as the program has it imported.

    python benchmarks/sorting.py [--numbers 8000000]

Prints nanoseconds a number for each, the median of five rounds, in two processes that take turns; and their ratio,
which is 1 where the program leaves NumPy as it is.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys

ROUNDS = 5
DEFAULT, PREFERRED = "", "from tuibrowser.host.vector_sort import avoid_slow_sort; avoid_slow_sort()\n"
SORT = """
import sys, time
import numpy as np

numbers = np.random.default_rng(1).integers(0, 1 << 63, int(sys.argv[1])).astype(np.uint64)
began = time.perf_counter()
numbers.sort()
print((time.perf_counter() - began) / len(numbers) * 1e9)
"""


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--numbers", type=int, default=8_000_000)
    options = arguments.parse_args()
    times: dict[str, list[float]] = {DEFAULT: [], PREFERRED: []}
    for _ in range(ROUNDS):
        for before, taken in times.items():
            command = [sys.executable, "-c", before + SORT, str(options.numbers)]
            taken.append(float(subprocess.run(command, capture_output=True, check=True, text=True).stdout))
    default, preferred = (statistics.median(taken) for taken in times.values())
    sys.stdout.write(f"default {default:.1f} ns, preferred {preferred:.1f} ns, ratio {preferred / default:.2f}\n")


if __name__ == "__main__":
    main()
