"""A choice among a person's shifts of a day, by what the shift is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from staffing.roster.placements import Placement
from staffing.roster.program import Ints

if TYPE_CHECKING:
    from staffing.roster.variables import Menu, Options


class Pick:
    """The columns of the shifts that a question says yes to; asked once a menu, which people share."""

    def __init__(self, question: Callable[[Placement], bool]) -> None:
        self._question = question
        self._known: dict[int, tuple[Menu, npt.NDArray[np.bool_]]] = {}

    def __call__(self, options: Options) -> Ints:
        """Work columns. Shape (chosen,)."""
        key = id(options.menu)
        if key not in self._known:
            answers = [self._question(placement) for placement in options.placements]
            self._known[key] = (
                options.menu,
                np.array(answers, dtype=np.bool_),
            )  # kept, so that its id stays its own
        return options.columns[self._known[key][1]]


def of_codes(codes: frozenset[str]) -> Pick:
    """Shifts by their own code or their template's."""
    return Pick(lambda placement: placement.template in codes or placement.shift.code in codes)
