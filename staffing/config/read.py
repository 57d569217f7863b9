"""Read `plan.toml`: every fault found is named by key, value and what is allowed."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from staffing.config.checks import check_config
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
        found = [_fault(detail) for detail in error.errors() if not _follows(detail)]
        raise ConfigError(file.name, dict.fromkeys(found)) from None  # a value of two kinds is refused twice
    config._file = file
    check_config(config)
    return config


def _read_toml(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigError(str(file), [SettingFault("", "", "no such file")]) from None
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        raise ConfigError(str(file), [SettingFault("", "", reason)]) from None
    except UnicodeDecodeError:
        reason = "is not UTF-8 text; save it as UTF-8"
        raise ConfigError(file.name, [SettingFault("", "", reason)]) from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(file.name, [SettingFault("", "", f"is not TOML: {error}")]) from None


def _follows(detail: Any) -> bool:
    """Whether a fault says no more than those inside it: rows at fault leave their list empty."""
    return detail["type"] == "too_short" and bool(detail["input"])


def _fault(detail: Any) -> SettingFault:
    location = tuple(part for part in detail["loc"] if not _is_union_branch(part))
    key = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in location).lstrip(".")
    value = _shown(detail["input"])
    if detail["type"] == "extra_forbidden":
        return SettingFault(key, value, f"is not a setting{_nearest(location)}")
    description = _description(location)
    if detail["type"] == "missing":
        return SettingFault(key, "(missing)", f"must be given{': ' + description if description else ''}")
    if detail["type"] == "value_error" and description:
        return SettingFault(
            key, value, f"{detail['msg'].removeprefix('Value error, ')}; allowed: {description}"
        )
    return SettingFault(key, value, description or detail["msg"].removeprefix("Input "))


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "(a table)"
    return value.isoformat() if isinstance(value, date | time) else repr(value)


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
    """What is allowed at a location, in the words of the innermost field along it."""
    model: type[BaseModel] = PlanConfig
    found = ""
    for part in location:
        field = model.model_fields.get(str(part))
        if field is not None:
            found = field.description or ""
            model = _table_of(field.annotation) or model
    return found


def _nearest(location: tuple[int | str, ...]) -> str:
    known = list(list(_models(location[:-1]))[-1].model_fields)
    close = difflib.get_close_matches(str(location[-1]), known, n=1)
    return f"; did you mean {close[0]}?" if close else f"; known here: {', '.join(known)}"
