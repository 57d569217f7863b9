"""The desk of one's own: what it costs beside the wages of a roster."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, ClassVar

from staffing.errors import SettingFault
from staffing.sourcing.figures import Allowed, Checked, Figure, Hours, Money, Months, Positive, Share
from staffing.sourcing.tariffs.offered import IN_HOUSE, Offered
from staffing.sourcing.tariffs.terms import UNSTATED, Hidden

_HORIZON = Figure(36.0, "plan", "not stated")


@dataclass(frozen=True, kw_only=True)
class OnPremise(Checked):
    """A telephone system of one's own, bought or leased: paid for its whole life, however long it is used."""

    capex: Money  # per desk
    capex_seat: Money  # per seat
    maintenance_month: Money
    life_months: Annotated[Figure, Allowed(least=1, whole=True)]  # of the equipment, or the lease


@dataclass(frozen=True, kw_only=True)
class LearningMonth(Checked):
    """How much longer than experienced people one handles a call in this month of employment."""

    aht_factor: Annotated[Figure, Allowed(least=1)]


@dataclass(frozen=True, kw_only=True)
class InHouse(Offered):
    """What a desk of one's own costs beside the wages of a roster.

    `wage_hour` and `hours_head_month` serve only where no roster is given. `learning` holds a new person's AHT
    factor month by month, 1 after the last. `aht_includes_new` says that the calls' AHT is that of all people, new
    ones included, as a history's is: then only a new desk is slower than the calls' AHT.
    """

    own: ClassVar[bool] = True

    name: str = IN_HOUSE
    wage_hour: Positive  # per paid hour of an operator
    hours_head_month: Positive  # paid hours of one full-time person
    social_insurance: Share  # employer's part, share of wages
    supervisor_wage_hour: Money
    agents_per_supervisor: Annotated[Figure, Allowed(above=True, endless=True)]
    attrition_month: Annotated[
        Figure, Allowed(most=0.9)
    ]  # share of heads that leave and are replaced, per month
    hire: Money  # per person hired
    training_hours: Hours = UNSTATED  # paid, per person hired, before the first call
    learning: tuple[LearningMonth, ...] = ()
    aht_includes_new: bool = False
    seat_month: Money  # desk and power, per seat
    space_month: Money = UNSTATED  # per seat
    pc_month: Money  # lease, per seat
    pc_lease_months: Months = UNSTATED  # for which a lease is paid, whatever happens
    licence_month: Money  # contact-centre software, per seat
    pbx_month: Money  # cloud telephone system, per desk
    pbx_seat_month: Money = UNSTATED  # cloud telephone system, per seat
    on_premise: OnPremise | None = None
    pbx_horizon_months: Annotated[Figure, Allowed(least=1, whole=True)] = _HORIZON
    floor_month: Money  # the least a desk costs, even below one person's work

    def faults(self) -> Iterator[SettingFault]:
        """Bad figures, another name, costs that only a vendor has."""
        for fault in super().faults():
            if fault.key != "name":
                yield fault
        if self.name != IN_HOUSE:
            yield SettingFault("name", repr(self.name), f'must be "{IN_HOUSE}"')
        if self.hidden != Hidden():
            yield SettingFault("hidden", "(given)", "must be left out: these are costs of a vendor")

    @property
    def output_of_staff(self) -> float:
        """Work done per hour by a staff in balance, over what the calls' AHT supposes.

        With attrition a a month, a share a (1 - a)^(k - 1) of people is in month k of employment; those handle
        1 / factor of what an experienced person does.
        """
        if self.aht_includes_new:
            return 1.0
        leaving = self.attrition_month.value
        lost = (
            leaving * (1 - leaving) ** month * (1 - 1 / step.aht_factor.value)
            for month, step in enumerate(self.learning)
        )
        return 1 - sum(lost)
