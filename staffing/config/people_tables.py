"""The tables of `plan.toml` on people: staff, contracts, shifts, rules, activities, law, roster."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints

from staffing.config.fields import Clock, Day, FileName, Name, SpanText, Table, Weekday


class StaffTable(Table):
    """`[staff]`."""

    file: FileName = Field(description="a file name, looked for beside plan.toml")
    requests: FileName | None = Field(None, description="a file name, looked for beside plan.toml")
    fixed: FileName | None = Field(None, description="a file name, looked for beside plan.toml")
    carried: FileName | None = Field(None, description="a file name, looked for beside plan.toml")


class ContractTable(Table):
    """One `[[contracts]]`; hours are working time without breaks."""

    name: Name = Field(description="a name of 1 to 80 characters")
    min_hours_week: float = Field(ge=0, le=168, description="hours from 0 to 168")
    max_hours_week: float = Field(ge=0, le=168, description="hours from 0 to 168")
    max_shifts_week: int = Field(ge=1, le=7, description="a whole number from 1 to 7")
    shifts: tuple[str, ...] = Field(min_length=1, description='a list of codes of [[shifts]], such as ["D8"]')
    hours_day: float | None = Field(None, gt=0, le=24, description="hours above 0, at most 24")


class BreakTable(Table):
    """One of `breaks` of a shift: a break beside the main one."""

    minutes: int = Field(ge=5, le=240, description="minutes, 5-240")
    earliest_minutes: int = Field(ge=1, le=1440, description="minutes after the start, 1-1440")
    latest_minutes: int = Field(ge=1, le=1440, description="minutes after the start, 1-1440")
    paid: bool = Field(False, description="true for a break that is working time, or false")


class ShiftTable(Table):
    """One `[[shifts]]`: a length whose start moves in steps, with one unpaid main break and further ones."""

    code: Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9]{0,9}$")] = Field(
        description="a letter, then up to 9 letters or digits"
    )
    first_start: Clock = Field(description='a time such as "09:00"')
    last_start: Clock = Field(description='a time such as "15:00"')
    step_minutes: int = Field(30, ge=5, le=720, description="minutes, 5-720")
    length_minutes: int = Field(ge=30, le=1440, description="minutes present, breaks included, 30-1440")
    break_minutes: int = Field(0, ge=0, le=240, description="minutes, 0-240")
    break_earliest_minutes: int = Field(0, ge=0, le=1440, description="minutes after the start")
    break_latest_minutes: int = Field(0, ge=0, le=1440, description="minutes after the start")
    breaks: tuple[BreakTable, ...] = Field(
        (),
        description="further breaks, each with minutes, earliest_minutes, latest_minutes and, if it is paid, "
        "paid = true",
    )
    break_gap_minutes: int = Field(
        0, ge=0, le=480, description="minutes of work between two breaks at least, 0-480"
    )


class RuleTable(Table):
    """One `[[rules]]`: a rule of the roster; its other keys are the rule's own (`staffing.config.rules`)."""

    model_config = ConfigDict(extra="allow", frozen=True, allow_inf_nan=False)

    rule: Name = Field(description='the name of a rule, such as "consecutive_days_most"')
    kind: Literal["hard", "soft", "off"] = Field(
        "hard", description='"hard", "soft" (with a weight) or "off"'
    )
    weight: int = Field(0, ge=0, le=10_000_000, description="yen for one unit broken, a whole number from 0")
    contracts: tuple[str, ...] = Field(
        (), description='names of [[contracts]] that it binds, such as ["part"]'
    )
    agents: tuple[str, ...] = Field((), description='agent ids that it binds, such as ["A01"]')


class ShiftDemandTable(Table):
    """One `[[shift_demand]]`: people wanted on a shift, on one date or on each such weekday."""

    date: Day | None = Field(None, description="a date such as 2027-02-01, without quotes")
    weekday: Weekday | None = Field(None, description="a weekday in English")
    shift: str = Field(description='a code of [[shifts]], or one of its starts such as "F8-0930"')
    people: int = Field(ge=0, le=10_000, description="a whole number of people from 0")
    under_price: int = Field(ge=0, le=10_000_000, description="yen for one person too few")
    over_price: int = Field(0, ge=0, le=10_000_000, description="yen for one person too many")


class ActivityTable(Table):
    """One `[[activities]]`: a meeting or training, paid time off the floor that some people are to be given."""

    name: Name = Field(description="a name of 1 to 80 characters")
    minutes: int = Field(ge=5, le=720, description="minutes, 5-720")
    agents: tuple[str, ...] = Field((), description='agent ids, such as ["A01"]')
    contracts: tuple[str, ...] = Field((), description='names of [[contracts]], such as ["part"]')
    tags: tuple[str, ...] = Field((), description='tags of the staff list, such as ["SV"]')
    first: Day | None = Field(None, description="a date such as 2027-02-01, without quotes")
    last: Day | None = Field(None, description="a date such as 2027-02-26, without quotes")
    window: SpanText = Field(description='hours such as "10:00-16:00"')
    every: Literal["horizon", "week"] = Field("horizon", description='"horizon" (once) or "week"')
    together: bool = Field(False, description="true for a meeting, false for a training")
    places: int | None = Field(None, ge=1, le=10_000, description="people at once, a whole number from 1")
    kind: Literal["hard", "soft"] = Field("hard", description='"hard" or "soft" (with a price)')
    price: int = Field(0, ge=0, le=10_000_000, description="yen for one person left out")
    least: int | None = Field(None, ge=1, le=10_000, description="a whole number of people from 1")
    step_minutes: int | None = Field(None, ge=5, le=720, description="minutes, 5-720")


class LabourTable(Table):
    """`[labour]`."""

    pack: str = Field("jp-2023-04", description="the id of a rule pack")
    options: tuple[str, ...] = Field(
        (), description='a list of the rule pack\'s options, such as ["agreement"]'
    )
    week_start: Weekday = Field("sunday", description="a weekday in English")


class RosterTable(Table):
    """`[roster]`."""

    shortage_price_per_hour: int = Field(
        6000, ge=0, le=10_000_000, description="yen for one agent missing for one hour"
    )
    seconds: float = Field(60, gt=0, le=86_400, description="seconds of search, above 0")
    gap: float = Field(0.01, ge=0, lt=1, description="a share such as 0.01")
