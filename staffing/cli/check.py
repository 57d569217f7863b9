"""`staffing check`: judge a roster file, ours or another program's."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from staffing.io.roster_csv import read_roster
from staffing.plan import problem_of
from staffing.roster.check import check as judge


@click.command()
@click.argument("roster_file", metavar="ROSTER.csv", type=click.Path(path_type=Path))
@click.option(
    "--plan",
    "plan_file",
    required=True,
    type=click.Path(path_type=Path),
    metavar="PLAN.toml",
    help="The settings that name the people, contracts, shifts, opening hours and the rule pack.",
)
def check(roster_file: Path, plan_file: Path) -> None:
    """Judge a roster, ours or another program's, against its plan with code that shares nothing with the solver.

    ROSTER.csv needs the columns agent_id, business_date, start and end; breaks and figures are judged where given.
    The last line also says what the roster is worth, part by part, in the currency's smallest unit.

    Exit status 0: lawful; 1: rules are broken; 2: a file cannot be read.
    """
    problem = problem_of(plan_file)
    roster, claimed = read_roster(roster_file, problem.horizon)
    report = judge(roster, problem, claimed=claimed)
    for violation in report.violations:
        click.echo(str(violation))
    worth = [f"{name.replace('_', ' ')} {amount:,}" for name, amount in report.parts.parts.items() if amount]
    click.echo(
        f"{len(roster.duties)} shifts checked: {'lawful' if report.passed else 'rules are broken'}, "
        f"{len(report.violations)} remarks; objective {report.objective:,}{' = ' if worth else ''}{' + '.join(worth)}"
    )
    if not report.passed:
        sys.exit(1)
