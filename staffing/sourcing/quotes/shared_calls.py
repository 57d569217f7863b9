"""One way to share calls between own people and a vendor: its bill, how far it misses, and what it is in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from staffing.notes import Note
from staffing.sourcing.comparison import Size
from staffing.sourcing.lines import CostLine, total
from staffing.sourcing.quotes.draft import Reached
from staffing.sourcing.quotes.joint import Joint
from staffing.sourcing.quotes.own_part import OwnBill, OwnPart
from staffing.sourcing.quotes.vendor_part import VendorPart
from staffing.sourcing.tariffs import Overflow


@dataclass(frozen=True)
class SharedCalls:
    """One candidate with its bill."""

    found: Joint
    own: OwnBill | None  # None where nobody of one's own works
    vendor: VendorPart

    @property
    def lines(self) -> tuple[CostLine, ...]:
        """Both bills."""
        return (*(self.own.lines if self.own else ()), *self.vendor.lines)

    @property
    def rank(self) -> tuple[float, float]:
        """The lower the better: how far it misses, then its cost."""
        return missed(self.found), float(total(self.lines))


def own_bill(own: OwnPart, found: Joint) -> OwnBill | None:
    """What the own people cost; None where there are none."""
    return own.bill(found.own) if found.own.any() else None


def missed(found: Joint) -> float:
    """How far the targets are missed, in parts of themselves; 0 where they are reached."""
    service, targets = found.service, found.service.case.targets
    if service.meets:
        return 0.0
    gap = 0.0
    if targets.abandonment is not None:
        gap += max(service.abandonment - targets.abandonment, 0.0)
    if targets.service_level is not None:
        gap += max(targets.service_level - service.service_level, 0.0)
    if targets.asa is not None and np.isfinite(service.asa_seconds):
        gap += max(service.asa_seconds / targets.asa - 1, 0.0)
    return gap or 1.0


def reached_by(plan: SharedCalls) -> Reached:
    """The service, its table with own agents and the calls that the vendor takes beside the seats of both."""
    reached = Reached.of(plan.found.service)
    table = reached.table.assign(own_agents=plan.found.own, vendor_calls=plan.found.vendor_calls)
    return replace(reached, table=table)


def size_of(plan: SharedCalls) -> Size:
    """What is bought of both."""
    own, vendor = plan.own.size if plan.own else Size(), plan.vendor.size
    return Size(
        heads=own.heads,
        seats=own.seats + vendor.seats,
        channels=vendor.channels,
        hours=own.hours + vendor.hours,
        calls=vendor.calls,
    )


def capacity_of(tariff: Overflow, plan: SharedCalls) -> Note:
    """The same in words."""
    own, vendor = plan.own.size if plan.own else Size(), plan.vendor.size
    values = {
        "heads": own.heads,
        "hours": f"{own.hours:.0f}",
        "seconds": f"{tariff.after_seconds.value:g}",
        "vendor": tariff.vendor,
    }
    if vendor.channels:
        text = (
            "{heads} agents, {hours} paid hours; overflow after {seconds} s to {vendor}, channels: {channels}"
        )
        return Note.of(text, **values, channels=vendor.channels)
    text = "{heads} agents, {hours} paid hours; overflow after {seconds} s to {vendor}, {bought} seat-hours"
    return Note.of(text, **values, bought=f"{vendor.hours:.0f}")


def notes_on(tariff: Overflow, plan: SharedCalls, repeats: float) -> Iterator[Note]:
    """What the vendor takes, and what to know; `repeats` is the share of its calls that come again."""
    case = plan.found.service.case
    taken = float(plan.found.vendor_calls @ case.days)
    yield Note.of(
        "{vendor} takes {calls} calls, {share} % of all",
        vendor=tariff.vendor,
        calls=f"{taken:.0f}",
        share=f"{100 * taken / case.total_calls if taken else 0:.1f}",
    )
    if plan.own is None:
        yield Note.of("Own people would cost more: the vendor takes all calls")
    elif not tariff.own_block_hours.value:
        yield Note.of("Own people come and go with every interval: a lower bound of their hours")
    if repeats:
        yield Note.of("Calls that come again after the vendor handled them are left out")
