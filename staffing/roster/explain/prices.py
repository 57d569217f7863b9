"""What it takes for a limit to give: the cheapest way out should be the one that a desk would take first.

The figures are not money: they only say which of two ways out comes first. What a desk settles by itself (least
hours, the plan's own preferences) is cheap; what people must agree to (leave, availability, longer hours) is dear;
what the law forbids is out of reach of everything else, so it is named only where nothing else lets a roster through.
"""

from __future__ import annotations

from staffing.roster.limits import Limit
from staffing.roster.rules import (
    Apart,
    Attendance,
    Availability,
    ConsecutiveDaysLeast,
    ConsecutiveDaysOffLeast,
    ContractHours,
    ContractShiftsAWeek,
    ContractTemplates,
    FixedDays,
    HoursInPeriod,
    HoursInWindow,
    Leave,
    LeaveAllowance,
    MinimumOnDuty,
    MinimumRest,
    OneShiftADay,
    Rule,
    Seats,
    ShiftsInPeriod,
    StableStarts,
    Together,
    WholeWeekends,
)
from staffing.roster.variables import RosterModel

NEVER: tuple[type[Rule], ...] = (OneShiftADay, Seats)  # how the model is made: these cannot give
LAW = 1_000_000  # a unit of a rule of law
LAW_MINUTE = 20_000
LEAST_MINUTE = 3  # of a contract's least hours, and a tenth more for each other person on the contract
OTHER = 1_500  # a unit of a rule without a figure of its own here

_BELOW: dict[type[Rule], int] = {  # a unit lacking to the least
    HoursInPeriod: 3,
    ShiftsInPeriod: 300,
    MinimumOnDuty: 1_200,
    Attendance: 400,
}
_ABOVE: dict[type[Rule], int] = {  # a unit above the most
    ContractHours: 8,
    ContractShiftsAWeek: 2_500,
    HoursInPeriod: 3,
    HoursInWindow: 3,
    ShiftsInPeriod: 900,
    LeaveAllowance: 300,
    ConsecutiveDaysLeast: 500,
    ConsecutiveDaysOffLeast: 500,
    StableStarts: 500,
    WholeWeekends: 600,
    Together: 600,
    ContractTemplates: 1_800,
    Leave: 3_000,
    Availability: 3_500,
    Apart: 1_000,
    MinimumRest: 4_000,
}


def may_give(rule: Rule) -> int | None:
    """The first price of a unit of a hard rule; None for those that cannot give."""
    return None if isinstance(rule, NEVER) else 1


def price_of(limit: Limit, below: bool, model: RosterModel) -> int:
    """What one unit of a limit's row takes to give, below its low side or above its high one."""
    rule = limit.rule
    if rule.is_law(model.problem.pack):
        return (LAW_MINUTE if rule.unit == "minute" else LAW) * limit.size
    if isinstance(rule, FixedDays):
        return (
            1_500 if below or rule.rests(limit, model) else 1
        )  # a shift's day is paid for below its low side
    if isinstance(rule, ContractHours) and below:
        contract = model.problem.agents[limit.agent].contract
        others = sum(agent.contract == contract for agent in model.problem.agents) - 1
        return limit.size * LEAST_MINUTE * (10 + others) // 10
    table = _BELOW if below else _ABOVE
    return table.get(type(rule), _ABOVE.get(type(rule), OTHER)) * limit.size
