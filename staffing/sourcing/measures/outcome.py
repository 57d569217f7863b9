"""What becomes of the calls in a situation: the queue's exact figures at the agents really there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.queueing.channels import deferred_work, relief_performance
from staffing.queueing.stationary.roots import rising_roots
from staffing.sourcing.measures.desk import Desk, Floats
from staffing.sourcing.measures.effects import CallBack
from staffing.sourcing.measures.situation import Situation

WHOLE = 1e-9  # a number of agents this near a whole one is whole
FLAT = 1e-10  # calls


@dataclass(frozen=True)
class Outcome:
    """Calls a row; all that came are answered, lost, contained, called back in time or answered by the vendor."""

    abandoned: Floats
    blocked: Floats
    left: Floats
    """Gave up before the queue, in a self-service."""
    not_called_back: Floats
    """Accepted a call-back and were not reached in the time promised."""
    unanswered_by_vendor: Floats
    called_back: Floats
    """Call-backs promised."""
    to_vendor: Floats
    """Calls passed on."""
    attempts: Floats
    """Calls that reached the queue, redials among them."""

    @property
    def lost(self) -> Floats:
        """All lost calls."""
        return np.asarray(
            self.abandoned + self.blocked + self.left + self.not_called_back + self.unanswered_by_vendor
        )


def first_calls(desk: Desk) -> Floats:
    """Calls without redials: those that, with the redials they lead to, make the desk's calls."""
    if desk.redial == 0:
        return desk.calls

    def excess(calls: Floats, rows: npt.NDArray[np.intp]) -> Floats:
        part = desk.take(rows)
        found = _mixed(
            part.agents,
            calls,
            part.aht_seconds,
            part,
            part.patience_seconds,
            part.lines,
            {"redial": part.redial},
        )
        return found["attempts"] - part.calls

    return rising_roots(excess, desk.calls * (1 - desk.redial), desk.calls, flat=FLAT)


def outcome(now: Situation) -> Outcome:
    """The outcome in every row.

    A mean of 6.4 agents is 6 for 60 % of the time and 7 for the rest, as in calibration. Agents who make call-backs
    are not there for calls meanwhile: the queue is worked out again without their time.
    """
    level = now.level
    extra: dict[str, float] = {"redial": now.redial}
    if now.call_back is not None:
        offer = now.call_back[1]
        extra |= {"offer_wait": offer.offer_wait_seconds.at(level), "accept": offer.accepted.at(level)}
    if now.vendor is not None:
        extra["places"] = now.vendor[1].waiting_places.at(level)
    found, kept = _queue(now, now.agents, extra), 1.0
    if now.call_back is not None:
        promised, idle = found["attempts"] * found["called_back"], found["idle_agents"]
        calling = _call_backs(now, now.call_back[1], promised, idle)[1]
        found = _queue(now, np.maximum(now.agents - calling, 0.0), extra)
        promised, idle = found["attempts"] * found["called_back"], found["idle_agents"] + calling
        kept = _call_backs(now, now.call_back[1], promised, idle)[0]
    attempts = found["attempts"]
    called_back, to_vendor = attempts * found["called_back"], attempts * found["to_vendor"]
    unanswered = 0.0 if now.vendor is None else 1 - now.vendor[1].answered.at(level)
    return Outcome(
        abandoned=attempts * found["abandonment"],
        blocked=attempts * found["blocking"],
        left=now.left,
        not_called_back=called_back * (1 - kept),
        unanswered_by_vendor=to_vendor * unanswered,
        called_back=called_back,
        to_vendor=to_vendor,
        attempts=attempts,
    )


def _call_backs(now: Situation, offer: CallBack, promised: Floats, idle: Floats) -> tuple[float, Floats]:
    """Share of the call-backs promised that reach the caller in time, and the agents who make them in each row.

    They are made in idle time of this and later intervals, first in, first out.
    """
    level, seconds, in_time = now.level, offer.seconds.at(now.level), 0.0
    calling = np.zeros_like(promised)
    for rows in now.desk.queues:
        done = deferred_work(
            promised[rows],
            seconds,
            idle[rows],
            deadline=offer.promise_seconds.at(level),
            interval=now.desk.interval_seconds,
        )
        in_time += float(promised[rows].sum()) - float(done.late) - float(done.open_at_end)
        calling[rows] = done.completed * seconds / now.desk.interval_seconds
    total = float(promised.sum())
    return (offer.reached.at(level) * max(in_time, 0.0) / total if total else 1.0), calling


def _queue(now: Situation, agents: Floats, extra: dict[str, float]) -> dict[str, Floats]:
    return _mixed(agents, now.calls, now.aht_seconds, now.desk, now.patience_seconds, now.lines, extra)


def _mixed(
    agents: Floats,
    calls: Floats,
    aht: Floats,
    desk: Desk,
    patience: float,
    lines: Floats,
    extra: dict[str, float],
) -> dict[str, Floats]:
    """Figures at a mean number of agents: those of the whole numbers either side, weighted by calls that arrive."""
    low = np.floor(agents + WHOLE)
    part = np.where(agents - low > WHOLE, agents - low, 0.0)
    rows = np.flatnonzero(part)
    every = np.concatenate([np.arange(len(calls)), rows])
    found = relief_performance(
        calls[every],
        aht[every],
        np.concatenate([low, low[rows] + 1]),
        interval=desk.interval_seconds,
        patience=patience,
        lines=lines[every],
        **extra,
    )
    size = len(calls)
    attempts = found.attempts[:size].copy()
    attempts[rows] += part[rows] * (found.attempts[size:] - attempts[rows])
    mixed = {"attempts": attempts, "idle_agents": found.idle_agents[:size].copy()}
    mixed["idle_agents"][rows] += part[rows] * (found.idle_agents[size:] - mixed["idle_agents"][rows])
    for name in ("abandonment", "blocking", "called_back", "to_vendor"):
        amount = found.attempts * getattr(found, name)
        value = amount[:size].copy()
        value[rows] += part[rows] * (amount[size:] - value[rows])
        mixed[name] = np.divide(value, attempts, out=np.zeros(size), where=attempts > 0)
    return mixed
