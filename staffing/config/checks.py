"""Settings that must fit one another: what no single table of `plan.toml` can know of itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from zoneinfo import available_timezones

import holidays

from staffing.config.activities import activity_faults
from staffing.config.fields import Hours
from staffing.config.people_tables import ShiftTable
from staffing.config.rules import rule_faults
from staffing.config.schema import PlanConfig
from staffing.config.shift_demands import shift_demand_faults
from staffing.errors import ConfigError, SettingFault
from staffing.horizon import WEEKDAYS, Span, minute_of_clock
from staffing.labour.pack import available_packs, load_pack


def check_config(config: PlanConfig) -> None:
    """Check what no single table can know of itself.

    Raises:
        ConfigError: with every fault found.
    """
    faults = list(_cross_checks(config))
    if faults:
        raise ConfigError(config.file.name, faults)


def _cross_checks(config: PlanConfig) -> Iterator[SettingFault]:
    yield from _check_horizon(config)
    yield from _check_hours(config)
    yield from _check_forecast(config)
    yield from _check_targets(config)
    yield from _check_period(config)
    yield from _check_risk(config)
    yield from _check_contracts(config)
    for number, shift in enumerate(config.shifts, start=1):
        yield from _check_shift(f"shifts[{number}]", shift)
    yield from rule_faults(config)
    yield from shift_demand_faults(config)
    yield from activity_faults(config)
    if len(config.sourcing.season) not in (0, 12):
        allowed = "must be 12 numbers above 0, January first, or left out"
        yield SettingFault("sourcing.season", f"{len(config.sourcing.season)} numbers", allowed)
    if config.labour.pack not in available_packs():
        yield SettingFault("labour.pack", config.labour.pack, f"known packs: {', '.join(available_packs())}")
    else:
        yield from _check_options(config)


def _check_options(config: PlanConfig) -> Iterator[SettingFault]:
    try:
        load_pack(config.labour.pack).choosing(*config.labour.options)
    except ConfigError as error:
        yield from error.faults


def _check_horizon(config: PlanConfig) -> Iterator[SettingFault]:
    horizon = config.horizon
    if horizon.end < horizon.start:
        yield SettingFault("horizon.end", str(horizon.end), f"must not lie before {horizon.start}")
    elif (horizon.end - horizon.start).days > 13 * 7 - 1:
        yield SettingFault("horizon.end", str(horizon.end), "at most 13 weeks can be planned at once")
    if horizon.time_zone not in available_timezones():
        yield SettingFault("horizon.time_zone", horizon.time_zone, 'an IANA time zone such as "Asia/Tokyo"')
    if horizon.holidays and horizon.holidays not in holidays.list_supported_countries():
        yield SettingFault("horizon.holidays", horizon.holidays, 'a country code such as "JP", or ""')


def _check_hours(config: PlanConfig) -> Iterator[SettingFault]:
    """Every day's spans by themselves; whether a night reaches into the next day is seen by `site_horizon`."""
    named = dict(zip(WEEKDAYS, config.hours.weekly(), strict=True))
    named |= {f'exceptions."{day}"': spans for day, spans in config.hours.exceptions.items()}
    if not any(named.values()):
        yield SettingFault("hours", "(none)", 'give at least one weekday hours such as ["09:00-18:00"]')
    for name, texts in named.items():
        yield from _check_day(f"hours.{name}", texts, config.horizon.interval_minutes)
    for day in config.horizon.closed:
        if config.hours.exceptions.get(day):
            yield SettingFault(
                "horizon.closed",
                str(day),
                "has opening hours in hours.exceptions; take it out of one of them",
            )


def _check_day(key: str, texts: Hours, interval_minutes: int) -> Iterator[SettingFault]:
    spans = [Span.parse(text) for text in texts]
    for span in spans:
        if span.start_minute % interval_minutes or span.end_minute % interval_minutes:
            yield SettingFault(
                key,
                str(span),
                f"must begin and end on the {interval_minutes}-minute grid (horizon.interval_minutes)",
            )
    if any(after.start_minute < before.end_minute for before, after in pairwise(spans)):
        yield SettingFault(key, ", ".join(texts), "the spans overlap or are out of order")


def _check_forecast(config: PlanConfig) -> Iterator[SettingFault]:
    forecast = config.forecast
    if forecast.method == "profile":
        needed: dict[str, object] = {
            "profile": forecast.profile,
            "calls_per_month": forecast.calls_per_month,
            "aht_seconds": forecast.aht_seconds,
        }
        for key, value in needed.items():
            if value is None:
                yield SettingFault(f"forecast.{key}", "(missing)", 'method "profile" needs it')
    elif config.history is None:
        yield SettingFault("history", "(missing)", f'method "{forecast.method}" needs [history] with a file')
    if config.history is None and config.requirement.patience_seconds == "history":
        yield SettingFault(
            "requirement.patience_seconds", '"history"', "there is no [history]: give seconds, such as 180"
        )


def _check_targets(config: PlanConfig) -> Iterator[SettingFault]:
    targets, by_pyworkforce = config.targets, config.requirement.engine == "pyworkforce"
    if not any((targets.service_level, targets.abandonment, targets.asa_seconds, targets.occupancy)):
        yield SettingFault(
            "targets", "(none)", "give at least one of service_level, abandonment, asa_seconds, occupancy"
        )
    if config.requirement.model == "erlang-c" and targets.abandonment is not None:
        yield SettingFault(
            "targets.abandonment",
            str(targets.abandonment),
            'Erlang C knows no abandonment; set requirement.model = "erlang-a" or leave this target out',
        )
    if by_pyworkforce and targets.service_level is None:
        yield SettingFault(
            "targets.service_level",
            "(missing)",
            "the pyworkforce engine sizes by service level only: give one",
        )
    if by_pyworkforce and targets.threshold_seconds == 0:
        yield SettingFault("targets.threshold_seconds", "0", "the pyworkforce engine needs seconds above 0")


def _check_period(config: PlanConfig) -> Iterator[SettingFault]:
    """Targets over a longer period than the interval, and what each interval keeps of them."""
    targets = config.targets
    names = ("interval_floor_service_level", "interval_floor_abandonment", "interval_floor_share")
    if targets.period == "interval":
        for name in (*names, "missed_call_price"):
            if (given := getattr(targets, name)) is not None:
                yield SettingFault(
                    f"targets.{name}", f"{given:g}", 'is used with period = "day", "week" or "month" only'
                )
        return
    for name in ("asa_seconds", "occupancy"):
        if (given := getattr(targets, name)) is not None:
            yield SettingFault(
                f"targets.{name}",
                f"{given:g}",
                'is a target for intervals only; leave it out or set period = "interval"',
            )
    if config.requirement.engine == "pyworkforce":
        yield SettingFault(
            "targets.period", f'"{targets.period}"', 'the pyworkforce engine sizes intervals: set "interval"'
        )
    if config.requirement.model == "erlang-c" and targets.interval_floor_abandonment is not None:
        yield SettingFault(
            "targets.interval_floor_abandonment",
            f"{targets.interval_floor_abandonment:g}",
            'Erlang C knows no abandonment; set requirement.model = "erlang-a" or leave this floor out',
        )
    yield from _check_floor(config)


def _check_floor(config: PlanConfig) -> Iterator[SettingFault]:
    """A floor asks for no more than the target that it stands below."""
    targets = config.targets
    level, floor_level = targets.service_level, targets.interval_floor_service_level
    if level is not None and floor_level is not None and floor_level > level:
        yield SettingFault(
            "targets.interval_floor_service_level", f"{floor_level:g}", f"at most service_level = {level:g}"
        )
    lost, floor_lost = targets.abandonment, targets.interval_floor_abandonment
    if lost is not None and floor_lost is not None and floor_lost < lost:
        yield SettingFault(
            "targets.interval_floor_abandonment", f"{floor_lost:g}", f"at least abandonment = {lost:g}"
        )


def _check_risk(config: PlanConfig) -> Iterator[SettingFault]:
    """The newsvendor's share needs both costs, and they serve nothing else."""
    table = config.requirement
    for name in ("lost_call_cost", "agent_hour_cost"):
        given = getattr(table, name)
        if table.demand_quantile == "newsvendor" and given is None:
            yield SettingFault(
                f"requirement.{name}", "(missing)", 'must be given with demand_quantile = "newsvendor"'
            )
        elif table.demand_quantile != "newsvendor" and given is not None:
            yield SettingFault(
                f"requirement.{name}", f"{given:g}", 'is used with demand_quantile = "newsvendor" only'
            )


def _check_contracts(config: PlanConfig) -> Iterator[SettingFault]:
    codes = [shift.code for shift in config.shifts]
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield SettingFault("shifts.code", code, "two shifts have this code; give each its own")
    names = [contract.name for contract in config.contracts]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield SettingFault("contracts.name", name, "two contracts have this name; give each its own")
    for number, contract in enumerate(config.contracts, start=1):
        for code in contract.shifts:
            if code not in codes:
                yield SettingFault(f"contracts[{number}].shifts", code, f"known shifts: {', '.join(codes)}")
        if contract.min_hours_week > contract.max_hours_week:
            yield SettingFault(
                f"contracts[{number}].min_hours_week",
                str(contract.min_hours_week),
                f"must not exceed max_hours_week = {contract.max_hours_week}",
            )


def _check_shift(key: str, shift: ShiftTable) -> Iterator[SettingFault]:
    if minute_of_clock(shift.last_start) < minute_of_clock(shift.first_start):
        yield SettingFault(
            f"{key}.last_start", shift.last_start, f"must not lie before first_start = {shift.first_start}"
        )
    earliest, latest = shift.break_earliest_minutes, shift.break_latest_minutes
    end = shift.length_minutes - shift.break_minutes
    if shift.break_minutes and not 0 < earliest <= latest < end:
        yield SettingFault(
            f"{key}.break_minutes",
            str(shift.break_minutes),
            "the break must lie inside the shift: give break_earliest_minutes above 0 and break_latest_minutes "
            f"from there to below {end}",
        )
