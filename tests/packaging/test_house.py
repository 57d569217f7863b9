"""The files around the code agree with one another and with the code."""

import os
import re
import shutil
import subprocess
from importlib import metadata
from pathlib import Path

import pytest

import staffing
from scripts import browser

ROOT = Path(__file__).resolve().parents[2]


def make(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make in the repository as from a shell, even when make itself started these tests."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    command = ["make", *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def test_installed_version_is_the_one_the_package_states() -> None:
    assert metadata.version("staffing") == staffing.__version__


def test_changelog_speaks_of_the_current_version() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.findall(r"^## \[(.+?)\]", changelog, flags=re.MULTILINE)[0] == "Unreleased"
    assert staffing.__version__ in changelog


def test_make_alone_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.+)$", makefile, flags=re.MULTILINE)
    listed = make().stdout
    assert {line.split()[0] for line in listed.splitlines()[1:]} == set(phony.split())


def test_make_names_the_python_it_cannot_use(tmp_path: Path) -> None:
    old = tmp_path / "python-old"
    old.write_text('#!/bin/sh\n[ "$1" = --version ] && echo Python 3.9.2\nexit 1\n', encoding="utf-8")
    old.chmod(0o755)
    answer = make("setup", f"PYTHON={old}", f"VENV={tmp_path / 'venv'}")
    assert answer.returncode != 0
    assert "Python 3.11 or newer" in answer.stderr
    assert "Python 3.9.2" in answer.stderr
    assert not (tmp_path / "venv").exists()


def test_ci_can_be_started_and_ends_with_the_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "make test"


def test_browser_search_refuses_a_named_browser_that_does_not_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(browser.BrowserError, match="CHROMIUM=/nowhere/chromium"):
        browser.find()


def test_browser_search_passes_over_a_stand_in_that_only_explains(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, status in (("chromium", 1), ("google-chrome", 0)):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\nexit {status}\n", encoding="utf-8")
        program.chmod(0o755)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert browser.find() == str(tmp_path / "google-chrome")


def test_browser_search_fails_and_tells_what_it_tried(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """No browser, no package manager and a Playwright that cannot download: a message and status 1."""
    monkeypatch.setattr(browser, "APPLICATIONS", ())
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "browsers"))
    monkeypatch.setenv("PLAYWRIGHT_DOWNLOAD_HOST", "http://127.0.0.1:9")
    assert browser.main() == 1
    answer = capfd.readouterr()
    assert answer.out == ""
    assert "No Chromium found" in answer.err
    assert "playwright install chromium: status" in answer.err


def test_hooks_run_from_the_projects_own_environment() -> None:
    """No hook is fetched from elsewhere: each entry starts the locked interpreter."""
    config = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"repo: (\S+)", config)) == {"local"}
    entries = re.findall(r"entry: (\S+) -m (\S+)", config)
    assert entries
    assert {python for python, _ in entries} == {".venv/bin/python"}
    assert all(shutil.which(module) or metadata.version(module) for _, module in entries)
