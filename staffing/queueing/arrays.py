"""The arrays that go through every formula."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def quotient(part: Floats, whole: Floats, otherwise: npt.ArrayLike = 0.0) -> Floats:
    """`part` / `whole`, element by element; `otherwise` where `whole` is 0. Shape of `part`."""
    result = np.array(np.broadcast_to(np.asarray(otherwise, dtype=np.float64), part.shape))
    return np.divide(part, whole, out=result, where=whole > 0)
