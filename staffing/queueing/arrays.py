"""The arrays that go through every formula."""

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
