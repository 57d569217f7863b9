"""The figures of a month, each with its formula: the one place where they are worked out."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from staffing.report.document import Kind
from staffing.wording.words import mark

Sums = Mapping[str, float]  # of `SUMS`, with `days` (recorded business dates)


@dataclass(frozen=True)
class Figure:
    """A figure: its name, the formula that stands beside it, and how it comes from sums."""

    key: str
    name: str
    formula: str
    kind: Kind
    work_out: Callable[[Sums], float]

    def of(self, sums: Sums) -> float | None:
        """The figure, None where it is not known or divides by 0."""
        try:
            value = self.work_out(sums)
        except ZeroDivisionError:
            return None
        return float(value) if math.isfinite(value) else None


def _ratio(above: str, below: str) -> Callable[[Sums], float]:
    return lambda sums: float(sums[above]) / float(sums[below])


FIGURES = (
    Figure("offered", mark("Offered"), mark("calls that reached the desk"), "count", lambda s: s["offered"]),
    Figure("answered", mark("Answered"), mark("calls an agent took"), "count", lambda s: s["answered"]),
    Figure(
        "abandoned",
        mark("Abandoned"),
        mark("callers who hung up while waiting"),
        "count",
        lambda s: s["abandoned"],
    ),
    Figure(
        "short_abandoned",
        mark("of these short"),
        mark("within the seconds the telephone system calls short"),
        "count",
        lambda s: s["short_abandoned"],
    ),
    Figure(
        "blocked",
        mark("Blocked"),
        mark("busy tone or disconnected, all lines in use"),
        "count",
        lambda s: s["blocked"],
    ),
    Figure(
        "lost_share",
        mark("Abandon rate, blocked included"),
        mark("(abandoned + blocked) / offered"),
        "share",
        lambda s: float(s["abandoned"] + s["blocked"]) / float(s["offered"]),
    ),
    Figure(
        "abandonment",
        mark("Abandon rate, blocked left out"),
        mark("abandoned / offered"),
        "share",
        _ratio("abandoned", "offered"),
    ),
    Figure(
        "service_level",
        mark("Service level"),
        mark("answered in time / offered"),
        "share",
        _ratio("answered_within_threshold", "offered"),
    ),
    Figure(
        "service_level_excluding_short",
        mark("Service level without short abandons"),
        mark("answered in time / (offered - short abandoned)"),
        "share",
        lambda s: float(s["answered_within_threshold"]) / float(s["offered"] - s["short_abandoned"]),
    ),
    Figure(
        "service_level_answered",
        mark("Service level of the answered"),
        mark("answered in time / answered"),
        "share",
        _ratio("answered_within_threshold", "answered"),
    ),
    Figure(
        "mean_wait",
        mark("Mean wait of all callers, s"),
        mark("waiting seconds / offered"),
        "seconds",
        _ratio("wait_seconds", "offered"),
    ),
    Figure(
        "aht",
        mark("AHT, s"),
        mark("talk + hold + after-call work / answered"),
        "seconds",
        _ratio("handle_seconds", "answered"),
    ),
    Figure(
        "handle_hours",
        mark("Handling hours"),
        mark("handling seconds / 3,600"),
        "hours",
        lambda s: float(s["handle_seconds"]) / 3600,
    ),
    Figure(
        "agent_hours",
        mark("Agent-hours, net"),
        mark("agents on contacts x hours"),
        "hours",
        lambda s: float(s["agent_hours"]),
    ),
    Figure(
        "occupancy",
        mark("Occupancy"),
        mark("handling hours / agent-hours, net"),
        "share",
        lambda s: float(s["handle_seconds"]) / 3600 / float(s["agent_hours"]),
    ),
    Figure(
        "days", mark("Days"), mark("open days with records, or planned"), "count", lambda s: float(s["days"])
    ),
    Figure("calls_a_day", mark("Calls a day"), mark("offered / days"), "decimal", _ratio("offered", "days")),
)
BY_KEY = {figure.key: figure for figure in FIGURES}
