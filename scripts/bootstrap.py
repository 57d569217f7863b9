"""Install the locked packages and this project into the virtual environment that runs this script.

Two stamps in the environment, each a digest of what the step depends on, make a second run a matter of
milliseconds and work whatever the files' dates are (a fresh clone, a restored cache).

Nothing is fetched outside the lock: every archive must match its hash, only wheels are taken, so no package's
own build step can ask for more, and the project itself is built with the locked build backend.
"""

from __future__ import annotations

import hashlib
import importlib.util
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
# What the installed metadata (name, version, dependencies, entry points) is made from.
METADATA_SOURCES = (ROOT / "pyproject.toml", ROOT / "staffing" / "__init__.py")


def main() -> int:
    """Run the steps that are not done yet; the exit status is 0 when the environment is ready."""
    if sys.prefix == sys.base_prefix:
        print("This script works inside a virtual environment only: use `make setup`", file=sys.stderr)
        return 1
    try:
        once("packages", _digest([LOCK]), install_packages)
        once("project", _digest([LOCK, *METADATA_SOURCES]), install_project)
    except subprocess.CalledProcessError as error:
        command = " ".join(map(str, error.cmd))
        print(f"Set-up failed: {command} ended with status {error.returncode}", file=sys.stderr)
        return 1
    return 0


def once(step: str, digest: str, action: Callable[[], None]) -> None:
    """Run `action` unless the environment's stamp for `step` holds `digest`; stamp it when it succeeded."""
    stamp = Path(sys.prefix) / f"staffing-{step}.stamp"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == digest:
        return
    stamp.unlink(missing_ok=True)
    action()
    stamp.write_text(digest, encoding="ascii")


def install_packages() -> None:
    """Install every package of the lock, checked against its hashes."""
    started = time.monotonic()
    print(f"Installing the packages of {LOCK.name} (a few minutes the first time) ...", flush=True)
    _pip("--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCK))
    print(f"Packages ready after {time.monotonic() - started:.0f} s", flush=True)


def install_project() -> None:
    """Install this project in place, with the build backend that the lock brought."""
    _pip("--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT))


def _pip(*arguments: str) -> None:
    if importlib.util.find_spec("pip") is None:
        if importlib.util.find_spec("ensurepip") is None:
            raise SystemExit(
                f"{sys.prefix} has no pip and this Python cannot add it: install the system's package for venv "
                "(python3-venv on Debian and Ubuntu), then run make again"
            )
        subprocess.run([sys.executable, "-m", "ensurepip"], check=True, stdout=subprocess.DEVNULL)
    # Not on a terminal only errors are shown: progress bars and notices would bury them in a log.
    quiet = [] if sys.stdout.isatty() else ["-qq"]
    pip = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--no-input", *quiet]
    subprocess.run([*pip, *arguments], check=True)


def _digest(files: list[Path]) -> str:
    # The root belongs to it: an environment that moved along with its folder must point to the new place.
    digest = hashlib.sha256(str(ROOT).encode())
    for file in files:
        digest.update(b"\0" + file.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
