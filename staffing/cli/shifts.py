"""`staffing shifts`: which shift templates to offer, from the requirement alone."""

from __future__ import annotations

from pathlib import Path

import click

from staffing.cli.progress import stoppable
from staffing.config import read_config
from staffing.errors import StaffingError
from staffing.horizon import clock
from staffing.plan import MOST_SECONDS, problem_of
from staffing.roster import RosterProblem
from staffing.shifts import Proposal, ProposalSettings, ShiftTemplate, propose_templates, shifts_toml


@click.command()
@click.argument("plan_file", metavar="PLAN.toml", type=click.Path(path_type=Path))
@click.option(
    "--most", type=click.IntRange(1, 26), default=6, show_default=True, help="Templates to look at, at most."
)
@click.option(
    "--shortest", type=click.IntRange(1, 12), default=4, show_default=True, help="Hours of work, at least."
)
@click.option(
    "--longest",
    type=click.IntRange(1, 12),
    default=8,
    show_default=True,
    help="Hours of work, at most; the rule pack's longest day holds in any case.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0, max=MOST_SECONDS, min_open=True),
    default=60.0,
    show_default=True,
    help="Of search, in all. Ctrl-C ends it before that with what has been found.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.toml",
    help="Write the [[shifts]] tables there instead of printing them.",
)
def shifts(plan_file: Path, most: int, shortest: int, longest: int, seconds: float, out: Path | None) -> None:
    """Propose shift templates: few start times and lengths that fit the agents required, with lawful breaks.

    Looks for the best set of 1, 2, ... templates and shows what each further one saves in wages and missing people
    (both priced as in PLAN.toml), then prints the [[shifts]] tables for PLAN.toml of as many as are worth having.
    Contracts play no part: name the new codes in them.
    """
    if longest < shortest:
        raise click.BadParameter(f"{longest} is below --shortest {shortest}", param_hint="--longest")
    config = read_config(plan_file)
    problem = problem_of(config)
    settings = ProposalSettings(
        wage_per_hour=_mean_wage(problem),
        shortage_per_hour=problem.prices.shortage_per_hour,
        most=most,
        shortest_hours=shortest,
        longest_hours=longest,
    )
    with stoppable("text") as stop:
        found = propose_templates(
            problem.demand,
            problem.horizon,
            problem.pack,
            settings,
            seconds=seconds,
            seed=config.plan.seed,
            stop=stop.is_set,
        )
    if not any(step.templates for step in found.steps):
        raise StaffingError(
            f"{plan_file}: no shift of {shortest} to {longest} hours of work is worth offering; see that one fits "
            "the opening hours, and that a person missing costs more than an hour of work"
        )
    for line in _lines(found, settings, config.plan.currency):
        click.echo(line)
    _write(shifts_toml(found.templates), out)


def _mean_wage(problem: RosterProblem) -> int:
    wages = [agent.wage for agent in problem.agents]
    return round(sum(wages) / len(wages))


def _write(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=False)
        return
    try:
        out.write_text(text, encoding="utf-8")
    except OSError as error:
        raise StaffingError(f"{out}: cannot be written: {error.strerror or error}") from error
    click.echo(str(out))


def _lines(found: Proposal, settings: ProposalSettings, currency: str) -> list[str]:
    lines = [
        f"{found.required_hours:,.1f} agent-hours required on {found.days} days; an hour of work costs "
        f"{settings.wage_per_hour:,} {currency}, an hour of a person missing {settings.shortage_per_hour:,}",
        "",
        f"{'templates':>9}{'shifts':>8}{'paid h':>10}{'over h':>10}{'short h':>10}"
        f"{'cost':>14}{'at least':>14}{'saves':>12}",
    ]
    for index, step in enumerate(found.steps):
        saves = f"{found.saving(index):,}" if index else ""
        lines.append(
            f"{index + 1:>9}{step.duties:>8,}{step.paid_hours:>10,.1f}{step.over_hours:>10,.1f}"
            f"{step.short_hours:>10,.1f}{step.cost:>14,}{step.cost_bound:>14,}{saves:>12}"
        )
    if found.chosen + 1 < settings.most:
        why = f"as each further one saves less than {settings.least_saving:.1%}"
    else:
        why = "the most asked for; a further one may save more"
    lines += ["", f"Proposed, {why}:"]
    return [*lines, *(_told(template) for template in found.templates), ""]


def _told(template: ShiftTemplate) -> str:
    start, end = template.first_start_minute, template.first_start_minute + template.length_minutes
    work = (template.length_minutes - template.break_minutes) / 60
    text = f"  {template.code}  {clock(start)}-{clock(end)}  {work:g} h of work"
    if template.break_minutes:
        first, last = clock(start + template.break_earliest), clock(start + template.break_latest)
        text += f", break of {template.break_minutes} min from {first} to {last}"
    return text
