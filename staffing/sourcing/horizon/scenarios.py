"""How calls may turn out: paths of volume around the forecast, the same for every option."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from staffing.errors import ConfigError, SettingFault
from staffing.sourcing.horizon.volumes import VolumeFit

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Uncertainty:
    """Standard deviations of the logarithm of calls, and how many paths are drawn.

    `level` is an error that all months share, `growth` an error of a year's growth (it adds up over the months),
    `noise` a month's own scatter. The mean of every month over all paths is the forecast.
    """

    level: float = 0.10
    growth: float = 0.05
    noise: float = 0.05
    paths: int = 200
    seed: int = 1

    def __post_init__(self) -> None:
        faults = [
            SettingFault(name, f"{value:g}", "must be a number of 0 or more")
            for name, value in (("level", self.level), ("growth", self.growth), ("noise", self.noise))
            if not (isfinite(value) and value >= 0)
        ]
        if self.paths < 1:
            faults.append(SettingFault("paths", str(self.paths), "must be at least 1"))
        if faults:
            raise ConfigError("uncertainty", faults)

    @classmethod
    def of(cls, fit: VolumeFit, *, paths: int = 200, seed: int = 1) -> Uncertainty:
        """The errors that a history of months shows."""
        return cls(fit.level_error, fit.growth_error, fit.noise, paths, seed)

    def factors(self, months: int) -> Floats:
        """What calls are multiplied by, shape (paths, months).

        exp(z - v / 2), z normal with v = level^2 + (growth k / 12)^2 + noise^2 in month k, k from 0. The draws
        of a path do not depend on the number of paths or months, and none is drawn for one option alone.
        """
        when = np.arange(months) / 12
        variance = self.level**2 + (self.growth * when) ** 2 + self.noise**2
        found = np.empty((self.paths, months))
        for path, seed in enumerate(np.random.SeedSequence(self.seed).spawn(self.paths)):
            draws = np.random.default_rng(seed).standard_normal(months + 2)
            found[path] = self.level * draws[0] + self.growth * draws[1] * when + self.noise * draws[2:]
        return np.exp(found - variance / 2)
