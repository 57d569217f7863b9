"""Costs of outsourcing that the vendor's bill does not show, and the work that its quality makes of the demand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import isinf

import numpy as np

from staffing.queueing import required_agents
from staffing.sourcing.case import Case
from staffing.sourcing.lines import CostLine
from staffing.sourcing.quotes.draft import Reached
from staffing.sourcing.tariffs import Hidden


def work_of(case: Case, hidden: Hidden) -> Case:
    """The case as a vendor meets it: calls that come again, and its own AHT, with the agents that takes."""
    if not hidden.changes_work:
        return case
    key = ("work", hidden.volume_factor, hidden.aht_factor.value)
    if key not in case.shared:
        case.shared[key] = _work(case, hidden)
    found: Case = case.shared[key]
    return found


def _work(case: Case, hidden: Hidden) -> Case:
    calls = case.calls * hidden.volume_factor
    aht = case.aht * hidden.aht_factor.value
    # Occupancy is not asked of a vendor; where nobody gives up, a limit on abandonment sizes nothing.
    limit = None if isinf(case.patience_seconds) else case.targets.abandonment
    needed = required_agents(
        calls,
        aht,
        replace(case.targets, occupancy=None, abandonment=limit),
        interval=case.interval_seconds,
        patience=case.patience_seconds,
    )
    net = np.maximum(case.demand["agents_net"].to_numpy(dtype=np.float64), needed)
    return replace(case, demand=case.demand.assign(calls=calls, aht_seconds=aht, agents_net=net))


def hidden_lines(hidden: Hidden, case: Case, reached: Reached) -> Iterator[CostLine]:
    """Liaison hours and escalated calls, by month; nothing where the offer states neither."""
    for month in case.months:
        hours = hidden.liaison_hours_month.value * month.share
        if hours:
            yield CostLine.of(month.name, "liaison with the vendor", hours, "hour", hidden.liaison_wage_hour)
        calls = reached.handled[month.name] * hidden.escalation_share.value
        hours = calls * hidden.escalation_seconds.value / 3600
        if hours:
            note = f"{hidden.escalation_share.value:g} of handled calls, {hidden.escalation_seconds.value:g} s each"
            wage = hidden.escalation_wage_hour
            yield CostLine.of(month.name, "escalations to one's own people", hours, "hour", wage, 1, note)
