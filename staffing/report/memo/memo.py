"""What a decision memo holds: typed rows, which check that they belong together.

Money is in the currency's smallest unit over the memo's months, unless named otherwise; shares are 0-1. `abandonment`
is (abandoned + blocked) / offered throughout.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import nan

from staffing.notes import Note
from staffing.queueing import Targets
from staffing.sourcing.figures import Label
from staffing.sourcing.lines import ONCE


@dataclass(frozen=True)
class Bill:
    """One line of an option's bill: quantity x rate = amount, and where the rate is from."""

    option: str
    month: str
    item: str
    quantity: float
    unit: str
    rate: float
    amount: int
    label: Label
    where: str = ""


@dataclass(frozen=True)
class Option:
    """One way to staff the desk at the common target, and what it reaches.

    `low` and `high` are quantiles of the total under the uncertainty of the forecast, where it was worked out;
    `notes` say by how much an option misses the target, and what else to know.
    """

    name: str
    bought: Note
    total: int
    once: int
    handled_calls: float
    abandonment: float
    service_level: float
    meets_target: bool
    asa_seconds: float = nan
    present_value: int | None = None
    low: int | None = None
    high: int | None = None
    lost_calls_cost: int | None = None  # what its lost calls are worth; nobody pays it out
    order_month: str | None = (
        None  # by which it must be ordered to begin with the first month; None: no lead time
    )
    notes: tuple[Note, ...] = ()

    @property
    def per_call(self) -> float | None:
        """Total over handled calls; None when no call is handled."""
        return self.total / self.handled_calls if self.handled_calls else None


@dataclass(frozen=True)
class MixPart:
    """What one source does in the best mix: its share of the calls, what is bought, what it costs."""

    source: str
    bought: Note
    calls: float
    cost: int


@dataclass(frozen=True)
class RunnerUp:
    """Another mix nearly as good, and the change at which it would win."""

    name: str
    total: int
    tips_at: Note


@dataclass(frozen=True)
class Mix:
    """The best mix with its proof: no mix costs less than `bound`."""

    parts: tuple[MixPart, ...]
    total: int
    bound: int
    runners_up: tuple[RunnerUp, ...] = ()

    @property
    def gap(self) -> float:
        """How far the total may be from the cheapest mix, as a share of it."""
        return (self.total - self.bound) / self.total if self.total else 0.0


@dataclass(frozen=True)
class BreakEven:
    """The monthly volume from which another option is the better one at the same service, and why."""

    below: str
    above: str
    calls: int
    reason: Note


@dataclass(frozen=True)
class Measure:
    """A measure against abandonment over the memo's months; `low` and `high` bound the cost of a call saved."""

    name: str
    once: int
    monthly: int
    total: int
    calls_saved: float
    label: Label
    low: float | None = None
    high: float | None = None

    @property
    def per_call_saved(self) -> float | None:
        """Total over calls saved; None when it saves none."""
        return self.total / self.calls_saved if self.calls_saved > 0 else None


@dataclass(frozen=True)
class Sensitivity:
    """An input at its low and high end: the total of the recommended way, and which way is best there."""

    name: str
    low: str
    high: str
    total_low: int
    total_high: int
    best_low: str
    best_high: str

    @property
    def swing(self) -> int:
        """How far apart the totals are."""
        return abs(self.total_high - self.total_low)


@dataclass(frozen=True)
class Assumption:
    """A figure that the memo rests on, and what kind of evidence stands behind it."""

    name: str
    value: float
    unit: str
    label: Label
    where: str = ""


@dataclass(frozen=True)
class DecisionMemo:
    """A question, the ways to answer it at equal service, and what the answer depends on.

    Parts that were not worked out are empty and are left out of the document. `recommended` names an option, or
    "mix". `lost` are the lines behind what lost calls are worth; with `lost_calls_counted` options are ranked with
    it, but totals never hold it.

    Raises:
        ValueError: an option whose bill does not add up to its total, a mix whose parts do not, a recommendation that
            is no option, or a recommended option that misses the target.
    """

    title: str
    question: str
    months: tuple[str, ...]  # "2027-02", ...
    currency: str
    calls: float  # offered over the months
    targets: Targets
    options: tuple[Option, ...]
    bills: tuple[Bill, ...]
    recommended: str | None
    lost: tuple[Bill, ...] = ()
    lost_calls_counted: bool = False
    mix: Mix | None = None
    break_even: tuple[BreakEven, ...] = ()
    measures: tuple[Measure, ...] = ()
    sensitivity: tuple[Sensitivity, ...] = ()
    sensitivity_of_month: bool = (
        False  # its totals are of one month at the mean volume, what is paid once left out
    )
    assumptions: tuple[Assumption, ...] = ()
    notes: tuple[Note, ...] = ()
    made_from: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        faults = [*self._faults()]
        if faults:
            raise ValueError("; ".join(faults))

    def _faults(self) -> Iterator[str]:
        if not self.months:
            yield "a memo needs at least one month"
        for option in self.options:
            bill = [line for line in self.bills if line.option == option.name]
            if sum(line.amount for line in bill) != option.total:
                yield f"the bill of {option.name!r} does not add up to its total {option.total}"
            if sum(line.amount for line in bill if line.unit == ONCE) != option.once:
                yield f"what the bill of {option.name!r} asks once is not {option.once}"
            worth = sum(line.amount for line in self.lost if line.option == option.name)
            if worth != (option.lost_calls_cost or 0):
                yield f"the lost calls of {option.name!r} are not worth {option.lost_calls_cost or 0}"
        if self.mix is not None and sum(part.cost for part in self.mix.parts) != self.mix.total:
            yield f"the parts of the mix do not add up to its total {self.mix.total}"
        if self.recommended == "mix":
            if self.mix is None:
                yield "the mix is recommended, but there is none"
        elif self.recommended is not None:
            found = [option for option in self.options if option.name == self.recommended]
            if not found:
                yield f"{self.recommended!r} is recommended, but is no option"
            elif not found[0].meets_target:
                yield f"{self.recommended!r} is recommended, but misses the target"

    @property
    def ranked(self) -> tuple[Option, ...]:
        """Options that meet the target, cheapest first, then those that miss it."""
        return tuple(sorted(self.options, key=lambda option: (not option.meets_target, self.price(option))))

    def price(self, option: Option) -> int:
        """What options are ranked by: the total, with what lost calls are worth where these are counted."""
        return option.total + (option.lost_calls_cost or 0 if self.lost_calls_counted else 0)

    @property
    def chosen(self) -> Option | None:
        """The recommended option; None for a mix, or when nothing is recommended."""
        return next((option for option in self.options if option.name == self.recommended), None)

    @property
    def total(self) -> int | None:
        """Cost of what is recommended."""
        if self.recommended == "mix" and self.mix is not None:
            return self.mix.total
        return None if self.chosen is None else self.chosen.total
