"""Turn checked settings into the objects the stages work with."""

from __future__ import annotations

from datetime import date, timedelta

import holidays

from staffing.config.schema import PlanConfig
from staffing.demand_risk import DemandRisk
from staffing.errors import ConfigError, SettingFault
from staffing.horizon import Horizon, OpeningHours, Span, minute_of_clock
from staffing.queueing import Targets
from staffing.roster.problem import Contract
from staffing.service_target import IntervalFloor
from staffing.shifts.template import Break, Shift, ShiftTemplate

YEARS_OF_HISTORY = 12  # before the horizon; more than a history may span
_WEEK = timedelta(days=7)


def opening_hours(config: PlanConfig) -> OpeningHours:
    """Weekly hours, with exceptions, closed dates and the country's public holidays."""
    hours = OpeningHours(
        weekly=tuple(tuple(Span.parse(text) for text in day) for day in config.hours.weekly()),
        exceptions={
            day: tuple(Span.parse(text) for text in spans) for day, spans in config.hours.exceptions.items()
        },
    )
    first = config.horizon.start.year - YEARS_OF_HISTORY
    return hours.closing(closed_dates(config, first, config.horizon.end.year))


def closed_dates(config: PlanConfig, first_year: int, last_year: int) -> list[date]:
    """The closed dates of the settings, and the country's public holidays of some years."""
    closed = list(config.horizon.closed)
    if config.horizon.holidays:
        years = range(first_year, last_year + 1)
        closed += holidays.country_holidays(config.horizon.holidays, years=years).keys()
    return closed


def site_horizon(config: PlanConfig) -> Horizon:
    """The days to plan, on the site's grid.

    Raises:
        ConfigError: opening hours that overlap or do not fill whole intervals, or no open day.
    """
    table = config.horizon
    days = [table.start, table.end, *config.hours.exceptions]
    try:
        horizon = Horizon(
            table.start, table.end, table.time_zone, table.interval_minutes, opening_hours(config)
        )
        horizon.between(min(days) - _WEEK, max(days) + _WEEK)  # checked too, for the history's days
    except ValueError as error:
        raise ConfigError(config.file.name, [SettingFault("hours", "(opening hours)", str(error))]) from None
    if not any(horizon.hours.spans(day) for day in horizon.days):
        allowed = f"open on at least one day from {table.start} to {table.end}; see also closed and holidays"
        raise ConfigError(config.file.name, [SettingFault("hours", "(closed throughout)", allowed)])
    return horizon


def targets(config: PlanConfig) -> Targets:
    """The service targets."""
    table = config.targets
    return Targets(
        service_level=table.service_level,
        threshold=table.threshold_seconds,
        abandonment=table.abandonment,
        asa=table.asa_seconds,
        occupancy=table.occupancy,
    )


def interval_floor(config: PlanConfig) -> IntervalFloor:
    """What each interval keeps although the targets are for a longer period."""
    table = config.targets
    return IntervalFloor(
        service_level=table.interval_floor_service_level,
        abandonment=table.interval_floor_abandonment,
        share=table.interval_floor_share,
    )


def demand_risk(config: PlanConfig) -> DemandRisk:
    """Which demand the desk is sized for."""
    table = config.requirement
    share = table.demand_quantile
    return DemandRisk(
        quantile=None if share == "newsvendor" else share,
        lost_call_cost=table.lost_call_cost,
        agent_hour_cost=table.agent_hour_cost,
    )


def contracts(config: PlanConfig) -> tuple[Contract, ...]:
    """The contracts people work under."""
    return tuple(Contract(**table.model_dump()) for table in config.contracts)


def shift_families(config: PlanConfig) -> tuple[tuple[str, tuple[Shift, ...]], ...]:
    """Every shift that may be worked, by template code.

    Raises:
        ConfigError: when a template contradicts itself (a break outside the shift).
    """
    families = []
    faults = []
    for number, table in enumerate(config.shifts, start=1):
        try:
            template = ShiftTemplate(
                code=table.code,
                first_start_minute=minute_of_clock(table.first_start),
                last_start_minute=minute_of_clock(table.last_start),
                step_minutes=table.step_minutes,
                length_minutes=table.length_minutes,
                break_minutes=table.break_minutes,
                break_earliest=table.break_earliest_minutes,
                break_latest=table.break_latest_minutes,
                further=tuple(
                    Break(own.minutes, own.earliest_minutes, own.latest_minutes, own.paid)
                    for own in table.breaks
                ),
                break_gap_minutes=table.break_gap_minutes,
            )
        except ValueError as error:
            faults.append(SettingFault(f"shifts[{number}]", table.code, str(error)))
        else:
            families.append((table.code, tuple(template.shifts())))
    if faults:
        raise ConfigError(config.file.name, faults)
    return tuple(families)
