"""Which wishes for a day off are denied: those of people who work, and what allowances of leave leave no room for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from staffing.roster.checks.case import Case
from staffing.roster.rules import LeaveAllowance


@dataclass(frozen=True)
class Denials:
    """One day's wishes for the whole day off.

    `cost` is what the denied ones cost, `beyond` by how many people each of the problem's allowances is exceeded,
    `denied` are the ids of those who do not get their day.
    """

    cost: int
    beyond: tuple[int, ...]
    denied: frozenset[str] = frozenset()


def denials(case: Case, day: date) -> Denials:
    """The cheapest way to deny wishes: everybody who works is denied, of the rest as many as the allowances need.

    People on leave have their day already: they take up room, and their wish costs nothing unless they work.
    """
    rules = case.rules(LeaveAllowance)
    asked = _asked(case, day)
    working = {agent_id for agent_id in asked if any(s.day == day for s in case.by_agent[agent_id])}
    on_leave = {agent.agent_id for agent in case.problem.agents if day in agent.leave}
    idle = [agent_id for agent_id in asked if agent_id not in working | on_leave]
    paid = sum(asked[agent_id] for agent_id in working)
    groups = [frozenset(case.agents) if rule.people is None else rule.people for rule in rules]
    needed = [
        len(group & set(idle)) - max(0, rule.most - len(group & on_leave))
        for rule, group in zip(rules, groups, strict=True)
    ]
    if all(need <= 0 for need in needed):
        return Denials(paid, (0,) * len(rules), frozenset(working))
    # minimise weights of those denied + soft rules' prices x beyond; denied in each group + beyond >= needed
    costs = np.array([*(asked[agent_id] for agent_id in idle), *(rule.weight for rule in rules)])
    matrix = np.hstack([[[agent_id in group for agent_id in idle] for group in groups], np.eye(len(rules))])
    upper = [*(1 for _ in idle), *(len(idle) if rule.kind == "soft" else 0 for rule in rules)]
    found = milp(
        costs,
        integrality=np.ones(len(costs), dtype=np.int64),
        bounds=Bounds(0, upper),
        constraints=LinearConstraint(matrix, np.array(needed), np.inf),
    )
    chosen = np.rint(np.asarray(found.x)).astype(np.int64)[: len(idle)]
    denied = {agent_id for agent_id, taken in zip(idle, chosen, strict=True) if taken}
    beyond = tuple(max(0, need - len(group & denied)) for need, group in zip(needed, groups, strict=True))
    return Denials(paid + sum(asked[agent_id] for agent_id in denied), beyond, frozenset(working | denied))


def _asked(case: Case, day: date) -> dict[str, int]:
    """Who asked for the whole day off, and what it costs to deny them."""
    asked: dict[str, int] = {}
    for request in case.problem.requests:
        whole_day = request.wants == "off" and request.shift is None
        if request.day == day and whole_day and request.agent_id in case.agents:
            asked[request.agent_id] = asked.get(request.agent_id, 0) + request.weight
    return asked
