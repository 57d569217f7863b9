"""The questions of a supervisor with no plan at hand: how many agents, what service, how many calls, how long a call.

One interval of one queue at a time, answered by `staffing.queueing`; the command line and the dashboard show it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf
from typing import TypedDict

import numpy as np
import numpy.typing as npt

from staffing.queueing import (
    Performance,
    Targets,
    longest_aht,
    marginal_agent,
    most_calls,
    performance,
    required_agents,
    required_agents_fractional,
    shortest_patience,
    wait_percentile,
)
from staffing.queueing.channels import ChatPerformance, chat_performance, required_chat_agents
from staffing.queueing.channels.speed import speed
from staffing.shrinkage import gross

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

_LEVELS = {
    "offered": "service_level",
    "answered": "service_level_answered",
    "virtual": "service_level_virtual",
    "excluding_short": "service_level_excluding_short",
}
NEIGHBOURS = 3  # numbers of agents shown either side of the answer
SHARE_WITHIN = 0.9  # of the callers, whose longest wait is shown


class Circumstances(TypedDict):
    """Keyword arguments that the functions of `staffing.queueing` share."""

    interval: float
    patience: float
    lines: float
    redial: float


class Chat(TypedDict):
    """Keyword arguments that the functions of chat share."""

    concurrency: int
    slowdown: float
    interval: float
    patience: float


@dataclass(frozen=True)
class Question:
    """One interval of one queue.

    Args:
        calls: offered in the interval, redials excluded.
        aht_seconds: talk, hold and after-call work of a call.
        targets: what is to be reached; may hold no target when `agents` are given.
        agents: on contacts (net); None asks how many are needed.
        interval_seconds: its length.
        patience_seconds: mean patience of the callers; infinite is Erlang C.
        lines: callers talking or waiting at most.
        redial: share of the lost calls that come again.
        shrinkage: share of paid time lost, breaks included here since no roster places them.
        concurrency: chats that an agent holds at once; 1 is a call. Chats know neither lines nor redials.
        slowdown: how much longer each further chat makes all of them, as a share of the handling time.

    Raises:
        ValueError: naming the argument; with neither agents nor a target.
    """

    calls: float
    aht_seconds: float
    targets: Targets
    agents: int | None = None
    interval_seconds: float = 1800
    patience_seconds: float = inf
    lines: float = inf
    redial: float = 0.0
    shrinkage: float = 0.0
    concurrency: int = 1
    slowdown: float = 0.0

    def __post_init__(self) -> None:
        if self.agents is None and not self.has_target:
            raise ValueError("agents: give a number of agents, or a target that they are to reach")
        if self.concurrency != 1 and (self.lines != inf or self.redial):
            raise ValueError("concurrency: chats are worked out without lines and redials")
        if self.agents is not None and self.agents < 0:
            raise ValueError(f"agents must be 0 or more; found {self.agents}")
        if not 0 <= self.shrinkage < 1:
            raise ValueError(f"shrinkage must be a share from 0 to below 1; found {self.shrinkage}")

    @property
    def has_target(self) -> bool:
        """Whether anything is to be reached."""
        wanted = self.targets
        return any((wanted.service_level, wanted.abandonment, wanted.asa, wanted.occupancy))

    @property
    def circumstances(self) -> Circumstances:
        """What every function of `staffing.queueing` is told."""
        return {
            "interval": self.interval_seconds,
            "patience": self.patience_seconds,
            "lines": self.lines,
            "redial": self.redial,
        }


@dataclass(frozen=True)
class Limits:
    """How far one thing may go, the others as asked, with the targets met by the agents there."""

    calls: float
    """Most calls in the interval."""
    aht_seconds: float
    """Longest handling time."""
    patience_seconds: float | None
    """Shortest mean patience; None where the targets are missed now, since longer patience may miss them too."""


@dataclass(frozen=True)
class Row:
    """What a number of agents gives; shares are of all attempts to call, redials included, times in seconds."""

    agents: int
    service_level: float
    """By the definition of the targets."""
    abandonment: float
    blocking: float
    asa_seconds: float
    wait_seconds: float
    """The longest wait of SHARE_WITHIN of the callers; nan for chats."""
    occupancy: float
    queue_length: float
    answered_more: float
    """Calls in the interval that one agent fewer would not answer."""
    meets: bool | None
    """Whether all targets are met; None without any."""


@dataclass(frozen=True)
class Answer:
    """What a number of agents gives, with its neighbours."""

    load: float
    """Erlang."""
    agents: int
    """Those asked about, else those needed."""
    needed: int | None
    """Net; None without a target, and where no number of agents reaches it."""
    unreachable: str | None
    """Why no number of agents reaches the targets."""
    needed_fractional: float | None
    """None for chats too."""
    gross: int
    """`agents` with shrinkage, whole people."""
    attempts: float
    """Calls in the interval, redials included, with `agents`."""
    rows: tuple[Row, ...]
    """NEIGHBOURS numbers of agents either side of `agents`, rising."""
    limits: Limits | None
    """None without a target, without agents, and for chats."""

    @property
    def row(self) -> Row:
        """The row of `agents`."""
        return next(row for row in self.rows if row.agents == self.agents)


def answer(question: Question) -> Answer:
    """Work the question out.

    Raises:
        ValueError: naming the argument that is out of range, or, where the number of agents is asked for, the target
            that none reaches.
    """
    needed, unreachable = _needed(question)
    agents = question.agents if question.agents is not None else needed or 0
    reached = question.has_target and unreachable is None and question.concurrency == 1
    rows = tuple(_rows(question, agents, needed))
    answered = Answer(
        load=question.calls * question.aht_seconds / question.interval_seconds,
        agents=agents,
        needed=needed,
        unreachable=unreachable,
        needed_fractional=_fractional(question) if reached else None,
        gross=int(gross(np.int64(agents), question.shrinkage)),
        attempts=_attempts(question, agents),
        rows=rows,
        limits=None,
    )
    if not reached or agents == 0:
        return answered
    return replace(answered, limits=_limits(question, agents, met=bool(answered.row.meets)))


def _needed(question: Question) -> tuple[int | None, str | None]:
    """The number of agents, or why there is none: where agents are given, a target out of reach is no fault."""
    if not question.has_target:
        return None, None
    calls, aht, targets = question.calls, question.aht_seconds, question.targets
    try:
        if question.concurrency == 1:
            return int(required_agents(calls, aht, targets, **question.circumstances)), None
        return int(required_chat_agents(calls, aht, targets, **_chat(question))), None
    except ValueError as error:
        if question.agents is None:
            raise
        return None, str(error)


def _fractional(question: Question) -> float:
    told = question.circumstances
    return float(required_agents_fractional(question.calls, question.aht_seconds, question.targets, **told))


def _attempts(question: Question, agents: int) -> float:
    if question.concurrency != 1:
        return question.calls
    return float(performance(question.calls, question.aht_seconds, agents, **question.circumstances).attempts)


def _chat(question: Question) -> Chat:
    return {
        "concurrency": question.concurrency,
        "slowdown": question.slowdown,
        "interval": question.interval_seconds,
        "patience": question.patience_seconds,
    }


def _figures(question: Question, count: Whole) -> Performance | ChatPerformance:
    calls, aht, threshold = question.calls, question.aht_seconds, question.targets.threshold
    if question.concurrency == 1:
        return performance(calls, aht, count, threshold=threshold, **question.circumstances)
    return chat_performance(calls, aht, count, threshold=threshold, **_chat(question))


def _answered_more(question: Question, count: Whole) -> Floats:
    """Calls answered beyond what one agent fewer answers; in an overload without end, what an agent takes."""
    calls, aht = question.calls, question.aht_seconds
    if question.concurrency == 1:
        return -marginal_agent(calls, aht, count, **question.circumstances).fewer.answered_calls
    fewer = np.maximum(count - 1, 0)
    if question.patience_seconds == inf:
        most = speed(question.concurrency, question.slowdown).full * question.interval_seconds / aht
        return np.asarray(np.minimum(calls, count * most) - np.minimum(calls, fewer * most))
    return calls * (_figures(question, fewer).abandonment - _figures(question, count).abandonment)


def _rows(question: Question, agents: int, needed: int | None) -> Iterator[Row]:
    count = np.arange(max(0, agents - NEIGHBOURS), agents + NEIGHBOURS + 1)
    found, more = _figures(question, count), _answered_more(question, count)
    level = getattr(found, _LEVELS[question.targets.definition])
    wait = np.full(len(count), np.nan)
    if question.concurrency == 1:
        told = question.circumstances
        wait = wait_percentile(question.calls, question.aht_seconds, count, SHARE_WITHIN, **told)
    for place, number in enumerate(count.tolist()):
        yield Row(
            agents=number,
            service_level=float(level[place]),
            abandonment=float(found.abandonment[place]),
            blocking=float(found.blocking[place]),
            asa_seconds=float(found.asa[place]),
            wait_seconds=float(wait[place]),
            occupancy=float(found.occupancy[place]),
            queue_length=float(found.queue_length[place]),
            answered_more=max(0.0, float(more[place])),
            meets=(needed is not None and number >= needed) if question.has_target else None,
        )


def _limits(question: Question, agents: int, *, met: bool) -> Limits:
    calls, aht, targets = question.calls, question.aht_seconds, question.targets
    told = question.circumstances
    patience = shortest_patience(
        calls, aht, agents, targets, interval=told["interval"], lines=told["lines"], redial=told["redial"]
    )
    return Limits(
        calls=float(most_calls(agents, aht, targets, **told)),
        aht_seconds=float(longest_aht(calls, agents, targets, **told)),
        patience_seconds=float(patience) if met and question.patience_seconds < inf else None,
    )
