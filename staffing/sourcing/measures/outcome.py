"""What becomes of the calls in a situation: the queue's exact figures at the agents really there."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staffing.errors import Fault, InputError
from staffing.queueing.channels import deferred_work, relief_performance
from staffing.queueing.overflow import overflow_performance
from staffing.queueing.stationary.roots import rising_roots
from staffing.sourcing.measures.desk import Desk, Floats
from staffing.sourcing.measures.effects import CallBack
from staffing.sourcing.measures.situation import Situation

WHOLE = 1e-9  # a number of agents this near a whole one is whole
FATES = ("abandonment", "blocking", "called_back", "to_vendor", "idle_agents")
FLAT = 1e-13  # of the logarithm of the arrivals


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
    found = _mixed(Situation.of(desk, desk.calls), desk.calls, desk.agents, {})
    return np.asarray(desk.calls - desk.redial * (found["abandonment"] + found["blocking"]))


def outcome(now: Situation) -> Outcome:
    """The outcome in every row.

    A mean of 6.4 agents is 6 for 60 % of the time and 7 for the rest, as in calibration. Agents who make call-backs
    are not there for calls meanwhile: the queue is worked out again without their time.
    """
    level = now.level
    extra: dict[str, float] = {}
    if now.call_back is not None:
        offer = now.call_back[1]
        extra |= {"offer_wait": offer.offer_wait_seconds.at(level), "accept": offer.accepted.at(level)}
    if now.vendor is not None:
        vendor = now.vendor[1]
        if vendor.timed:
            extra |= {"after": vendor.after_seconds.at(level), "vendor_agents": vendor.agents.at(level)}
        else:
            extra["places"] = vendor.waiting_places.at(level)
    found, kept = _queue(now, now.agents, extra), 1.0
    if now.call_back is not None:
        offer = now.call_back[1]
        calling = _call_backs(now, offer, found["called_back"], found["idle_agents"])[1]
        found = _queue(now, np.maximum(now.agents - calling, 0.0), extra)
        kept = _call_backs(now, offer, found["called_back"], found["idle_agents"] + calling)[0]
    unanswered = 0.0 if now.vendor is None else 1 - now.vendor[1].answered.at(level)
    return Outcome(
        abandoned=found["abandonment"],
        blocked=found["blocking"],
        left=now.left,
        not_called_back=found["called_back"] * (1 - kept),
        unanswered_by_vendor=found["to_vendor"] * unanswered,
        called_back=found["called_back"],
        to_vendor=found["to_vendor"],
        attempts=found["attempts"],
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
    """Calls by what becomes of them, the redials of lost callers among them.

    Arrivals solve: arrivals = first calls + redial x lost calls(arrivals).
    """
    if now.redial == 0:
        return _mixed(now, now.calls, agents, extra)
    rows = np.flatnonzero(now.calls > 0)

    def excess(growth: Floats, some: npt.NDArray[np.intp]) -> Floats:
        arrivals = now.calls[rows[some]] * np.exp(growth)
        found = _mixed(now, arrivals, agents, extra, rows[some])
        share = (found["abandonment"] + found["blocking"]) / arrivals
        return growth + np.log1p(-now.redial * np.minimum(share, 1.0))

    arrivals = now.calls.copy()
    most = np.full(len(rows), -np.log1p(-now.redial))
    arrivals[rows] *= np.exp(rising_roots(excess, np.zeros(len(rows)), most, flat=FLAT))
    return _mixed(now, arrivals, agents, extra)


def _mixed(
    now: Situation,
    arrivals: Floats,
    agents: Floats,
    extra: dict[str, float],
    rows: npt.NDArray[np.intp] | slice = slice(None),
) -> dict[str, Floats]:
    """Calls by what becomes of them in some rows; at a mean number of agents the whole numbers either side, mixed."""
    there, aht, lines = agents[rows], now.aht_seconds[rows], now.lines[rows]
    low = np.floor(there + WHOLE)
    part = np.where(there - low > WHOLE, there - low, 0.0)
    above = np.flatnonzero(part)
    every = np.concatenate([np.arange(len(low)), above])
    number = np.concatenate([low, low[above] + 1])
    rule = _passed_on if "after" in extra else _relieved
    fates = rule(now, arrivals[every], aht[every], number, lines[every], extra)
    calls = {"attempts": arrivals}
    for name, both in fates.items():
        value = both[: len(low)].copy()
        value[above] += part[above] * (both[len(low) :] - value[above])
        calls[name] = value if name == "idle_agents" else value * arrivals
    return calls


def _relieved(
    now: Situation, calls: Floats, aht: Floats, agents: Floats, lines: Floats, extra: dict[str, float]
) -> dict[str, Floats]:
    """Shares of the calls, and idle agents, in a queue whose relief depends on its length."""
    found = relief_performance(
        calls,
        aht,
        agents,
        interval=now.desk.interval_seconds,
        patience=now.patience_seconds,
        lines=lines,
        **extra,
    )
    return {name: getattr(found, name) for name in FATES}


def _passed_on(
    now: Situation, calls: Floats, aht: Floats, agents: Floats, lines: Floats, extra: dict[str, float]
) -> dict[str, Floats]:
    """The same where callers are passed on after a wait.

    Raises:
        InputError: limited lines.
    """
    if np.isfinite(lines).any():
        limit = f"{lines.min():g} lines"
        expected = "unlimited lines where a vendor takes calls after a wait; give waiting_places instead"
        raise InputError("desk", [Fault(limit, expected, column="lines")])
    found = overflow_performance(
        calls,
        np.maximum(aht, 1e-9),
        agents,
        interval=now.desk.interval_seconds,
        patience=now.patience_seconds,
        **extra,
    )
    none = np.zeros_like(calls)
    shares = (found.abandonment, found.blocking, none, found.overflow, agents * (1 - found.occupancy))
    return dict(zip(FATES, shares, strict=True))
