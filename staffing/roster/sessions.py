"""Shifts that hold an activity: where it may lie beside their breaks.

An activity is one more pause of a shift: like a break it takes a person off the floor where it begins, and the
order rows of breaks (`variables.py`) see to it that everybody can be handed a break and a session that do not
overlap. Since it may lie before or after each break, a shift stands once more for each place among its breaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations, permutations

from staffing.roster.activity import Activity
from staffing.roster.placements import Pause, Placement
from staffing.roster.problem import Agent, RosterProblem

MOST = 2  # activities in one shift
FEW_DATES = 3  # two share a shift only where one of them has no more business dates than these


def with_activities(
    placements: Sequence[tuple[Placement, ...]], problem: RosterProblem
) -> tuple[tuple[Placement, ...], ...]:
    """Each day's placements, and behind them those that hold activities which somebody may attend that day."""
    if not problem.activities:
        return tuple(placements)
    return tuple(
        (*placed, *_holding(placed, day, problem))
        for day, placed in zip(problem.horizon.days, placements, strict=True)
    )


def attends(activities: dict[str, Activity], person: Agent, placement: Placement) -> bool:
    """Whether all activities of a placement are for a person, at the times that are settled for them."""
    for pause in placement.pauses:
        if pause.activity:
            activity = activities[pause.activity]
            if person.agent_id not in activity.people:
                return False
            settled = activity.settled_for(person.agent_id)
            if pause.settled != (settled is not None):
                return False
            if settled is not None and settled != (placement.day, pause.begins[0]):
                return False
    return True


def _holding(placed: Sequence[Placement], day: date, problem: RosterProblem) -> Iterator[Placement]:
    choices = [list(_pauses(activity, day, problem)) for activity in problem.activities]
    for several in range(1, MOST + 1):
        for chosen in combinations(range(len(choices)), several):
            own = [problem.activities[i] for i in chosen]
            if all(choices[i] for i in chosen) and _share(own, problem):
                for order in permutations(chosen):
                    for pauses in _product([choices[i] for i in order]):
                        for placement in placed:
                            yield from _mixed(placement, pauses)


def _pauses(activity: Activity, day: date, problem: RosterProblem) -> Iterator[Pause]:
    """The activity at all the starts it may have on a day, and at each that is settled for somebody."""
    if activity.on(day):
        begins = activity.begins(problem.horizon, day)
        if begins:
            yield Pause(begins, activity.minutes, paid=True, activity=activity.name)
    times = {found for who in activity.people if (found := activity.settled_for(who)) is not None}
    for on, begin in sorted(times):
        if on == day:
            yield Pause((begin,), activity.minutes, paid=True, activity=activity.name, settled=True)


def _share(activities: Sequence[Activity], problem: RosterProblem) -> bool:
    """Whether some person can be asked to attend all of them on one day."""
    people = {agent.agent_id for agent in problem.agents}.intersection(*(a.people for a in activities))
    dates = min((a.last - a.first).days + 1 for a in activities)
    return bool(people) and (len(activities) == 1 or dates <= FEW_DATES)


def _product(choices: list[list[Pause]]) -> Iterator[tuple[Pause, ...]]:
    if not choices:
        yield ()
        return
    for first in choices[0]:
        for others in _product(choices[1:]):
            yield (first, *others)


def _mixed(placement: Placement, sessions: Sequence[Pause]) -> Iterator[Placement]:
    """The placement with sessions, in their order, at every place among its breaks that leaves room for all."""
    length = len(placement.pauses) + len(sessions)
    for places in combinations(range(length), len(sessions)):
        mine, theirs = iter(sessions), iter(placement.pauses)
        pauses = tuple(next(mine if place in places else theirs) for place in range(length))
        mixed = replace(placement, pauses=pauses)
        begins = mixed.pruned([pause.begins for pause in pauses])
        if begins is not None:
            yield replace(
                mixed,
                pauses=tuple(replace(p, begins=own) for p, own in zip(pauses, begins, strict=True)),
            )
