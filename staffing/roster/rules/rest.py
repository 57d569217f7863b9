"""Rest between shifts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.notes import Note
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel

DAYS_IN_REACH = 2  # a shift that starts before midnight and ends within 24 h bars at most the two days after


@dataclass(frozen=True, kw_only=True)
class MinimumRest(Rule):
    """Between the end of a shift and the start of the next lies the rest that the rule pack names.

    Japanese law makes the 11 hours an effort duty. The roster keeps them without exception: a person can
    always be given a later shift or a day off, so the rule shuts out no roster that a shortage, which is
    priced, could not stand in for, except where a contract's least hours need the shorter rest.
    """

    name: ClassVar[str] = "rest"
    unit: ClassVar[str] = "time"
    figure: ClassVar[str] = "min_rest_minutes"

    def restrict(self, model: RosterModel) -> None:
        """For each moment t: shifts of one day that end at t or later + next shifts before t + rest <= 1.

        Every pair of shifts too close to each other lies in one of these sums; the sums bound a relaxation
        far better than the pairs would.
        """
        rest = model.problem.pack.min_rest_minutes
        for agent, _ in self.bound_agents(model.problem):
            for day in range(len(model.days)):
                for later in range(day + 1, min(day + 1 + DAYS_IN_REACH, len(model.days))):
                    self._restrict_pair(model, agent, range(day, later + 1), rest)

    def _restrict_pair(self, model: RosterModel, agent: int, days: range, rest: int) -> None:
        before, after = model.options(agent, days[0]), model.options(agent, days[-1])
        if not len(before.columns) or not len(after.columns):
            return
        ends = np.unique(before.ends)
        if ends[-1] + rest <= after.starts.min():
            return
        barred = np.array([(after.starts < end + rest).sum() for end in ends])
        slack = model.slack(self, agent, days)
        for i, end in enumerate(ends):
            if barred[i] and (i == 0 or barred[i] > barred[i - 1]):  # else the row before says more
                columns = (before.columns[before.ends >= end], after.columns[after.starts < end + rest])
                model.limit(self, np.concatenate(columns), high=1, agent=agent, days=days, over=slack)

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The rest between two days."""
        return Note.of(
            "{days}: agent {agent} rests at least {hours} h between shifts",
            days=limit.span(model),
            agent=limit.person(model),
            hours=f"{model.problem.pack.min_rest_minutes / 60:g}",
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """The rest that would be left."""
        pack, shifts = model.problem.pack, sorted(give.worked, key=lambda placement: placement.start)
        left = shifts[-1].start - shifts[0].end if len(shifts) > 1 else 0
        values = {
            "days": give.limit.span(model),
            "agent": give.limit.person(model),
            "left": f"{left / 60:g}",
            "hours": f"{pack.min_rest_minutes / 60:g}",
        }
        if self.is_law(pack):
            return Note.of(
                "{days}: agent {agent} would rest {left} h between shifts, the law asks for {hours}: not lawful"
                " ({article}); change one of the shifts",
                **values,
                article=self.article(pack),
            )
        return Note.of(
            "{days}: agent {agent} would rest {left} h between shifts instead of {hours}; allow it once or change"
            " one of the shifts",
            **values,
        )
