"""Tariffs: what a desk of one's own, a per-call plan and a per-booth plan charge for.

Prices are in the currency's smallest unit (yen; cents) without tax. Each figure carries its label.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf
from typing import Annotated, Literal, get_args

from babel.numbers import is_currency

from staffing.errors import ConfigError, SettingFault
from staffing.sourcing.figures import Allowed, Calls, Checked, Figure, Money, Positive, Share
from staffing.sourcing.hours import HoursTier, tier_faults

Handling = Literal["first_line", "support"]
HANDLINGS: tuple[str, ...] = get_args(Handling)
IN_HOUSE = "in-house"


@dataclass(frozen=True, kw_only=True)
class InHouse(Checked):
    """What a desk of one's own costs beside the wages of a roster.

    `wage_hour` and `hours_head_month` serve only where no roster is given.
    """

    wage_hour: Positive  # per paid hour of an operator
    hours_head_month: Positive  # paid hours of one full-time person
    social_insurance: Share  # employer's part, share of wages
    supervisor_wage_hour: Money
    agents_per_supervisor: Annotated[Figure, Allowed(above=True, endless=True)]
    attrition_month: Share  # share of heads that leave and are replaced, per month
    hire: Money  # per person hired
    seat_month: Money  # desk, space, power, per seat
    pc_month: Money  # lease, per seat
    licence_month: Money  # telephone and contact-centre software, per seat
    pbx_month: Money  # per desk
    floor_month: Money  # the least a desk costs, even below one person's work


@dataclass(frozen=True, kw_only=True)
class VolumeTier(Checked):
    """Price per call for the calls of a month from `from_calls` up to `to_calls`, beyond those included."""

    from_calls: Calls
    to_calls: Annotated[Figure, Allowed(above=True, endless=True)]
    price: Money


@dataclass(frozen=True, kw_only=True)
class PerCall(Checked):
    """A per-call plan: a base fee with included calls and channels, overage by call, extra channels.

    A channel takes one call at a time from a pool of agents shared with other clients. A caller beyond the
    channels waits in one of `waiting_places`, or hears the busy tone (0: every such caller does).
    """

    name: str
    handling: Handling
    setup_fee: Money  # once
    base_fee_first_line: Money  # per month
    base_fee_support: Money  # per month
    included_calls: Calls  # per month
    overage: tuple[VolumeTier, ...]
    included_channels: Annotated[Figure, Allowed(least=1, whole=True)]
    extra_channel_month: Money
    max_channels: Annotated[Figure, Allowed(least=1, whole=True)]
    waiting_places: Annotated[Figure, Allowed(whole=True, endless=True)]
    minimum_calls: Calls  # per month
    hours: tuple[HoursTier, ...]

    @property
    def base_fee(self) -> Figure:
        """Monthly fee for the depth of handling chosen."""
        return self.base_fee_first_line if self.handling == "first_line" else self.base_fee_support

    def faults(self) -> Iterator[SettingFault]:
        """Bad figures, tiers that overlap or leave a gap, channels that contradict, no price at all."""
        yield from super().faults()
        yield from _name_faults(self.name)
        yield from tier_faults(self.hours)
        yield from _volume_faults(self.overage)
        if self.handling not in HANDLINGS:
            yield SettingFault("handling", repr(self.handling), f"must be one of {', '.join(HANDLINGS)}")
        if self.max_channels.value < self.included_channels.value:
            yield SettingFault(
                "max_channels",
                f"{self.max_channels.value:.10g}",
                f"must not lie below included_channels = {self.included_channels.value:.10g}",
            )
        if self.base_fee.value == 0 and all(tier.price.value == 0 for tier in self.overage):
            yield SettingFault("base_fee", "0", "the plan has no price: give a base fee or a price per call")

    def overage_split(self, calls: float) -> tuple[float, ...]:
        """Calls of a month beyond the included ones, by volume tier."""
        beyond = max(0.0, calls - self.included_calls.value)
        return tuple(
            max(0.0, min(beyond, tier.to_calls.value) - tier.from_calls.value) for tier in self.overage
        )


@dataclass(frozen=True, kw_only=True)
class PerBooth(Checked):
    """A per-booth plan: seats that the vendor keeps filled (breaks and absence included), by the hour.

    A booth-month is `booth_month_hours` booth-hours; other hours are charged in proportion, in blocks of at
    least `min_block_hours`, at the factor of their hours tier.
    """

    name: str
    setup_fee: Money  # once
    training: Money  # once, per client
    manual: Money  # once, per client
    management_month: Money
    booth_month: Positive
    booth_month_hours: Positive
    min_block_hours: Annotated[Figure, Allowed(least=1, most=12, whole=True)]
    hours: tuple[HoursTier, ...]

    def faults(self) -> Iterator[SettingFault]:
        """Bad figures, no hours."""
        yield from super().faults()
        yield from _name_faults(self.name)
        yield from tier_faults(self.hours)

    @property
    def booth_hour(self) -> float:
        """Price of one booth-hour before the hours factor."""
        return self.booth_month.value / self.booth_month_hours.value


@dataclass(frozen=True, kw_only=True)
class Tariffs(Checked):
    """All offers that are compared; `file` is what messages call them."""

    currency: str  # ISO 4217
    in_house: InHouse
    per_call: tuple[PerCall, ...]
    per_booth: tuple[PerBooth, ...]
    file: str = field(default="tariffs", compare=False)

    def faults(self) -> Iterator[SettingFault]:
        """Unknown currency, names used twice."""
        if not is_currency(self.currency):
            yield SettingFault("currency", repr(self.currency), 'must be an ISO 4217 code such as "JPY"')
        names = [plan.name for plan in self.per_call] + [plan.name for plan in self.per_booth]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield SettingFault("name", repr(name), "is used twice; each offer needs a name of its own")

    def require_currency(self, currency: str) -> None:
        """Raise ConfigError where the prices are in another currency than the plan's."""
        if currency != self.currency:
            allowed = f'must be the plan\'s currency, "{currency}"'
            raise ConfigError(self.file, [SettingFault("currency", repr(self.currency), allowed)])


def _name_faults(name: str) -> Iterator[SettingFault]:
    if not name.strip() or name == IN_HOUSE:
        yield SettingFault("name", repr(name), f'must be a name other than "{IN_HOUSE}"')


def _volume_faults(tiers: Sequence[VolumeTier]) -> Iterator[SettingFault]:
    """Tiers must run from 0 to inf without gap or overlap."""
    if not tiers:
        yield SettingFault("overage", "(none)", "the plan has no price per call: give at least one tier")
        return
    if tiers[0].from_calls.value != 0:
        yield SettingFault("overage[1].from_calls", f"{tiers[0].from_calls.value:.10g}", "must be 0")
    for number, tier in enumerate(tiers, start=1):
        if tier.to_calls.value <= tier.from_calls.value:
            allowed = f"must lie above from_calls = {tier.from_calls.value:.10g}"
            yield SettingFault(f"overage[{number}].to_calls", f"{tier.to_calls.value:.10g}", allowed)
    for number, (before, after) in enumerate(pairwise(tiers), start=2):
        end, start = before.to_calls.value, after.from_calls.value
        if start != end:
            what = "overlaps the tier before" if start < end else "leaves a gap after the tier before"
            allowed = f"{what}: must be {end:.10g}"
            yield SettingFault(f"overage[{number}].from_calls", f"{start:.10g}", allowed)
    if tiers[-1].to_calls.value != inf:
        yield SettingFault(
            f"overage[{len(tiers)}].to_calls",
            f"{tiers[-1].to_calls.value:.10g}",
            "the last tier must end at inf",
        )
