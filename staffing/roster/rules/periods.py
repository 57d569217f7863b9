"""Stretches of days that a limit speaks of: working weeks, calendar months, the horizon."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel

Period = Literal["week", "month", "horizon"]


def spans_of(model: RosterModel, period: Period) -> list[range]:
    """Indices of the days of each period, in order; the first and the last may be cut by the horizon's edge."""
    days = range(len(model.days))
    if period == "week":
        return [model.indices(week) for week in model.weeks]
    if period == "month":
        months = groupby(days, key=lambda i: (model.days[i].year, model.days[i].month))
        return [range(found[0], found[-1] + 1) for found in (list(group) for _, group in months)]
    return [days]
