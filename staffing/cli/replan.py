"""`staffing replan`: a published roster, planned again from a moment on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import click

from staffing.cli.progress import Style, reporter, stoppable
from staffing.cli.report import summary_lines
from staffing.cli.stages import ENCODING, OUT, PROGRESS, SECONDS
from staffing.config import read_config
from staffing.io.export import Encoding, check_target, export
from staffing.notes import Note
from staffing.plan import News, Plan, replan_desk
from staffing.progress import ProgressEvent
from staffing.roster.replan import Absence, ChangePrices
from staffing.summary import summarise


def _absences(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> tuple[Absence, ...]:
    """`A07:2027-02-10..2027-02-12`, or one day."""
    return tuple(_absence(value) for value in values)


def _absence(value: str) -> Absence:
    agent, _, days = value.rpartition(":")
    first, _, last = days.partition("..")
    form = "expected AGENT:DATE or AGENT:DATE..DATE, such as A07:2027-02-10"
    if not agent.strip():
        raise click.BadParameter(f"{value!r} names no agent; {form}")
    try:
        return Absence(agent.strip(), date.fromisoformat(first), date.fromisoformat(last or first))
    except ValueError as error:
        raise click.BadParameter(f"{value!r}: {error}; {form}") from None


def _moment(_context: click.Context, _option: click.Parameter, value: str) -> datetime:
    try:
        return datetime.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r}: expected a time such as 2027-02-10T12:00") from None


@click.command()
@click.argument("roster_file", metavar="ROSTER.csv", type=click.Path(path_type=Path))
@click.option(
    "--plan",
    "plan_file",
    required=True,
    type=click.Path(path_type=Path),
    metavar="PLAN.toml",
    help="The settings that the roster was made from.",
)
@click.option(
    "--from",
    "cut",
    required=True,
    callback=_moment,
    metavar="TIME",
    help="From when on the roster may change, such as 2027-02-10T12:00; local time unless an offset is given.",
)
@click.option(
    "--sick",
    "--leave",
    "absences",
    multiple=True,
    callback=_absences,
    metavar="AGENT:DATE[..DATE]",
    help="Somebody who is away, such as A07:2027-02-10..2027-02-12; as often as needed.",
)
@click.option(
    "--history",
    type=click.Path(path_type=Path),
    metavar="NEW.csv",
    help="A newer history; its forecast counts from the cut on.",
)
@click.option(
    "--change-price",
    type=click.IntRange(0, 10_000_000),
    default=2000,
    show_default=True,
    help="What changing one person's published day is charged, in yen; twice as much within three days of the cut.",
)
@SECONDS
@PROGRESS
@ENCODING
@OUT
def replan(
    roster_file: Path,
    plan_file: Path,
    cut: datetime,
    absences: tuple[Absence, ...],
    history: Path | None,
    change_price: int,
    seconds: float | None,
    style: Style,
    encoding: Encoding,
    out: Path,
) -> None:
    """Plan a published roster again from a moment on, and change as little of it as pays.

    Whatever began before TIME stays as it was. Sick calls and leave free their people, a new history gives a new
    requirement, and every other change of a published day has a price. Writes the files of `staffing plan` and
    changes.csv: who works differently on which day, and why.
    """
    report = reporter(style)
    news = News(cut, absences, history, ChangePrices(change_price))
    with stoppable(style) as stop:
        config = read_config(plan_file)
        check_target(config, out, encoding)
        made = replan_desk(config, roster_file, news, seconds=seconds, progress=report, stop=stop.is_set)
        report(ProgressEvent("export", 0.98, Note.of("Writing the files")))
        files = export(made, out, encoding=encoding)
    report(ProgressEvent("done", 1.0, Note.of("Done")))
    if style != "json":
        for line in (*map(str, files), "", *summary_lines(summarise(made)), *_change_lines(made)):
            click.echo(line)


def _change_lines(made: Plan) -> Iterator[str]:
    """Who works differently, one line a person and day."""
    redone = made.redone
    if redone is None:
        return
    found, counts = redone.found, redone.found.counts
    yield ""
    yield (
        f"{len(found.changes)} person-days changed: {counts['absence']} by absence, {counts['demand']} by demand, "
        f"{counts['knock-on']} knock-on; charged {found.change_cost:,}, wages {found.wages_difference:+,}"
    )
    if made.roster is not None:
        now, idle = made.roster.coverage.expected(), redone.unchanged
        yield (
            f"expected    {now.abandonment:.1%} abandoned; {idle.abandonment:.1%} if nobody stepped in for the absent"
        )
    for change in found.changes:
        before, after = (
            "+".join(d.shift_code for d in side) or "off" for side in (change.before, change.after)
        )
        yield f"{change.business_date} {change.agent_id}: {before} -> {after} ({change.why})"
    for note in redone.replan.notes:
        yield str(note)
