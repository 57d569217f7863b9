"""Explain a problem that has no roster: find the conflicts, and the cheapest way out, which is then tried."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from time import monotonic

from staffing.notes import Note
from staffing.roster.changes import Change, applied, merged
from staffing.roster.explain.certain import exists
from staffing.roster.explain.conflict import conflicts
from staffing.roster.explain.elastic import Elastic, Group
from staffing.roster.explain.explanation import Conflict, Explanation, Relaxation, obstacles_of
from staffing.roster.ledger import NOBODY
from staffing.roster.limits import Give, Limit
from staffing.roster.problem import RosterProblem
from staffing.roster.rules import Apart, LeaveAllowance, MinimumOnDuty, Rule, Together, rules_of
from staffing.roster.variables import RosterModel

SECONDS = 15.0  # of search for conflicts, unless the caller says otherwise
GROUP_SECONDS = 20.0  # for the cheapest way out of one group of people
ROUNDS = 8  # a change may ask for another: leave taken away raises the least hours by its share
TEAM = (Apart, LeaveAllowance, MinimumOnDuty, Together)


def explain(problem: RosterProblem, *, seconds: float = SECONDS, seed: int = 1) -> Explanation:
    """Why no roster exists, and the cheapest relaxation, tried until one does.

    Args:
        problem: any; of one that has a roster the explanation is empty.
        seconds: of search for conflicts; the relaxation is found however short it is.
        seed: of the searches.
    """
    return _Story(problem, monotonic() + seconds, seed).told()


def explain_alone(problem: RosterProblem, *, seconds: float = SECONDS, seed: int = 1) -> Explanation:
    """Each person alone against their own contract, leave, settled days, availability and rules.

    Rules that tie people to one another are left out, so whoever is named has no lawful weeks even alone. Activities
    are left to each as if there were no other people.
    """
    own = tuple(rule for rule in problem.rules if not isinstance(rule, TEAM))
    activities = tuple(
        replace(one, together=False, places=None)
        for one in problem.activities
        if one.kind == "hard" and not one.least
    )
    return explain(replace(problem, rules=own, activities=activities), seconds=seconds, seed=seed)


@dataclass
class _Story:
    """What is found on the way from a problem to one that has a roster."""

    problem: RosterProblem
    deadline: float
    seed: int
    conflicts: list[Conflict] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    wording: list[Note] = field(default_factory=list)
    lawful: bool = True
    cheapest: bool = True
    told_days: set[tuple[Rule, int]] = field(default_factory=set)

    def told(self) -> Explanation:
        current, rounds = self.problem, 0
        for rounds in range(ROUNDS):
            model = RosterModel(current, rules_of(current))
            found = exists(model, seconds=GROUP_SECONDS, seed=self.seed)
            if found.answer == "yes":
                return self._told(proven=True, rounds=rounds)
            changes = self._round(current, found.stuck, first=rounds == 0)
            if not changes:
                break
            self.changes += changes
            current = applied(current, changes)
        return self._told(proven=False, rounds=rounds)

    def _round(self, current: RosterProblem, stuck: frozenset[int], *, first: bool) -> tuple[Change, ...]:
        """The changes that the cheapest way out of each group comes to; the first round also tells the conflicts."""
        elastic = Elastic(current)
        changes: list[Change] = []
        for group in elastic.groups:
            people = set(elastic.model.owners[group.columns].tolist()) - {NOBODY}
            if people and not people & stuck:
                continue
            way = group.solve(frozenset(), frozenset(), GROUP_SECONDS, self.seed)
            self.cheapest &= way.cheapest
            if way.x is not None:
                against = self._tell_conflicts(elastic, group, set(group.given(way.x))) if first else {}
                changes += self._give(elastic.model, elastic.gives(group, way.x), against)
        return merged(changes)

    def _tell_conflicts(self, elastic: Elastic, group: Group, given: set[int]) -> dict[Limit, frozenset[str]]:
        """Put the group's conflicts on record; returns the rules that each limit is in conflict with."""
        against: dict[Limit, frozenset[str]] = {}
        for holds, minimal in conflicts(group, given, self.deadline, self.seed):
            limits = [hold.limit for hold in holds]
            if len(limits) == 1 and limits[0].moment is not None:  # one of many moments of a day: told once
                if (limits[0].rule, limits[0].first) in self.told_days:
                    continue
                self.told_days.add((limits[0].rule, limits[0].first))
            self.conflicts.append(Conflict(obstacles_of(limits, elastic.model), minimal))
            rules = frozenset(limit.rule.name for limit in limits)
            against |= {limit: against.get(limit, frozenset()) | rules for limit in limits}
        return against

    def _give(
        self, model: RosterModel, gives: Sequence[Give], against: Mapping[Limit, frozenset[str]]
    ) -> Iterator[Change]:
        """Word how far limits give, and what lets them."""
        for give in joined(gives):
            rule = give.limit.rule
            told = replace(give, against=against.get(give.limit, frozenset()))
            self.wording.append(rule.explain(told, model))
            self.lawful &= not rule.is_law(model.problem.pack)
            yield rule.remedy(told, model)

    def _needed(self) -> tuple[Change, ...]:
        """The changes without those that others made needless, as one of a later round may."""
        kept = list(self.changes)
        for change in self.changes:
            without = [other for other in kept if other is not change]
            problem = applied(self.problem, without)
            model = RosterModel(problem, rules_of(problem))
            if exists(model, seconds=GROUP_SECONDS, seed=self.seed).answer == "yes":
                kept = without
        return tuple(kept)

    def _told(self, *, proven: bool, rounds: int) -> Explanation:
        changes = self._needed() if proven and rounds > 1 else tuple(self.changes)
        wording = tuple(dict.fromkeys(self.wording))
        relaxation = Relaxation(changes, wording, self.lawful, self.cheapest and rounds <= 1)
        return Explanation(tuple(dict.fromkeys(self.conflicts)), relaxation, proven)


def joined(gives: Sequence[Give]) -> tuple[Give, ...]:
    """The gives, those of one rule at moments of one day that follow each other told as one."""
    found: list[Give] = []
    for give in gives:
        last = found[-1] if found else None
        if (
            last is not None
            and give.limit.moment is not None
            and (last.limit.rule, last.limit.first, last.amount)
            == (give.limit.rule, give.limit.first, give.amount)
        ):
            found[-1] = replace(last, until=give.limit)
        else:
            found.append(give)
    return tuple(found)
