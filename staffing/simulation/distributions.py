"""How long things last: handling, patience, the delay before a redial. Everything in seconds."""

from __future__ import annotations

from dataclasses import dataclass
from math import gamma, inf, log1p, sqrt
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from staffing.queueing.arguments import as_floats
from staffing.queueing.arrays import Floats


@runtime_checkable
class Distribution(Protocol):
    """What the simulator asks of a distribution; a class of your own may stand in for those below."""

    @property
    def mean(self) -> float:
        """Seconds; may be infinite."""

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """`size` values in seconds, >= 0, drawn with `rng` and nothing else."""


@dataclass(frozen=True)
class Exponential:
    """Exponential, as the Erlang formulas assume. `mean` in seconds, >= 0 and finite."""

    mean: float

    def __post_init__(self) -> None:
        _check("mean", self.mean)

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """`size` values in seconds."""
        return rng.exponential(self.mean, size)


@dataclass(frozen=True)
class LogNormal:
    """Lognormal by its mean in seconds (> 0) and its coefficient of variation (standard deviation / mean, >= 0).

    Handling times of call centres are close to it (L. Brown et al., 2005).
    """

    mean: float
    cv: float = 1.0

    def __post_init__(self) -> None:
        _check("mean", self.mean, positive=True)
        _check("cv", self.cv)

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """`size` values in seconds."""
        variance = log1p(self.cv**2)
        return self.mean * np.exp(sqrt(variance) * rng.standard_normal(size) - variance / 2)


@dataclass(frozen=True)
class Deterministic:
    """Always `value` seconds, >= 0 and finite."""

    value: float

    def __post_init__(self) -> None:
        _check("value", self.value)

    @property
    def mean(self) -> float:
        """Seconds."""
        return self.value

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """`size` times the value."""
        return np.full(size, float(self.value))


@dataclass(frozen=True)
class Weibull:
    """Weibull by its scale in seconds (> 0) and its shape (> 0).

    A shape below 1 is patience that grows with the time waited, above 1 patience that runs out, 1 the exponential.
    """

    scale: float
    shape: float

    def __post_init__(self) -> None:
        _check("scale", self.scale, positive=True)
        _check("shape", self.shape, positive=True)

    @property
    def mean(self) -> float:
        """Seconds: scale x gamma(1 + 1 / shape)."""
        try:
            return self.scale * gamma(1 + 1 / self.shape)
        except OverflowError:
            return inf

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """`size` values in seconds."""
        return self.scale * rng.weibull(self.shape, size)


@dataclass(frozen=True, eq=False)
class Empirical:
    """One of the recorded `values` (seconds, >= 0; infinite ones allowed), each as likely as the others."""

    values: npt.ArrayLike

    def __post_init__(self) -> None:
        _hold(self, self.values)

    @property
    def mean(self) -> float:
        """Seconds."""
        return float(np.mean(np.asarray(self.values)))

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """`size` of the values, drawn with replacement."""
        return rng.choice(np.asarray(self.values, dtype=np.float64), size)


@dataclass(frozen=True, eq=False)
class InOrder:
    """The first call takes the first of `values` (seconds, >= 0; infinite ones allowed), the second the second, ...

    For records to be replayed call by call. After the last value it begins anew, and so it does for redials, which
    are counted apart from first attempts.
    """

    values: npt.ArrayLike

    def __post_init__(self) -> None:
        _hold(self, self.values)

    @property
    def mean(self) -> float:
        """Seconds."""
        return float(np.mean(np.asarray(self.values)))

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """The first `size` values."""
        return np.resize(np.asarray(self.values, dtype=np.float64), size)


@dataclass(frozen=True)
class Never:
    """It never ends: callers who wait for as long as it takes."""

    @property
    def mean(self) -> float:
        """Infinite."""
        return inf

    def sample(self, rng: np.random.Generator, size: int) -> Floats:
        """`size` infinities."""
        return np.full(size, inf)


def _check(name: str, value: float, *, positive: bool = False) -> None:
    if as_floats(name, value, positive=positive).ndim:
        raise ValueError(f"{name} must be one number; found {value!r}")


def _hold(owner: Empirical | InOrder, values: npt.ArrayLike) -> None:
    """Check the values and keep a copy that nobody can change."""
    array = np.ravel(as_floats("values", values, infinite=True)).copy()
    if not len(array):
        raise ValueError("values must hold at least one number; found none")
    array.flags.writeable = False
    object.__setattr__(owner, "values", array)
