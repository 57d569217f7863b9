"""In-house consignment: the client's premises and equipment, vendors' people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from staffing.errors import SettingFault
from staffing.sourcing.figures import Allowed, Checked, Figure, Money, Positive
from staffing.sourcing.tariffs.by_hour import ByHour


@dataclass(frozen=True, kw_only=True)
class ConsignmentVendor(Checked):
    """One vendor on the premises: `share` of the seat-hours, at its own rate and management fee."""

    name: str
    share: Annotated[Figure, Allowed(above=True, most=1)]
    setup_fee: Money  # once
    training: Money  # once
    management_month: Money
    seat_hour: Positive

    def faults(self) -> Iterator[SettingFault]:
        """Bad figures, no name."""
        yield from super().faults()
        if not self.name.strip():
            yield SettingFault("name", repr(self.name), "must be a name")


@dataclass(frozen=True, kw_only=True)
class Consignment(ByHour):
    """Seats on one's own premises, filled by one vendor or several in parallel on the same queue.

    Seats, space, PCs, licences and the telephone system are paid as in-house.
    """

    vendors: tuple[ConsignmentVendor, ...]

    def faults(self) -> Iterator[SettingFault]:
        """Bad figures, no vendor, a vendor twice, shares that do not make up the whole."""
        yield from super().faults()
        names = [vendor.name for vendor in self.vendors]
        if not names:
            yield SettingFault("vendors", "(none)", "the plan has no price: give at least one vendor")
            return
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield SettingFault(
                "vendors.name", repr(name), "is used twice; each vendor needs a name of its own"
            )
        whole = sum(vendor.share.value for vendor in self.vendors)
        if abs(whole - 1) > 1e-6:
            yield SettingFault("vendors.share", f"{whole:.10g}", "the vendors' shares must add up to 1")
