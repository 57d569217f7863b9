"""The checker shares no code with what it judges."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import staffing

ROSTER = Path(staffing.__file__).parent / "roster"
SHARED = (
    "staffing.horizon",
    "staffing.labour.carried",
    "staffing.labour.pack",
    "staffing.notes",
    "staffing.roster.activity",
    "staffing.roster.checks",
    "staffing.roster.problem",
    "staffing.roster.roster",
    "staffing.roster.rules",
    "staffing.roster.service",
    "staffing.shifts.template",
)


@pytest.mark.parametrize(
    "file", [ROSTER / "check.py", *sorted((ROSTER / "checks").glob("*.py"))], ids=lambda f: f.name
)
def test_it_imports_the_data_classes_alone(file: Path) -> None:
    imported = [
        f"{node.module}.{alias.name}"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    ]
    own = [name for name in imported if name.startswith("staffing")]
    assert [name for name in own if not name.startswith(SHARED)] == []


def test_it_calls_no_method_that_the_solver_could_have_wrong_too() -> None:
    borrowed = {
        "activity.asks",
        "activity.begins",
        "activity.on",
        "activity.settled_for",
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


RULES_OWN = (
    "restrict",
    "allows",
    "faults",
    "explain",
    "limit",
    "bound_agents",
    "binds",
    "rules_of",
    "standard_rules",
)


@pytest.mark.parametrize(
    "file", [ROSTER / "check.py", *sorted((ROSTER / "checks").glob("*.py"))], ids=lambda f: f.name
)
def test_it_reads_the_rules_parameters_and_asks_them_nothing(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    asked = [node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
    assert [name for name in asked if name in RULES_OWN] == []
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("staffing.roster.rules")
        for alias in node.names
    }
    assert {
        name for name in imported if not name[0].isupper()
    } == set()  # classes and constants, no functions
