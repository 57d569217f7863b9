"""What became of requests: granted or denied, from the duties alone, and what each denial costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from staffing.roster.checks.allowance import denials
from staffing.roster.checks.case import Case


@dataclass(frozen=True)
class Answered:
    """A request of a known person on a planned day, by its place among the problem's.

    `cost` is what its denial costs, in the currency's smallest unit; 0 where it is granted.
    """

    place: int
    granted: bool
    cost: int


def answered(case: Case) -> Iterator[Answered]:
    """Every request's outcome, in the problem's order.

    Denied are: to work without such a duty, not to work with one, and whole days off as `denials` says.
    """
    days = case.problem.horizon.days
    off = {day: denials(case, day).denied for day in days}
    for place, request in enumerate(case.problem.requests):
        if request.agent_id not in case.agents or request.day not in days:
            continue
        if request.wants == "off" and request.shift is None:
            granted = request.agent_id not in off[request.day]
        else:
            there = [stint for stint in case.by_agent[request.agent_id] if stint.day == request.day]
            if request.shift is not None:
                there = [stint for stint in there if case.is_of(stint, frozenset({request.shift}))]
            granted = bool(there) == (request.wants == "on")
        yield Answered(place, granted, 0 if granted else request.weight)
