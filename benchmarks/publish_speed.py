"""This file knows how long a finished report takes to be written once more in another language.

::

    uv run python benchmarks/publish_speed.py examples/cleveland

The promise is 5 s for one language as page, PDF and Word, start of the program included.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

LANGUAGES = ("en", "ar", "es", "fr", "ru", "zh")
FORMATS = "html,pdf,docx"


def seconds(*words: str) -> float:
    """Run forestall with the words and return how long it took."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "forestall", *words], check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> None:
    """Write a report in each language and print how long each took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("incidents", type=Path, nargs="?", default=Path("examples/cleveland"))
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for tag in LANGUAGES:
            report = str(Path(folder) / tag)
            first = "fr" if tag == "en" else "en"
            seconds("diagnose", str(given.incidents), "-o", report, "--language", first)
            taken = [
                seconds("publish", report, "--language", tag, "--format", FORMATS)
                for _ in range(given.runs)
            ]
            print(f"{tag}: {FORMATS} in {min(taken):.1f} to {max(taken):.1f} s (promised: 5 s)")


if __name__ == "__main__":
    main()
