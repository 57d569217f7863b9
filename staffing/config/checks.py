"""Settings that must fit one another: what no single table of `plan.toml` can know of itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from zoneinfo import available_timezones

import holidays

from staffing.config.schema import Hours, PlanConfig, ShiftTable
from staffing.errors import ConfigError, SettingFault
from staffing.horizon import WEEKDAYS, Span, minute_of_clock
from staffing.labour.pack import available_packs


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
    yield from _check_forecast(config)
    yield from _check_shifts(config)
    targets = config.targets
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
    if config.requirement.engine == "pyworkforce" and targets.service_level is None:
        yield SettingFault(
            "targets.service_level",
            "(missing)",
            "the pyworkforce engine sizes by service level only: give one",
        )


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
    if not any(config.hours.weekly()) and not any(config.hours.exceptions.values()):
        yield SettingFault("hours", "(none)", 'give at least one weekday hours such as ["09:00-18:00"]')


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


def _check_shifts(config: PlanConfig) -> Iterator[SettingFault]:
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
