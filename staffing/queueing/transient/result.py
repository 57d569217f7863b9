"""The figures of a queue through time."""

from __future__ import annotations

from dataclasses import dataclass

from staffing.queueing.arrays import Floats


@dataclass(frozen=True)
class TransientPerformance:
    """Figures of each interval; every field has the shape (..., intervals) the arguments broadcast to.

    Numbers of calls are expected ones, counted in the interval they fall into. In every interval
    calls + returned = answered + abandoned + blocked + (backlog - backlog of the interval before), after the last
    one of a stretch backlog = answered_late + abandoned_late + cut_off.

    Shares and waits are of the calls that arrive in the interval, whenever they are answered or give up. Without
    calls every share is 0 except the service levels, which are 1, and nobody waits.
    """

    calls: Floats
    """Arrivals."""
    answered: Floats
    """Taken by an agent; a call that was handed back counts again when it is taken again."""
    abandoned: Floats
    """Gave up waiting."""
    blocked: Floats
    """Found every line in use."""
    returned: Floats
    """Handed back to the queue at the interval's start, by agents who leave."""
    backlog: Floats
    """Mean number of callers waiting at the interval's end."""
    present: Floats
    """Mean number of callers waiting or talking at the interval's end, without those that agents who have left
    still finish."""
    answered_late: Floats
    """Of the backlog at a stretch's end: answered after it."""
    abandoned_late: Floats
    """Of the backlog at a stretch's end: gave up after it."""
    cut_off: Floats
    """Of the backlog at a stretch's end: never answered."""
    wait_probability: Floats
    """Share of the arrivals that find every agent busy and are admitted."""
    blocking: Floats
    """Share that finds every line in use."""
    answered_share: Floats
    """Share that is answered, after the stretch's end if need be."""
    abandonment: Floats
    """Share that gives up waiting."""
    service_level: Floats
    """Answered within the threshold / arrivals."""
    service_level_answered: Floats
    """Answered within the threshold / answered."""
    mean_wait: Floats
    """Seconds, over all arrivals: abandoned calls with their wait, blocked ones as 0; infinite where some wait for
    ever."""
    asa: Floats
    """Mean wait of those who are answered, seconds; infinite where nobody is."""
    occupancy: Floats
    """Share of the agents' time spent on calls; 1 where nobody is there and somebody waits."""
    queue_length: Floats
    """Mean number of callers waiting."""
    overtime: Floats
    """Expected seconds that agents who leave at the interval's start go on working to finish their calls."""
    neglected: Floats
    """Bound on the probability that the finite number of states left out, since the stretch began."""
