"""Why no roster can exist: whose contract asks for more hours than can be worked, in which week, and what helps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from fractions import Fraction
from math import floor

from staffing.roster.program import Ints
from staffing.roster.rules import least_minutes
from staffing.roster.shortfall import Attempt, Lack, closest
from staffing.roster.variables import RosterModel

PERSON_SECONDS = 5.0  # of search for one person; a tenth of a second is usual


def find_start(
    model: RosterModel, *, seconds: float, workers: int, seed: int, stop: Callable[[], bool]
) -> tuple[Ints | None, tuple[str, ...]]:
    """An x that keeps everybody's least hours, or what stands in the way of any.

    Each person is looked at alone first: own contract, leave, opening hours, shifts and rest. If all of them
    can do their hours alone, the seats that they share are too few, or were given out clumsily: then
    everybody is looked at together.

    Returns:
        The work columns of such an x (its other columns are 0) and no obstacles, or None and the obstacles.
    """
    lacks: list[Lack] = []
    for agent in range(len(model.problem.agents)):
        alone = closest(model, {agent}, seconds=PERSON_SECONDS, workers=1, seed=seed)
        lacks += alone.lacks if alone is not None else ()
    if lacks:
        return None, tuple(_alone(model, lack) for lack in lacks)
    everybody = range(len(model.problem.agents))
    together = closest(model, everybody, seconds=seconds, workers=workers, seed=seed, stop=stop)
    if together is None:
        return None, (f"no roster was found within {seconds:g} s, nor was it proven that there is none",)
    if together.lacks:
        return None, _together(together)
    return together.x, ()


def _alone(model: RosterModel, lack: Lack) -> str:
    """What one person's week lacks, and the contract's minimum that would do."""
    need = lack.need
    agent = model.problem.agents[need.agent]
    contract = model.problem.contract_of(agent)
    on_leave = any(day in agent.leave for day in need.week.days)
    share = least_minutes(model.problem, agent, need.week) / (60 * Fraction(str(contract.min_hours_week)))
    enough = floor(Fraction(lack.possible, 60) / share * 100) / 100
    return (
        f"week of {need.week.start}: agent {agent.agent_id} needs at least {need.minutes / 60:g} h"
        f" by contract '{contract.name}', but {'leave, ' if on_leave else ''}opening hours, rest and the contract's"
        f" shifts allow {lack.possible / 60:g} h; lower min_hours_week to {enough:g}"
        f"{' or shorten the leave' if on_leave else ''}"
    )


def _together(attempt: Attempt) -> tuple[str, ...]:
    """What the weeks lack when people share too few seats."""
    weeks: defaultdict[str, list[Lack]] = defaultdict(list)
    for lack in attempt.lacks:
        weeks[str(lack.need.week.start)].append(lack)
    hint = "" if attempt.proven else " (the search ended before this was proven)"
    return tuple(
        f"week of {week}: the selected shifts leave {_missing(lacks) / 60:g} h of the contracts' least hours"
        f" without a seat, {len(lacks)} people lack some{hint}; lower min_hours_week or add seats"
        for week, lacks in weeks.items()
    )


def _missing(lacks: list[Lack]) -> int:
    return sum(lack.need.minutes - lack.possible for lack in lacks)
