"""What a seat on one's own premises costs: desk, space, PC, licence, and the cheaper telephone system."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil

from staffing.notes import Note
from staffing.sourcing.case import Month
from staffing.sourcing.lines import CostLine
from staffing.sourcing.tariffs import InHouse, OnPremise


@dataclass(frozen=True)
class TelephoneChoice:
    """A telephone system on the premises against one in the cloud, for a number of seats over a horizon.

    Equipment is paid for its whole life, so a horizon that ends within a life pays that life to its end.
    """

    tariff: InHouse
    seats: int

    @property
    def months(self) -> int:
        """The horizon."""
        return int(self.tariff.pbx_horizon_months.value)

    @property
    def cloud(self) -> float:
        """Cost over the horizon."""
        monthly = self.tariff.pbx_month.value + self.seats * self.tariff.pbx_seat_month.value
        return monthly * self.months

    def on_premise(self, system: OnPremise) -> float:
        """Cost over the horizon."""
        return self._bought(system) + system.maintenance_month.value * self.months

    def _bought(self, system: OnPremise) -> float:
        lives = ceil(self.months / system.life_months.value)
        return lives * (system.capex.value + self.seats * system.capex_seat.value)

    @property
    def owned(self) -> OnPremise | None:
        """The system on the premises where it is the cheaper one."""
        system = self.tariff.on_premise
        return system if system is not None and self.on_premise(system) < self.cloud else None

    def note(self) -> Iterator[Note]:
        """Both costs, where there is a choice."""
        if self.tariff.on_premise is None:
            return
        values = {
            "months": self.months,
            "owned": f"{self.on_premise(self.tariff.on_premise):,.0f}",
            "cloud": f"{self.cloud:,.0f}",
        }
        if self.owned is None:
            text = (
                "Telephone system over {months} months: {cloud} in the cloud, taken; {owned} on the premises"
            )
        else:
            text = (
                "Telephone system over {months} months: {owned} on the premises, taken; {cloud} in the cloud"
            )
        yield Note.of(text, **values)

    def lines(self, month: Month) -> Iterator[CostLine]:
        """One month of the cheaper system; what is bought is spread over the horizon."""
        system = self.owned
        if system is None:
            yield CostLine.of(month.name, "telephone system", month.share, month.unit, self.tariff.pbx_month)
            if self.tariff.pbx_seat_month.value:
                rate, quantity = self.tariff.pbx_seat_month, self.seats * month.share
                yield CostLine.of(month.name, "telephone lines", quantity, f"seat-{month.unit}", rate)
            return
        lives = ceil(self.months / system.life_months.value)
        note = f"{lives} x {system.life_months.value:g} months paid, spread over {self.months}"
        factor = lives / self.months
        item, seats = "telephone system bought", self.seats * month.share
        yield CostLine.of(month.name, item, month.share, month.unit, system.capex, factor, note)
        item = "telephones bought"
        yield CostLine.of(month.name, item, seats, f"seat-{month.unit}", system.capex_seat, factor, note)
        rate = system.maintenance_month
        yield CostLine.of(month.name, "telephone system maintenance", month.share, month.unit, rate)


def equipment_lines(tariff: InHouse, month: Month, seats: int) -> Iterator[CostLine]:
    """Seats, space, PCs, licences and the telephone system for one month."""
    quantity, unit = seats * month.share, f"seat-{month.unit}"
    yield CostLine.of(month.name, "seats", quantity, unit, tariff.seat_month)
    if tariff.space_month.value:
        yield CostLine.of(month.name, "space", quantity, unit, tariff.space_month)
    lease = tariff.pc_lease_months.value
    note = f"leased for {lease:g} months" if lease else ""
    yield CostLine.of(month.name, "PC leases", quantity, unit, tariff.pc_month, 1, note)
    yield CostLine.of(month.name, "licences", quantity, unit, tariff.licence_month)
    yield from TelephoneChoice(tariff, seats).lines(month)
