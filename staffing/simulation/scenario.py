"""What is simulated: calls, agents, lines, a vendor, for so many intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, inf

import numpy as np

from staffing.queueing.arguments import as_floats, whole
from staffing.simulation.agents import AgentGroup
from staffing.simulation.call_type import CallType
from staffing.simulation.vendor import Vendor


@dataclass(frozen=True, eq=False)
class Scenario:
    """A contact centre for a stretch of time that begins at 0 seconds.

    At its end no call comes any more and nobody is taken from the queue: who then waits is counted as waiting at the
    end. Add intervals without calls to let the queue drain.

    Args:
        call_types: at least one.
        groups: the agents; may be none.
        interval_seconds: length of an interval, > 0.
        intervals: how many; None takes the length of the arrays in call types and groups, or 1 where all are single
            numbers, or as many as the latest exact arrival time needs.
        lines: callers talking or waiting at most, all types together, whole, >= 0.
        vendor: who takes the overflow, if anyone.

    Raises:
        ValueError: naming what does not fit: lengths, names used twice, skills for unknown call types, exact arrival
            times beyond the end.
    """

    call_types: Sequence[CallType]
    groups: Sequence[AgentGroup]
    interval_seconds: float = 1800.0
    intervals: int | None = None
    lines: float = inf
    vendor: Vendor | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "call_types", tuple(self.call_types))
        object.__setattr__(self, "groups", tuple(self.groups))
        as_floats("interval_seconds", self.interval_seconds, positive=True)
        whole("lines", self.lines, infinite=True)
        if not self.call_types:
            raise ValueError("call_types must hold at least one call type")
        names = [each.name for each in self.call_types]
        _unique("call type", names)
        _unique("agent group", [each.name for each in self.groups])
        for group in self.groups:
            _known(f"agent group {group.name!r}", group.skills, names)
        if self.vendor is not None and self.vendor.call_types is not None:
            _known("the vendor", self.vendor.call_types, names)
        object.__setattr__(self, "intervals", self._count())
        for each in self.call_types:
            if _latest(each) > self.seconds:
                raise ValueError(
                    f"arrival_times of call type {each.name!r} reach beyond the end, {self.seconds:g} s"
                )

    @property
    def seconds(self) -> float:
        """From the start to the end."""
        return self.interval_count * self.interval_seconds

    @property
    def interval_count(self) -> int:
        """How many intervals there are."""
        assert self.intervals is not None  # __post_init__ counted them
        return self.intervals

    def _count(self) -> int:
        lengths = {each.intervals for each in self.call_types} | {each.intervals for each in self.groups}
        lengths -= {None}
        if self.intervals is not None:
            if whole("intervals", self.intervals) < 1:
                raise ValueError(f"intervals must be at least 1; found {self.intervals}")
            lengths.add(int(self.intervals))
        if len(lengths) > 1:
            raise ValueError(f"calls, staff and intervals differ in length: {sorted(map(str, lengths))}")
        if lengths:
            return int(next(iter(lengths)) or 0)
        latest = max((_latest(each) for each in self.call_types), default=0.0)
        return max(1, ceil(latest / self.interval_seconds))


def _latest(call_type: CallType) -> float:
    times = np.atleast_1d(np.asarray(call_type.arrival_times if call_type.arrival_times is not None else 0.0))
    return float(np.nextafter(times.max(), inf)) if len(times) else 0.0


def _unique(what: str, names: list[str]) -> None:
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{what} names must differ; found twice: {', '.join(twice)}")


def _known(who: str, wanted: Iterable[str], names: list[str]) -> None:
    unknown = [name for name in wanted if name not in names]
    if unknown:
        raise ValueError(
            f"{who} names unknown call types: {', '.join(unknown)}; there are {', '.join(names)}"
        )
