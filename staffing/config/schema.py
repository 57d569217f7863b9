"""The shape of `plan.toml`: one class a table, every key with its unit and its default.

A field's description is what a user is told when the value does not fit, so it says what is allowed. The tables on
people stand in `people_tables.py`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, PrivateAttr

from staffing.config.fields import SHARE, Day, FileName, Hours, Month, Name, Table
from staffing.config.people_tables import (
    ActivityTable,
    ContractTable,
    LabourTable,
    RosterTable,
    RuleTable,
    ShiftDemandTable,
    ShiftTable,
    StaffTable,
)
from staffing.horizon import WEEKDAYS


class About(Table):
    """`[plan]`."""

    name: Name = Field(description="a name of 1 to 80 characters")
    currency: Literal["JPY"] = Field("JPY", description='"JPY": the tariffs and labour rules are Japanese')
    seed: int = Field(1, ge=0, le=2**31 - 1, description="a whole number from 0")


class HorizonTable(Table):
    """`[horizon]`: the days to plan."""

    start: Day = Field(description="a date such as 2027-02-01, without quotes")
    end: Day = Field(description="the last day planned, such as 2027-02-28")
    time_zone: str = Field(description='an IANA time zone such as "Asia/Tokyo"')
    interval_minutes: Literal[5, 6, 10, 15, 20, 30, 60] = Field(
        30, description="5, 6, 10, 15, 20, 30 or 60 minutes"
    )
    holidays: str = Field("", description='a country code whose public holidays are closed ("JP"), or ""')
    closed: tuple[Day, ...] = Field(
        (), description="a list of further closed dates, such as [2027-02-10, 2027-02-12]"
    )


class HoursTable(Table):
    """`[hours]`: opening hours by weekday, `"22:00-26:00"` for past midnight, and dates that differ."""

    monday: Hours = ()
    tuesday: Hours = ()
    wednesday: Hours = ()
    thursday: Hours = ()
    friday: Hours = ()
    saturday: Hours = ()
    sunday: Hours = ()
    exceptions: dict[Day, Hours] = Field(
        default_factory=dict, description='lines such as "2027-02-11" = ["10:00-12:00"], or [] for closed'
    )

    def weekly(self) -> tuple[Hours, ...]:
        """The seven weekdays, Monday first."""
        return tuple(getattr(self, day) for day in WEEKDAYS)


class HistoryTable(Table):
    """`[history]`: the file of past contacts."""

    file: FileName = Field(description="a file name, looked for beside plan.toml")
    missing_days: tuple[Day, ...] = Field(
        (), description="a list of open days known to be missing from the records, such as [2027-01-04]"
    )
    missing_intervals: Literal["error", "zero", "unknown"] = Field(
        "error", description='"error", "zero" (no calls came) or "unknown" (leave the interval out)'
    )
    unrecorded_acw_seconds: float = Field(
        0,
        ge=0,
        le=3600,
        description="seconds of after-call work the telephone system does not record, 0-3600",
    )
    threshold_seconds: int = Field(20, ge=0, le=3600, description="seconds, 0-3600")


class ForecastTable(Table):
    """`[forecast]`."""

    method: Literal["median", "mean", "profile"] = Field(
        "median",
        description='"median", "mean" (for quiet desks; both need [history]) or "profile" (monthly total x profile)',
    )
    weeks: int = Field(8, ge=1, le=104, description="how many past same weekdays, 1-104")
    confidence: float = Field(0.8, gt=0, lt=1, description="a share such as 0.8")
    profile: FileName | None = Field(None, description="a file name, looked for beside plan.toml")
    calls_per_month: float | None = Field(None, ge=0, le=1e8, description="calls in a whole month, 0 or more")
    aht_seconds: float | None = Field(None, gt=0, le=86400, description="seconds above 0")


class TargetsTable(Table):
    """`[targets]`: at least one; all that are given must be met."""

    service_level: float | None = Field(None, gt=0, lt=1, description=SHARE)
    threshold_seconds: float = Field(20, ge=0, le=3600, description="seconds, 0-3600")
    abandonment: float | None = Field(None, gt=0, lt=1, description=SHARE)
    asa_seconds: float | None = Field(None, gt=0, le=86400, description="seconds above 0")
    occupancy: float | None = Field(None, gt=0, lt=1, description=SHARE)
    period: Literal["interval", "day", "week", "month"] = Field(
        "interval",
        description='"interval" (every interval meets the targets), "day", "week" or "month" (each one as a whole)',
    )
    interval_floor_service_level: float | None = Field(None, gt=0, lt=1, description=SHARE)
    interval_floor_abandonment: float | None = Field(None, gt=0, lt=1, description=SHARE)
    interval_floor_share: float | None = Field(
        None,
        gt=0,
        le=1,
        description="a share of the agents that the interval would need, above 0 and at most 1",
    )
    missed_call_price: int | None = Field(
        None, ge=1, le=10_000_000, description="yen for one call short of a period's target, from 1"
    )


class RequirementTable(Table):
    """`[requirement]`."""

    model: Literal["erlang-a", "erlang-c"] = Field("erlang-a", description='"erlang-a" or "erlang-c"')
    engine: Literal["staffing", "pyworkforce"] = Field("staffing", description='"staffing" or "pyworkforce"')
    patience_seconds: Literal["history"] | Annotated[float, Field(gt=0, le=1e7)] = Field(
        "history", description='"history" (estimated from [history]) or seconds above 0'
    )
    shrinkage: float = Field(
        0.3, ge=0, lt=0.9, description="share of paid time lost beside breaks, from 0 to below 0.9"
    )
    minimum_agents: int = Field(1, ge=0, le=10_000, description="a whole number of agents from 0")
    demand_quantile: Annotated[float, Field(gt=0, lt=1)] | Literal["newsvendor"] | None = Field(
        None,
        description='a share such as 0.8 (enough agents in 8 of 10 such intervals), "newsvendor" (the share that '
        "lost_call_cost and agent_hour_cost make cheapest), or left out for the expected calls",
    )
    lost_call_cost: float | None = Field(
        None,
        ge=0,
        le=1e9,
        description="what a call that is never answered costs, in the smallest currency unit",
    )
    agent_hour_cost: float | None = Field(
        None, gt=0, le=1e9, description="what an agent costs for an hour, in the smallest currency unit"
    )


class SourcingTable(Table):
    """`[sourcing]`."""

    tariffs: FileName | None = Field(
        None, description="a tariff file beside plan.toml; leave out for the defaults"
    )
    measures: FileName | None = Field(
        None, description="a file of measures beside plan.toml; leave out for the defaults"
    )
    months: int = Field(12, ge=1, le=60, description="months that a decision looks ahead, 1-60")
    first_month: Month | None = Field(
        None, description='a month such as "2027-04"; leave out for the month that the plan begins in'
    )
    growth_per_year: float = Field(0, gt=-1, le=10, description="a share such as 0.05, or -0.05")
    season: tuple[Annotated[float, Field(gt=0, le=1000)], ...] = Field(
        (), description="12 numbers above 0, January first: how busy each month is beside the others"
    )
    discount_rate: float = Field(0.02, ge=0, le=1, description="a share a year such as 0.02, from 0 to 1")
    calls_error: float = Field(0.1, ge=0, le=2, description="standard error of the level of calls, a share")
    growth_error: float = Field(0.05, ge=0, le=2, description="standard error of a year's growth, a share")
    month_error: float = Field(0.05, ge=0, le=2, description="scatter of a single month, a share")
    heads_now: int = Field(
        0, ge=0, le=10_000, description="people at the desk whom a mix begins with, a whole number from 0"
    )
    measures_budget: int | None = Field(
        None, ge=0, le=10**12, description="yen for all measures together over the months, from 0"
    )


class PlanConfig(Table):
    """The whole file."""

    plan: About = Field(description="a table [plan] with a name")
    horizon: HorizonTable = Field(description="a table [horizon] with start, end and time_zone")
    hours: HoursTable = Field(description='a table [hours] with lines such as monday = ["09:00-18:00"]')
    history: HistoryTable | None = None
    forecast: ForecastTable = ForecastTable()
    targets: TargetsTable = Field(description="a table [targets] such as abandonment = 0.05")
    requirement: RequirementTable = RequirementTable()
    staff: StaffTable = Field(description='a table [staff] with file = "agents.csv"')
    contracts: tuple[ContractTable, ...] = Field(
        min_length=1, description="one or more tables [[contracts]], in double brackets"
    )
    shifts: tuple[ShiftTable, ...] = Field(
        min_length=1, description="one or more tables [[shifts]], in double brackets"
    )
    rules: tuple[RuleTable, ...] = ()
    shift_demand: tuple[ShiftDemandTable, ...] = ()
    activities: tuple[ActivityTable, ...] = ()
    labour: LabourTable = LabourTable()
    roster: RosterTable = RosterTable()
    sourcing: SourcingTable = SourcingTable()
    _file: Path = PrivateAttr(Path("plan.toml"))

    @property
    def file(self) -> Path:
        """Where the settings were read from; relative file names are looked for beside it."""
        return self._file

    def beside(self, name: Path) -> Path:
        """A file named in the settings, looked for beside `plan.toml`."""
        return name if name.is_absolute() else self._file.parent / name
