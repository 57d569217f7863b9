"""One long rest a week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.labour.carried import Carried
from staffing.labour.clock import minute_of
from staffing.roster.rules.rule import Rule
from staffing.roster.weeks import DAYS_A_WEEK, Week

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class WeeklyRest(Rule):
    """Every working week, from midnight to midnight, holds the pack's uninterrupted rest around a day off.

    Days outside the horizon are days without work.
    """

    name: ClassVar[str] = "weekly_rest"
    unit: ClassVar[str] = "week"
    figure: ClassVar[str] = "weekly_rest_minutes"

    def restrict(self, model: RosterModel) -> None:
        """r[d] = 1 for a day off with rest enough around it: sum of r over each week >= 1."""
        rest = model.problem.pack.weekly_rest_minutes
        if rest is None:
            return
        for week in model.weeks:
            for agent, person in self.bound_agents(model.problem):
                carried = person.carried or Carried()
                outside = (week.days[0] - week.start).days
                worked = min(outside, carried.consecutive_days)
                if DAYS_A_WEEK - len(week.days) - worked > 1:
                    continue  # two days outside the horizon are rest enough
                first = outside if worked else 0  # a day before the horizon has no room for the rest
                ended = None if carried.last_end is None else minute_of(carried.last_end)
                around = [_rest_day(model, agent, week, i, rest, ended) for i in range(first, DAYS_A_WEEK)]
                model.limit(self, around, low=1, agent=agent, days=model.indices(week))


def _rest_day(model: RosterModel, agent: int, week: Week, number: int, rest: int, ended: int | None) -> int:
    """The column that is 1 when the rest lies around a day: no work on it, and room enough on either side.

    `ended` is the end of the last duty before the horizon.
    """
    horizon = model.problem.horizon
    opens = minute_of(horizon.at(week.start, 0))
    opens = opens if ended is None else max(opens, ended)
    closes = minute_of(horizon.at(week.start + timedelta(days=DAYS_A_WEEK), 0))
    day = model.indices(week).start + number - (week.days[0] - week.start).days
    before, own, after = (model.options_near(agent, day + i) for i in (-1, 0, 1))
    column = model.column(1, agent=agent, day=model.indices(week).start)
    rows = [model.row([*own.columns, column], high=1)] if len(own.columns) else []
    for end in np.unique(np.append(np.maximum(before.ends, opens), opens)).tolist():
        late = before.columns[before.ends >= end] if end > opens else before.columns[:0]
        early = after.columns[after.starts < end + rest] if end + rest <= closes else None
        if early is None:
            rows.append(model.row([*late, column], high=1 if len(late) else 0))
        elif len(early):
            rows.append(model.row([*late, *early, column], high=2 if len(late) else 1))
    model.derived.add_allowed(column, rows)
    return column
