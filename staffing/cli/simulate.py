"""`staffing simulate`: play a roster call by call."""

from __future__ import annotations

from math import isfinite, isnan
from pathlib import Path

import click

from staffing.coverage import Expected, cover
from staffing.io.roster_csv import read_roster
from staffing.plan import basis_of
from staffing.simulate import Play, Played, play_coverage
from staffing.simulation import Estimate, Figures


@click.command()
@click.argument("roster_file", metavar="ROSTER.csv", type=click.Path(path_type=Path))
@click.option(
    "--plan",
    "plan_file",
    required=True,
    type=click.Path(path_type=Path),
    metavar="PLAN.toml",
    help="The settings that the roster was made for: calls, handling time, patience, shrinkage.",
)
@click.option(
    "--replications",
    type=click.IntRange(2, 10_000),
    default=20,
    show_default=True,
    help="How often to play it.",
)
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of the random numbers.")
@click.option(
    "--handling-cv",
    type=click.FloatRange(0, 10),
    help="Standard deviation over mean of the handling times (lognormal); by default exponential, as in Erlang.",
)
@click.option(
    "--scatter",
    is_flag=True,
    help="Let the calls scatter as much as those of the history did, not by chance alone.",
)
def simulate(
    roster_file: Path,
    plan_file: Path,
    replications: int,
    seed: int,
    handling_cv: float | None,
    scatter: bool,
) -> None:
    """Play a roster call by call, and show what callers get beside what the formulas expect.

    Every call of the horizon is drawn, waits, is answered or gives up; the interval behind each figure says how far
    it may be off after so many replications.
    """
    problem, requirement = basis_of(plan_file)
    roster, _ = read_roster(roster_file, problem.horizon)
    coverage = cover(roster, problem, requirement)
    play = Play(replications, seed, handling_cv, scatter)
    played = play_coverage(coverage, requirement, play)
    for line in _lines(coverage.expected(), played, requirement.targets.threshold, play):
        click.echo(line)


def _lines(expected: Expected, played: Played, threshold: float, play: Play) -> list[str]:
    total = played.result.total
    calls = float(total.offered.mean)
    lines = [
        f"{play.replications} times {calls:,.0f} calls, seed {play.seed}; {play.confidence:.0%} intervals",
        f"handling times {_handling(play)}; "
        f"calls scatter {'as in the history' if play.scatter else 'by chance alone'}",
        "",
        f"{'':28}{'formulas':>10}{'simulated':>12}",
        _share("abandoned", expected.abandonment, total.abandonment),
        _share(f"answered within {threshold:g} s", expected.service_level, total.service_level),
        _seconds("mean wait of all callers", expected.mean_wait_seconds, total.mean_wait),
        _seconds("mean wait of the answered", expected.asa_seconds, total.asa),
    ]
    if len(played.queues) > 1:
        lines += ["", f"{'queue':28}{'abandoned':>22}{'in time':>22}"]
        lines += [_queue(name, played.result.by_type, place) for place, name in enumerate(played.queues)]
    return lines


def _handling(play: Play) -> str:
    if play.handling_cv is None:
        return "exponential"
    return f"lognormal, deviation {play.handling_cv:g} times the mean"


def _share(name: str, expected: float, found: Estimate) -> str:
    return f"{name:28}{expected:10.2%}{float(found.mean):12.2%} +/- {float(found.half_width):.2%}"


def _seconds(name: str, expected: float, found: Estimate) -> str:
    return (
        f"{name:28}{_wait(expected):>10}{_wait(float(found.mean)):>12} +/- {_wait(float(found.half_width))}"
    )


def _wait(seconds: float) -> str:
    return f"{seconds:.1f} s" if isfinite(seconds) else "unknown" if isnan(seconds) else "no end"


def _queue(name: str, figures: Figures, place: int) -> str:
    lost, level = figures.abandonment[place], figures.service_level[place]
    return (
        f"{name:28}{float(lost.mean):10.2%} +/- {float(lost.half_width):6.2%}"
        f"{float(level.mean):11.2%} +/- {float(level.half_width):6.2%}"
    )
