"""What every way of staffing a desk has: a name, terms, costs beside the bill, and what it can do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from staffing.errors import SettingFault
from staffing.sourcing.figures import Checked
from staffing.sourcing.tariffs.terms import Abilities, Hidden, Terms

IN_HOUSE = "in-house"


@dataclass(frozen=True, kw_only=True)
class Offered(Checked):
    """One way of staffing a desk; each kind of tariff adds its prices."""

    own: ClassVar[bool] = (
        False  # whether one's own people do the work, whom no requirement on vendors concerns
    )

    name: str
    terms: Terms = field(default_factory=Terms)
    hidden: Hidden = field(default_factory=Hidden)
    abilities: Abilities = field(default_factory=Abilities)

    def faults(self) -> Iterator[SettingFault]:
        """Bad figures, no usable name."""
        yield from super().faults()
        if not self.name.strip() or self.name == IN_HOUSE:
            yield SettingFault("name", repr(self.name), f'must be a name other than "{IN_HOUSE}"')

    @property
    def needs(self) -> tuple[str, ...]:
        """Names of other offers of the same file that this one builds on."""
        return ()

    def covers(self, starts: pd.DatetimeIndex, minutes: int) -> npt.NDArray[np.bool_]:
        """Whether calls are taken in each span of `minutes` from `starts` (site time); shape of `starts`."""
        return np.ones(len(starts), dtype=np.bool_)
