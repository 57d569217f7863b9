"""The commands that plan: `plan`, its stages `forecast`, `require`, `roster`, `compare`, and `batch`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from staffing.batch import run_batch
from staffing.cli.progress import Style, reporter, stoppable
from staffing.cli.report import summary_lines
from staffing.config import read_config
from staffing.errors import StaffingError
from staffing.io.export import Encoding, check_target, export
from staffing.io.tables import cost_table
from staffing.notes import Note
from staffing.plan import MOST_SECONDS, Last, Plan
from staffing.plan import plan as make_plan
from staffing.progress import ProgressEvent
from staffing.summary import summarise

Command = Callable[..., None]
PLAN_FILE = click.argument("plan_file", metavar="PLAN.toml", type=click.Path(path_type=Path))
OUT = click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Folder for the results, made if missing. Those of an earlier run are replaced, but only on success.",
)
ENCODING = click.option(
    "--encoding",
    type=click.Choice(["utf-8", "utf-8-sig", "cp932"]),
    default="utf-8",
    show_default=True,
    help="Encoding of the CSV files. Excel shows Japanese rightly with utf-8-sig (or cp932, of fewer characters).",
)
SECONDS = click.option(
    "--seconds",
    type=click.FloatRange(min=0, max=MOST_SECONDS, min_open=True),
    help="How long to search for a better roster, in seconds; by default as PLAN.toml says. Ctrl-C ends the search "
    "before that and keeps the best roster found.",
)
_ENGINE = click.option(
    "--engine",
    type=click.Choice(["staffing", "pyworkforce"]),
    help="What sizes the desk, instead of what PLAN.toml says. pyworkforce: its Erlang C, and its selection of "
    "shifts beside the roster, to see again the figures known from there.",
)
PROGRESS = click.option(
    "--progress",
    "style",
    type=click.Choice(["text", "json", "none"]),
    default="text",
    show_default=True,
    help="How progress is shown: lines on stderr, JSON lines on stdout, or not.",
)


def _options(*more: Callable[[Command], Command]) -> Callable[[Command], Command]:
    """What every planning command takes, and what only some do."""

    def decorated(function: Command) -> Command:
        decorators: tuple[Callable[[Command], Command], ...] = (PROGRESS, *more, ENCODING, OUT, PLAN_FILE)
        for decorate in decorators:
            function = decorate(function)
        return function

    return decorated


def _run(until: Last, plan_file: Path, out: Path, encoding: Encoding, style: Style, **overrides: Any) -> Plan:
    report, search = reporter(style), until in ("roster", "costs")
    with stoppable(style, search=search) as stop:
        config = read_config(plan_file)
        check_target(config, out, encoding if search else "utf-8")
        made = make_plan(config, until=until, progress=report, stop=stop.is_set, **overrides)
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


@click.command()
@_options(_ENGINE, SECONDS)
def plan(**options: Any) -> None:
    """Plan a desk, from the history that PLAN.toml names to a roster and what it costs.

    Writes forecast.csv, requirements.csv (agents per interval), roster.csv (who works when), coverage.csv
    (required and scheduled), costs.csv, summary.json, and copies of the inputs. Ends with status 2 and a message
    when an input cannot be used; the files of the run before then stay as they were.
    """
    _run("costs", **options)


@click.command()
@_options()
def forecast(**options: Any) -> None:
    """Forecast calls and handling time for every open interval: forecast.csv."""
    _run("forecast", **options)


@click.command()
@_options(_ENGINE)
def require(**options: Any) -> None:
    """Find how many agents each open interval needs: forecast.csv, requirements.csv.

    Net is agents on contacts; gross adds shrinkage, the share of paid time lost beside breaks.
    """
    _run("requirement", **options)


@click.command()
@_options(_ENGINE, SECONDS)
def roster(**options: Any) -> None:
    """Build the roster: who works when (roster.csv), and which intervals stay short (coverage.csv)."""
    _run("roster", **options)


@click.command()
@_options(_ENGINE, SECONDS)
def compare(**options: Any) -> None:
    """Plan as `plan` does, and print what the same service costs in-house, per call and per booth, line by line."""
    made = _run("costs", **options)
    if options["style"] != "json" and made.comparison is not None:
        click.echo()
        click.echo(cost_table(made.comparison).to_string(index=False))


@click.command()
@click.argument(
    "plan_files", metavar="PLAN.toml...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@OUT
@ENCODING
@SECONDS
def batch(plan_files: tuple[Path, ...], out: Path, encoding: Encoding, seconds: float | None) -> None:
    """Plan many desks, one after another; one that fails does not stop the others.

    Each desk gets a folder in DIR, named after the folder of its PLAN.toml, and a line in DIR/totals.csv, which also
    says what was wrong with those that failed. Exit status 0: all planned; 2: at least one failed.
    """
    with stoppable("text") as stop:

        def told(name: str, outcome: str) -> None:
            click.echo(f"{name}: {outcome}")
            stop.clear()  # the search of the next desk is another

        failed = run_batch(plan_files, out, encoding=encoding, seconds=seconds, stop=stop.is_set, told=told)
    if failed:
        raise StaffingError(f"{failed} of {len(plan_files)} plans failed; {out / 'totals.csv'} says why")
