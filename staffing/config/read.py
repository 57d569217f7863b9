"""Read `plan.toml`: every fault found is named by key, value and what is allowed."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import holidays
from pydantic import BaseModel, ValidationError

from staffing.config.schema import PlanConfig
from staffing.errors import ConfigError, SettingFault


def read_config(path: Path | str) -> PlanConfig:
    """Read and check a plan's settings.

    Raises:
        ConfigError: with every fault found.
    """
    file = Path(path)
    raw = _read_toml(file)
    try:
        config = PlanConfig.model_validate(raw)
    except ValidationError as error:
        raise ConfigError(file.name, [_fault(raw, detail) for detail in error.errors()]) from None
    config._file = file
    check_config(config)
    return config


def check_config(config: PlanConfig) -> None:
    """Check what no single table can know of itself: settings that must fit one another.

    Raises:
        ConfigError: with every fault found.
    """
    faults = list(_cross_checks(config))
    if faults:
        raise ConfigError(config.file.name, faults)


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(str(file), [SettingFault("file", str(file), "no such file")]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(file), [SettingFault("file", str(file), f"cannot be read: {error}")]) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(file.name, [SettingFault("file", file.name, f"is not TOML: {error}")]) from None


def _fault(raw: dict[str, Any], detail: Any) -> SettingFault:
    location = tuple(part for part in detail["loc"] if not _is_union_branch(part))
    key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")
    if detail["type"] == "extra_forbidden":
        return SettingFault(key, repr(detail["input"]), f"is not a setting{_nearest(location)}")
    description = _description(location)
    if detail["type"] == "missing":
        return SettingFault(key, "(missing)", f"must be given{': ' + description if description else ''}")
    reason = detail["msg"].removeprefix("Value error, ").removeprefix("Input ")
    allowed = f"{reason}; allowed: {description}" if description else reason
    return SettingFault(key, repr(detail["input"]), allowed)


def _is_union_branch(part: object) -> bool:
    return isinstance(part, str) and ("[" in part or part in ("float", "constrained-float"))


def _models(location: tuple[int | str, ...]) -> Iterator[type[BaseModel]]:
    """The table classes along a location, outermost first."""
    model: type[BaseModel] = PlanConfig
    yield model
    for part in location:
        field = model.model_fields.get(str(part))
        inner = None if field is None else _table_of(field.annotation)
        if inner is not None:
            model = inner
            yield model


def _table_of(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, (_table_of(part) for part in getattr(annotation, "__args__", ()))), None)


def _description(location: tuple[int | str, ...]) -> str:
    model = list(_models(location))[-1]
    names = [str(part) for part in location if str(part) in model.model_fields]
    return (model.model_fields[names[-1]].description or "") if names else ""


def _nearest(location: tuple[int | str, ...]) -> str:
    known = list(list(_models(location[:-1]))[-1].model_fields)
    close = difflib.get_close_matches(str(location[-1]), known, n=1)
    return f"; did you mean {close[0]}?" if close else f"; known here: {', '.join(known)}"


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
