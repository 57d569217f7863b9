"""The commands that plan: `plan`, its stages `forecast`, `require`, `roster`, `compare`, and `batch`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from staffing.batch import run_batch
from staffing.cli.progress import Style, reporter, stoppable
from staffing.cli.report import summary_lines
from staffing.errors import StaffingError
from staffing.io.export import Encoding, export
from staffing.io.tables import cost_table
from staffing.notes import Note
from staffing.plan import Last, Plan
from staffing.plan import plan as make_plan
from staffing.progress import ProgressEvent
from staffing.summary import summarise

_PLAN_FILE = click.argument("plan_file", metavar="PLAN.toml", type=click.Path(path_type=Path))
_OUT = click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder for the results; made if missing. Files of an earlier run are replaced only on success.",
)
_ENCODING = click.option(
    "--encoding",
    type=click.Choice(["utf-8", "utf-8-sig", "cp932"]),
    default="utf-8",
    show_default=True,
    help="Encoding of the CSV files; utf-8-sig opens in Excel without asking.",
)
_SECONDS = click.option(
    "--seconds",
    type=click.FloatRange(min=0, min_open=True),
    help="Search time of the roster, instead of PLAN's.",
)
_ENGINE = click.option(
    "--engine",
    type=click.Choice(["staffing", "pyworkforce"]),
    help="pyworkforce: size by its Erlang C and pick shifts by its selection, to compare with figures from there.",
)
_PROGRESS = click.option(
    "--progress",
    "style",
    type=click.Choice(["text", "json", "none"]),
    default="text",
    show_default=True,
    help="How progress is shown: lines on stderr, JSON lines on stdout, or not.",
)


def _options(function: Callable[..., None]) -> Callable[..., None]:
    for decorate in (_PROGRESS, _ENGINE, _SECONDS, _ENCODING, _OUT, _PLAN_FILE):
        function = decorate(function)
    return function


def _run(until: Last, plan_file: Path, out: Path, encoding: Encoding, style: Style, **overrides: Any) -> Plan:
    report = reporter(style)
    with stoppable(style) as stop:
        made = make_plan(plan_file, until=until, progress=report, stop=stop.is_set, **overrides)
        report(ProgressEvent("export", 0.98, Note.of("Writing the files")))
        files = export(made, out, encoding=encoding)
    report(ProgressEvent("done", 1.0, Note.of("Done")))
    if style != "json":
        for file in files:
            click.echo(str(file))
        click.echo()
        for line in summary_lines(summarise(made)):
            click.echo(line)
    return made


@click.command(short_help="The whole path: forecast, agents, roster, costs.")
@_options
def plan(**options: Any) -> None:
    """Plan a desk from history to costs: forecast, agents, roster, comparison, files."""
    _run("costs", **options)


@click.command(short_help="Calls and handling time per interval.")
@_options
def forecast(**options: Any) -> None:
    """Forecast calls and handling time for every open interval."""
    _run("forecast", **options)


@click.command(short_help="Agents per interval, net and gross.")
@_options
def require(**options: Any) -> None:
    """Find how many agents each open interval needs, net and gross."""
    _run("requirement", **options)


@click.command(short_help="Who works when, at what cost.")
@_options
def roster(**options: Any) -> None:
    """Build the roster: who works when, what it costs, which intervals stay short."""
    _run("roster", **options)


@click.command(short_help="The same service in-house and outsourced.")
@_options
def compare(**options: Any) -> None:
    """Compare what the same service costs in-house, per call and per booth, line by line."""
    made = _run("costs", **options)
    if options["style"] != "json" and made.comparison is not None:
        click.echo()
        click.echo(cost_table(made.comparison).to_string(index=False))


@click.command(short_help="Many desks, one folder each.")
@click.argument(
    "plan_files", metavar="PLAN.toml...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@_OUT
@_ENCODING
@_SECONDS
def batch(plan_files: tuple[Path, ...], out: Path, encoding: Encoding, seconds: float | None) -> None:
    """Plan many desks, one after another; one that fails does not stop the others.

    Each desk gets a folder named after the folder of its PLAN.toml; totals.csv has one line a desk.
    """

    def told(name: str, outcome: str) -> None:
        click.echo(f"{name}: {outcome}")

    failed = run_batch(plan_files, out, encoding=encoding, seconds=seconds, told=told)
    if failed:
        raise StaffingError(f"{failed} of {len(plan_files)} plans failed; the others are in {out}")
