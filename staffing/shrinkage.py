"""From agents on contacts (net) to people on the floor (gross)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt


def gross(net: npt.ArrayLike, shrinkage: float) -> npt.NDArray[np.int64]:
    """Whole people on the floor that leave `net` on contacts after shrinkage: net / (1 - shrinkage), rounded up.

    Args:
        net: agents, >= 0, any shape.
        shrinkage: share of paid time lost, from 0 to below 1.
    """
    return np.ceil(np.asarray(net) / (1 - shrinkage) - 1e-9).astype("int64")  # 1e-9: 9.000000001 is 9
