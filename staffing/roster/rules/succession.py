"""Which shift may follow which from one day to the next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from staffing.notes import Note
from staffing.roster.changes import RuleFigure
from staffing.roster.rules.pick import Pick, of_codes
from staffing.roster.rules.rule import Rule

if TYPE_CHECKING:
    from staffing.roster.changes import Change
    from staffing.roster.limits import Give, Limit
    from staffing.roster.variables import RosterModel


@dataclass(frozen=True, kw_only=True)
class ForbiddenSuccession(Rule):
    """Nobody works, the day after a shift, one that may not follow it.

    `barred` names pairs (a shift or template of a day, one of the next day).
    """

    name: ClassVar[str] = "forbidden_succession"
    unit: ClassVar[str] = "time"

    barred: frozenset[tuple[str, str]]

    def restrict(self, model: RosterModel) -> None:
        """For each set of barred followers: shifts barring at least those + those of the next day <= 1."""
        chosen = self._sets()
        for agent, _ in self.bound_agents(model.problem):
            for day in range(len(model.days) - 1):
                today, tomorrow = model.options(agent, day), model.options(agent, day + 1)
                days = range(day, day + 2)
                rows = [(before(today), after(tomorrow)) for before, after in chosen]
                rows = [(first, second) for first, second in rows if len(first) and len(second)]
                slack = model.slack(self, agent, days) if rows else None
                for pair in rows:
                    model.limit(self, np.concatenate(pair), high=1, agent=agent, days=days, over=slack)

    def _sets(self) -> list[tuple[Pick, Pick]]:
        """One row a distinct set of followers: everybody whose own set contains it may stand in the row."""
        followers: defaultdict[str, set[str]] = defaultdict(set)
        for before, after in self.barred:
            followers[before].add(after)
        distinct = {frozenset(after) for after in followers.values()}
        return [
            (of_codes(frozenset(code for code, own in followers.items() if own >= after)), of_codes(after))
            for after in sorted(distinct, key=sorted)
        ]

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """What may not follow."""
        return Note.of(
            "{days}: agent {agent} works no forbidden pair of shifts ({pairs})",
            days=limit.span(model),
            agent=limit.person(model),
            pairs=_pairs(self.barred),
        )

    def explain(self, give: Give, model: RosterModel) -> Note:
        """The pair that is needed."""
        return Note.of(
            "{days}: agent {agent} would work {pairs}, which is forbidden; allow {pairs} for agent {agent}",
            days=give.limit.span(model),
            agent=give.limit.person(model),
            pairs=_pairs(self._worked(give)),
        )

    def remedy(self, give: Give, model: RosterModel) -> Change:
        """The pair allowed for this person."""
        left = self.barred - self._worked(give)
        return RuleFigure(self, frozenset((give.limit.person(model),)), "barred", left)

    def _worked(self, give: Give) -> frozenset[tuple[str, str]]:
        """The barred pairs that the shifts needed make."""
        first, *_, second = sorted(give.worked, key=lambda placement: placement.day)
        return frozenset(
            (before, after)
            for before, after in self.barred
            if before in (first.template, first.shift.code) and after in (second.template, second.shift.code)
        )


def _pairs(barred: frozenset[tuple[str, str]]) -> str:
    return ", ".join(f"{before} > {after}" for before, after in sorted(barred))
