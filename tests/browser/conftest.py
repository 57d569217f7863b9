"""What the browser tests share: a Chromium, fresh pages in it, and the dashboard as its users start it."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from scripts import browser as browser_search

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # The dashboard must work on a closed network: a page that needs another host shows it here.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
START_SECONDS = 180
PORTS_TRIED = 3  # another process may take a port between its choice and its use
ACTION_MILLISECONDS = 90_000  # ample: a loaded machine must not fail a test

OpenPage = Callable[..., Page]
OpenDashboard = Callable[..., str]


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the Chromium to test with; without one the tests fail rather than pass unseen."""
    path = browser_search.find()
    if path is None:
        pytest.fail("no Chromium found: `make test` installs one, or set CHROMIUM to its path")
    return path


# Once a module, not once a session: Playwright keeps an event loop in this thread while it runs, and tests
# elsewhere start loops of their own.
@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One running Chromium for the tests of a module."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield running
        running.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """`open_page(lang="en")`: an empty page of a browser set to that language, in a profile of its own."""
    with ExitStack() as closing:

        def open_one(lang: str = "en") -> Page:
            locale = {"en": "en-GB", "ja": "ja-JP"}[lang]
            context = browser.new_context(
                locale=locale,
                timezone_id="Asia/Tokyo",
                viewport={"width": 1400, "height": 1000},
                accept_downloads=True,
            )
            closing.callback(context.close)
            context.set_default_timeout(ACTION_MILLISECONDS)
            return context.new_page()

        yield open_one


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """An empty page of an English browser."""
    return open_page()


@pytest.fixture
def dashboard(tmp_path: Path) -> Iterator[OpenDashboard]:
    """`dashboard(run_dir, lang=None)`: the address of a dashboard that shows the plan in `run_dir`.

    Without `lang` the page follows the browser's language (see `open_page`); with it the address names one.
    """
    with ExitStack() as ending:

        def serve(run_dir: Path, lang: str | None = None) -> str:
            address = ending.enter_context(served(run_dir, tmp_path))
            return f"{address}/?lang={lang}" if lang else address

        yield serve


@contextmanager
def served(run_dir: Path, log_dir: Path) -> Iterator[str]:
    """The address of a dashboard that shows the plan in `run_dir`, while it runs."""
    with ExitStack() as ending:
        for _ in range(PORTS_TRIED):
            port = _free_port()
            log = log_dir / f"serve-{port}.log"
            server = ending.enter_context(_started(run_dir, port, log))
            if _healthy(server, port):
                break
        else:
            state = "is not healthy" if server.poll() is None else f"ended with status {server.returncode}"
            said = log.read_text(encoding="utf-8", errors="replace")
            pytest.fail(f"the dashboard {state}; it said:\n{said}")
        yield f"http://localhost:{port}"


@contextmanager
def _started(run_dir: Path, port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "staffing", "serve", "--plan", str(run_dir)]
    command += ["--port", str(port), "--no-browser"]
    with log.open("wb") as output:
        server = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
        try:
            yield server
        finally:
            _end(server)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _healthy(server: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until the server answers on its port; False when it ends before, or takes too long."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=2) as answer:
                if answer.status == 200:
                    return server.poll() is None
        except OSError:
            time.sleep(0.1)
    return False


def _end(server: subprocess.Popen[bytes]) -> None:
    server.terminate()
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
