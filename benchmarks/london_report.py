"""Time the whole main job: London burglary, 1.02 million rows, from file to finished report.

Run it with the folder that holds the London file::

    uv run python benchmarks/london_report.py --data FOLDER

It starts the command as a user would, in a new process, and prints wall time and peak memory of
the process tree's largest member. The promise: under 30 s and 2 GB on 2 cores.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LONDON = "london_met_burglary_2010-12_2025-02.parquet"
PROMISED_SECONDS = 30
PROMISED_GB = 2.0


def main() -> None:
    """Run the job a few times and print each run against the promise."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help=f"folder that holds {LONDON}")
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    for run in range(1, given.runs + 1):
        seconds = _report_once(given.data / LONDON)
        # ru_maxrss is the largest child so far, in kilobytes on Linux.
        peak_gb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024**2
        print(
            f"run {run}: {seconds:.1f} s ({seconds / PROMISED_SECONDS:.2f} of the promise), "
            f"peak {peak_gb:.2f} GB ({peak_gb / PROMISED_GB:.2f} of the promise)"
        )


def _report_once(london: Path) -> float:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "forestall", "diagnose", str(london), "-o", f"{folder}/r"]
        start = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start


if __name__ == "__main__":
    main()
