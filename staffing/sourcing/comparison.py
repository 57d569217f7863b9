"""The comparison: what each way of staffing costs by month, line by line, and the service it reaches."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import nan

import pandas as pd

from staffing.notes import Note


@dataclass(frozen=True)
class Size:
    """What was bought, as numbers; what a kind of tariff does not sell is 0.

    `heads` are people employed (or, with other duties, who may be interrupted at once), `seats` the most seats or
    booths at once, `channels` lines, `hours` paid hours or booth-hours over the period, `calls` calls paid for by
    number (included or bundled ones) a month.
    """

    heads: int = 0
    seats: int = 0
    channels: int = 0
    hours: float = 0.0
    calls: float = 0.0


@dataclass(frozen=True)
class OptionService:
    """What one option reaches over the horizon, beside the target.

    `capacity` says in words what was bought (as "3 channels"); `meets_target` compares the horizon's
    call-weighted figures with the target; `total` is in the currency's smallest unit over the horizon, and
    `one_off` the part of it that is paid only at the start. `abandonment` is (abandoned + blocked) / offered.
    `intervals_missing` of `intervals_open` (those with calls) miss the target taken by themselves; None where
    not known. `obstacles`, which `notes` begins with, are why it does not meet the target: requirements on the
    vendor, limits of the offer, by how much it misses. `lost_calls_cost` is what lost calls are worth, which nobody
    pays out; None where they have no price.
    """

    option: str
    capacity: Note
    abandonment: float
    service_level: float
    handled_calls: float
    total: int
    meets_target: bool
    notes: tuple[Note, ...] = ()
    asa_seconds: float = nan  # over answered calls; NaN where not known
    one_off: int = 0
    intervals_open: int | None = None
    intervals_missing: int | None = None
    obstacles: tuple[Note, ...] = ()
    lost_calls_cost: int | None = None

    @property
    def total_with_lost_calls(self) -> int:
        """What is paid out, and what lost calls are worth."""
        return self.total + (self.lost_calls_cost or 0)

    @property
    def cost_per_handled_call(self) -> float:
        """Total over handled calls, one-off costs included; NaN when no call is handled."""
        return self.total / self.handled_calls if self.handled_calls else nan


@dataclass(frozen=True)
class Comparison:
    """All options at the same target.

    `lines` columns: `option`, `month` ("2027-02"), `item`, `quantity` (float), `unit`, `rate` (float, smallest
    currency unit per unit), `source` ("source", "law", "example", "plan"), `amount` (int64), `currency`, `where`
    (where the rate is from). Unit "once" marks what is paid only at the start.
    `lost` has the same columns: what lost calls are worth, which is not part of any total; empty where they have no
    price. `intervals` columns: `option`, `queue`, `interval_start`, `calls`, `days`, `seats` (channels or booths
    taking calls), `abandonment`, `service_level`, `asa_seconds`, `misses_target`; `own_agents` and `vendor_calls`
    where own people and a vendor share the calls, whose `seats` are those of both; a rostered in-house option has its
    own coverage table instead.
    """

    lines: pd.DataFrame
    options: tuple[OptionService, ...]
    currency: str
    intervals: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    lost: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)
    sizes: Mapping[str, Size] = field(default_factory=dict, repr=False)
    lost_calls_counted: bool = False

    @property
    def cheapest(self) -> OptionService | None:
        """The cheapest option that meets the target, lost calls counted where wanted; None when none does."""
        reaching = [option for option in self.options if option.meets_target]
        return min(reaching, key=self.price, default=None)

    def price(self, option: OptionService) -> int:
        """What options are ranked by: the total, with what lost calls are worth where these are counted."""
        return option.total_with_lost_calls if self.lost_calls_counted else option.total
