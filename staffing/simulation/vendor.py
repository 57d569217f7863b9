"""Who takes the calls that the own agents do not."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from staffing.queueing.arguments import as_floats, whole


@dataclass(frozen=True)
class Vendor:
    """Someone else who takes calls that overflow; they leave the own queue and lines.

    Args:
        agents: how many calls the vendor handles at once, whole, >= 0; infinite is any number. While all are busy,
            callers who may overflow go on waiting in the own queue, and the first of them is taken as soon as one
            is free.
        after: a caller who has waited so many seconds overflows, >= 0; 0 is as soon as no own agent is free, infinite
            never.
        when_full: whether calls that find no own line overflow if the vendor has someone free; else they are blocked.
        call_types: names of those that may overflow; None is all.
        handling_factor: the vendor's handling times are the call's own times this factor, > 0.
    """

    agents: float = inf
    after: float = 0.0
    when_full: bool = True
    call_types: tuple[str, ...] | None = None
    handling_factor: float = 1.0

    def __post_init__(self) -> None:
        whole("agents", self.agents, infinite=True)
        as_floats("after", self.after, infinite=True)
        as_floats("handling_factor", self.handling_factor, positive=True)
