"""Imports between the package's parts run in one direction."""

import ast
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "staffing"

# A part may import itself and the parts before it.
ORDER = [
    "errors",
    "notes",
    "progress",
    "wording",
    "horizon",
    "samples",
    "queueing.arrays",
    "queueing.arguments",
    "queueing.stationary",
    "queueing.sizing",
    "queueing.curves",
    "queueing.uncertain",
    "queueing.patience",
    "queueing.transient",
    "queueing.channels",
    "queueing.skills",
    "queueing.overflow",
    "queueing.pyworkforce_engine",
    "queueing",
    "simulation",
    "shrinkage",
    "calculator",
    "demand.history",
    "labour",
    "shifts",
    "roster",
    "io.safe_text",
    "io.faults",
    "io.headers",
    "io.source",
    "io.reading",
    "io.columns",
    "io.moments",
    "io.weekdays",
    "io.staff",
    "io.staff_leave",
    "io.wishes",
    "io.carried",
    "io.profile",
    "io.roster_csv",
    "demand",
    "forecast",
    "demand_risk",
    "requirement",
    "service_target",
    "calibration",
    "presence",
    "coverage",
    "period_service",
    "simulate",
    "sourcing",
    "config",
    "plan",
    "decision",
    "json_values",
    "rule_summary",
    "roster_summary",
    "summary",
    "io.tables",
    "io.placing",
    "io.export",
    "io.decision_files",
    "io.decision_tables",
    "io.decision_summary",
    "report",
    "batch",
    "jobs",
    "ui",
    "cli",
    "__main__",
]


def part_of(module: str) -> str | None:
    """The longest entry of ORDER that a module belongs to."""
    name = module.removeprefix("staffing.")
    fitting = [part for part in ORDER if name == part or name.startswith(f"{part}.")]
    return max(fitting, key=len, default=None)


def imported(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("staffing."):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.startswith("staffing.")}
    return found


def test_every_module_has_its_place_in_the_order() -> None:
    names = (".".join(file.relative_to(PACKAGE).with_suffix("").parts) for file in PACKAGE.rglob("*.py"))
    plain = (name.removesuffix(".__init__") for name in names)
    lost = [name for name in plain if name not in ("__init__", "io") and part_of(name) is None]
    assert lost == []


def test_no_import_runs_against_the_order() -> None:
    against = []
    for file in sorted(PACKAGE.rglob("*.py")):
        module = ".".join(file.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")
        own = part_of(module)
        for target in imported(file):
            other = part_of(target)
            if own is not None and other is not None and ORDER.index(other) > ORDER.index(own):
                against.append(f"{module} imports {target}")
    assert against == []
