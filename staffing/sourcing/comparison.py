"""The comparison: what each way of staffing costs by month, line by line, and the service it reaches."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import nan

import pandas as pd

from staffing.notes import Note


@dataclass(frozen=True)
class OptionService:
    """What one option reaches over the horizon, beside the target.

    `capacity` says in words what was bought (as "3 channels"); `meets_target` compares the horizon's
    call-weighted figures with the target; `total` is in the currency's smallest unit over the horizon, and
    `one_off` the part of it that is paid only at the start. `abandonment` is (abandoned + blocked) / offered.
    `intervals_missing` of `intervals_open` (those with calls) miss the target taken by themselves; None where
    not known.
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
    `intervals` columns: `option`, `queue`, `interval_start`, `calls`, `seats` (channels or booths taking calls),
    `abandonment`, `service_level`, `asa_seconds`, `misses_target`; the in-house option has its own coverage
    table instead.
    """

    lines: pd.DataFrame
    options: tuple[OptionService, ...]
    currency: str
    intervals: pd.DataFrame = field(default_factory=pd.DataFrame, repr=False)

    @property
    def cheapest(self) -> OptionService | None:
        """The cheapest option that meets the target; None when none does."""
        reaching = [option for option in self.options if option.meets_target]
        return min(reaching, key=lambda option: option.total, default=None)
