"""Why a request was denied: the rules against it, or its price, found by solving again with it granted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np
from scipy import sparse

from staffing.notes import Note
from staffing.roster.engines import Outcome, search
from staffing.roster.explain.explanation import Conflict
from staffing.roster.explain.standing import Standing
from staffing.roster.explain.why import explain
from staffing.roster.ledger import NO_DAY, NOBODY
from staffing.roster.limits import Limit
from staffing.roster.program import Ints, Part, Program
from staffing.roster.rules import Rule
from staffing.roster.wishes import Request

if TYPE_CHECKING:
    from staffing.roster.variables import RosterModel

CREW = 30  # people whose shifts of the week may move to grant a request
SECONDS = 10.0
WORKERS = 4


@dataclass(frozen=True)
class Answer:
    """What became of a request.

    Attributes:
        request: it.
        granted: the roster keeps it.
        cost: what granting it would add to the objective beside its own weight, in the currency's smallest unit, with
            the other shifts of the week moved as fits best; None when granted, or when rules forbid it.
        exact: whether the cost is proven to be the least within that week.
        conflicts: the rules that forbid it, with the request among them; empty when none do.
        wording: the reason in a sentence.
    """

    request: Request
    granted: bool
    cost: int | None
    exact: bool
    conflicts: tuple[Conflict, ...]
    wording: Note


@dataclass(frozen=True, kw_only=True)
class Granted(Rule):
    """A request is kept without exception."""

    name: ClassVar[str] = "request"
    unit: ClassVar[str] = "request"

    request: Request

    def restrict(self, model: RosterModel) -> None:
        """The request's shifts: at least one worked, or none."""
        agent = [one.agent_id for one in model.problem.agents].index(self.request.agent_id)
        day = model.days.index(self.request.day)
        columns, wanted = concerned(model, agent, day, self.request), self.request.wants == "on"
        low, high = (1, None) if wanted else (None, 0)
        model.limit(self, columns, low=low, high=high, agent=agent, days=range(day, day + 1))

    def states(self, limit: Limit, model: RosterModel) -> Note:
        """The request."""
        return wish(self.request)


def concerned(model: RosterModel, agent: int, day: int, request: Request) -> Ints:
    """The work columns that a request speaks of."""
    found = [c for c, p in model.choices(agent, day) if request.concerns(p.template, p.shift.code)]
    return np.array(found, dtype=np.int64)


def wish(request: Request) -> Note:
    """A request in a sentence."""
    values = {"agent": request.agent_id, "day": request.day}
    if request.shift is None:
        if request.wants == "on":
            return Note.of("agent {agent} asks to work on {day}", **values)
        return Note.of("agent {agent} asks for {day} off", **values)
    if request.wants == "on":
        return Note.of("agent {agent} asks to work {shift} on {day}", **values, shift=request.shift)
    return Note.of("agent {agent} asks not to work {shift} on {day}", **values, shift=request.shift)


def why_denied(standing: Standing, request: Request, *, seconds: float = SECONDS, seed: int = 1) -> Answer:
    """What became of a request, and what stands against it.

    Raises:
        ValueError: when the person or the day is not in the plan.
    """
    model = standing.model
    ids = [agent.agent_id for agent in model.problem.agents]
    if request.agent_id not in ids or request.day not in model.days:
        raise ValueError(f"the plan has no agent {request.agent_id} or no {request.day}")
    agent, day = ids.index(request.agent_id), model.days.index(request.day)
    columns = concerned(model, agent, day, request)
    if bool(standing.x[columns].any()) == (request.wants == "on"):
        return Answer(request, True, None, True, (), Note.of("granted"))
    part = _week(standing, agent, day)
    found = search(_forced(part, columns, request), seconds=seconds / 2, workers=WORKERS, seed=seed)
    if found.x is not None:
        return _priced(standing, request, part, found, seconds, seed)
    against = replace(model.problem, rules=(*model.problem.rules, Granted(request=request)))
    told = explain(against, seconds=seconds, seed=seed).conflicts
    if told:
        rules = sorted({o.rule for conflict in told for o in conflict.obstacles} - {Granted.name})
        wording = Note.of("denied: forbidden by {rules}", rules=", ".join(rules))
        return Answer(request, False, None, True, told, wording)
    wording = Note.of(
        "denied: no way to grant it was found within the week; other weeks would have to change"
    )
    return Answer(request, False, None, False, (), wording)


def _priced(
    standing: Standing, request: Request, part: Part, found: Outcome, seconds: float, seed: int
) -> Answer:
    """The price of granting against the best of the same week without it."""
    model = standing.model
    hint = standing.x[part.columns]
    plain = search(part.program, seconds=seconds / 2, workers=WORKERS, seed=seed, hint=hint)
    best = min(part.program.value(hint), part.program.value(plain.x) if plain.x is not None else 1 << 62)
    granted = part.program.value(found.x) if found.x is not None else best
    own = sum(
        other.weight
        for other in model.problem.requests
        if (other.agent_id, other.day, other.wants, other.shift)
        == (request.agent_id, request.day, request.wants, request.shift)
    )
    cost = model.money.amount(granted - best) + own
    exact = found.bound >= granted and plain.bound >= best
    if exact:
        wording = Note.of(
            "denied: granting it costs {cost}, its weight is {weight}", cost=cost, weight=request.weight
        )
    else:
        wording = Note.of(
            "denied: granting it costs about {cost} (not proven), its weight is {weight}",
            cost=cost,
            weight=request.weight,
        )
    if cost < own:
        wording = Note.of(
            "denied only because the search ended: granting it would save {saved}", saved=own - cost
        )
    return Answer(request, False, cost, exact, (), wording)


def _week(standing: Standing, agent: int, day: int) -> Part:
    """The week of a day with the person and their nearest colleagues set free."""
    model = standing.model
    days = model.indices(model.week_of(day))
    queue = model.problem.agents[agent].queue
    crew = [i for i, person in enumerate(model.problem.agents) if person.queue == queue and i != agent]
    people = [agent, *sorted(crew, key=lambda i: abs(i - agent))[: CREW - 1]]
    when = np.isin(model.column_days, days) | (model.column_days == NO_DAY)
    return model.program.part(when & np.isin(model.owners, [NOBODY, *people]), standing.x)


def _forced(part: Part, columns: Sequence[int] | Ints, request: Request) -> Program:
    """The part's program with the request kept."""
    program, places = part.program, np.flatnonzero(np.isin(part.columns, columns))
    if request.wants == "off":
        upper = program.upper.copy()
        upper[places] = 0
        return replace(program, upper=upper)
    row = sparse.csr_array(
        (np.ones(len(places), dtype=np.int64), (np.zeros(len(places), dtype=np.int64), places)),
        shape=(1, program.columns),
    )
    return Program(
        program.cost,
        program.upper,
        sparse.csr_array(sparse.vstack([program.matrix, row])),
        np.append(program.low, 1),
        np.append(program.high, max(1, len(places))),
    )
