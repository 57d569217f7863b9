"""Overflow only: one's own people take what they can, and a vendor the calls that would wait too long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, ClassVar

from staffing.sourcing.figures import Allowed, Figure
from staffing.sourcing.tariffs.offered import Offered
from staffing.sourcing.tariffs.terms import UNSTATED

_SOMEBODY = Figure(1.0, "plan", "not stated: somebody of one's own is always there")


@dataclass(frozen=True, kw_only=True)
class Overflow(Offered):
    """Own agents beside another offer of the file, `vendor`, to which a call goes after `after_seconds` of waiting.

    While all that was bought of the vendor is busy, callers go on waiting in the own queue. Own people work in blocks
    of at least `own_block_hours`; with 0 they come and go with every interval, which no roster does: a lower bound.
    At least `own_least` are there whenever calls may come; with 0 the vendor may be alone, where that costs less.
    Terms, hidden costs and abilities are the vendor's.
    """

    own: ClassVar[bool] = True  # what is required of vendors is asked of `vendor`

    vendor: str
    after_seconds: Annotated[Figure, Allowed()]
    own_block_hours: Annotated[Figure, Allowed(most=12, whole=True)] = UNSTATED
    own_least: Annotated[Figure, Allowed(whole=True)] = _SOMEBODY

    @property
    def needs(self) -> tuple[str, ...]:
        """The vendor's offer."""
        return (self.vendor,)
