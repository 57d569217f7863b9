"""Write requirements.lock: all that pyproject.toml asks for, for every supported Python and platform.

Versions already locked stay unless pyproject.toml rules them out; arguments are passed on to the resolver, so
`--upgrade` takes newer releases. The file names no registry and no folder of the machine that made it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
HEADER = "# Written by `make lock` from pyproject.toml; do not edit.\n"
OLDEST_PYTHON = "3.11"


def main() -> int:
    """Resolve into a file beside the lock, then put it in the lock's place in one step."""
    draft = LOCK.with_suffix(".draft")
    draft.write_bytes(LOCK.read_bytes() if LOCK.is_file() else b"")
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", "--all-extras", "--universal"]
    command += ["--python-version", OLDEST_PYTHON, "--generate-hashes", "--only-binary", ":all:"]
    command += ["--no-emit-index-url", "--no-header", "--quiet", "--output-file", draft.name, *sys.argv[1:]]
    try:
        subprocess.run(command, cwd=ROOT, check=True)
        draft.write_text(HEADER + draft.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")
        draft.replace(LOCK)
    except subprocess.CalledProcessError as error:
        print(f"{LOCK.name} is as it was: the resolver ended with status {error.returncode}", file=sys.stderr)
        return 1
    finally:
        draft.unlink(missing_ok=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
