"""The checker shares no code with what it judges."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import staffing

ROSTER = Path(staffing.__file__).parent / "roster"
SHARED = (
    "staffing.horizon",
    "staffing.labour.pack",
    "staffing.notes",
    "staffing.roster.checks",
    "staffing.roster.problem",
    "staffing.roster.roster",
    "staffing.roster.service",
    "staffing.shifts.template",
)


@pytest.mark.parametrize(
    "file", [ROSTER / "check.py", *sorted((ROSTER / "checks").glob("*.py"))], ids=lambda f: f.name
)
def test_it_imports_the_data_classes_alone(file: Path) -> None:
    imported = [
        node.module or ""
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
    ]
    own = [name for name in imported if name.startswith("staffing")]
    assert [name for name in own if not name.startswith(SHARED)] == []


def test_it_calls_no_method_that_the_solver_could_have_wrong_too() -> None:
    borrowed = {
        "curve.kept",
        "horizon.at",
        "horizon.grid",
        "pack.break_needed",
        "problem.contract_of",
        "shift.end_minute",
        "shift.place",
        "shift.work_minutes",
        "target.last_gain",
        "target.needed",
    }
    for file in (ROSTER / "check.py", *(ROSTER / "checks").glob("*.py")):
        used = {ast.unparse(node) for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))}
        assert [name for name in borrowed if any(text.endswith(name) for text in used)] == []
