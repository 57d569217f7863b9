"""Set-up does each step once, again when what it depends on changed, and again after a failure."""

import sys
from pathlib import Path

import pytest

from scripts import bootstrap


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))


def test_step_runs_once_for_one_digest() -> None:
    ran: list[str] = []
    for digest in ("a", "a", "b", "b", "a"):
        bootstrap.once("packages", digest, lambda digest=digest: ran.append(digest))
    assert ran == ["a", "b", "a"]


def test_failed_step_runs_again_even_where_it_had_succeeded_before() -> None:
    ran: list[str] = []

    def fail() -> None:
        raise OSError("no space left")

    bootstrap.once("packages", "a", lambda: ran.append("first"))
    with pytest.raises(OSError, match="no space left"):
        bootstrap.once("packages", "b", fail)
    bootstrap.once("packages", "a", lambda: ran.append("again"))
    assert ran == ["first", "again"]


def test_set_up_outside_a_virtual_environment_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "base_prefix", sys.prefix)
    assert bootstrap.main() == 1
    assert "make setup" in capsys.readouterr().err
