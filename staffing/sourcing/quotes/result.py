"""A quote: one option's bill, what was bought, the service it gives, and what stands in its way."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from staffing.sourcing.comparison import OptionService, Size
from staffing.sourcing.lines import CostLine


@dataclass(frozen=True)
class Quote:
    """One option priced.

    `lines` are paid out; lines of the unit "once" at the start only. `lost` prices lost calls, which nobody pays
    out; empty where they have no price. `intervals` holds seats and service per row of the case; empty where not
    known. `vendors` names the items that are a vendor's, where one's own people have a part in the bill.
    """

    summary: OptionService
    lines: tuple[CostLine, ...]
    intervals: pd.DataFrame
    size: Size = field(default_factory=Size)
    lost: tuple[CostLine, ...] = ()
    vendors: frozenset[str] = frozenset()
