"""The figures of a rule pack that come in groups: breaks, meals, overtime by steps, agreements, mean hours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["hard", "soft", "premium", "option", "mode"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class BreakLaw:
    """Work longer than `over_minutes` needs breaks of at least `break_minutes` inside it."""

    over_minutes: int
    break_minutes: int


@dataclass(frozen=True)
class MealLaw:
    """Work longer than `over_minutes` needs an unpaid meal that begins within `begin_within_minutes` of work.

    Each law of a pack asks for a meal of its own: the second meal of a long duty is the second law's.
    """

    over_minutes: int
    meal_minutes: int
    begin_within_minutes: int


@dataclass(frozen=True)
class RestPeriods:
    """Paid rest of `rest_minutes` for each `per_minutes` of work or major fraction; none below `from_minutes`."""

    per_minutes: int
    rest_minutes: int
    from_minutes: int


@dataclass(frozen=True)
class OvertimeSteps:
    """Minutes from which a premium is due where they are no limit of hours; None: no such step.

    `day_minutes` and `week_minutes` start the pack's `overtime_rate`, `day_double_minutes` the `double_rate`. On
    the seventh day worked of a week the first `seventh_day_minutes` earn `overtime_rate`, the rest `double_rate`.
    """

    week_minutes: int | None = None
    day_minutes: int | None = None
    day_double_minutes: int | None = None
    seventh_day_minutes: int | None = None
    double_rate: float = 0.0


@dataclass(frozen=True)
class Agreement:
    """How far overtime may go once the workplace has agreed on it, all in minutes but the counts of months.

    Overtime is counted by calendar month and by the agreement's own year. `total_below_minutes` and
    `mean_minutes` include work on statutory holidays; the total must stay below its figure, the mean of the last
    two to `mean_months` months may reach it. A special clause raises the month and the year, for a few months.
    """

    month_minutes: int
    year_minutes: int
    total_below_minutes: int
    mean_minutes: int
    mean_months: int
    special_year_minutes: int
    special_months_over: int
    year_start_month: int = 4

    def __post_init__(self) -> None:
        if not 1 <= self.year_start_month <= 12:
            raise ValueError(f"year_start_month must lie between 1 and 12, found {self.year_start_month}")


@dataclass(frozen=True)
class MeanHours:
    """Mean hours over a reference period of up to `reference_months`.

    `week_minutes` bounds the mean week. `night_day_minutes` bounds the mean of 24 hours for a night worker:
    somebody of whose duties most hold at least `night_worker_minutes` of the night, over `night_reference_weeks`.
    """

    week_minutes: int
    reference_months: int
    night_day_minutes: int
    night_worker_minutes: int
    night_reference_weeks: int


@dataclass(frozen=True)
class Option:
    """A special provision that a workplace may use, with its article: figures it sets, figures it drops."""

    name: str
    article: str
    sets: tuple[tuple[str, object], ...] = ()
    drops: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()  # options that must be chosen with it
