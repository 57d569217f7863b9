"""Chat: agents who hold several conversations at once.

Birth-death chain over the conversations present. An agent who holds k of them needs `aht` x factor(k) for each, so
that n agents among whom m conversations are spread evenly complete sum of k_i / (aht x factor(k_i)) per second, k_i
being m / n rounded down or up. Beyond n x concurrency customers wait, and lose patience, as in Erlang A (C. Palm,
1943; A. Mandelbaum and S. Zeltyn, 2005) with the full rate in the place of n / aht. Chains with a service rate that
depends on the number held: J. Luo and J. Zhang (2013), "Staffing and control of instant messaging contact centers";
C. Tezcan and J. Zhang (2014), "Routing and staffing in customer service chat systems with impatient customers".
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats, broadcast, whole
from staffing.queueing.arrays import Floats, quotient
from staffing.queueing.channels.figures import Figures, describe, nothing, shaped, with_free_states
from staffing.queueing.channels.speed import Speed, speed
from staffing.queueing.channels.walk import Rows, States, steps, walk
from staffing.queueing.sizing.margin import margins
from staffing.queueing.sizing.search import smallest
from staffing.queueing.sizing.targets import Targets
from staffing.queueing.stationary.flows import flows
from staffing.queueing.stationary.model import Flows
from staffing.queueing.stationary.workload import SHORTEST, Workload

COUNTABLE = 1e15
ROUNDING = 1e-12


@dataclass(frozen=True)
class ChatPerformance(Figures):
    """`Figures` of the customers, and what the agents have of it."""

    conversations_per_agent: Floats
    """Mean number that an agent holds, idle agents included."""
    slot_use: Floats
    """Share of all slots (agents x concurrency) that hold a conversation."""
    occupancy: Floats
    """Share of the agents who hold at least one conversation."""
    handling_time: Floats
    """Seconds a conversation lasts on average as the customer sees it, the slowdown included."""


def chat_performance(
    chats: npt.ArrayLike,
    aht: npt.ArrayLike,
    agents: npt.ArrayLike,
    *,
    concurrency: int = 3,
    slowdown: npt.ArrayLike = 0.0,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    places: npt.ArrayLike = np.inf,
    threshold: npt.ArrayLike = 20,
) -> ChatPerformance:
    """Stationary figures of a chat queue; arguments broadcast like numpy but for concurrency and slowdown.

    A new conversation goes to the agent who holds fewest. The chain assumes that conversations stay spread as evenly
    as they can be: exact with one agent, without slowdown and while somebody waits, else an approximation (see
    `docs/channels.md`). Concurrency 1 is Erlang C or A. With endless patience and no stationary state the figures are
    those of a queue that only grows, as in `performance`.

    Args:
        chats: conversations offered per interval, >= 0.
        aht: mean handling time of a conversation that is the agent's only one, >= 0.
        agents: whole, >= 0.
        concurrency: conversations an agent holds at most, from 1 to 100.
        slowdown: how much longer each further conversation makes all of them, as a share of `aht`, from 0 to 1:
            with k held, each takes aht x (1 + slowdown x (k - 1)). Or the factors themselves, one for each k from 1.
        interval: length of an interval, > 0.
        patience: mean time a customer is willing to wait for an agent, >= 0; exponential.
        places: customers that may wait, whole, >= 0.
        threshold: within which an answer counts for the service level, >= 0.

    Raises:
        ValueError: naming the argument that is negative, nan, not finite where it must be, or not whole; for a
            slowdown that makes more conversations complete fewer.
    """
    rates = speed(concurrency, slowdown)
    chats_, aht_, agents_, interval_, patience_, places_, threshold_ = broadcast(
        chats=as_floats("chats", chats),
        aht=as_floats("aht", aht),
        agents=whole("agents", agents),
        interval=as_floats("interval", interval, positive=True),
        patience=as_floats("patience", patience, infinite=True),
        places=whole("places", places, infinite=True),
        threshold=as_floats("threshold", threshold, infinite=True),
    )
    flat = (np.ravel(array) for array in (chats_, aht_, interval_, patience_, places_ + 1, threshold_))
    workload = _workload(*flat)
    staff, rows = np.ravel(agents_), workload.calls > 0
    found = nothing(ChatPerformance, len(staff))
    found["handling_time"] = workload.aht * rates.alone
    with np.errstate(all="ignore"):  # infinities are meant, and where() drops what they spoil
        for some in (rows & (staff > 0), rows & (staff == 0)):
            if some.any():
                for name, value in _figures(workload.take(some), staff[some], rates).items():
                    found[name][some] = value
    return ChatPerformance(**shaped(found, chats_.shape))


def required_chat_agents(
    chats: npt.ArrayLike,
    aht: npt.ArrayLike,
    targets: Targets,
    *,
    concurrency: int = 3,
    slowdown: npt.ArrayLike = 0.0,
    interval: npt.ArrayLike = 1800,
    patience: npt.ArrayLike = np.inf,
    places: npt.ArrayLike = np.inf,
) -> npt.NDArray[np.int64]:
    """The smallest number of agents that meets every target; 0 without chats, else at least 1.

    The occupancy target is for `ChatPerformance.occupancy`: agents with at least one conversation. Where customers
    give up sooner than a conversation lasts that share may rise with an agent more, since fewer give up; a smaller
    number than the one found may then meet it too. Arguments as for `chat_performance`.

    Raises:
        ValueError: as `chat_performance`; for an abandonment target alone where patience is endless, which sizes
            nothing; for more than 1e15 agents.
    """
    rates = speed(concurrency, slowdown)
    given = broadcast(
        chats=as_floats("chats", chats),
        aht=as_floats("aht", aht),
        interval=as_floats("interval", interval, positive=True),
        patience=as_floats("patience", patience, infinite=True),
        places=whole("places", places, infinite=True),
    )
    calls, aht_, interval_, patience_, places_ = (np.ravel(array) for array in given)
    everything = _workload(
        calls, aht_, interval_, patience_, places_ + 1, np.full(len(calls), float(targets.threshold))
    )
    needed = np.zeros(len(calls), dtype=np.int64)
    rows = np.flatnonzero(calls > 0)
    if len(rows):
        with np.errstate(all="ignore"):
            needed[rows] = _search(everything.take(rows), rates, targets)
    return needed.reshape(given[0].shape)


def _search(workload: Workload, rates: Speed, targets: Targets) -> Floats:
    refuse_unsizable(workload, targets)
    load = workload.load(workload.calls) / rates.full
    if float(load.max()) > COUNTABLE:
        raise ValueError(f"chats: a load of {load.max():g} agents at full concurrency cannot be counted")

    def at(agents: Floats, rows: Rows) -> Floats:
        return _margin(workload.take(rows), agents, rates, targets)

    return smallest(at, load + 0.5 * np.sqrt(load), 0.7 * np.sqrt(load))


def refuse_unsizable(workload: Workload, targets: Targets) -> None:
    """Abandonment as the only target says nothing where nobody gives up."""
    others = (targets.service_level, targets.asa, targets.occupancy)
    if targets.abandonment is not None and others == (None, None, None) and np.isinf(workload.patience).any():
        raise ValueError(
            f"abandonment: a target of {targets.abandonment} alone sizes nothing where patience is infinite, "
            "since nobody gives up; give a finite patience or another target"
        )


def _margin(workload: Workload, agents: Floats, rates: Speed, targets: Targets) -> Floats:
    """>= 0 where every target is met; agents >= 1."""
    one, shares, _, busy = _solve(workload, agents, rates)
    parts = margins(one, np.ones_like(agents), one.calls, shares, replace(targets, occupancy=None))
    if targets.occupancy is not None:
        parts["occupancy"] = np.log(targets.occupancy) + np.log(agents) - np.log(busy)
    return np.asarray(np.minimum.reduce(list(parts.values())) + ROUNDING)


def _figures(workload: Workload, agents: Floats, rates: Speed) -> dict[str, Floats]:
    """The fields of rows with chats; all of them with agents, or all without."""
    if not agents[0]:
        # `lines` holds one place more than may wait, for the agent who is not there.
        unstaffed = replace(workload, lines=workload.lines - 1)
        found = describe(unstaffed, flows(unstaffed.queues(workload.calls, agents)))
        zero = np.zeros_like(agents)
        ones = np.ones_like(agents)
        return found | {
            "conversations_per_agent": zero,
            "slot_use": ones,
            "occupancy": ones,
            "handling_time": workload.aht * rates.alone,
        }
    one, shares, held, busy = _solve(workload, agents, rates)
    carried = workload.load(workload.calls) * shares.answered
    growing = np.isinf(shares.served_wait)
    seen = np.where(growing, rates.slots / rates.full, quotient(held, carried, otherwise=rates.alone))
    return describe(one, shares) | {
        "conversations_per_agent": held / agents,
        "slot_use": np.minimum(held / agents / rates.slots, 1.0),
        "occupancy": np.minimum(busy / agents, 1.0),
        "handling_time": workload.aht * seen,
    }


def _solve(workload: Workload, agents: Floats, rates: Speed) -> tuple[Workload, Flows, Floats, Floats]:
    """The queue as one fast agent, its shares, and the mean conversations held and agents busy."""
    one = replace(workload, aht=workload.aht / (agents * rates.full))
    load = np.maximum(workload.calls * np.maximum(workload.aht, SHORTEST) / workload.interval, 1e-290)
    top = agents * rates.slots

    def rise(before: States, free: States, rows: Rows) -> States:
        count, middle = steps(before, free)
        held = top[rows, None] - middle + 1
        logarithm = np.log(rates.total(held, agents[rows])) - np.log(load[rows, None])
        return np.asarray(count * logarithm)

    def values(free: States, _: States, rows: Rows) -> tuple[States, ...]:
        held = top[rows, None] - free
        return held, np.minimum(held, agents[rows, None])

    free = walk(top, rise, values)
    shares = with_free_states(one.queues(one.calls, np.ones_like(agents)), free.log_mass)
    held, busy = free.means(shares.idle)
    full = shares.waiting + shares.blocked
    return one, shares, held + top * full, busy + agents * full


def _workload(
    calls: Floats, aht: Floats, interval: Floats, patience: Floats, lines: Floats, threshold: Floats
) -> Workload:
    return Workload(calls, aht, interval, patience, lines, np.zeros_like(calls), threshold)
