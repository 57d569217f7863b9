"""Why an interval is short: who could have worked, and what kept each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from staffing.labour.clock import minute_of
from staffing.notes import Note
from staffing.roster.explain.standing import Standing
from staffing.roster.floor import Floor
from staffing.roster.placements import Placement, place_shifts
from staffing.roster.rules import Availability, ContractTemplates, FixedDays, Leave, MinorsAtNight, Rule

MOST_TRIED = 8  # shifts that are tried for one person


@dataclass(frozen=True)
class Kept:
    """What kept one person from an interval.

    Attributes:
        agent_id: who.
        rule: the rule's name; "break", "activity", "shift" (none covers the interval) or "price" where it is none.
        cost: what the cheapest shift over the interval would change the objective by, when the rules allow one; in
            the currency's smallest unit, negative where it would save.
        wording: the reason.
    """

    agent_id: str
    rule: str
    cost: int | None
    wording: Note


@dataclass(frozen=True)
class ShortInterval:
    """An interval, the people it lacks, and what kept those who are not on the floor.

    `price` is what one person missing through the interval costs, in the currency's smallest unit.
    """

    queue: str
    start: datetime
    required: int
    on_floor: int
    price: int
    people: tuple[Kept, ...]

    @property
    def missing(self) -> int:
        """People missing where it is worst."""
        return max(0, self.required - self.on_floor)

    @property
    def wording(self) -> Note:
        """The interval in a sentence."""
        return Note.of(
            "{queue}, {start}: {on_floor} of {required} people on the floor; a person missing through the interval"
            " costs {price}",
            queue=self.queue,
            start=self.start.isoformat(" ", "minutes"),
            on_floor=self.on_floor,
            required=self.required,
            price=self.price,
        )


def why_short(standing: Standing, queue: str, start: datetime) -> ShortInterval:
    """What keeps each person of a queue from an interval; everybody else's shifts stay as they are.

    Raises:
        LookupError: when the queue has no open interval that begins at `start`.
    """
    model = standing.model
    stretches, step = model.stretches.get(queue), model.problem.horizon.interval_minutes
    first = minute_of(start)
    inside = (
        np.zeros(0, dtype=np.int64)
        if stretches is None
        else np.flatnonzero((stretches.starts >= first) & (stretches.starts < first + step))
    )
    if stretches is None or not len(inside) or stretches.starts[inside[0]] != first:
        raise LookupError(f"queue {queue} has no open interval at {start.isoformat(' ', 'minutes')}")
    required = int(stretches.required[inside[0]])
    on_floor = int(standing.floors[queue].on_floor[inside].min())
    near = _covering(standing, int(stretches.days[inside[0]]), (first, first + step))
    people = [
        kept
        for agent, person in enumerate(model.problem.agents)
        if person.queue == queue and (kept := _kept(standing, agent, near, (first, first + step))) is not None
    ]
    price = model.money.amount(model.money.minute_price * step)
    return ShortInterval(queue, start, required, on_floor, price, tuple(people))


def _covering(standing: Standing, day: int, span: tuple[int, int]) -> list[tuple[int, Placement]]:
    """Placements of the plan that hold the span, a break outside it, with the index of their day."""
    placed = place_shifts(standing.model.problem)
    days = range(max(0, day - 1), min(day + 2, len(placed)))
    return [
        (d, p) for d in days for p in placed[d] if p.start <= span[0] and span[1] <= p.end and _free(p, span)
    ]


def _free(placement: Placement, span: tuple[int, int]) -> bool:
    """Whether every break can lie outside a span."""
    return all(_outside(placement, own, span) for own in placement.slices)


def _outside(placement: Placement, own: slice, span: tuple[int, int]) -> list[int]:
    """Places of one of the breaks that lie outside a span."""
    rests = enumerate(placement.rests[own], start=own.start)
    return [place for place, (begin, end) in rests if end <= span[0] or begin >= span[1]]


def _kept(
    standing: Standing, agent: int, near: Sequence[tuple[int, Placement]], span: tuple[int, int]
) -> Kept | None:
    """What kept a person; None for one who is on the floor."""
    agent_id = standing.model.problem.agents[agent].agent_id
    for day in range(len(standing.model.days)):
        worked = standing.worked(agent, day)
        if worked is not None and worked[1].start <= span[0] and span[1] <= worked[1].end:
            return _resting(standing, agent, day, span)
    if not near:
        return Kept(agent_id, "shift", None, Note.of("no shift of the plan covers the interval"))
    bars = [_bar(standing, agent, placement) for _, placement in near]
    allowed = [entry for entry, bar in zip(near, bars, strict=True) if bar is None]
    if not allowed:
        rule, _ = Counter(bar for bar in bars if bar is not None).most_common(1)[0]
        leave = next((bar for bar in bars if isinstance(bar, Leave)), None)
        return Kept(agent_id, (leave or rule).name, None, _barred(standing, agent, leave or rule))
    tried = [_try(standing, agent, day, placement, span) for day, placement in allowed[:: _every(allowed)]]
    found = [kept for kept in tried if kept is not None]
    return min(found, key=lambda kept: (kept.cost is None, kept.cost or 0), default=None)


def _resting(standing: Standing, agent: int, day: int, span: tuple[int, int]) -> Kept | None:
    """The break of somebody at work that meets the span."""
    for begin, end in standing.duties[agent, day].breaks:
        if minute_of(begin) < span[1] and span[0] < minute_of(end):
            wording = Note.of("on break from {start} to {end}", start=f"{begin:%H:%M}", end=f"{end:%H:%M}")
            return Kept(standing.model.problem.agents[agent].agent_id, "break", None, wording)
    for session in standing.duties[agent, day].sessions:
        if minute_of(session.start) < span[1] and span[0] < minute_of(session.end):
            wording = Note.of(
                "in {activity} from {start} to {end}",
                activity=session.activity,
                start=f"{session.start:%H:%M}",
                end=f"{session.end:%H:%M}",
            )
            return Kept(standing.model.problem.agents[agent].agent_id, "activity", None, wording)
    return None


def _every(entries: Sequence[object]) -> int:
    return max(1, -(-len(entries) // MOST_TRIED))


def _bar(standing: Standing, agent: int, placement: Placement) -> Rule | None:
    """The first hard rule that bars a person from a shift."""
    problem = standing.model.problem
    person = problem.agents[agent]
    hard = (rule for rule in standing.model.rules if rule.kind == "hard" and rule.binds(person))
    return next((rule for rule in hard if not rule.allows(problem, person, placement)), None)


def _barred(standing: Standing, agent: int, rule: Rule) -> Note:
    person = standing.model.problem.agents[agent]
    if isinstance(rule, Leave):
        return Note.of("on leave")
    if isinstance(rule, Availability):
        return Note.of("not available at that time")
    if isinstance(rule, ContractTemplates):
        return Note.of("no shift of contract '{contract}' covers the interval", contract=person.contract)
    if isinstance(rule, MinorsAtNight):
        return Note.of("under 18: no work in the night hours")
    if isinstance(rule, FixedDays):
        return Note.of("the day is fixed otherwise")
    return Note.of("rule {rule} bars every shift that covers the interval", rule=rule.name)


def _try(
    standing: Standing, agent: int, day: int, placement: Placement, span: tuple[int, int]
) -> Kept | None:
    """Put a person on a shift in place of the day's own: the rule it breaks, or what it costs."""
    model = standing.model
    column = next((c for c, p in model.choices(agent, day) if p == placement), None)
    if column is None:
        return None
    x, old = standing.x.copy(), standing.worked(agent, day)
    x[column] = 1
    if old is not None:
        x[old[0]] = 0
    counts = [standing.groups[c] for c in (column, *((old[0],) if old else ()))]
    x[counts[0].count] += 1
    if old is not None:
        x[counts[1].count] -= 1
    model.derived.fill(model.program, x, model.limits)
    agent_id = model.problem.agents[agent].agent_id
    broken = [limit for limit in standing.broken(x) if limit.agent == agent or limit.agent < 0]
    if broken:
        limit = broken[0]
        return Kept(agent_id, limit.rule.name, None, limit.rule.states(limit, model))
    saved = _relief(standing, agent, placement, old[1] if old else None, span)
    missing = np.concatenate([*model.missing.values(), np.zeros(0, dtype=np.int64)])
    own = model.program.cost @ (x - standing.x) - model.program.cost[missing] @ (x - standing.x)[missing]
    return _priced(standing, agent_id, placement, old[1] if old else None, int(own), saved)


def _relief(
    standing: Standing, agent: int, placement: Placement, old: Placement | None, span: tuple[int, int]
) -> int:
    """The shortage that the change of shift takes away, in the model's units; the floor is left as it was."""
    model = standing.model
    queue = model.problem.agents[agent].queue
    floor, minutes = standing.floors[queue], model.stretches[queue].minutes
    before = int(floor.missing @ minutes)
    ended = [] if old is None else floor.best_breaks(old)
    _put(floor, old, ended, -1)
    floor.enter(placement)
    begun = [
        min(_outside(placement, own, span), key=lambda place: floor.harm(placement, place))
        for own in placement.slices
    ]
    for place in begun:
        floor.rest(placement, place)
    after = int(floor.missing @ minutes)
    _put(floor, placement, begun, -1)
    _put(floor, old, ended, 1)
    return (before - after) * model.money.minute_price


def _put(floor: Floor, placement: Placement | None, places: list[int], people: int) -> None:
    """Somebody with their breaks on the floor, or off it."""
    if placement is not None:
        floor.enter(placement, people)
        for place in places:
            floor.rest(placement, place, people)


def _priced(
    standing: Standing, agent_id: str, placement: Placement, old: Placement | None, own: int, saved: int
) -> Kept:
    """What the shift costs the roster, in place of the day's own where there is one."""
    amount = standing.model.money.amount
    net = amount(own - saved)
    values = {
        "shift": placement.shift.code,
        "wages": f"{amount(own):+,}",
        "shortage": f"{amount(-saved):+,}",
        "net": f"{abs(net):,}",
    }
    if net < 0:
        wording = Note.of(
            "could work {shift}: wages {wages}, shortage {shortage}; the search ended before it found these {net} to"
            " save",
            **values,
        )
    elif old is None:
        wording = Note.of(
            "could work {shift}: wages {wages}, shortage {shortage}; {net} dearer in all", **values
        )
    else:
        wording = Note.of(
            "works {old} that day; {shift} instead: wages {wages}, shortage {shortage}; {net} dearer in all",
            **values,
            old=old.shift.code,
        )
    return Kept(agent_id, "price", net, wording)
