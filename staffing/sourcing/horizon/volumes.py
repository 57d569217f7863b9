"""Calls by month: a level, a season and growth, given or estimated from a history of months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, isfinite

import numpy as np
import numpy.typing as npt

from staffing.errors import ConfigError, Fault, InputError, SettingFault
from staffing.sourcing.horizon.months import MOST_MONTHS, run

Floats = npt.NDArray[np.float64]
_YEAR = 12
LEAST_MONTHS = 24  # every calendar month twice: one alone cannot be told from noise


@dataclass(frozen=True)
class Season:
    """Twelve factors on a mean month, January first; their mean is 1."""

    factors: tuple[float, ...] = (1.0,) * _YEAR

    def __post_init__(self) -> None:
        fine = len(self.factors) == _YEAR and all(isfinite(x) and x > 0 for x in self.factors)
        if not fine or abs(sum(self.factors) / _YEAR - 1) > 1e-6:
            allowed = "must be 12 numbers above 0, January first, whose mean is 1"
            raise ConfigError("season", [SettingFault("factors", str(self.factors), allowed)])

    @classmethod
    def of(cls, weights: Mapping[int, float] | tuple[float, ...]) -> Season:
        """Factors from weights on any scale; a mapping names months 1-12, those left out weigh 1."""
        given = (
            tuple(weights.get(month, 1.0) for month in range(1, _YEAR + 1))
            if isinstance(weights, Mapping)
            else tuple(weights)
        )
        mean = sum(given) / max(1, len(given))
        return cls(tuple(x / mean if mean > 0 else x for x in given))

    def at(self, months: tuple[str, ...]) -> Floats:
        """The factor of each month named."""
        return np.array([self.factors[int(name[5:]) - 1] for name in months], dtype=np.float64)


@dataclass(frozen=True)
class Volumes:
    """Calls forecast for each month of the horizon."""

    months: tuple[str, ...]
    calls: Floats

    @classmethod
    def of(
        cls,
        start: str,
        months: int,
        calls_per_month: float,
        *,
        growth: float = 0.0,
        season: Season | None = None,
    ) -> Volumes:
        """calls_per_month x season factor x (1 + growth)^(k / 12) in the k-th month, k from 0.

        Args:
            start: the first month, as "2027-04".
            months: 1 to 60.
            calls_per_month: a mean month (season factor 1) at the start.
            growth: per year, above -1.
            season: even when left out.

        Raises:
            ConfigError: another number of months, calls below 0, growth of -1 or less.
            InputError: `start` is not a month.
        """
        rules = (
            ("months", months, 1 <= months <= MOST_MONTHS, f"must be 1 to {MOST_MONTHS}"),
            ("calls_per_month", calls_per_month, calls_per_month >= 0, "must be 0 or more"),
            ("growth", growth, growth > -1, "must be above -1 a year"),
        )
        faults = [
            SettingFault(key, f"{x:g}", text) for key, x, fine, text in rules if not (fine and isfinite(x))
        ]
        if faults:
            raise ConfigError("horizon", faults)
        names = run(start, months)
        rise = (1 + growth) ** (np.arange(months) / _YEAR)
        return cls(names, calls_per_month * (season or Season()).at(names) * rise)


@dataclass(frozen=True)
class VolumeFit:
    """What a history of months says: level, growth, season, and how sure each is.

    `level` is a mean month right after the history (season factor 1), `growth` per year. The errors are standard
    errors of the logarithms: of the level, of a year's growth, and the scatter of a single month.
    """

    season: Season
    level: float
    growth: float
    level_error: float
    growth_error: float
    noise: float
    months: int


def fit_volumes(calls: Mapping[str, float]) -> VolumeFit:
    """Level, growth and season of whole months, by least squares on logarithms.

    log(calls) = a + b k + s(calendar month), k in months, where the mean of exp(s) is 1.

    Args:
        calls: by month ("2025-04"), without gaps, each above 0, at least 24 months.

    Raises:
        InputError: too few months, a gap, or a month without calls.
    """
    names = tuple(sorted(calls))
    values = np.array([calls[name] for name in names], dtype=np.float64)
    _check_history(names, values)
    count = len(names)
    step = np.arange(count, dtype=np.float64) - count  # 0 is the first month after the history
    number = np.array([int(name[5:]) - 1 for name in names])
    design = np.column_stack([np.eye(_YEAR)[number], step])
    found, *_ = np.linalg.lstsq(design, np.log(values), rcond=None)
    rest = np.log(values) - design @ found
    noise = float(np.sqrt(rest @ rest / max(1, count - _YEAR - 1)))
    spread = np.linalg.inv(design.T @ design) * noise**2
    mean = np.append(np.full(_YEAR, 1 / _YEAR), 0.0)  # the level is the mean of the twelve
    weights = np.exp(found[:_YEAR])
    return VolumeFit(
        season=Season.of(tuple(float(x) for x in weights)),
        level=float(weights.mean()),
        growth=exp(float(found[-1]) * _YEAR) - 1,
        level_error=float(np.sqrt(mean @ spread @ mean)),
        growth_error=float(np.sqrt(spread[-1, -1])) * _YEAR,
        noise=noise,
        months=count,
    )


def _check_history(names: tuple[str, ...], values: Floats) -> None:
    if len(names) < LEAST_MONTHS:
        fault = Fault(f"{len(names)} months", f"at least {LEAST_MONTHS}: give the season's factors instead")
        raise InputError("monthly calls", [fault])
    expected = run(names[0], len(names))
    gaps = sorted(set(expected) - set(names))
    faults = [Fault(f"no calls of {name}", "months without a gap") for name in gaps]
    faults += [
        Fault(f"{value:g} calls in {name}", "a number above 0")
        for name, value in zip(names, values, strict=True)
        if not (isfinite(value) and value > 0)
    ]
    if faults:
        raise InputError("monthly calls", faults)
