"""`python -m benchmarks.plan [--sample NAME] [--out FILE.json]`: time and peak memory of planning a sample.

The plan runs as a child process, as its users start it, so that imports count too.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from staffing.samples import SAMPLES, sample_folder


def main() -> None:
    """Plan the sample once and print what it took and what it gave."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", choices=list(SAMPLES), default="anonymous-bank")
    parser.add_argument("--out", type=Path, help="write the figures as JSON")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plan_file = sample_folder(arguments.sample) / "plan.toml"
        command = [
            sys.executable,
            "-m",
            "staffing",
            "plan",
            str(plan_file),
            "--out",
            folder,
            "--progress",
            "none",
        ]
        started = time.perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        seconds = time.perf_counter() - started
        roster = json.loads((Path(folder) / "summary.json").read_text(encoding="utf-8"))["roster"]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss  # KiB on Linux
    figures = {
        "sample": arguments.sample,
        "seconds": round(seconds, 1),
        "peak_memory_mib": round(peak / 1024),
        "roster_seconds": roster["seconds"],
        "gap": roster["gap"],
    }
    print(json.dumps(figures, indent=2))
    if arguments.out:
        arguments.out.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
