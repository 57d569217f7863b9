"""Why no roster can exist: whose contract asks for more hours than can be worked, in which week, and what helps."""

from __future__ import annotations

from fractions import Fraction
from math import floor

from staffing.roster.rules import least_minutes
from staffing.roster.shortfall import Lack, closest
from staffing.roster.variables import RosterModel

PERSON_SECONDS = 5.0  # of search for one person; a tenth of a second is usual


def obstacles(model: RosterModel, seed: int) -> tuple[str, ...]:
    """What keeps people from their contracts' least hours, each looked at alone; never empty.

    Missing people are priced, not forbidden, and every other rule is kept by working less, so least hours are
    the only thing that a roster can fail at, and nobody's depend on anybody else.
    """
    found = (
        closest(model, agent, seconds=PERSON_SECONDS, seed=seed) for agent in range(len(model.problem.agents))
    )
    worded = tuple(_wording(model, lack) for lacks in found for lack in lacks)
    return worded or ("no first roster was found in time, though nothing is known to stand in the way",)


def _wording(model: RosterModel, lack: Lack) -> str:
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
