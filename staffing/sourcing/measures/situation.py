"""A desk under measures: what is left of its calls, how long they take, who waits how long for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from staffing.sourcing.measures.desk import Desk, Floats
from staffing.sourcing.measures.effects import CallBack, Capacity, Level, SelfService, Vendor, Work
from staffing.sourcing.measures.measure import Measure

SHORTEST_PATIENCE = 1.0  # seconds


@dataclass(frozen=True)
class Situation:
    """What the queue is given, by row. Without measures: `Situation.of(desk, first_calls)`."""

    desk: Desk
    calls: Floats
    """First calls (redials not counted) that reach the queue."""
    aht_seconds: Floats
    agents: Floats
    patience_seconds: float
    lines: Floats
    redial: float
    left: Floats
    """Lost before the queue: gave up in a self-service."""
    call_back: tuple[str, CallBack] | None = None
    vendor: tuple[str, Vendor] | None = None
    contacts: dict[str, Floats] = field(default_factory=dict)
    """Contained, by measure."""
    added: dict[str, Floats] = field(default_factory=dict)
    """Agents added, by measure."""
    level: Level = "expected"

    @classmethod
    def of(cls, desk: Desk, first_calls: Floats) -> Situation:
        """The desk as it is."""
        return cls(
            desk=desk,
            calls=first_calls,
            aht_seconds=desk.aht_seconds,
            agents=desk.agents,
            patience_seconds=desk.patience_seconds,
            lines=desk.lines,
            redial=desk.redial,
            left=np.zeros_like(first_calls),
        )


def under(start: Situation, measures: Sequence[Measure], level: Level = "expected") -> Situation:
    """The situation with all of some measures, at one level of their effects.

    Self-services come one after the other, in the order given; handling time, patience and redials are multiplied.
    Then, with the calls and handling time that are left, hours are moved, shortfalls filled, agents and lines added.
    """
    now = replace(start, level=level)
    for measure in measures:
        if measure.self_service is not None:
            now = _behind(now, measure.name, measure.self_service)
        if measure.work is not None:
            now = _worked(now, measure.work)
        if measure.call_back is not None:
            now = replace(now, call_back=(measure.name, measure.call_back))
        if measure.vendor is not None:
            now = replace(now, vendor=(measure.name, measure.vendor))
    return _staffed(now, [(m.name, m.capacity) for m in measures if m.capacity is not None])


def _behind(now: Situation, name: str, service: SelfService) -> Situation:
    """Behind a self-service: who is helped or gives up does not come, who goes on has waited already."""
    level = now.level
    meet = service.reach.at(level) * (1 - service.opt_out.at(level))
    contained, gone = meet * service.contained.at(level), meet * service.gives_up.at(level)
    on = 1 - contained - gone
    seconds = service.seconds.at(level)
    inside = meet * seconds * now.calls / now.desk.interval_seconds
    passed = (meet - contained - gone) / on if on > 0 else 0.0
    patience = now.patience_seconds - passed * seconds * service.patience_used.at(level)
    return replace(
        now,
        calls=now.calls * on,
        left=now.left + now.calls * gone,
        contacts={**now.contacts, name: now.calls * contained},
        patience_seconds=max(patience, SHORTEST_PATIENCE),
        lines=np.where(np.isinf(now.lines), np.inf, np.maximum(np.floor(now.lines - inside), 0.0)),
    )


def _worked(now: Situation, work: Work) -> Situation:
    level = now.level
    patience = now.patience_seconds * (1 + work.patience_gained.at(level))
    return replace(
        now,
        aht_seconds=now.aht_seconds * (1 - work.aht_saved.at(level)),
        patience_seconds=max(patience, SHORTEST_PATIENCE),
        redial=now.redial * (1 - work.redials_avoided.at(level)),
    )


def _staffed(now: Situation, parts: Sequence[tuple[str, Capacity]]) -> Situation:
    if not parts:
        return now
    level, agents, lines = now.level, now.agents, now.lines
    moved = 1 - float(np.prod([1 - part.hours_moved.at(level) for _, part in parts]))
    filled = any(part.shortfall_filled.at(level) > 0 for _, part in parts)
    added: dict[str, Floats] = {}
    if moved > 0 or filled:
        needed = now.desk.required(now.calls, now.aht_seconds, now.patience_seconds, now.redial)
        agents = moved_agents(agents, needed, now.desk.week, now.desk.days, moved)
        for name, part in parts:
            added[name] = part.shortfall_filled.at(level) * np.maximum(needed - agents, 0.0)
            agents = agents + added[name]
    for name, part in parts:
        more = part.agents_added.at(level)
        added[name] = added.get(name, np.zeros_like(agents)) + more
        agents = agents + more
        lines = lines + part.lines_added.at(level)
    return replace(now, agents=agents, lines=lines, added=added)


def moved_agents(agents: Floats, needed: Floats, week: np.ndarray, days: Floats, share: float) -> Floats:
    """Agents with `share` of what is beyond the need moved to where agents are missing, within each week.

    No more moves than is missing; what comes and what goes are spread in proportion, so that agent-hours of the week
    stay as they were and no interval passes its need by it.
    """
    surplus, short = np.maximum(agents - needed, 0.0), np.maximum(needed - agents, 0.0)
    groups = int(week.max()) + 1
    over = np.bincount(week, weights=surplus * days, minlength=groups)
    under_ = np.bincount(week, weights=short * days, minlength=groups)
    moving = share * np.minimum(over, under_)
    out = np.divide(moving, over, out=np.zeros(groups), where=over > 0)[week]
    into = np.divide(moving, under_, out=np.zeros(groups), where=under_ > 0)[week]
    return np.asarray(agents - surplus * out + short * into)
