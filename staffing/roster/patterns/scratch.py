"""Memory that a walk works in; one a thread."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from staffing.roster.patterns.layout import CLASSES, EVENT_START, INNER, OFFS, OUTER, WORKS, Packed

FAR = 1 << 28  # no true cost of a pattern reaches this
NEVER = 1 << 29  # cost of what cannot be
REACH_LOW, REACH_HIGH, STEP_LOW, STEP_HIGH = range(4)  # rows of Scratch.ranges


class Scratch(NamedTuple):
    """Arrays that `walk` overwrites.

    The table of costs, the inner ranges of its vectors that are `alive`, the cheapest option of each day's bundles,
    and the inner counter's ranges by layer.
    """

    table: npt.NDArray[np.int32]
    alive: npt.NDArray[np.int32]
    best_cost: npt.NDArray[np.int32]
    best_option: npt.NDArray[np.int64]
    ranges: npt.NDArray[np.int64]


def scratch_for(packed: Packed) -> Scratch:
    """Memory for the largest of the chains."""
    who = packed.who[:-1]
    cells = (who[:, OFFS] + who[:, WORKS] * who[:, CLASSES]) * who[:, OUTER]
    layers = np.diff(packed.who[:, EVENT_START]) + 1
    bundles = packed.days * packed.most_bundles
    return Scratch(
        table=np.zeros(int((cells * layers * who[:, INNER]).max() + who[:, INNER].max()), np.int32),
        alive=np.zeros((2, int((cells * layers).max())), np.int32),
        best_cost=np.zeros(bundles, np.int32),
        best_option=np.zeros(bundles, np.int64),
        ranges=np.zeros((4, int(layers.max())), np.int64),
    )
