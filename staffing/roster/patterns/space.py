"""What patterns are allowed at present."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from staffing.roster.patterns.layout import Layout
from staffing.roster.program import Ints, Mask


@dataclass(frozen=True)
class Space:
    """Options that are not `blocked`, shape (options,), and days that may be `idle`, shape (people, days)."""

    blocked: Mask
    idle: Mask

    def settled(self, layout: Layout, owners: Ints, patterns: Ints) -> Space:
        """The space in which `owners` have one pattern each. Shapes (owners,), (owners, days)."""
        blocked, idle = self.blocked.copy(), self.idle.copy()
        blocked[np.isin(layout.owners, owners)] = True
        blocked[patterns[patterns >= 0]] = False
        idle[owners] = patterns < 0
        return Space(blocked, idle)
