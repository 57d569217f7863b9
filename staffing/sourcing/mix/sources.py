"""Sources of capacity: a desk of one's own, and the contracts that vendors offer.

Prices are Figures in the currency's smallest unit; where a mapping is asked for, its keys are names of hour classes.
Vendor staff are bought as seats, hours, channels or calls, and never named.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

from staffing.errors import SettingFault
from staffing.sourcing.figures import Allowed, Checked, Figure, Money, Share

Prices = Mapping[str, Figure]
NOTHING = Figure(0.0)


@dataclass(frozen=True)
class Terms:
    """When a contract may begin and end, in months.

    The first month it can be active is number `lead` (0 is the first of the plan); once begun it is paid for
    max(`minimum`, `notice`) months at least; one that runs already when the plan begins (`begun`) cannot end before
    month number `notice`.
    """

    lead: int = 0
    notice: int = 0
    minimum: int = 1
    begun: bool = False

    @property
    def bound(self) -> int:
        """Months that a new contract binds at least."""
        return max(self.minimum, self.notice, 1)


@dataclass(frozen=True, kw_only=True)
class Contract(Checked):
    """What all sources have in common.

    None for `types`, `languages` or `classes` is no limit. `teams` are the types that share agents; None pools all.
    `aht_factor` lengthens calls there, `repeat_factor` multiplies them (callers who must call again). `call_extra` is
    paid for each call, such as minutes of escalation that come back; `month_fee` while the contract is active, with
    `liaison_month` for the client's own hours spent on it. In each month it is active it takes at least `least_share`
    of all calls.
    """

    name: str
    types: tuple[str, ...] | None = None
    languages: tuple[str, ...] | None = None
    certificates: frozenset[str] = frozenset()
    classes: tuple[str, ...] | None = None
    teams: tuple[tuple[str, ...], ...] | None = None
    terms: Terms = field(default_factory=Terms)
    setup: Money = NOTHING
    exit_fee: Money = NOTHING
    month_fee: Money = NOTHING
    liaison_month: Money = NOTHING
    call_extra: Money = NOTHING
    aht_factor: float = 1.0
    repeat_factor: float = 1.0
    least_share: float = 0.0

    def class_prices(self) -> Iterator[tuple[str, Prices]]:
        """The prices by hour class that must be there for every class served, each with its field's name."""
        yield from ()

    def faults(self) -> Iterator[SettingFault]:
        """Figures out of range, negative months, factors below 0."""
        yield from super().faults()
        for name in ("lead", "notice", "minimum"):
            if getattr(self.terms, name) < 0:
                yield SettingFault(
                    f"terms.{name}", str(getattr(self.terms, name)), "must be 0 months or more"
                )
        for name in ("aht_factor", "repeat_factor"):
            if not 0 < getattr(self, name) < inf:
                yield SettingFault(name, f"{getattr(self, name):g}", "must be a number above 0")
        if not 0 <= self.least_share <= 1:
            yield SettingFault("least_share", f"{self.least_share:g}", "must be 0 to 1")
        for key, prices in self.class_prices():
            yield from _price_faults(key, prices)
        if self.teams is not None:
            every = [name for team in self.teams for name in team]
            if len(set(every)) < len(every):
                yield SettingFault("teams", str(self.teams), "must name each type once")


@dataclass(frozen=True, kw_only=True)
class OwnDesk(Contract):
    """Own people and workplaces; the terms are those of the desk as a whole.

    A head is paid every month and gives `hours_month` hours on calls (shrinkage taken off) in any class.
    Those hired become productive in month `hire_lead` at the earliest, after `training` paid months of it; in their
    first months they give the shares `learning` of a full head's hours. A share `attrition` of the heads leaves each
    month. `release` lets heads go after `release_notice` months for `severance` each; without it only attrition
    lowers their number. Workplaces are leased for `lease` months each, and `places_per_agent` are needed for each
    agent on calls at the busiest time. While the desk is open the month's bill (hiring, training and severance
    left out) is at least `floor_month`, and at least `least_heads` heads are employed. With
    `every_class` each team is staffed in every class it may serve.
    """

    hours_month: float
    wage_month: Money  # per head
    premium_hour: Prices = field(default_factory=dict)  # per hour on calls, on top of the wage
    social_insurance: Share = NOTHING  # of all wages
    supervisor_month: Money = NOTHING
    heads_per_supervisor: float = 10.0
    hire: Money = NOTHING
    severance: Money = NOTHING
    place_month: Money = NOTHING
    floor_month: Money = NOTHING
    attrition: float = 0.0
    hire_lead: int = 1
    training: int = 0
    learning: tuple[float, ...] = ()
    release: bool = False
    release_notice: int = 1
    lease: int = 1
    lease_left: int = 0
    places_per_agent: float = 1.0
    heads: int = 0  # when the plan begins
    places: int = 0  # when the plan begins, leased for `lease_left` more months
    every_class: bool = False
    least_heads: int = 0
    most_heads: int = 10_000

    def faults(self) -> Iterator[SettingFault]:
        """Hours, shares and months out of range."""
        yield from super().faults()
        yield from _price_faults("premium_hour", self.premium_hour)
        if not 0 < self.hours_month < inf:
            yield SettingFault("hours_month", f"{self.hours_month:g}", "must be hours above 0")
        if not 0 <= self.attrition < 1:
            yield SettingFault("attrition", f"{self.attrition:g}", "must be 0 or more and below 1")
        if not 0 <= self.training <= self.hire_lead:
            yield SettingFault(
                "training", str(self.training), f"must be 0 to hire_lead = {self.hire_lead} months"
            )
        if not all(0 <= share <= 1 for share in self.learning):
            yield SettingFault("learning", str(self.learning), "must hold shares of 0 to 1")
        if self.lease < 1 or self.heads_per_supervisor <= 0 or self.places_per_agent < 0:
            yield SettingFault("lease", str(self.lease), "must be 1 month or more, and ratios above 0")
        if not self.terms.begun and (self.heads or self.places):
            yield SettingFault("terms.begun", "False", "must be True where there are heads or places already")


@dataclass(frozen=True, kw_only=True)
class Booths(Contract):
    """Seats that a vendor keeps filled through all hours of a class.

    Each seat is bought for `seat_minimum` months at least. With `season` (calendar months, 1-12) the contract is
    one for those months of a year: begun and ended with the season, with the same seats in all its months.
    Classes that stand together in `alike` have the same seats, such as parts of a day that is staffed in one.
    """

    seat_month: Prices
    most_seats: int = 1000
    seat_minimum: int = 1
    seats: Mapping[str, int] = field(
        default_factory=dict
    )  # running when the plan begins, for `terms.notice` months
    season: tuple[int, ...] | None = None
    alike: tuple[tuple[str, ...], ...] = ()

    def class_prices(self) -> Iterator[tuple[str, Prices]]:
        """Prices of a seat."""
        yield "seat_month", self.seat_month

    def faults(self) -> Iterator[SettingFault]:
        """Seats and calendar months out of range."""
        yield from super().faults()
        if self.most_seats < 0 or self.seat_minimum < 1:
            yield SettingFault(
                "most_seats", str(self.most_seats), "must be 0 or more, and seat_minimum 1 or more"
            )
        if self.season is not None and not set(self.season) <= set(range(1, 13)):
            yield SettingFault("season", str(self.season), "must hold months of 1 to 12")
        if self.season is not None and (self.terms.begun or self.seats):
            yield SettingFault("season", str(self.season), "must be a contract that does not run already")


@dataclass(frozen=True)
class Tier:
    """Calls of a month at one price: the next `calls` of them; the last tier is endless."""

    price: Figure
    calls: float = inf


@dataclass(frozen=True, kw_only=True)
class CallPlan(Contract):
    """Calls at a price each: per-call, flat and bundle plans.

    The month's fee holds `included_calls` (whatever the channels, of which `included_channels` are in it); further
    calls fill the tiers in turn, whose prices may rise or fall. Channels are servers, the same number in all hours of
    a month. In a month it is active it takes from `least_calls` to `most_calls` calls.
    """

    included_calls: float = 0.0
    tiers: tuple[Tier, ...] = ()
    included_channels: int = 1
    most_channels: int = 1000
    channel_month: Money = NOTHING
    least_calls: float = 0.0
    most_calls: float = inf

    def faults(self) -> Iterator[SettingFault]:
        """Tiers and bounds that do not fit."""
        yield from super().faults()
        yield from _tier_faults(self.tiers, self.most_calls)
        if not 0 <= self.included_channels <= self.most_channels:
            yield SettingFault("included_channels", str(self.included_channels), "must be 0 to most_channels")
        if not 0 <= self.least_calls <= self.most_calls:
            yield SettingFault("least_calls", f"{self.least_calls:g}", "must be 0 to most_calls")


@dataclass(frozen=True, kw_only=True)
class Hourly(Contract):
    """Hours that follow the demand, at a rate by class, at least `least_hours` a month while active.

    Where a `place_month` is paid, the vendor's people sit on the client's premises: for each agent at the busiest
    time a workplace is paid in that month.
    """

    rate_hour: Prices
    least_hours: float = 0.0
    place_month: Money = NOTHING
    most_agents: int = 1000

    def class_prices(self) -> Iterator[tuple[str, Prices]]:
        """Rates."""
        yield "rate_hour", self.rate_hour


@dataclass(frozen=True, kw_only=True)
class Overflow(Contract):
    """Takes the calls that own agents cannot.

    `curve` holds points (u, h): with a share u of the agents that the desk would need by itself, own agents take a
    share h of the calls and the rest overflows; u and h rise together, and more agents add ever fewer calls
    (concave). Each month and class is run at one of the points, between them, or without overflow; between two points
    agents and calls kept are in proportion, which a concave curve never falls short of. The vendor's pool is taken
    as large enough; calls are priced as in a `CallPlan`.
    """

    curve: tuple[tuple[float, float], ...]
    included_calls: float = 0.0
    tiers: tuple[Tier, ...] = ()
    least_calls: float = 0.0
    most_calls: float = inf

    def faults(self) -> Iterator[SettingFault]:
        """A curve that is not concave between (0, 0) and (1, 1)."""
        yield from super().faults()
        yield from _tier_faults(self.tiers, self.most_calls)
        points = [(0.0, 0.0), *self.curve, (1.0, 1.0)]
        runs = [b[0] - a[0] for a, b in pairwise(points)]
        rises = [b[1] - a[1] for a, b in pairwise(points)]
        proper = self.curve and min(runs) > 0 and min(rises) >= 0
        if not proper or any(
            rises[k + 1] * runs[k] > rises[k] * runs[k + 1] + 1e-9 for k in range(len(runs) - 1)
        ):
            allowed = "must hold points between (0, 0) and (1, 1), rising and concave"
            yield SettingFault("curve", str(self.curve), allowed)
        if not 0 <= self.least_calls <= self.most_calls:
            yield SettingFault("least_calls", f"{self.least_calls:g}", "must be 0 to most_calls")


Source = OwnDesk | Booths | CallPlan | Hourly | Overflow


def _price_faults(key: str, prices: Prices) -> Iterator[SettingFault]:
    for name, figure in prices.items():
        if not Allowed().accepts(figure.value):
            yield SettingFault(f"{key}.{name}", f"{figure.value:.10g}", str(Allowed()))


def _tier_faults(tiers: tuple[Tier, ...], most_calls: float) -> Iterator[SettingFault]:
    for number, tier in enumerate(tiers):
        if not Allowed().accepts(tier.price.value):
            yield SettingFault(f"tiers[{number}].price", f"{tier.price.value:.10g}", str(Allowed()))
        if not tier.calls > 0 or (tier.calls == inf) != (number == len(tiers) - 1):
            allowed = "must be above 0, and endless in the last tier only"
            yield SettingFault(f"tiers[{number}].calls", f"{tier.calls:g}", allowed)
    if not tiers and most_calls == inf:
        yield SettingFault(
            "tiers", "(none)", "must price calls beyond the included ones, or most_calls end them"
        )
