"""Which search a model is for."""

from __future__ import annotations

import numpy as np

from staffing.roster.ledger import NOBODY
from staffing.roster.variables import RosterModel


def wanted_by_shift(model: RosterModel) -> bool:
    """Whether a model is one for patterns: people wanted by shift, not by interval, and each of them has options.

    Patterns know no activities: with one, the other search is taken.
    """
    by_interval = bool(model.service.rows) or any(
        bool((own.required > 0).any()) for own in model.stretches.values()
    )
    owners = np.unique(model.owners[model.owners != NOBODY])
    plain = not by_interval and not model.problem.activities
    return bool(model.problem.shift_demand) and plain and len(owners) == len(model.problem.agents)
