"""Why an activity lies where it does, why somebody is left out of it, and which rule stands against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar
from zoneinfo import ZoneInfo

import numpy as np
from scipy import sparse

from staffing.labour.clock import minute_of
from staffing.notes import Note
from staffing.roster.activity import Activity
from staffing.roster.engines import branch
from staffing.roster.explain.explanation import Conflict
from staffing.roster.explain.standing import Standing
from staffing.roster.explain.why import explain
from staffing.roster.ledger import NO_DAY, NOBODY
from staffing.roster.limits import Limit
from staffing.roster.people import same_shifts
from staffing.roster.program import Ints, Mask, Program
from staffing.roster.roster import Duty, Session
from staffing.roster.rules import Rule

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel

SECONDS = 10.0


@dataclass(frozen=True)
class Attended:
    """What became of one person's part in an activity.

    Attributes:
        agent_id: who.
        session: when; None for somebody who is left out.
        cost: attending: the shortage that this time makes. Left out: what giving it would add to the objective
            beside the price of leaving out, None when rules forbid it or nothing was found.
        other: attending: the shortage that the next best time would make; None when there is no other.
        conflicts: the rules that forbid it, with the activity among them; empty when none do.
        wording: the reason in a sentence.
    """

    agent_id: str
    session: Session | None
    cost: int | None
    other: int | None
    conflicts: tuple[Conflict, ...]
    wording: Note


@dataclass(frozen=True, kw_only=True)
class Called(Rule):
    """A person attends an activity without exception."""

    name: ClassVar[str] = "activity"
    unit: ClassVar[str] = "person"

    activity: str
    agent_id: str

    def restrict(self, model: RosterModel) -> None:
        """Sum of x over the shifts that hold it >= 1."""
        agent = [one.agent_id for one in model.problem.agents].index(self.agent_id)
        model.limit(
            self, holding(model, agent, self.activity), low=1, agent=agent, days=range(len(model.days))
        )

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """Who attends what."""
        return Note.of("agent {agent} attends {activity}", agent=self.agent_id, activity=self.activity)


def holding(model: RosterModel, agent: int, activity: str) -> Ints:
    """A person's work columns that hold an activity."""
    found = [
        column
        for day in range(len(model.days))
        for column, placement in model.choices(agent, day)
        if activity in placement.activities
    ]
    return np.array(found, dtype=np.int64)


def why_attended(
    standing: Standing, activity: str, agent_id: str, *, seconds: float = SECONDS, seed: int = 1
) -> Attended:
    """Why a person attends an activity when they do, or does not attend it.

    Raises:
        ValueError: when the plan has no such activity, or it is not for the person.
    """
    problem = standing.model.problem
    own = next((one for one in problem.activities if one.name == activity), None)
    ids = [agent.agent_id for agent in problem.agents]
    if own is None or agent_id not in ids or agent_id not in own.people:
        raise ValueError(f"the plan has no activity {activity} for an agent {agent_id}")
    found = next(_sessions(standing, activity, agent_id), None)
    if found is not None:
        return _placed(standing, own, agent_id, *found)
    agent = ids.index(agent_id)
    if not own.asks(agent_id, problem.agents[agent].leave):
        wording = Note.of("on leave on all its dates, so not asked")
        return Attended(agent_id, None, None, None, (), wording)
    return _left_out(standing, own, agent, seconds, seed)


def _sessions(
    standing: Standing, activity: str, agent_id: str | None = None
) -> Iterator[tuple[Duty, Session]]:
    for duty in standing.duties.values():
        for session in duty.sessions:
            if session.activity == activity and agent_id in (None, duty.agent_id):
                yield duty, session


# --- attending ---------------------------------------------------------------------------------------------


def _placed(standing: Standing, activity: Activity, agent_id: str, duty: Duty, session: Session) -> Attended:
    """The time taken against every other time that the shifts leave open; a meeting moves with all who attend."""
    movers = list(_sessions(standing, activity.name)) if activity.together else [(duty, session)]
    here = minute_of(session.start)
    harm = {
        begin: _harm(standing, movers, begin, activity.minutes)
        for begin in (here, *_open(standing, activity, movers))
    }
    amount = standing.model.money.amount
    cost = amount(harm.pop(here))
    zone = standing.model.problem.horizon.zone
    values = {"time": _time(here, zone), "cost": f"{cost:,}"}
    if not harm:
        wording = Note.of("{time}: shortage of {cost}; no other time is open", **values)
        return Attended(agent_id, session, cost, None, (), wording)
    begin = min(harm, key=lambda b: (harm[b], b))
    other = amount(harm[begin])
    values |= {"other": _time(begin, zone), "dearer": f"{other:,}"}
    if other < cost:
        wording = Note.of(
            "{time}: shortage of {cost}; the search ended before it found {other}, with {dearer}", **values
        )
    else:
        wording = Note.of("{time}: shortage of {cost}; the next best time, {other}, has {dearer}", **values)
    return Attended(agent_id, session, cost, other, (), wording)


def _open(standing: Standing, activity: Activity, movers: Sequence[tuple[Duty, Session]]) -> Iterator[int]:
    """The other starts at which all of some people could attend, their shifts and breaks as they are."""
    horizon = standing.model.problem.horizon
    taken = {minute_of(session.start) for _, session in movers}
    agents = {duty.agent_id for duty, _ in movers}
    theirs: dict[str, list[Duty]] = {agent_id: [] for agent_id in agents}
    for duty in standing.duties.values():
        if duty.agent_id in agents:
            theirs[duty.agent_id].append(duty)
    if any(activity.settled_for(agent_id) for agent_id in agents):
        return
    for day in horizon.days:
        if activity.on(day):
            for begin in activity.begins(horizon, day):
                span = (begin, begin + activity.minutes)
                free = all(
                    any(d.business_date == day and _room(d, activity.name, span) for d in duties)
                    for duties in theirs.values()
                )
                if free and begin not in taken and _has_place(standing, activity, agents, span):
                    yield begin


def _room(duty: Duty, activity: str, span: tuple[int, int]) -> bool:
    """Whether a duty holds a span beside its breaks and its other activities."""
    others = [(s.start, s.end) for s in duty.sessions if s.activity != activity]
    away = [(minute_of(a), minute_of(b)) for a, b in (*duty.breaks, *duty.paid_breaks, *others)]
    inside = minute_of(duty.start) <= span[0] and span[1] <= minute_of(duty.end)
    return inside and all(b <= span[0] or span[1] <= a for a, b in away)


def _has_place(standing: Standing, activity: Activity, agents: set[str], span: tuple[int, int]) -> bool:
    if activity.places is None:
        return True
    begins = [
        minute_of(session.start)
        for duty, session in _sessions(standing, activity.name)
        if duty.agent_id not in agents
    ]
    near = [begin for begin in begins if abs(begin - span[0]) < activity.minutes]
    moments = {span[0], *(begin for begin in near if begin >= span[0])}
    return all(sum(b <= m < b + activity.minutes for b in near) < activity.places for m in moments)


def _harm(standing: Standing, movers: Sequence[tuple[Duty, Session]], begin: int, minutes: int) -> int:
    """The shortage, in the model's units, that people away from `begin` on make, none of them away elsewhere."""
    model = standing.model
    queues = {agent.agent_id: agent.queue for agent in model.problem.agents}
    total = 0
    for queue in {queues[duty.agent_id] for duty, _ in movers}:
        own = model.stretches[queue]
        people = standing.floors[queue].on_floor.copy()
        there = [session for duty, session in movers if queues[duty.agent_id] == queue]
        for session in there:
            first, last = own.inside((minute_of(session.start), minute_of(session.end)))
            people[first:last] += 1
        before = np.maximum(own.required - people, 0)
        first, last = own.inside((begin, begin + minutes))
        people[first:last] -= len(there)
        missing = np.maximum(own.required - people, 0)
        total += int(((missing - before) * own.minutes).sum()) * model.money.minute_price
    return total


# --- left out ----------------------------------------------------------------------------------------------


def _left_out(standing: Standing, activity: Activity, agent: int, seconds: float, seed: int) -> Attended:
    """The price of giving it to them with their own shifts moved, a meeting's with everybody's sessions moved."""
    model = standing.model
    agent_id = model.problem.agents[agent].agent_id
    held = bool(list(_sessions(standing, activity.name)))
    if activity.together and not held:
        free = same_shifts(model, standing.x, activity.name)
        asked = np.array(list(model.meetings[activity.name].values()), dtype=np.int64)
    else:
        free = model.owners == agent
        asked = holding(model, agent, activity.name)
    cost = _forced(standing, free, asked, seconds)
    if cost is not None:
        values = {"cost": f"{cost:,}", "price": f"{activity.price:,}"}
        if cost < 0:
            wording = Note.of(
                "left out only because the search ended: attending would save {saved}", saved=f"{-cost:,}"
            )
        elif activity.together and not held:
            wording = Note.of("not held: holding it would make the roster {cost} dearer", **values)
        else:
            wording = Note.of(
                "left out: attending would make the roster {cost} dearer, the price of {price} for leaving them out"
                " taken off",
                **values,
            )
        return Attended(agent_id, None, cost, None, (), wording)
    called = Called(activity=activity.name, agent_id=agent_id)
    told = explain(
        replace(model.problem, rules=(*model.problem.rules, called)), seconds=seconds, seed=seed
    ).conflicts
    if told:
        rules = sorted({o.rule for conflict in told for o in conflict.obstacles} - {Called.name})
        wording = (
            Note.of("left out: {rules} stand against it", rules=", ".join(rules))
            if rules
            else Note.of("left out: the plan's shifts and hours leave no room for it")
        )
        return Attended(agent_id, None, None, None, told, wording)
    wording = Note.of("left out: there is no time for it as long as the others stay as they are")
    return Attended(agent_id, None, None, None, (), wording)


def _forced(standing: Standing, people: Mask, asked: Ints, seconds: float) -> int | None:
    """What one of the columns asked for adds to the objective, if only some people's columns and the floor move."""
    model = standing.model
    days = np.unique(model.column_days[asked])
    weeks = [day for on in days.tolist() if on >= 0 for day in model.indices(model.week_of(on))]
    near = np.isin(model.column_days, [NO_DAY, *weeks])
    part = model.program.part(near & (people | (model.owners == NOBODY)), standing.x)
    places = np.flatnonzero(np.isin(part.columns, asked))
    row = sparse.csr_array(
        (np.ones(len(places), dtype=np.int64), (np.zeros(len(places), dtype=np.int64), places)),
        shape=(1, part.program.columns),
    )
    program = Program(
        part.program.cost,
        part.program.upper,
        sparse.csr_array(sparse.vstack([part.program.matrix, row])),
        np.append(part.program.low, 1),
        np.append(part.program.high, max(1, len(places))),
    )
    found = branch(program, seconds).x
    if found is None:
        return None
    return model.money.amount(program.value(found) - part.program.value(standing.x[part.columns]))


def _time(minute: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(minute * 60, zone).strftime("%Y-%m-%d %H:%M")
