"""Find a Chromium for the browser tests, or install one.

Run as a program it prints the path of the browser on standard output and nothing else there; where none can
be found or installed, it says what was tried and exits with status 1.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
# For each package manager the commands to run, in order. One that fails does not end the list: a stale package
# index may still install what is asked for.
MANAGERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "apt-get": (
        ("apt-get", "update", "-q"),
        (
            *("apt-get", "install", "-q", "-y", "--no-install-recommends"),
            *("-o", "DPkg::Lock::Timeout=120", "chromium", "fonts-noto-cjk"),
        ),
    ),
    "dnf": (("dnf", "install", "-y", "chromium", "google-noto-sans-cjk-fonts"),),
    "pacman": (("pacman", "-Sy", "--noconfirm", "--needed", "chromium", "noto-fonts-cjk"),),
    "brew": (("brew", "install", "--cask", "chromium"),),
}


class BrowserError(Exception):
    """No usable Chromium."""


def find() -> str | None:
    """Path of the first browser that starts: CHROMIUM, then the usual names on PATH, then Playwright's own.

    Raises:
        BrowserError: CHROMIUM is set to something that does not start.
    """
    named = os.environ.get("CHROMIUM")
    if named:
        path = shutil.which(named)
        if path is None or not _starts(path):
            raise BrowserError(f"CHROMIUM={named} is not a browser that starts; unset it or name another")
        return path
    return next((path for path in _candidates() if _starts(path)), None)


def install() -> str:
    """Install a browser with the system's package manager, else with Playwright, and return its path.

    Raises:
        BrowserError: none of them could; the message lists what was tried.
    """
    tried: list[str] = []
    for manager, commands in MANAGERS.items():
        if shutil.which(manager) is None:
            continue
        rights = _rights(manager)
        if rights is None:
            tried.append(f"{manager}: needs root or sudo without a password")
            continue
        tried += [note for command in commands if (note := _attempt([*rights, *command]))]
        if path := find():
            return path
    if note := _attempt([sys.executable, "-m", "playwright", "install", "chromium"]):
        tried.append(note)
    if path := find():
        return path
    raise BrowserError(
        "No Chromium found and none could be installed; the browser tests need one. "
        "Install Chromium or Chrome, or set CHROMIUM to its path.\n"
        + "\n".join(f"  {line}" for line in tried)
    )


def _candidates() -> Iterator[str]:
    yield from (path for name in NAMES if (path := shutil.which(name)))
    yield from (path for path in APPLICATIONS if Path(path).is_file())
    from playwright.sync_api import sync_playwright  # here, since the names above need no driver process

    with sync_playwright() as playwright:
        yield playwright.chromium.executable_path


def _starts(path: str) -> bool:
    # Some systems put a script of the browser's name on PATH that only tells how to install it.
    try:
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def _rights(manager: str) -> list[str] | None:
    if manager == "brew" or os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    allowed = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0
    return ["sudo", "-n"] if allowed else None


def _attempt(command: list[str]) -> str | None:
    """Run `command` with its output on standard error; None when it worked, else what to report."""
    line = " ".join(command)
    print(f"Installing a browser for the tests: {line}", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=sys.stderr, env=environment, check=False)
    return f"{line}: status {done.returncode}" if done.returncode else None


def main() -> int:
    """Print the browser's path, installing one first if need be."""
    try:
        print(find() or install())
    except BrowserError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
